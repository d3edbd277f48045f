"""The reports of the graph that ships, and of a small graph whose labels are hostile."""

from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser

import pytest

from kg.analyses import read_analysis
from kg.gaps import GapAnalysis, analyse
from kg.report import render
from kg.snapshot import Manifest, Snapshot
from tests.gaps.mini import Mini, ex

Rendered = Callable[[str, str], bytes]

HOSTILE = "<img src=https://evil.example/x onerror=alert(1)>|[link](javascript:alert(2))"
FORMULA = "=HYPERLINK('https://evil.example','x')"
SCRIPT = "javascript:alert(1)"


class Page(HTMLParser):
    """What a test wants to know of an HTML page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[str] = []
        self.rows: list[list[str]] = []
        self.counts: dict[str, int] = {}
        self._heading = self._cell = False
        self._status: str | None = None
        self._matrix = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag == "h2":
            self._heading = True
            self.headings.append("")
        if tag == "table":
            self._matrix = given.get("id") == "map"
        if tag == "tr" and self._matrix and "data-area" in given:
            self.rows.append([given["data-area"]])
        if tag == "td":
            self._cell = self._matrix and "cell" in given.get("class", "").split()
            self._status = given.get("data-status")
            if self._cell:
                self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._heading = self._heading and tag != "h2"
        self._cell = self._cell and tag != "td"
        if tag == "td":
            self._status = None

    def handle_data(self, data: str) -> None:
        if self._heading:
            self.headings[-1] += data
        if self._cell:
            self.rows[-1][-1] += data.strip()
        if self._status is not None:
            self.counts[self._status] = int(data)

    def facets(self) -> list[str]:
        """Name the columns of the first matrix."""
        seen = [given["data-facet"] for tag, given in self.tags if tag == "th" and "data-facet" in given]
        return list(dict.fromkeys(seen))

    def marks(self) -> dict[tuple[str, str], str]:
        """Give what stands in each cell of the matrix."""
        facets = self.facets()
        return {
            (row[0], facet): mark for row in self.rows for facet, mark in zip(facets, row[1:], strict=True)
        }


@pytest.fixture(scope="session")
def analysis(shipped: Snapshot) -> GapAnalysis:
    """The analysis of the graph that ships under its default protocol."""
    return read_analysis(shipped, None)


@pytest.fixture(scope="session")
def rendered(shipped: Snapshot, analysis: GapAnalysis) -> Rendered:
    """Give a report of the graph that ships, each made once."""

    @cache
    def report(form: str, lang: str) -> bytes:
        return render(analysis, shipped.manifest, form, lang)

    return report


@pytest.fixture
def manifest() -> Manifest:
    """What a snapshot of the small graph says of itself."""
    return Manifest(
        version="0.0.0-test",
        package="0.0.0",
        input_sha256="0" * 64,
        rdfc10_sha256="0" * 64,
        data_as_of="2025-01-01",
        triples={},
        counts={},
        graphs={},
        files={},
        tools={},
    )


@pytest.fixture
def hostile() -> GapAnalysis:
    """An analysis in which labels and an IRI want to run wherever they are shown."""
    mini = Mini(rows={"a": None, "evil": None})
    mini.protocol()
    mini.does("work", "evil", "x", actor="bob")
    mini.complete("rows")
    text = analyse(mini.store, ex("protocol/p-1.0")).model_dump_json()
    for harmless, bad in (("Evil", HOSTILE), ("evil項", FORMULA), (ex("work"), SCRIPT)):
        assert harmless in text
        text = text.replace(harmless, bad)
    return GapAnalysis.model_validate_json(text)
