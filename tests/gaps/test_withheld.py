"""What must not count, however it is woven into the graph: faulty, withdrawn, rejected and unrelated records."""

import pyoxigraph as ox
import pytest

from kg.gaps import Fault, GapAnalysis, analyse, replay
from kg.gaps.model import Text
from kg.vocab import AISI, SKOS

from .mini import EX, WEIGHTS, Mini, ex, number
from .read import cell, gap, kinds

SOURCE = ox.NamedNode(AISI + "source")


def fault(record: str) -> Fault:
    return Fault(record=ex(record), rule="rule", message=Text(ja="不備", en="at fault"))


def statuses(analysis: GapAnalysis, *areas: str) -> list[str]:
    return [cell(analysis, area, "x").status for area in areas]


def commitment(analysis: GapAnalysis, provision: str) -> str:
    return next(row.status for row in analysis.commitments if row.provision.iri == ex(provision))


def test_a_citation_that_names_no_document_takes_its_evidence_away() -> None:
    graph = Mini()
    graph.does("one", "a", "x")
    graph.inner.remove(next(graph.inner.quads_for_pattern(ox.NamedNode(ex("citation/one-a")), SOURCE, None)))
    graph.protocol()
    found = cell(analyse(graph.store, faults=[fault("citation/one-a")]), "a", "x")
    assert (found.status, found.rolled_up.n) == ("DATA-FAULT", 0)


@pytest.mark.parametrize(
    ("review", "expected"), [(None, "ABSENT-STATED"), ("rejected", "UNKNOWN"), ("proposed", "UNKNOWN")]
)
def test_only_an_accepted_edge_says_that_something_is_not_done(review: str | None, expected: str) -> None:
    graph = Mini()
    graph.activity("one", ["x"], status="stated-not-done")
    graph.edge("one", "a", maturity="planned", review=review)
    graph.protocol()
    assert statuses(analyse(graph.store), "a") == [expected]


def test_a_withdrawn_activity_puts_nothing_into_effect() -> None:
    graph = Mini()
    graph.activity("one", ["x"])
    graph.provision("charter/1")
    graph.implement("one", "charter/1")
    graph.withdraw("one")
    graph.protocol()
    assert commitment(analyse(graph.store), "charter/1") == "no-record"


def test_what_is_said_of_a_withdrawn_area_holds_for_what_stands_below_it() -> None:
    graph = Mini(rows={"a": None, "a1": "a", "a11": "a1", "b": None})
    graph.withdraw("a1")
    graph.absent("a1", "x")
    graph.protocol()
    assert statuses(analyse(graph.store), "a", "a11", "b") == ["UNKNOWN", "ABSENT-STATED", "UNKNOWN"]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (["one", "two"], "CONFLICT"),
        (["citation/one-a", "citation/two-a"], "CONFLICT"),
        (
            ["citation/both", "citation/elsewhere"],
            "COVERED",
        ),  # two edges cite one of the places: no second voice
        (["one", "rejected"], "COVERED"),
    ],
)
def test_a_conflict_needs_two_accepted_voices_on_the_same_cell(records: list[str], expected: str) -> None:
    graph = Mini()
    for name, review in (("one", None), ("two", None), ("rejected", "rejected")):
        edge = graph.does(name, "a", "x", name, review=review)
        graph.add(edge, AISI + "citation", "citation/both")
    graph.add("citation/both", AISI + "source", "doc")
    graph.disagree(*records)
    graph.protocol()
    assert statuses(analyse(graph.store), "a") == [expected]


def test_an_actor_stands_for_everybody_it_is_counted_with_on_the_way() -> None:
    graph = Mini()
    graph.actor("office", counts_as="agency")
    graph.actor("agency", counts_as="ministry")
    graph.does("one", "a", "x", "office")
    graph.protocol(population=["agency"])
    analysis = analyse(graph.store)
    assert cell(analysis, "a", "x").rolled_up.n == 1
    found = gap(analysis, "G3", "a", "x")
    assert found is not None and replay(graph.store, found)


def test_weights_of_zero_reach_no_target_and_break_nothing() -> None:
    graph = Mini()
    graph.does("one", "a", "x")
    graph.protocol(weights=dict.fromkeys(WEIGHTS, 0.0))
    analysis = analyse(graph.store)
    assert cell(analysis, "a", "x").rolled_up.depth == 0
    assert kinds(analysis, "a", "x") == {"G2", "G3"}


def test_faulty_and_withdrawn_figures_and_faulty_edges_of_clauses_raise_no_demand() -> None:
    """One clause asks for r1, r2 and r3 each; r0 would stand above them by three records, none of which is sound."""
    areas = [f"r{position}" for position in range(8)]
    graph = Mini(rows=dict.fromkeys(areas))
    for area in areas[1:]:
        graph.does(f"act-{area}", area, "x")
    graph.complete("rows")
    graph.protocol()
    for area in areas[1:4]:
        graph.provision(f"charter/{area}", areas=[area])
    graph.provision("charter/one", areas=["r0"])
    graph.provision("charter/two", areas=["r0"])
    for name in ("faulty", "withdrawn"):
        graph.add(name, AISI + "quantityOf", "r0")
        graph.add(name, AISI + "quantityKind", "kind/incidents")
        graph.add(name, AISI + "value", number(1000))
    graph.withdraw("withdrawn")
    faults = [fault("faulty"), fault("edge/one-r0"), fault("charter/two")]
    assert [g.cell.area.iri for g in analyse(graph.store).gaps if g.type == "G10" and g.cell] == [ex("r0")]
    analysis = analyse(graph.store, faults=faults)
    assert not [g for g in analysis.gaps if g.type == "G10"]
    assert next(row for row in analysis.commitments if row.provision.iri == ex("charter/one")).areas == ()


def test_a_faulty_instrument_dates_nothing() -> None:
    graph = Mini()
    graph.instrument("guide", issued="2020-01-01")
    graph.instrument("base", issued="2024-01-01")
    graph.add("guide", "http://www.w3.org/ns/prov#wasDerivedFrom", "base")
    graph.protocol()
    assert [g.record.iri for g in analyse(graph.store).gaps if g.type == "G4" and g.record] == [EX + "guide"]
    assert not [g for g in analyse(graph.store, faults=[fault("base")]).gaps if g.type == "G4"]


def test_what_a_faulty_area_says_of_its_place_counts_for_nothing() -> None:
    """a1 claims to stand below a and b: there evidence may be missing, which only a says, as b has some of its own."""
    graph = Mini(rows={"a": None, "a1": "a", "a11": "a1", "b": None})
    graph.add("a1", SKOS + "broader", "b")
    graph.does("one", "a11", "x")
    graph.does("two", "b", "x")
    graph.complete("rows")
    graph.protocol(target=0.7)
    analysis = analyse(graph.store, faults=[fault("a1")])
    assert statuses(analysis, "a11", "a1", "a", "b") == ["COVERED", "DATA-FAULT", "DATA-FAULT", "COVERED"]
    assert [cell(analysis, area, "x").rolled_up.n for area in ("a", "b")] == [0, 1]
    assert [each.record for each in cell(analysis, "a", "x").faults] == [ex("a1")]
