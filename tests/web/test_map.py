"""The map as a tool: axes, filters, folding, comparison, lists, plans."""

import httpx
import pytest

from kg.records.model import ActivityEntry, ConceptNode, Ref
from kg_api.axes import actor_axis, concept_axis
from kg_api.pages.folding import ALL, Folding
from tests.web.pages import Page, read_page

AREA = "term/practice-area/security-controls"
KIND = "term/activity-type/red-teaming"


def read(browser: httpx.Client, address: str, lang: str = "en") -> Page:
    return read_page(browser.get(address, headers={"Accept-Language": lang}).text)


def node(name: str, *broader: str) -> ConceptNode:
    return ConceptNode(iri=name, label={"en": name}, broader=broader)


TREE = [node("a"), node("a1", "a"), node("a2", "a"), node("b")]


def test_activities_of_narrower_concepts_count_once_for_the_wider() -> None:
    axis = concept_axis(TREE, {"a1": frozenset({"x", "y"}), "a2": frozenset({"y"}), "a": frozenset({"z"})})
    assert [(one.iri, one.depth, len(one.activities)) for one in axis] == [
        ("a", 0, 3),
        ("a1", 1, 2),
        ("a2", 1, 1),
        ("b", 0, 0),
    ]


def test_a_circle_of_concepts_does_no_harm() -> None:
    assert concept_axis([node("a"), node("b", "a", "c"), node("c", "b")], {})


def test_actors_stand_in_the_order_of_their_activities() -> None:
    ann, bob = Ref(iri="ann"), Ref(iri="bob")
    entries = [
        ActivityEntry(iri="x", label={}, carried_out_by=(ann, bob)),
        ActivityEntry(iri="y", label={}, carried_out_by=(bob,)),
    ]
    assert [(one.iri, len(one.activities)) for one in actor_axis(entries)] == [("bob", 2), ("ann", 1)]


def test_rows_unfold_one_by_one() -> None:
    rows = concept_axis([*TREE, *(node(f"c{n}") for n in range(20))], {})
    folded = Folding.of(rows, [])
    assert folded.hidden == 2
    assert folded.toggled(rows[0]) == ["a"]
    opened = Folding.of(rows, ["a"])
    assert (opened.hidden, opened.toggled(rows[0])) == (0, [])
    assert Folding.of(rows, [ALL]).opened == ("a",)


def test_axes_of_a_protocol_lead_to_its_map(browser: httpx.Client) -> None:
    chosen = read(browser, "/?rows=risk-area&columns=activity-type&protocol=default-1.0")
    assert chosen.title == read(browser, "/?protocol=risk-1.0").title
    assert [one["value"] for one in chosen.having("input", name="protocol")] == ["risk-1.0"]


def test_axes_without_a_protocol_show_numbers_and_call_nothing_a_gap(browser: httpx.Client) -> None:
    page = read(browser, "/?rows=safety-property&columns=lifecycle-stage")
    assert "No protocol spans these two axes" in page.text
    assert not page.having("td", **{"class": "cell absent tone-0"})


def test_every_number_of_two_axes_leads_to_that_many_activities(browser: httpx.Client) -> None:
    content = browser.get("/?rows=practice-area&columns=sector").text
    numbers = [part.split("</a>")[0] for part in content.split('<td class="cell counted"><a href="')[1:]]
    assert numbers
    for found in numbers[:5]:
        address, n = found.split('"')[0].replace("&amp;", "&"), found.rsplit(">", 1)[-1]
        assert f'<span class="count">{n}</span></h1>' in browser.get(address).text


def test_a_filter_by_time_leaves_only_what_is_dated_then(browser: httpx.Client) -> None:
    whole = read(browser, "/?since=2000&until=2100").having("td")
    none = read(browser, "/?since=1900&until=1901").having("td")
    left_out = [sum("out" in one.get("class", "").split() for one in cells) for cells in (whole, none)]
    assert 0 < left_out[0] < left_out[1] == sum("cell" in one.get("class", "") for one in none)


@pytest.mark.parametrize(("tab", "met"), [("", False), ("&status=COVERED", True)])
def test_the_lists_of_cells_obey_the_filter_of_evidence(browser: httpx.Client, tab: str, met: bool) -> None:
    actor = "https://w3id.org/aisi-kg/actor/aisi-japan"
    cells = browser.get("/api/v1/cells?limit=1000").json()["items"]
    expected = {
        (cell["area"], cell["facet"])
        for cell in cells
        if any(one["iri"] == actor for item in cell["evidence"] for one in item["actors"]) == met
        and (not met or cell["status"] == "COVERED")
    }
    links = read(browser, f"/uncovered?actor=actor/aisi-japan{tab}").links
    listed = [link for link in links if link.startswith("/cell?")]
    assert len(listed) == len(expected) > 0


def test_the_tabs_keep_the_protocol(browser: httpx.Client) -> None:
    links = read(browser, "/?protocol=risk-1.0").links
    assert {"/uncovered?protocol=risk-1.0", "/unrecorded?protocol=risk-1.0"} <= set(links)


def test_two_times_of_one_map(browser: httpx.Client) -> None:
    page = read(browser, "/compare?until_a=2023&until_b=2024")
    assert "of A alone: 0;" in page.text  # what was on record by then is on record later


def test_the_same_side_twice_is_no_comparison(browser: httpx.Client) -> None:
    assert "Choose an actor or a year" in read(browser, "/compare?a=actor/oecd&b=actor/oecd").text


def test_a_plan_says_which_gaps_it_would_close(browser: httpx.Client) -> None:
    evaluated = "&maturity=term/maturity/evaluated"
    page = read(browser, f"/whatif?area={AREA}&facet={KIND}{evaluated}")
    assert "Gaps that would close" in page.text
    assert "0.00 → 0.90" in page.text


def test_a_plan_that_is_only_planned_covers_nothing(browser: httpx.Client) -> None:
    page = read(browser, f"/whatif?area={AREA}&facet={KIND}&maturity=term/maturity/planned")
    assert "Gaps that would close" not in page.text


def test_the_plan_of_the_form_can_be_sent_as_turtle(browser: httpx.Client) -> None:
    form = browser.get(f"/whatif?area={AREA}&facet={KIND}&actor=actor/oecd").text
    turtle = (
        form.split('maxlength="100000">')[1].split("</textarea>")[0].replace("&lt;", "<").replace("&gt;", ">")
    )
    turtle = turtle.replace("&#34;", '"').replace("&#39;", "'")
    sent = browser.post("/whatif", data={"plan": turtle}, headers={"Accept-Language": "en"})
    assert sent.status_code == 200
    assert "This is a trial" in sent.text


@pytest.mark.parametrize("plan", ["this is no Turtle", "<a> <b> <c> .", "@prefix : <"])
def test_a_plan_that_cannot_be_read_is_the_callers_fault(browser: httpx.Client, plan: str) -> None:
    answer = browser.post("/whatif", data={"plan": plan})
    assert answer.status_code == 400
    assert read_page(answer.text).unclosed == []


def test_what_would_close_a_gap(browser: httpx.Client) -> None:
    gap = browser.get("/api/v1/gaps?type=G1&limit=1").json()["items"][0]["id"]
    page = read(browser, f"/whatif?close={gap}")
    assert "would close the gap chosen" in page.text
    assert any(link.startswith("/whatif?area=") for link in page.links)


def test_nothing_changed_between_a_version_and_itself(browser: httpx.Client) -> None:
    version = browser.get("/readyz").json()["snapshot"]
    page = read(browser, f"/changes?from={version}&to={version}")
    assert "No cell changed its status." in page.text
    assert "Gaps opened" not in page.text
