"""What the ontology entails of a small graph: the alignments we promise, and no type that is wrong."""

import pyoxigraph as ox
import pytest

from kg.load import load_file, parse_turtle
from kg.paths import packaged_graph
from kg.reason import closure
from kg.vocab import ONTOLOGY_GRAPH

PREFIXES = {
    "aisi": "https://w3id.org/aisi-kg/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "ex": "https://example.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


def parsed(turtle: str) -> set[ox.Triple]:
    return set(parse_turtle((HEAD + turtle).encode(), "test"))


def entailed(turtle: str) -> set[ox.Triple]:
    ontology = load_file(packaged_graph().ontology / "kg.ttl", ONTOLOGY_GRAPH)
    return closure([*ontology.triples, *parsed(turtle)])


@pytest.mark.parametrize(
    ("stated", "follows"),
    [
        (
            "ex:work aisi:carriedOutBy ex:maker .",
            "ex:work prov:wasAssociatedWith ex:maker ; a prov:Activity .",
        ),
        ("ex:work aisi:host ex:maker .", "ex:maker a aisi:Actor , prov:Agent , foaf:Agent ."),
        ("ex:later aisi:follows ex:work .", "ex:later prov:wasInformedBy ex:work ."),
        ("ex:office aisi:partOf ex:maker .", "ex:office dcterms:isPartOf ex:maker ."),
        ("ex:copy aisi:sourceInstrument ex:code .", "ex:copy dcterms:isFormatOf ex:code ."),
        ("ex:narrow skos:broader ex:wide .", "ex:wide skos:narrower ex:narrow ; a skos:Concept ."),
        ("ex:c skos:broader ex:b . ex:b skos:broader ex:a .", "ex:c skos:broaderTransitive ex:a ."),
        ("ex:top skos:topConceptOf ex:s .", "ex:s skos:hasTopConcept ex:top . ex:top skos:inScheme ex:s ."),
        ("ex:p a aisi:GapProtocol .", "ex:p a prov:Plan , prov:Entity ."),
    ],
)
def test_follows(stated: str, follows: str) -> None:
    assert parsed(follows) <= entailed(stated)


@pytest.mark.parametrize(
    ("stated", "wrong"),
    [
        ("ex:office aisi:partOf ex:maker .", "ex:office a aisi:Actor ."),
        ("ex:clause aisi:addressee ex:developer .", "ex:developer a aisi:Actor ."),
        ("ex:edge aisi:coverageBy ex:clause .", "ex:clause a aisi:Activity ."),
        ("ex:edge aisi:coverageOf ex:a , ex:b . ex:a aisi:partOf ex:c .", "ex:b dcterms:isPartOf ex:c ."),
        ("ex:a skos:closeMatch ex:b . ex:b skos:closeMatch ex:c .", "ex:a skos:closeMatch ex:c ."),
        ("ex:a skos:exactMatch ex:b . ex:b skos:exactMatch ex:c .", "ex:a skos:exactMatch ex:c ."),
        ("ex:a skos:broadMatch ex:b .", "ex:a skos:broader ex:b ."),
    ],
)
def test_does_not_follow(stated: str, wrong: str) -> None:
    assert parsed(wrong).isdisjoint(entailed(stated))
