"""Labels and addresses that mean harm, in a real browser: nothing of them runs, loads or leads anywhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import Visitor
from tests.web.trap import BIDI, MARKUP, PAGES, trapped

EVERYTHING = (
    "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRENDS(STR(?g), 'data/trap')) } ORDER BY ?s ?p ?o"
)
LEADING = "links => links.map(one => one.getAttribute('href')).filter(one => !/^([?#]|[/](?![/])|https?:)/.test(one))"
BROUGHT_IN = "main img, main script, main iframe, [onerror], [onmouseover]"


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site over the hostile graph is served."""
    with trapped(tmp_path_factory.mktemp("trap")) as found:
        yield found


@pytest.fixture
def origin(trap: str) -> str:
    """The visitor of this module visits the hostile graph."""
    return trap


def harmless(page: Page) -> None:
    expect(page.locator(BROUGHT_IN)).to_have_count(0)
    assert page.locator("a[href]").evaluate_all(LEADING) == []


@pytest.mark.parametrize("address", PAGES)
def test_no_page_runs_it(visitor: Visitor, address: str) -> None:
    with visitor.window() as page:
        answer = page.goto(address)
        assert answer is not None
        harmless(page)
        if answer.status == 404:
            visitor.forgive("404")


@pytest.mark.parametrize("view", ["Table", "Chart", "Graph", "Raw"])
def test_no_view_of_an_answer_runs_it(english: Page, view: str) -> None:
    english.goto("/query")
    expect(english.locator(".cm-content")).to_be_visible()
    english.locator(".cm-content").click()
    english.keyboard.press("Control+A")
    english.keyboard.insert_text(EVERYTHING)
    english.keyboard.press("Control+Enter")
    english.get_by_label(view, exact=True).check()
    if view in {"Table", "Raw"}:
        expect(english.locator("#result")).to_contain_text(MARKUP)
        expect(english.locator("#result")).to_contain_text("javascript:alert(1)")
    harmless(english)


def test_suggestions_and_completion_show_it_as_text(english: Page) -> None:
    english.goto("/query")
    english.get_by_role("combobox").press_sequentially("img")
    expect(english.locator(".suggestions li").first).to_be_visible()
    harmless(english)
    english.locator(".cm-content").click()
    english.keyboard.press("Control+A")
    english.keyboard.insert_text("DESCRIBE <img")
    expect(english.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    harmless(english)


def test_text_that_turns_direction_is_kept_apart(english: Page) -> None:
    english.goto("/actor/trap")
    assert english.locator("h1 bdi").inner_text() == BIDI
