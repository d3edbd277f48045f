"""Each shape lets its valid mini graph pass and finds in its invalid one what that says it breaks, no more, no less."""

from pathlib import Path
from typing import Protocol

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.paths import packaged_graph
from kg.validate import check_shapes
from kg.vocab import AISI, BASE

GRAPHS = Path(__file__).parent / "graphs"
VALID = sorted(GRAPHS.glob("*/valid.ttl"))
INVALID = sorted(GRAPHS.glob("*/invalid.ttl"))
SHAPE = BASE + "shape/"


class MiniGraph(Protocol):
    data: bytes
    breaks: set[tuple[str, str]]


def name_of(file: Path) -> str:
    return file.parent.name


@pytest.fixture(scope="module")
def shape_graph(shapes: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes, format="nt")


@pytest.mark.parametrize("file", VALID, ids=name_of)
def test_valid_graph_passes(mini_graph: MiniGraph, shapes: bytes) -> None:
    assert [finding.sentence() for finding in check_shapes(mini_graph.data, shapes)] == []


@pytest.mark.parametrize("file", INVALID, ids=name_of)
def test_invalid_graph_breaks_what_it_says(mini_graph: MiniGraph, shapes: bytes) -> None:
    findings = check_shapes(mini_graph.data, shapes)
    named = {(f.record if ":" in f.record else "blank node", f.rule) for f in findings}
    assert named == mini_graph.breaks


@pytest.mark.parametrize("file", INVALID, ids=name_of)
def test_every_finding_names_a_repair_in_both_languages(mini_graph: MiniGraph, shapes: bytes) -> None:
    findings = check_shapes(mini_graph.data, shapes)
    assert [
        f.sentence() for f in findings if set(f.message) != {"en", "ja"} or f.severity != "violation"
    ] == []


def test_every_shape_has_a_valid_and_an_invalid_graph(shape_graph: rdflib.Graph) -> None:
    breaks = rdflib.URIRef("https://example.org/test#breaks")
    broken = {shape for file in INVALID for shape in rdflib.Graph().parse(file).objects(None, breaks)}
    assert broken == set(shape_graph.subjects(SH.message))
    assert [name_of(file) for file in VALID] == [name_of(file) for file in INVALID]


def test_shapes_have_names_and_no_sparql(shape_graph: rdflib.Graph) -> None:
    kinds = (SH.NodeShape, SH.PropertyShape)
    nameless = [
        s for kind in kinds for s in shape_graph.subjects(RDF.type, kind) if not str(s).startswith(SHAPE)
    ]
    assert nameless == []
    assert list(shape_graph.triples((None, SH.sparql, None))) == []


def test_every_class_of_the_ontology_has_a_shape(shape_graph: rdflib.Graph) -> None:
    ontology = rdflib.Graph().parse(packaged_graph().ontology / "kg.ttl")
    own = {c for c in ontology.subjects(RDF.type, OWL.Class) if str(c).startswith(AISI)}
    parents = {parent for child, parent in ontology.subject_objects(RDFS.subClassOf) if child in own}
    assert own - parents - set(shape_graph.objects(None, SH.targetClass)) == set()


def test_closed_lists_are_those_of_the_packaged_schemes(shape_graph: rdflib.Graph) -> None:
    for head in shape_graph.objects(None, SH["in"]):
        listed = {str(value) for value in shape_graph.items(head) if str(value).startswith(f"{BASE}term/")}
        schemes = {value.split("/")[-2] for value in listed}
        assert listed == {concept for scheme in schemes for concept in concepts_of(scheme)}


def concepts_of(scheme: str) -> set[str]:
    graph = rdflib.Graph().parse(packaged_graph().data / "schemes" / f"{scheme}.ttl")
    return {str(concept) for concept in graph.subjects(RDF.type, SKOS.Concept)}


def test_no_shape_demands_a_record_of_our_own(shape_graph: rdflib.Graph) -> None:
    """Other graphs bring their own records, so ours may only be offered, in patterns and lists."""
    assert [
        str(value) for value in shape_graph.objects(None, SH.hasValue) if str(value).startswith(BASE)
    ] == []
