"""What a reader holds in hand: one safe file in either language, no larger than one can send."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kg.catalog import load_query
from kg.errors import CallerError
from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Text
from kg.report import FORMATS, content_policy, json_schema, render
from kg.report.detail import LIMIT, STEPS
from kg.report.document import SECTIONS, html
from kg.report.queries import used_queries
from kg.report.safe import spreadsheet
from kg.report.view import Report
from kg.report.words import LANGUAGES, Words, fixed_words
from kg.snapshot import Manifest
from tests.report.conftest import FORMULA, SCRIPT, Page, Rendered

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
FORM = pytest.mark.parametrize("form", FORMATS)


@LANGUAGE
def test_the_sections_come_in_their_order(rendered: Rendered, lang: str) -> None:
    expected = [Words(lang)(name) for name in SECTIONS]
    assert Page(rendered("html", lang).decode()).headings == expected
    headings = re.findall(r"^## (.*)$", rendered("md", lang).decode(), re.MULTILINE)
    assert [re.sub(r" \(.*gaps?\)$| \(\d+件\)$", "", heading) for heading in headings] == expected


def test_every_fixed_text_is_in_both_languages_and_takes_the_same_values() -> None:
    for key, texts in fixed_words().items():
        assert set(texts) - {"en_one"} == set(LANGUAGES), key
        names = [set(re.findall(r"{(\w+)}", text)) for text in texts.values()]
        assert all(found <= names[0] for found in names) and names[0] - {"n"} <= names[1], key


@FORM
@LANGUAGE
def test_equal_input_gives_equal_bytes(
    analysis: GapAnalysis, manifest: Manifest, form: str, lang: str
) -> None:
    small = analysis.model_copy(update={"gaps": analysis.gaps[:20], "terminology": analysis.terminology[:20]})
    assert render(small, manifest, form, lang) == render(small, manifest, form, lang)


@LANGUAGE
def test_the_html_can_be_sent(rendered: Rendered, lang: str) -> None:
    assert len(rendered("html", lang)) <= LIMIT == 3_000_000


def test_a_large_map_is_cut_and_says_so(analysis: GapAnalysis, manifest: Manifest) -> None:
    areas = tuple(
        AxisValue(iri=f"https://example.org/{i}", label=Text(ja=f"領域{i}", en=f"Area {i}"), order=i)
        for i in range(250)
    )
    sample = analysis.cells[0].model_copy(update={"evidence": (), "pending": ()})
    cells = tuple(
        sample.model_copy(update={"area": area.iri, "facet": facet.iri})
        for area in areas
        for facet in analysis.facets
    )
    update = {"areas": areas, "cells": cells, "gaps": (), "commitments": (), "terminology": ()}
    large = analysis.model_copy(update=update)
    report = Report(large, manifest, Words("en"))
    page, whole = html(report, 600_000).decode(), html(report).decode()
    assert "of 250 areas are shown" in page
    assert len(page) < 600_000 < len(whole)
    assert "areas are shown" not in whole
    assert len(render(large, manifest, "csv", "en").splitlines()) == len(cells) + 1


def test_each_step_of_detail_shows_no_more_than_the_one_before() -> None:
    for name in ("cards", "templates", "evidence", "rows", "cells"):
        sizes = [float("inf") if getattr(step, name) is None else getattr(step, name) for step in STEPS]
        assert sizes == sorted(sizes, reverse=True), name


@LANGUAGE
def test_the_html_asks_for_nothing_from_outside(rendered: Rendered, lang: str) -> None:
    text = rendered("html", lang).decode()
    page = Page(text)
    loading = {"img", "iframe", "object", "embed", "link", "audio", "video", "source", "base"}
    assert not {tag for tag, _ in page.tags} & loading
    assert not [given for _, given in page.tags if "src" in given or "style" in given or "srcset" in given]
    assert not [name for _, given in page.tags for name in given if name.startswith("on")]
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest", text)
    policy = next(given for tag, given in page.tags if given.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"] == content_policy()
    assert "default-src 'none'" in content_policy() and "unsafe" not in content_policy()


def test_links_inside_the_html_lead_somewhere(rendered: Rendered) -> None:
    tags = Page(rendered("html", "ja").decode()).tags
    ids = [given["id"] for _, given in tags if "id" in given]
    assert len(ids) == len(set(ids))
    dead = {given["href"] for _, given in tags if given.get("href", "").startswith("#")} - {
        f"#{name}" for name in ids
    }
    assert not dead


def test_every_cell_of_the_matrix_leads_to_its_sentence(rendered: Rendered, analysis: GapAnalysis) -> None:
    text = rendered("html", "en").decode()
    for area in analysis.areas:
        for facet in analysis.facets:
            assert f'href="#c{area.order}-{facet.order}"' in text
            assert f'id="c{area.order}-{facet.order}"' in text


def test_citations_name_document_and_place_in_words(rendered: Rendered) -> None:
    text = rendered("html", "en").decode()
    links = re.findall(r'<a href="https://w3id.org/aisi-kg/citation/[^"]*"><bdi>([^<]*)</bdi>', text)
    assert links
    assert all(len(link) > 10 for link in links)


@LANGUAGE
def test_hostile_labels_do_not_run_in_html(hostile: GapAnalysis, manifest: Manifest, lang: str) -> None:
    page = Page(render(hostile, manifest, "html", lang).decode())
    assert "img" not in {tag for tag, _ in page.tags}
    assert not [given for _, given in page.tags if given.get("href", "").startswith(SCRIPT)]
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 1


@LANGUAGE
def test_hostile_labels_do_not_run_in_markdown(hostile: GapAnalysis, manifest: Manifest, lang: str) -> None:
    text = render(hostile, manifest, "md", lang).decode()
    assert not re.search(r"(?<!\\)<img", text)
    assert not re.search(r"(?<!\\)\[link(?<!\\)\]", text)


def test_hostile_labels_do_not_run_in_svg(hostile: GapAnalysis, manifest: Manifest) -> None:
    assert "<img" not in render(hostile, manifest, "svg", "en").decode()


def test_formulas_stay_texts_in_csv_and_xlsx(hostile: GapAnalysis, manifest: Manifest) -> None:
    rows = csv.reader(io.StringIO(render(hostile, manifest, "csv", "ja").decode()))
    fields = [field for row in rows for field in row]
    assert f"'{FORMULA}" in fields
    assert not [field for field in fields if field.startswith(("=", "+", "@"))]
    book = load_workbook(io.BytesIO(render(hostile, manifest, "xlsx", "ja")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert f"'{FORMULA}" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "＝1", "＋1", "－1", "＠x"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert spreadsheet(text).startswith("'")


@LANGUAGE
def test_every_query_stands_once_with_its_hash(
    rendered: Rendered, analysis: GapAnalysis, manifest: Manifest, lang: str
) -> None:
    text = rendered("html", lang).decode()
    queries = used_queries(Report(analysis, manifest, Words(lang)))
    assert {query.name for query in queries} == {gap.query.name for gap in analysis.gaps}
    for query in queries:
        assert query.text == load_query(query.name).text, (
            "the text without parameters is the one in the catalogue"
        )
        assert text.count(query.sha256) == 1


def test_the_published_schema_is_the_one_of_the_model() -> None:
    published = json.loads((ROOT / "docs" / "gap-report.schema.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(json_schema())), "write it again: see docs/report.md"


def test_the_json_has_just_the_keys_of_the_schema(rendered: Rendered) -> None:
    document = json.loads(rendered("json", "en"))
    assert set(document) == set(json_schema()["properties"])
    assert list(document)[:4] == ["$schema", "snapshot", "dataAsOf", "lang"]


@pytest.mark.parametrize(("form", "lang"), [("pdf", "ja"), ("html", "fr")])
def test_an_unknown_format_or_language_names_the_choices(
    analysis: GapAnalysis, manifest: Manifest, form: str, lang: str
) -> None:
    with pytest.raises(CallerError, match="choose one of"):
        render(analysis, manifest, form, lang)


def test_shares_do_not_claim_all_where_some_are_missing() -> None:
    assert [Words("ja").share(share) for share in (1, 0.9996, 0.5, 0.0004, 0)] == [
        "100%",
        "> 99%",
        "50%",
        "< 1%",
        "0%",
    ]
