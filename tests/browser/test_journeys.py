"""The journeys that matter most, from a question to its answer, as people make them."""

import re

from playwright.sync_api import Page, expect

from tests.browser.visits import NARROW, Visitor


def test_find_an_uncovered_area_and_its_evidence(page: Page) -> None:
    page.goto("/uncovered")
    page.locator("main a[href*='/cell?']").first.click()
    expect(page.locator("main p.answer")).not_to_be_empty()
    page.goto("/")
    cell = page.locator("td.cell.covered a").first
    cell.click()
    drawer = page.locator("dialog.drawer")
    expect(drawer.locator("p.answer")).not_to_be_empty()
    expect(drawer.locator("a[href^='/citation/'], a[href^='/source/']").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(cell).to_be_focused()


def test_follow_a_commitment_from_the_ledger_to_its_source(english: Page) -> None:
    english.goto("/commitments")
    english.locator("table.tally td a").first.click()
    expect(english).to_have_url(re.compile("status="))
    english.locator("table.ledger a[href^='/provision/']").first.click()
    expect(english.locator("main h1")).not_to_be_empty()
    english.locator("main a[href^='/instrument/']").first.click()
    expect(english.locator("main a[href^='/source/'], main a[href^='/citation/']").first).to_be_visible()


def test_look_up_a_term_by_its_reading(page: Page) -> None:
    page.goto("/terms")
    box = page.get_by_role("combobox")
    box.press_sequentially("れっどちーみんぐ")
    expect(page.get_by_role("option").first).to_contain_text("レッドチーミング")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/term/.*red-teaming"))
    expect(page.locator("main h1")).to_contain_text("レッドチーミング")


def test_write_and_run_a_query(english: Page) -> None:
    english.goto("/query")
    english.locator(".cm-content").click()
    english.keyboard.press("Control+A")
    english.keyboard.type("SELECT (COUNT(*) AS ?n) WHERE {?s a <https://w3id.org/aisi-kg/ontology#Activity>")
    english.keyboard.press("Control+Enter")
    expect(english.locator("#result td.number")).to_have_text(re.compile(r"^\d+$"))
    expect(english.get_by_role("status")).to_contain_text("Rows: 1 ")


def test_change_the_language_midway(visitor: Visitor) -> None:
    with visitor.window("ja") as page:
        page.goto("/?status=THIN")
        page.get_by_role("link", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page).to_have_url(re.compile("status=THIN"))
        page.goto("/query")
        page.locator(".cm-content").click()
        page.keyboard.press("Control+End")
        page.keyboard.type("# still here")
        page.get_by_role("link", name="日本語").click()
        expect(page.locator("html")).to_have_attribute("lang", "ja")
        expect(page.locator(".cm-content")).to_contain_text("# still here")


def test_share_a_filtered_map(visitor: Visitor) -> None:
    with visitor.window() as page:
        page.goto("/")
        page.locator("details.filters summary").click()
        page.locator("select[name=actor]").select_option("actor/aisi-japan")
        page.locator("form.choose button").first.click()
        expect(page).to_have_url(re.compile("actor=actor%2Faisi-japan"))
        shared, seen = page.url, page.locator("table.matrix tbody").inner_text()
    with visitor.window() as other:
        other.goto(shared)
        expect(other.locator("table.matrix tbody")).to_have_text(re.compile(r"\S"))
        assert other.locator("table.matrix tbody").inner_text() == seen


def test_compare_two_institutes(page: Page) -> None:
    page.goto("/compare")
    page.locator("select[name=a]").select_option("actor/aisi-japan")
    page.locator("select[name=b]").select_option("actor/aisi-uk")
    page.locator("form.choose button").click()
    expect(page.locator("td.pair a").first).to_be_visible()
    expect(page).to_have_url(re.compile("b=actor%2Faisi-uk"))


def test_keyboard_only(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    first = page.locator("table.matrix tbody tr").first.locator("td.cell a")
    first.first.focus()
    page.keyboard.press("ArrowRight")
    expect(first.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    drawer = page.locator("dialog.drawer")
    expect(drawer.get_by_role("button")).to_be_focused()
    page.keyboard.press("Escape")
    expect(first.nth(1)).to_be_focused()


def test_a_phone(visitor: Visitor) -> None:
    with visitor.window(size=NARROW) as page:
        page.goto("/")
        cell = page.locator("td.cell a").first
        cell.click()
        drawer = page.locator("dialog.drawer")
        expect(drawer).to_be_visible()
        box = drawer.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW[0]
        page.goto("/query")
        expect(page.locator(".cm-content")).to_be_visible()
        page.get_by_role("button", name="実行").click()
        expect(page.locator("#result table")).to_be_visible()
        assert page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_without_script(visitor: Visitor) -> None:
    with visitor.window(script=False) as page:
        page.goto("/")
        page.locator("td.cell a").first.click()
        expect(page).to_have_url(re.compile("/cell"))
        page.locator("form.search input").fill("リスク")
        page.locator("form.search button").click()
        expect(page.locator("main mark").first).to_be_visible()
        page.goto("/query")
        page.locator("button[name=run]").click()
        expect(page.locator("#result table")).to_be_visible()
        page.locator("#query").fill("SELECT * WHERE {")
        page.locator("button[name=run]").click()
        expect(page.locator("#result .problem")).to_contain_text("1 行")
