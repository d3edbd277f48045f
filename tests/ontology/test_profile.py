"""The ontology is plain OWL 2 DL, all of it declared, named and defined in Japanese and English, and in use."""

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg.paths import packaged_graph
from kg.vocab import AISI

ROOT = packaged_graph()
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)
CHARACTERISTICS = {OWL.FunctionalProperty, OWL.SymmetricProperty, OWL.TransitiveProperty}
AXIOMS = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith}
ANNOTATIONS = {RDFS.label, RDFS.seeAlso, OWL.versionIRI, OWL.versionInfo}
STRUCTURE = {RDF.type, RDF.first, RDF.rest, OWL.members}
RESERVED = (str(RDF), str(RDFS), str(OWL), str(XSD))
DATATYPES = {XSD.string, XSD.decimal, XSD.integer, XSD.boolean}
IN_USE = re.compile(r"(?:\baisi:|ontology#)([A-Za-z0-9]+)")


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT.ontology / "kg.ttl")


@pytest.fixture(scope="module")
def own(ontology: rdflib.Graph) -> set[rdflib.URIRef]:
    declared = {term for kind in KINDS for term in ontology.subjects(RDF.type, kind)}
    return {term for term in declared if isinstance(term, rdflib.URIRef) and term.startswith(AISI)}


def kinds_of(ontology: rdflib.Graph, term: rdflib.term.Node) -> set[rdflib.term.Node]:
    return set(ontology.objects(term, RDF.type)) - CHARACTERISTICS


def test_every_term_is_of_one_kind(ontology: rdflib.Graph) -> None:
    declared = {term for kind in KINDS for term in ontology.subjects(RDF.type, kind)}
    assert [term for term in declared if len(kinds_of(ontology, term)) != 1] == []


def test_reserved_vocabulary_is_not_declared(ontology: rdflib.Graph) -> None:
    assert [term for term in ontology.subjects() if str(term).startswith(RESERVED)] == []


def test_every_predicate_is_structure_axiom_or_declared_annotation(ontology: rdflib.Graph) -> None:
    annotations = set(ontology.subjects(RDF.type, OWL.AnnotationProperty))
    assert set(ontology.predicates()) - STRUCTURE - AXIOMS - ANNOTATIONS - annotations == set()


@pytest.mark.parametrize(
    ("axiom", "kinds"),
    [
        (RDFS.subClassOf, {OWL.Class}),
        (OWL.disjointWith, {OWL.Class}),
        (OWL.inverseOf, {OWL.ObjectProperty}),
        (RDFS.domain, {OWL.Class}),
    ],
)
def test_axioms_hold_between_declared_terms(
    ontology: rdflib.Graph, axiom: rdflib.URIRef, kinds: set[rdflib.term.Node]
) -> None:
    assert [term for term in ontology.objects(None, axiom) if kinds_of(ontology, term) != kinds] == []


def test_sub_properties_stay_within_their_kind(ontology: rdflib.Graph) -> None:
    pairs = ontology.subject_objects(RDFS.subPropertyOf)
    crossed = [
        (child, parent)
        for child, parent in pairs
        if parent != RDFS.label and kinds_of(ontology, child) != kinds_of(ontology, parent)
    ]
    assert crossed == []


def test_ranges_fit_the_kind_of_property(ontology: rdflib.Graph) -> None:
    for term, target in ontology.subject_objects(RDFS.range):
        if kinds_of(ontology, term) == {OWL.DatatypeProperty}:
            assert target in DATATYPES, term
        else:
            assert kinds_of(ontology, target) == {OWL.Class}, term


def test_blank_nodes_only_carry_disjointness(ontology: rdflib.Graph) -> None:
    blank = {node for node in ontology.subjects() if isinstance(node, rdflib.BNode)}
    types = {kind for node in blank for kind in ontology.objects(node, RDF.type)}
    assert types == {OWL.AllDisjointClasses}


def test_all_members_of_a_disjointness_are_classes(ontology: rdflib.Graph) -> None:
    for members in ontology.objects(None, OWL.members):
        assert [c for c in ontology.items(members) if kinds_of(ontology, c) != {OWL.Class}] == []


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_every_term_is_named_and_defined_once_in_each_language(
    ontology: rdflib.Graph, own: set[rdflib.URIRef], predicate: rdflib.URIRef
) -> None:
    for term in own:
        texts = [text for text in ontology.objects(term, predicate) if isinstance(text, rdflib.Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "ja"], term


def test_definitions_are_one_sentence(ontology: rdflib.Graph, own: set[rdflib.URIRef]) -> None:
    for term in own:
        for text in ontology.objects(term, SKOS.definition):
            assert re.fullmatch(r"[^.。]+[.。]", str(text)), text


def test_no_two_terms_share_a_definition(ontology: rdflib.Graph, own: set[rdflib.URIRef]) -> None:
    definitions = [text for term in own for text in ontology.objects(term, SKOS.definition)]
    assert len(definitions) == len(set(definitions))


def test_classes_are_upper_case_and_properties_lower_case(
    ontology: rdflib.Graph, own: set[rdflib.URIRef]
) -> None:
    for term in own:
        is_class = kinds_of(ontology, term) == {OWL.Class}
        assert str(term).removeprefix(AISI)[0].isupper() == is_class, term


def test_header_names_version_licence_and_namespace(ontology: rdflib.Graph) -> None:
    (header,) = ontology.subjects(RDF.type, OWL.Ontology)
    (version,) = ontology.objects(header, OWL.versionInfo)
    assert str(ontology.value(header, OWL.versionIRI)) == f"{header}/{version}"
    assert str(ontology.value(header, rdflib.VANN.preferredNamespaceUri)) == AISI
    assert ontology.value(header, rdflib.DCTERMS.license) is not None


def names_in(folder: Path, *suffixes: str) -> set[str]:
    files = [file for suffix in suffixes for file in folder.rglob(f"*{suffix}")]
    return {name for file in files for name in IN_USE.findall(file.read_text(encoding="utf-8"))}


def test_every_term_is_used_and_every_used_term_is_declared(
    ontology: rdflib.Graph, own: set[rdflib.URIRef]
) -> None:
    parents = set(ontology.objects(None, RDFS.subClassOf))
    queries = Path(__file__).parents[2] / "src" / "kg" / "queries"
    used = names_in(ROOT.shapes, ".ttl") | names_in(ROOT.data, ".ttl") | names_in(queries, ".rq")
    names = {str(term).removeprefix(AISI) for term in own}
    assert used - names == set()
    assert names - used <= {str(term).removeprefix(AISI) for term in parents}
