"""The numbers of a report agree in every format, and with what SPARQL counts in the graph."""

import csv
import io
import json
import re
from collections import Counter

import pyoxigraph as ox
import pytest
from openpyxl import load_workbook

from kg.analyses import protocol_names, read_analysis
from kg.catalog import load_query
from kg.gaps import GapAnalysis
from kg.report import render
from kg.report.signs import SIGNS, key_of, mark_of
from kg.report.triples import CUBE, QB
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from kg.vocab import BASE, RDF_TYPE
from tests.report.conftest import Page, Rendered

Marks = dict[tuple[str, str], str]
LANGUAGES = pytest.mark.parametrize("lang", ["ja", "en"])


def marks_of(analysis: GapAnalysis) -> Marks:
    return {(cell.area, cell.facet): mark_of(cell) for cell in analysis.cells if cell.group is None}


def numbers_of(analysis: GapAnalysis) -> dict[tuple[str, str], int]:
    return {(cell.area, cell.facet): cell.rolled_up.n for cell in analysis.cells if cell.group is None}


def counts_of(analysis: GapAnalysis) -> dict[str, int]:
    return {status: n for status, n in analysis.counts.items() if n}


@LANGUAGES
def test_html_shows_the_mark_of_every_cell(analysis: GapAnalysis, rendered: Rendered, lang: str) -> None:
    page = Page(rendered("html", lang).decode())
    assert page.marks() == marks_of(analysis)


@LANGUAGES
def test_html_counts_the_statuses(analysis: GapAnalysis, rendered: Rendered, lang: str) -> None:
    counts = Page(rendered("html", lang).decode()).counts
    planned = counts.pop("PLANNED", 0)
    assert counts == counts_of(analysis)
    assert planned == sum(cell.planned_only for cell in analysis.cells if cell.group is None)


@LANGUAGES
def test_markdown_shows_the_mark_of_every_cell(analysis: GapAnalysis, rendered: Rendered, lang: str) -> None:
    lines = rendered("md", lang).decode().splitlines()
    start = next(i for i, line in enumerate(lines) if re.fullmatch(r"\| --- \|( :---: \|)+", line)) + 1
    rows = [line.split("|")[2:-1] for line in lines[start : start + len(analysis.areas)]]
    shown = {
        (area.iri, facet.iri): mark.strip()
        for area, row in zip(analysis.areas, rows, strict=True)
        for facet, mark in zip(analysis.facets, row, strict=True)
    }
    assert shown == marks_of(analysis)


@LANGUAGES
def test_markdown_counts_the_statuses(analysis: GapAnalysis, rendered: Rendered, lang: str) -> None:
    text = rendered("md", lang).decode()
    for status, n in counts_of(analysis).items():
        assert re.search(rf"^\| \S* {SIGNS[status].word[lang]} \| {n} \|", text, re.MULTILINE), status


def test_json_holds_the_analysis_itself(analysis: GapAnalysis, rendered: Rendered) -> None:
    document = json.loads(rendered("json", "ja"))
    assert {
        (cell["area"], cell["facet"]): cell["rolledUp"]["n"]
        for cell in document["cells"]
        if not cell["group"]
    } == numbers_of(analysis)
    assert Counter(cell["status"] for cell in document["cells"] if not cell["group"]) == counts_of(analysis)
    assert {status: n for status, n in document["counts"].items() if n} == counts_of(analysis)
    assert [gap["id"] for gap in document["gaps"]] == [gap.id for gap in analysis.gaps]


def test_csv_holds_every_cell_the_uncovered_ones_too(analysis: GapAnalysis, rendered: Rendered) -> None:
    rows = list(csv.DictReader(io.StringIO(rendered("csv", "ja").decode())))
    assert len(rows) == len(analysis.cells)
    plain = [row for row in rows if not row["group"]]
    assert {(row["area"], row["facet"]): int(row["activities_with_narrower"]) for row in plain} == numbers_of(
        analysis
    )
    assert Counter(row["status"] for row in plain) == counts_of(analysis)


@LANGUAGES
def test_xlsx_holds_every_cell_and_every_gap(analysis: GapAnalysis, rendered: Rendered, lang: str) -> None:
    about, cells, gaps, commitments, *_ = load_workbook(io.BytesIO(rendered("xlsx", lang))).worksheets
    rows = [dict(zip(cells_head(cells), row, strict=True)) for row in cells.iter_rows(2, values_only=True)]
    area, facet, group, number, status = (
        ("領域(IRI)", "列(IRI)", "群(IRI)", "活動", "状態の符号")
        if lang == "ja"
        else ("Area (IRI)", "Column (IRI)", "Group (IRI)", "Activities", "Status (code)")
    )
    plain = [row for row in rows if not row[group]]
    assert {(row[area], row[facet]): row[number] for row in plain} == numbers_of(analysis)
    assert Counter(row[status] for row in plain) == counts_of(analysis)
    assert gaps.max_row == len(analysis.gaps) + 1
    assert commitments.max_row == len(analysis.commitments) + 1
    assert about.max_row > 5


def cells_head(sheet: object) -> list[str]:
    return [cell.value for cell in next(sheet.iter_rows(1, 1))]  # type: ignore[attr-defined] # a worksheet


def test_rdf_holds_an_observation_and_an_outcome_for_every_cell(
    analysis: GapAnalysis, rendered: Rendered
) -> None:
    store = ox.Store()
    store.load(rendered("ttl", "en"), format=ox.RdfFormat.TURTLE)

    base = f"{BASE}gap-report/{analysis.protocol.name}/"

    def value(subject: ox.NamedNode, name: str) -> str:
        prop = (base if name in ("area", "facet") else CUBE) + name
        (quad,) = store.quads_for_pattern(subject, ox.NamedNode(prop), None)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        return quad.object.value

    found = [
        quad.subject for quad in store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(QB + "Observation"))
    ]
    observations = [subject for subject in found if isinstance(subject, ox.NamedNode)]
    plain = [
        o for o in observations if not any(store.quads_for_pattern(o, ox.NamedNode(base + "group"), None))
    ]
    assert len(observations) == len(analysis.cells)
    assert {(value(o, "area"), value(o, "facet")): int(value(o, "activities")) for o in plain} == numbers_of(
        analysis
    )
    statuses = Counter(value(o, "status").removeprefix(f"{BASE}term/gap-status/").upper() for o in plain)
    statuses["THIN"] += statuses.pop("PLANNED-ONLY", 0)
    assert +statuses == counts_of(analysis)


def test_sparql_counts_the_same_activities_and_actors(
    shipped: Snapshot, shipped_store: EmbeddedStore
) -> None:
    for name in protocol_names(shipped):
        analysis = read_analysis(shipped, name)
        query = load_query("report/cell-counts").bind(protocol=ox.NamedNode(analysis.protocol.iri))
        counted = {
            (row["area"].value, row["facet"].value): (int(row["activities"].value), int(row["actors"].value))
            for row in shipped_store.select(query)
        }
        assert counted == {
            (cell.area, cell.facet): (cell.rolled_up.n, cell.rolled_up.actors)
            for cell in analysis.cells
            if cell.group is None and cell.rolled_up.n
        }, name


def test_svg_shows_the_mark_of_every_cell(analysis: GapAnalysis, rendered: Rendered) -> None:
    text = rendered("svg", "ja").decode()
    grid = [
        found
        for row in re.findall(r"<g>(.*?)</g>", text)
        for found in re.findall(r'text-anchor="middle"[^>]*>([^<]*)<', row)
    ]
    marks = marks_of(analysis)
    assert grid == [marks[area.iri, facet.iri] for area in analysis.areas for facet in analysis.facets]


def test_every_protocol_that_ships_has_its_report(shipped: Snapshot) -> None:
    for name in protocol_names(shipped):
        analysis = read_analysis(shipped, name)
        page = Page(render(analysis, shipped.manifest, "html", "ja").decode())
        assert page.marks() == marks_of(analysis), name


def test_planned_only_is_told_from_thin(analysis: GapAnalysis) -> None:
    for cell in analysis.cells:
        assert (key_of(cell) == "PLANNED") == (mark_of(cell).startswith("("))


def test_the_answer_says_how_many_covered_cells_depend_on_the_weights(
    rendered: Rendered, analysis: GapAnalysis
) -> None:
    covered = [cell.stays for cell in analysis.cells if cell.status == "COVERED"]
    firm = sum(share is None or share >= 0.95 for share in covered)
    for form in ("md", "html"):
        text = rendered(form, "en").decode()
        assert f"Of the {len(covered)} covered cells, {firm} stayed covered in at least 95" in text
        assert f"; {len(covered) - firm} fell short of the target in more than 5" in text
