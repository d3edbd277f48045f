"""A gap proves itself: its query gives its bindings again, and its shape tells what would close it."""

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg.errors import CallerError
from kg.gaps import Fault, Gap, analyse, replay
from kg.gaps.model import Text
from kg.vocab import AISI, BASE

from .mini import Mini, ex
from .read import gap

PREFIXES = "@prefix aisi: <https://w3id.org/aisi-kg/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


def eventful() -> Mini:
    graph = Mini(rows={"a": None, "a1": "a", "b": None, "c": None}, columns={"x": None, "x1": "x", "y": None})
    graph.complete("rows")
    graph.does("one", "a1", "x1", "desk", role="mention", asserted="2020-01-01")
    graph.actor("desk", counts_as="house")
    graph.does("two", "b", "x", "bob", grade="self-reported")
    graph.does("three", "b", "y", "bob", review="proposed")
    graph.does("five", "a1", "y", "eve", grade="self-reported")
    graph.activity("four", ["x"], [])
    graph.edge("four", "b", role="secondary")
    graph.activity("undone", ["y"], status="stated-not-done")
    graph.edge("undone", "c")
    graph.provision("charter/1", areas=["a"], actions=["x"])
    graph.provision("charter/2", areas=["b"], actions=["y"])
    graph.implement("two", "charter/2", "planned")
    graph.instrument("rules", issued="2024-06-01")
    graph.instrument("guide", issued="2024-03-01")
    graph.add("guide", "http://www.w3.org/ns/prov#wasDerivedFrom", "rules")
    graph.add("guide", AISI + "availableIn", ox.Literal("ja"))
    graph.cite("guide")
    graph.protocol(stale_after=2.0, half_life=3.0)
    graph.add("protocol/p-1.0", AISI + "evaluationFacet", "y")
    return graph


def test_every_query_gives_its_bindings_again() -> None:
    graph = eventful()
    analysis = analyse(graph.store)
    assert {"G1", "G2", "G3", "G4", "G5", "G6", "G7", "G11", "G12"} <= {g.type for g in analysis.gaps}
    assert [g.id for g in analysis.gaps if not replay(graph.store, g)] == []


def test_a_gap_that_was_filled_no_longer_replays() -> None:
    graph = eventful()
    before = gap(analyse(graph.store), "G1", "c", "x")
    assert before is not None
    graph.does("late", "c", "x")
    assert not replay(graph.store, before)


def test_faulty_records_are_left_out_of_the_replay_too() -> None:
    graph = Mini(rows={"a": None, "a1": "a"})
    graph.does("one", "a", "x", "ann", role="mention")
    graph.does("two", "a1", "x", "bob")
    graph.protocol()
    faults = [Fault(record=ex("two"), rule="rule", message=Text(ja="不備", en="at fault"))]
    found = gap(analyse(graph.store, faults=faults), "G2", "a", "x")
    assert found is not None
    assert (replay(graph.store, found, faults), replay(graph.store, found)) == (True, False)


def test_a_proof_by_another_text_of_the_query_is_refused() -> None:
    graph = eventful()
    found = analyse(graph.store).gaps[0]
    tampered = found.model_copy(
        update={"query": found.query.model_copy(update={"text": "SELECT * WHERE {}"})}
    )
    with pytest.raises(CallerError, match="another text of query"):
        replay(graph.store, tampered)


def test_every_shape_is_valid_shacl() -> None:
    one_of_each = {g.type: g for g in analyse(eventful().store).gaps}
    for found in one_of_each.values():
        shapes = rdflib.Graph().parse(data=found.closes_if.turtle, format="turtle")
        shapes.remove((None, rdflib.SH.targetNode, None))
        conforms, _, report = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
        assert conforms, f"{found.id}: {report}"


def closes(found: Gap, turtle: str, node: str) -> bool:
    """Tell whether a new record fits the shape of a gap."""
    shapes = rdflib.Graph().parse(data=found.closes_if.turtle, format="turtle")
    shapes.add((rdflib.URIRef(found.closes_if.shape), rdflib.SH.targetNode, rdflib.URIRef(node)))
    data = rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle")
    return bool(pyshacl.validate(data, shacl_graph=shapes)[0])


def edge(**changes: str) -> str:
    """Write an activity with an edge that covers b by x, with changes."""
    said = {
        "area": "b",
        "kind": "x",
        "role": "primary",
        "maturity": "evaluated",
        "grade": "official",
        "actor": "cy",
    }
    said |= changes
    return f"""
<{ex("new")}> a aisi:Activity ; aisi:activityType <{ex(said["kind"])}> ; aisi:carriedOutBy <{ex(said["actor"])}> .
<{ex(said["actor"])}> a aisi:Actor . <{ex("c")}> a aisi:Citation .
<{ex("e")}> a aisi:Coverage ; aisi:coverageBy <{ex("new")}> ; aisi:coverageOf <{ex(said["area"])}> ;
    aisi:coverageRole <{BASE}term/coverage-role/{said["role"]}> ;
    aisi:maturity <{BASE}term/maturity/{said["maturity"]}> ;
    aisi:evidenceGrade <{BASE}term/evidence-grade/{said["grade"]}> ; aisi:assertedOn "2025-01-01"^^xsd:date ;
    aisi:citation <{ex("c")}> .
"""


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"kind": "x1"}, True),
        ({"area": "a"}, False),
        ({"kind": "y"}, False),
        ({"actor": "bob"}, False),
        ({"maturity": "planned"}, False),
        ({"role": "mention"}, False),
        ({"role": "secondary", "maturity": "operating"}, True),
        ({"role": "secondary", "maturity": "piloted"}, False),
    ],
)
def test_the_shape_of_a_thin_cell_takes_what_lifts_it_to_its_target(
    changes: dict[str, str], fits: bool
) -> None:
    found = gap(analyse(eventful().store), "G2", "b", "x")
    assert found is not None
    assert found.closes_if.needed == 1
    assert closes(found, edge(**changes), ex("e")) is fits


def test_an_edge_that_fits_the_shape_closes_the_gap() -> None:
    graph = eventful()
    found = gap(analyse(graph.store), "G2", "b", "x")
    assert found is not None
    assert closes(found, edge(), ex("e"))
    graph.inner.load(PREFIXES + edge(), format=ox.RdfFormat.TURTLE)
    assert gap(analyse(graph.store), "G2", "b", "x") is None


def test_where_one_edge_is_not_enough_the_number_needed_is_said() -> None:
    graph = Mini()
    graph.does("one", "a", "x", role="mention")
    graph.protocol(target=0.95, weights={"coverage-role/primary": 0.5, "coverage-role/mention": 0.2,
                                         "maturity/operating": 1.0, "evidence-grade/official": 1.0})  # fmt: skip
    found = gap(analyse(graph.store), "G2", "a", "x")
    assert found is not None
    assert found.closes_if.needed == 4  # 1 - 0.8 * 0.5**4 = 0.95


def test_the_shape_of_a_commitment_takes_an_implementation_of_just_that_clause() -> None:
    found = gap(analyse(eventful().store), "G5")
    assert found is not None
    turtle = f"""
<{ex("i")}> aisi:implementationOf <{found.record.iri if found.record else ""}> ; aisi:implementedBy <{ex("act")}> ;
    aisi:extent <{BASE}term/extent/full> ; aisi:assertedOn "2025-01-01"^^xsd:date ; aisi:citation <{ex("c")}> .
<{ex("act")}> a aisi:Activity . <{ex("c")}> a aisi:Citation .
"""
    assert closes(found, turtle, ex("i"))
    assert not closes(found, turtle.replace("extent/full", "extent/planned"), ex("i"))


def test_a_proof_counts_the_population_only() -> None:
    graph = Mini()
    graph.complete("rows")
    graph.actor("house")
    graph.actor("ann", part_of="house")
    graph.does("one", "a", "x", "ann")
    graph.does("two", "b", "x", "bob")
    graph.protocol(population=["house"])
    analysis = analyse(graph.store)
    assert gap(analysis, "G2", "a", "x") is not None
    assert [g.id for g in analysis.gaps if not replay(graph.store, g)] == []
