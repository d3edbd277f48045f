"""Graphs that nobody here made: another field, one language, nothing beside the map, harmful names, many areas."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator

from kg.catalog import load_query
from kg.errors import CallerError
from kg.gaps import GapAnalysis, analyse
from kg.gaps.model import AxisValue, Text
from kg.report import FORMATS, json_schema, render
from kg.report.raster import png
from kg.snapshot import Manifest
from tests.gaps.mini import Mini, ex
from tests.report.conftest import Rendered

OTHER_SCRIPTS = "ประเทศไทย"  # letters that the font of the PNG lacks
BIDI = "\u202eexe.gpj\u202c"


def renamed(analysis: GapAnalysis, label: str) -> GapAnalysis:
    """Give every area another name."""
    areas = tuple(
        area.model_copy(update={"label": Text(ja=label, en=f"{label} {area.order}")})
        for area in analysis.areas
    )
    return analysis.model_copy(update={"areas": areas})


@pytest.fixture
def bare() -> GapAnalysis:
    """A map without activities, clauses, terms or statements, named in English alone."""
    mini = Mini()
    mini.protocol()
    japanese = [
        quad for quad in mini.inner if isinstance(quad.object, ox.Literal) and quad.object.language == "ja"
    ]
    for quad in japanese:
        mini.inner.remove(quad)
    return analyse(mini.store, ex("protocol/p-1.0"))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_bare_map_has_every_form(bare: GapAnalysis, manifest: Manifest, form: str, lang: str) -> None:
    assert render(bare, manifest.model_copy(update={"data_as_of": ""}), form, lang)


def test_another_field_is_not_called_ai_safety_nor_given_our_licence(
    bare: GapAnalysis, manifest: Manifest
) -> None:
    for form in ("html", "md", "svg", "ttl"):
        text = render(bare, manifest, form, "en").decode()
        assert "AI safety" not in text, form
        assert "CC BY" not in text and "creativecommons" not in text, form


def test_nothing_recorded_is_never_called_absent(bare: GapAnalysis, manifest: Manifest) -> None:
    text = render(bare, manifest, "html", "en").decode()
    assert 'data-status="UNKNOWN"' in text
    assert "That does not mean that nothing is done." in text
    assert 'data-status="ABSENT-STATED"' not in text and 'data-status="ABSENT-IN-SCOPE"' not in text
    assert {gap.type for gap in bare.gaps} == {"G6"}


def test_the_json_keeps_to_its_schema(
    rendered: Rendered, hostile: GapAnalysis, bare: GapAnalysis, manifest: Manifest
) -> None:
    schema = json.loads(json.dumps(json_schema()))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for content in (
        rendered("json", "en"),
        *(render(one, manifest, "json", "ja") for one in (hostile, bare)),
    ):
        assert [error.message for error in validator.iter_errors(json.loads(content))] == []


def test_a_report_that_breaks_the_schema_is_found_out(bare: GapAnalysis, manifest: Manifest) -> None:
    document = json.loads(render(bare, manifest, "json", "en"))
    document["cells"][0]["status"] = "EMPTY"
    assert not Draft202012Validator(json.loads(json.dumps(json_schema()))).is_valid(document)


def test_letters_that_the_font_lacks_are_named_and_not_drawn_as_boxes(
    bare: GapAnalysis, manifest: Manifest
) -> None:
    thai = renamed(bare, OTHER_SCRIPTS)
    with pytest.raises(CallerError, match=r"no letters for .*take --format svg"):
        render(thai, manifest, "png", "en")
    assert OTHER_SCRIPTS in render(thai, manifest, "svg", "en").decode()


def test_text_that_turns_round_does_not_turn_its_neighbours(bare: GapAnalysis, manifest: Manifest) -> None:
    turned = renamed(bare, BIDI)
    assert render(turned, manifest, "png", "en").startswith(b"\x89PNG")
    html = render(turned, manifest, "html", "en").decode()
    assert f'<th scope="row" class="level-0"><bdi>{BIDI}' in html


def test_a_picture_too_large_to_read_is_refused() -> None:
    with pytest.raises(CallerError, match="take --format svg"):
        png(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20000 20000"></svg>')


def test_hundreds_of_areas_keep_all_their_cells(bare: GapAnalysis, manifest: Manifest) -> None:
    areas = tuple(
        AxisValue(iri=ex(f"area-{i}"), label=Text(ja=f"領域{i}", en=f"Area {i}"), order=i) for i in range(400)
    )
    cells = tuple(
        bare.cells[0].model_copy(update={"area": area.iri, "facet": facet.iri})
        for area in areas
        for facet in bare.facets
    )
    large = bare.model_copy(update={"areas": areas, "cells": cells})
    rows = list(csv.reader(io.StringIO(render(large, manifest, "csv", "en").decode())))
    assert len(rows) == len(cells) + 1
    assert render(large, manifest, "svg", "en").decode().count("<g>") == len(areas)
    assert render(large, manifest, "png", "en").startswith(b"\x89PNG")


def test_sparql_counts_members_of_the_population_alone_and_a_secretariat_as_its_host() -> None:
    mini = Mini(rows={"a": None, "a1": "a"})
    mini.protocol(population=["union"])
    mini.actor("union")
    mini.actor("host", part_of="union")
    mini.actor("desk", counts_as="host")
    mini.does("one", "a1", "x", actor="host")
    mini.does("two", "a", "x", actor="desk")
    mini.does("outside", "a", "x", actor="stranger")
    mini.does("proposal", "a", "x", actor="host", review="proposed")
    protocol = ex("protocol/p-1.0")
    query = load_query("report/cell-counts").bind(protocol=ox.NamedNode(protocol))
    counted = {
        (row["area"].value, row["facet"].value): (int(row["activities"].value), int(row["actors"].value))
        for row in mini.store.select(query)
    }
    analysis = analyse(mini.store, protocol)
    assert counted == {
        (cell.area, cell.facet): (cell.rolled_up.n, cell.rolled_up.actors)
        for cell in analysis.cells
        if cell.rolled_up.n
    }
    assert counted[ex("a"), ex("x")] == (2, 1)
