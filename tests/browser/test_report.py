"""The report as a file in a real browser: nobody is kept out, it filters and unfolds, and no label runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.analyses import read_analysis
from kg.gaps import associations
from kg.report.document import html
from kg.report.view import Report
from kg.report.words import LANGUAGES, Words
from kg.snapshot import Snapshot
from tests.browser.test_access import CHECK, OVERFLOW, grave
from tests.browser.visits import NARROW, Visitor
from tests.conftest import AXE

SMALL = 700_000  # bytes: the same parts as in the whole report, only fewer of each


@pytest.fixture(scope="module")
def files(shipped: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of the graph that ships, as a file in each language."""
    analysis, folder = read_analysis(shipped, None), tmp_path_factory.mktemp("report")
    relations = associations(analysis)
    found = {}
    for lang in LANGUAGES:
        found[lang] = folder / f"{lang}.html"
        found[lang].write_bytes(html(Report(analysis, shipped.manifest, Words(lang), relations), SMALL))
    return found


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Visitor]:
    """Somebody who opens files; the browser must have nothing to complain of."""
    found = Visitor(chromium, "file://")
    yield found
    assert found.complaints == []


@pytest.fixture
def report(reader: Visitor, files: dict[str, Path]) -> Iterator[Page]:
    """The English report in a wide window."""
    with reader.window("en") as page:
        page.goto(files["en"].as_uri())
        yield page


@pytest.mark.parametrize(("lang", "scheme"), [("ja", "light"), ("en", "dark")])
def test_nobody_is_kept_out_of_the_report(
    reader: Visitor, files: dict[str, Path], lang: str, scheme: str
) -> None:
    with reader.window(lang, scheme=scheme) as page:
        page.goto(files[lang].as_uri())
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert grave(page.evaluate(CHECK)) == []


def test_the_report_scrolls_one_way_only_on_a_small_screen(reader: Visitor, files: dict[str, Path]) -> None:
    with reader.window(size=NARROW) as page:
        page.goto(files["ja"].as_uri())
        assert page.evaluate(OVERFLOW) <= 0


def test_a_count_leads_to_its_cells(report: Page) -> None:
    cells = report.locator("#map td.cell")
    report.locator("#counts td[data-status='THIN'] a").click()
    shown = cells.evaluate_all("cells => cells.filter(cell => getComputedStyle(cell).opacity === '1').length")
    assert shown == int(report.locator("#counts td[data-status='THIN']").inner_text())
    assert shown < cells.count()


def test_a_cell_leads_to_its_evidence(report: Page) -> None:
    cell = report.locator("#map td.covered a").first
    target = report.locator(str(cell.get_attribute("href")))
    expect(target).not_to_be_visible()
    cell.click()
    expect(target).to_be_visible()
    expect(target.locator("table.evidence a[href*='/citation/']").first).to_be_visible()


def test_gaps_can_be_searched(report: Page) -> None:
    gap = report.locator("article.gap").last
    name = str(gap.get_attribute("id"))
    report.locator("#filter input").fill(name)
    expect(gap).to_be_visible()
    expect(report.locator("#filter output")).to_contain_text("1")
    assert report.locator("article.gap:visible").count() == 1


def test_without_script_everything_is_unfolded(reader: Visitor, files: dict[str, Path]) -> None:
    with reader.window(script=False) as page:
        page.goto(files["ja"].as_uri())
        expect(page.locator("table.evidence").first).to_be_visible()
        expect(page.locator("table.ledger").first).to_be_visible()
