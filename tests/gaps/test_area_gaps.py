"""Gaps of whole areas, of terms and of deliverables: G6, G7, G10, G12, G13, and when they cannot be told."""

import pyoxigraph as ox
import pytest

from kg.gaps import Fault, GapAnalysis, analyse, replay
from kg.gaps.model import Text
from kg.vocab import AISI, RDF, SKOS

from .mini import SSSOM, WEIGHTS, Mini, ex, number, term
from .read import gap

PROTOCOL = "protocol/p-1.0"
MAPPING = AISI + "Mapping"


def untestable(analysis: GapAnalysis) -> set[str]:
    return {note.type for note in analysis.not_testable}


def evaluating(graph: Mini) -> Mini:
    graph.protocol()
    graph.add(PROTOCOL, AISI + "evaluationFacet", "y")
    return graph


def test_an_area_without_evaluation_is_a_gap() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.does("one", "a", "x")
    graph.does("two", "b", "y")
    analysis = analyse(evaluating(graph).store)
    assert (gap(analysis, "G7", "a") is not None, gap(analysis, "G7", "b") is not None) == (True, False)


def test_an_evaluation_that_is_only_planned_leaves_a_thin_gap() -> None:
    graph = Mini()
    graph.does("one", "a", "y", maturity="planned")
    found = gap(analyse(evaluating(graph).store), "G7", "a")
    assert found is not None
    assert found.status == "THIN"


def test_an_evaluation_not_recorded_is_a_search_task() -> None:
    graph = Mini()
    graph.does("one", "a", "x")
    analysis = analyse(evaluating(graph).store)
    assert gap(analysis, "G7") is None
    assert {task.cell.area.iri for task in analysis.search_list if task.type == "G7" and task.cell} == {
        ex("a"),
        ex("b"),
    }


def test_a_protocol_without_kinds_of_evaluation_says_why_none_can_be_missing() -> None:
    graph = Mini()
    graph.protocol()
    assert "G7" in untestable(analyse(graph.store))


def chain(graph: Mini, *steps: tuple[str, ...]) -> None:
    for order, facets in enumerate(steps, 1):
        step = f"{PROTOCOL}/step/{order}"
        graph.label(step, f"第{order}段階", f"Step {order}")
        graph.add(PROTOCOL, AISI + "chainStep", step)
        graph.add(step, AISI + "stepOrder", number(order))
        graph.add(step, AISI + "stepFacet", *facets)


def test_the_first_broken_step_of_the_chain_is_named() -> None:
    graph = Mini(columns={"x": None, "y": None, "z": None})
    graph.complete("rows")
    graph.does("one", "a", "x")
    graph.does("two", "b", "x")
    graph.does("three", "b", "y")
    graph.does("four", "b", "z")
    graph.protocol()
    chain(graph, ("x",), ("y",), ("z",))
    analysis = analyse(graph.store)
    found = gap(analysis, "G13", "a")
    assert found is not None
    assert found.sentence.en.startswith("On “A” the first broken step is “Step 2” (on record: Step 1)")
    assert gap(analysis, "G13", "b") is None


def test_a_step_that_does_not_apply_is_no_broken_one() -> None:
    graph = Mini(columns={"x": None, "y": None, "z": None})
    graph.complete("rows")
    graph.does("one", "a", "x")
    graph.protocol()
    graph.exclude(area="a", facet="y")
    chain(graph, ("x",), ("y",), ("z",))
    found = gap(analyse(graph.store), "G13", "a")
    assert found is not None
    assert found.sentence.en.startswith("On “A” the first broken step is “Step 3”")


def test_an_area_with_no_step_at_all_has_no_broken_chain() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.protocol()
    chain(graph, ("x",), ("y",))
    assert gap(analyse(graph.store), "G13") is None


def test_demand_above_supply_is_a_gap() -> None:
    areas = [f"area-{number}" for number in range(8)]
    graph = Mini(rows=dict.fromkeys(areas))
    graph.complete("rows")
    for position, area in enumerate(areas[1:], 1):
        graph.does(f"act-{position}", area, "x")
    for count, area in ((5, areas[0]), (1, areas[1]), (1, areas[2]), (1, areas[3])):
        for position in range(count):
            graph.provision(f"charter/{area}-{position}", areas=[area])
    graph.protocol()
    analysis = analyse(graph.store)
    assert [g.cell.area.iri for g in analysis.gaps if g.type == "G10" and g.cell] == [ex("area-0")]


def test_reported_incidents_are_demand_too() -> None:
    graph = Mini(rows=dict.fromkeys([f"area-{number}" for number in range(8)]))
    graph.complete("rows")
    for position in range(1, 8):
        graph.does(f"act-{position}", f"area-{position}", "x")
    for position in range(4):
        quantity = f"quantity/{position}"
        graph.a(quantity, AISI + "Quantity")
        graph.add(quantity, AISI + "quantityOf", f"area-{position}")
        graph.add(quantity, AISI + "quantityKind", term("quantity-kind/incidents"))
        graph.add(quantity, AISI + "value", number(1000 if position == 0 else 1))
    graph.protocol()
    found = gap(analyse(graph.store), "G10")
    assert found is not None
    assert found.cell is not None
    assert found.cell.area.iri == ex("area-0")
    assert "1000 reported incidents" in found.sentence.en
    assert (found.figures["provisions"], found.figures["incidents"]) == (0, 1000)
    assert {"incidents": ex("quantity/0")} in found.bindings
    assert replay(graph.store, found)


def wanted(planned: float = 0.1) -> Mini:
    """Eight areas: the first is asked for most, and all others are worked on."""
    areas = [f"area-{number}" for number in range(8)]
    graph = Mini(rows=dict.fromkeys(areas))
    graph.complete("rows")
    for position, area in enumerate(areas[1:], 1):
        graph.does(f"act-{position}", area, "x")
    for position in range(4):
        for ask in range(5 if position == 0 else 1):
            graph.provision(f"charter/{position}-{ask}", areas=[areas[position]])
    graph.protocol(weights=WEIGHTS | {"maturity/planned": planned})
    return graph


def test_demand_on_an_area_that_does_not_apply_is_no_gap() -> None:
    graph = wanted()
    graph.exclude(area="area-0")
    assert gap(analyse(graph.store), "G10") is None


def test_work_that_weighs_nothing_is_thin_and_not_absent() -> None:
    graph = wanted(planned=0.0)
    graph.does("plan", "area-0", "x", maturity="planned")
    found = gap(analyse(graph.store), "G10")
    assert found is not None
    assert (found.status, found.figures["depth"]) == ("THIN", 0.0)


def test_demand_where_a_source_says_that_nothing_is_done() -> None:
    graph = wanted()
    graph.absent("area-0")
    found = gap(analyse(graph.store), "G10")
    assert found is not None
    assert found.status == "ABSENT-STATED"
    assert "known absent" in found.sentence.en


def test_demand_on_an_area_under_repair_is_left_out() -> None:
    graph = wanted()
    edge = graph.does("broken", "area-0", "x")
    message = Text(ja="誤り", en="wrong")
    analysis = analyse(graph.store, faults=[Fault(record=edge, rule="rule", message=message)])
    assert gap(analysis, "G10") is None


def test_too_few_areas_for_quarters_are_not_testable() -> None:
    graph = Mini()
    graph.protocol()
    assert "G10" in untestable(analyse(graph.store))


def deliverable(*languages: str, kind: str = "guide") -> Mini:
    graph = Mini()
    graph.instrument("guide")
    graph.add("guide", AISI + "instrumentType", term(f"instrument-type/{kind}"))
    graph.add("guide", AISI + "availableIn", *(ox.Literal(language) for language in languages))
    graph.cite("guide")
    graph.protocol()
    return graph


def test_a_deliverable_in_one_language_is_a_gap_where_its_source_was_read_to_the_end() -> None:
    graph = deliverable("ja")
    graph.complete("rows")
    found = gap(analyse(graph.store), "G12")
    assert found is not None
    assert found.sentence.en.startswith("An English edition of “Guide”: none found in")


def test_elsewhere_another_edition_may_simply_not_be_recorded() -> None:
    analysis = analyse(deliverable("ja").store)
    assert gap(analysis, "G12") is None
    assert [task.type for task in analysis.search_list if task.record] == ["G12"]


@pytest.mark.parametrize(("languages", "kind"), [(("ja", "en"), "guide"), (("ja",), "translation")])
def test_two_editions_or_a_translation_are_no_gap(languages: tuple[str, ...], kind: str) -> None:
    graph = deliverable(*languages, kind=kind)
    graph.complete("rows")
    assert gap(analyse(graph.store), "G12") is None


def define(graph: Mini, concept: str, *languages: str) -> None:
    for language in languages:
        graph.add(concept, SKOS + "definition", ox.Literal("text", language=language))


def lacking(analysis: GapAnalysis, concept: str) -> list[str]:
    rows = [row for row in analysis.terminology if row.concept.iri == ex(concept)]
    by_id = {g.id: g.sentence.en.split(" for “")[0] for g in analysis.gaps if g.type == "G6"}
    return [by_id[name] for row in rows for name in row.gaps]


def test_a_complete_term_lacks_nothing() -> None:
    graph = Mini()
    define(graph, "a", "ja", "en")
    graph.protocol()
    assert lacking(analyse(graph.store), "a") == []


def test_a_term_without_any_definition_lacks_one() -> None:
    graph = Mini()
    graph.protocol()
    assert lacking(analyse(graph.store), "a") == ["No definition"]


def test_a_term_defined_in_one_language_lacks_the_other() -> None:
    graph = Mini()
    define(graph, "a", "en")
    graph.protocol()
    assert lacking(analyse(graph.store), "a") == ["No definition in Japanese"]


def test_a_term_without_a_label_in_a_language_lacks_it() -> None:
    graph = Mini()
    graph.a("c", SKOS + "Concept")
    graph.add("c", SKOS + "inScheme", "rows")
    graph.add("c", SKOS + "prefLabel", ox.Literal("C", language="en"))
    define(graph, "c", "ja", "en")
    graph.protocol()
    assert lacking(analyse(graph.store), "c") == ["No preferred label in Japanese"]


def mapping(graph: Mini, subject: str, target: str, scheme: str | None = None) -> None:
    name = f"mapping/{subject}"
    graph.a(name, MAPPING)
    graph.add(name, SSSOM + "subject_id", subject)
    graph.add(name, SSSOM + "object_id", target)
    graph.add(name, SSSOM + "object_source", scheme)
    graph.cite(name)


def test_only_where_a_crosswalk_exists_is_a_term_without_a_row_a_gap() -> None:
    graph = Mini()
    for concept in ("a", "b", "x", "y"):
        define(graph, concept, "ja", "en")
    mapping(graph, "a", "elsewhere")
    graph.protocol()
    analysis = analyse(graph.store)
    assert {concept: lacking(analysis, concept) for concept in ("a", "b", "x")} == {
        "a": [],
        "b": ["No mapping to another vocabulary"],
        "x": [],
    }


def test_a_top_that_only_gathers_terms_needs_no_crosswalk_row() -> None:
    graph = Mini(rows={"value": None, "honesty": "value", "thing": None, "stone": "thing"})
    for concept in ("value", "honesty", "thing", "stone"):
        define(graph, concept, "ja", "en")
    mapping(graph, "honesty", "elsewhere")
    graph.protocol()
    analysis = analyse(graph.store)
    assert [concept for concept in ("value", "honesty", "thing", "stone") if lacking(analysis, concept)] == [
        "thing",
        "stone",
    ]


@pytest.mark.parametrize(("review", "expected"), [("accepted", 0), ("proposed", 1), ("rejected", 1)])
def test_a_mapping_counts_once_it_is_accepted(review: str, expected: int) -> None:
    graph = Mini()
    for concept in ("a", "b"):
        define(graph, concept, "ja", "en")
        mapping(graph, concept, "elsewhere")
    graph.add("mapping/b", AISI + "reviewStatus", term(f"review-status/{review}"))
    graph.protocol()
    analysis = analyse(graph.store)
    assert len(lacking(analysis, "b")) == expected
    assert all(replay(graph.store, g) for g in analysis.gaps if g.type == "G6")


def test_a_rejected_definition_defines_nothing() -> None:
    graph = Mini()
    graph.a("definition/a", AISI + "Definition")
    graph.add("definition/a", AISI + "definitionOf", "a")
    graph.add("definition/a", RDF + "value", ox.Literal("text", language="en"))
    graph.add("definition/a", AISI + "reviewStatus", term("review-status/rejected"))
    graph.protocol()
    assert lacking(analyse(graph.store), "a") == ["No definition"]


def test_a_stated_no_match_is_no_gap_and_stands_in_the_ledger() -> None:
    graph = Mini()
    define(graph, "a", "ja", "en")
    define(graph, "b", "ja", "en")
    mapping(graph, "a", "elsewhere")
    mapping(graph, "b", SSSOM + "NoTermFound", "other-scheme")
    graph.protocol()
    analysis = analyse(graph.store)
    assert lacking(analysis, "b") == []
    assert [ref.iri for row in analysis.terminology for ref in row.no_match] == [ex("other-scheme")]


@pytest.mark.parametrize(("related", "expected"), [(False, 1), (True, 0)])
def test_definitions_of_two_bodies_need_a_stated_relation(related: bool, expected: int) -> None:
    graph = Mini()
    define(graph, "a", "ja", "en")
    for body in ("ann", "bob"):
        graph.actor(body)
        node = f"definition/{body}"
        graph.a(node, AISI + "Definition")
        graph.add(node, AISI + "definitionOf", "a")
        graph.add(node, AISI + "definedBy", body)
        graph.add(node, RDF + "value", ox.Literal("text", language="en"))
    if related:
        graph.add("definition/bob", AISI + "relationToPreferred", term("definition-relation/narrower"))
    graph.protocol()
    assert len(lacking(analyse(graph.store), "a")) == expected
