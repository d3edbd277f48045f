"""The query page: what it completes, marks, draws, saves, shares and stops."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visits import Visitor

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?g) }"
ROWS = 'SELECT ?name ?n WHERE { VALUES (?name ?n) { ("one" 1) ("two" 20) } }'
LINKS = (
    "SELECT ?one ?other WHERE { VALUES (?one ?other) { (<https://example.org/a> <https://example.org/b>) } }"
)


def write(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def written(page: Page) -> str:
    return page.locator("#query").input_value()


def run(page: Page, text: str) -> None:
    write(page, text)
    page.keyboard.press("Control+Enter")


@pytest.fixture
def desk(english: Page) -> Page:
    """The page, with its editor, for an English reader."""
    english.goto("/query")
    expect(english.locator(".cm-content")).to_be_visible()
    return english


def test_a_name_brings_its_prefix_along(desk: Page) -> None:
    write(desk, "SELECT * WHERE { ?s ")
    desk.keyboard.type("skos:prefLab")
    desk.get_by_role("option", name="skos:prefLabel").first.click()
    assert written(desk) == (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nSELECT * WHERE { ?s skos:prefLabel"
    )


def test_classes_are_found_by_their_names_in_either_language(page: Page) -> None:
    page.goto("/query")
    write(page, "SELECT * WHERE { ?s a ")
    page.keyboard.insert_text("活動")
    page.get_by_role("option").filter(has_text=re.compile("^aisi:Activity活動$")).click()
    assert written(page).endswith("?s a aisi:Activity")


def test_records_are_found_by_any_form_of_their_name(desk: Page) -> None:
    write(desk, "DESCRIBE ")
    desk.keyboard.insert_text("<れっどちーみんぐ")
    desk.get_by_role("option").first.click()
    assert re.fullmatch(r"DESCRIBE <https://w3id\.org/aisi-kg/term/.*red-teaming>", written(desk))


def test_what_is_written_before_the_editor_comes_is_kept(english: Page) -> None:
    held: list[Route] = []
    english.route("**/static/editor.js", lambda route: held.append(route))
    with english.expect_request("**/static/editor.js"):
        english.goto("/query", wait_until="commit")
    english.locator("#query").fill("# early")
    held[0].continue_()
    expect(english.locator(".cm-content")).to_be_focused()
    english.keyboard.type(" and late")
    assert written(english) == "# early and late"


def test_an_error_is_marked_where_it_is(visitor: Visitor, desk: Page) -> None:
    run(desk, 'SELECT * WHERE {\n  ?s ?p "日本語😀" .\n  ?s aisi:covers ?o\n}')
    expect(desk.locator(".cm-lintRange-error")).to_have_text("aisi:covers")
    expect(desk.get_by_role("alert")).to_contain_text("line 3")
    desk.locator(".cm-lintRange-error").hover()
    desk.get_by_role("button", name="Declare the prefix aisi:").click()
    assert written(desk).startswith("PREFIX aisi: <https://w3id.org/aisi-kg/ontology#>\n")
    visitor.forgive("400 (Bad Request)")


def test_tab_leads_out_of_the_editor(desk: Page) -> None:
    write(desk, "SELECT * WHERE { ?s a ")
    desk.keyboard.type("aisi:")
    desk.get_by_role("listbox").wait_for()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="Run")).to_be_focused()


def test_numbers_are_drawn_as_bars(desk: Page) -> None:
    run(desk, ROWS)
    desk.get_by_label("Chart").check()
    widths = [float(bar.get_attribute("width") or 0) for bar in desk.locator("table.bars rect").all()]
    assert widths == [5, 100]


def test_links_are_drawn_as_a_picture(desk: Page) -> None:
    run(desk, LINKS)
    desk.get_by_label("Graph", exact=True).check()
    expect(desk.locator(".network circle")).to_have_count(2)
    expect(desk.locator(".network a").first).to_have_attribute("href", "https://example.org/a")


def test_a_view_that_does_not_fit_says_what_would(desk: Page) -> None:
    run(desk, "ASK {}")
    expect(desk.locator("#result .answer")).to_have_text("Yes")
    run(desk, 'SELECT * { VALUES ?x { "text" } }')
    desk.get_by_label("Chart").check()
    expect(desk.locator("#result .empty")).to_contain_text("no column of numbers")
    desk.get_by_label("Graph", exact=True).check()
    expect(desk.locator("#result .empty")).to_contain_text("No row links")


def test_a_graph_has_three_columns_and_files_of_its_own(desk: Page) -> None:
    run(desk, 'CONSTRUCT { <https://example.org/a> <https://example.org/b> "a\\"b\\nc"@ja } WHERE {}')
    expect(desk.locator("#result tbody td").last).to_have_text('a"b\nc')
    expect(desk.locator("#result thead th")).to_have_text(["subject", "predicate", "object"])
    desk.get_by_label("Raw").check()
    desk.locator("#result").get_by_label("Result format").select_option("N-Triples")
    expect(desk.locator("#result pre")).to_contain_text('"a\\"b\\nc"@ja')


def test_an_answer_is_saved_as_a_file(desk: Page, tmp_path: Path) -> None:
    run(desk, ROWS)
    with desk.expect_download() as found:
        desk.get_by_role("button", name="CSV").click()
    found.value.save_as(tmp_path / "saved.csv")
    assert (tmp_path / "saved.csv").read_text(encoding="utf-8").split() == ["name,n", "one,1", "two,20"]


def test_a_shared_link_shows_what_was_shared(visitor: Visitor, desk: Page) -> None:
    run(desk, ROWS)
    desk.get_by_label("Chart").check()
    desk.get_by_role("link", name="Link to this query").click()
    with visitor.window("ja") as other:
        other.goto(desk.url)
        expect(other.locator("table.bars")).to_be_visible()
        assert written(other) == ROWS


def test_stop_ends_the_work_on_the_server_too(desk: Page) -> None:
    run(desk, ENDLESS)
    desk.wait_for_function(
        "() => fetch('/metrics').then(a => a.text()).then(t => t.includes('workers_busy 1'))"
    )
    desk.get_by_role("button", name="Stop").click()
    expect(desk.get_by_role("status")).to_have_text("Stopped.")
    desk.wait_for_function(
        "() => fetch('/metrics').then(a => a.text()).then(t => t.includes('workers_busy 0'))"
    )


def test_a_cut_answer_says_so_and_grows_on_request(desk: Page) -> None:
    run(desk, "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 700")
    expect(desk.locator("#result tbody tr")).to_have_count(500)
    desk.get_by_role("button", name="Show 200 more").click()
    expect(desk.locator("#result tbody tr")).to_have_count(700)
    run(desk, "SELECT ?s WHERE { ?s ?p ?o . ?t a <https://w3id.org/aisi-kg/ontology#Membership> }")
    expect(desk.locator("#result .note")).to_contain_text("cut off")


def test_without_the_editor_the_plain_box_does(visitor: Visitor, english: Page) -> None:
    english.route("**/static/editor.js", lambda route: route.fulfill(status=404))
    english.goto("/query")
    expect(english.locator("#no-editor")).to_be_visible()
    english.locator("#query").fill(ROWS)
    english.locator("#query").press("Control+Enter")
    expect(english.locator("#result tbody tr")).to_have_count(2)
    visitor.forgive("404")


def test_examples_ask_for_names_in_the_readers_language(page: Page) -> None:
    page.goto("/query")
    page.locator(".examples a").first.click()
    expect(page.locator("#result bdi[lang=ja]").first).to_be_visible()
    expect(page.locator("#result bdi[lang=en]")).to_have_count(0)
