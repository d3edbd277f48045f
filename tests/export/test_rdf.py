"""Exports in the syntaxes of RDF: the same statements in each, plain SKOS that is plain, equal bytes."""

import hashlib

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

from kg.errors import CallerError
from kg.export.forms import FORMS, export_of
from kg.snapshot import Snapshot
from kg.vocab import BASE
from tests.export.conftest import Exported, built, exported_from

TERM = BASE + "term/"
PARSED = {"turtle": "turtle", "rdfxml": "xml", "jsonld": "json-ld", "ntriples": "nt"}
INVERSES = [
    (SKOS.broader, SKOS.narrower),
    (SKOS.narrower, SKOS.broader),
    (SKOS.related, SKOS.related),
    (SKOS.topConceptOf, SKOS.hasTopConcept),
    (SKOS.hasTopConcept, SKOS.topConceptOf),
    (SKOS.broadMatch, SKOS.narrowMatch),
    (SKOS.narrowMatch, SKOS.broadMatch),
    (SKOS.exactMatch, SKOS.exactMatch),
    (SKOS.closeMatch, SKOS.closeMatch),
    (SKOS.relatedMatch, SKOS.relatedMatch),
]


def graph_of(content: bytes, syntax: str = "turtle") -> rdflib.Graph:
    return rdflib.Graph().parse(data=content, format=PARSED[syntax])


@pytest.fixture(scope="module")
def skos(exported: Exported) -> rdflib.Graph:
    return graph_of(exported("turtle"))


@pytest.mark.parametrize("syntax", [*PARSED, "trig", "nquads"])
@pytest.mark.parametrize("what", ["skos", "activities", "mappings"])
def test_every_syntax_says_the_same(exported: Exported, what: str, syntax: str) -> None:
    def triples(form: str) -> set[ox.Triple]:
        media_type = FORMS[form].media_type
        quads = ox.parse(exported(form, what), ox.RdfFormat.from_media_type(media_type))
        return {quad.triple for quad in quads}

    assert triples(syntax) == triples("ntriples")
    assert triples(syntax)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize("syntax", PARSED)
def test_another_parser_reads_the_same(exported: Exported, syntax: str, skos: rdflib.Graph) -> None:
    assert set(graph_of(exported(syntax), syntax)) == set(skos)


@pytest.fixture(scope="module")
def with_odd_values(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Exports of a graph with values that the store writes in another way."""
    odd = """
<https://w3id.org/aisi-kg/activity/odd> a aisi:Activity ;
    skos:notation 01, 1.50, "1"^^xsd:boolean, "5"^^xsd:int, "P12M"^^xsd:duration .
"""
    return exported_from(built(tmp_path_factory.mktemp("odd"), odd))


@pytest.mark.parametrize("what", ["graph", "activities"])
@pytest.mark.parametrize("syntax", [*PARSED, "trig", "nquads"])
def test_values_keep_their_written_form(with_odd_values: Exported, syntax: str, what: str) -> None:
    form = ox.RdfFormat.from_media_type(FORMS[syntax].media_type)
    odd = ox.NamedNode(BASE + "activity/odd")
    written = {
        (quad.object.value, quad.object.datatype.value.rpartition("#")[2])
        for quad in ox.parse(with_odd_values(syntax, what), form)
        if quad.subject == odd and isinstance(quad.object, ox.Literal)
    }
    assert written == {
        ("01", "integer"),
        ("1.50", "decimal"),
        ("1", "boolean"),
        ("5", "int"),
        ("P12M", "duration"),
    }


@pytest.mark.parametrize("form", FORMS)
def test_equal_snapshots_give_equal_bytes(exported: Exported, form: str) -> None:
    assert exported(form) == exported(form)


def test_plain_skos_has_no_classes_of_ours(skos: rdflib.Graph) -> None:
    classes = {str(kind) for kind in skos.objects(None, RDF.type)}
    assert classes == {str(SKOS.Concept), str(SKOS.ConceptScheme)}
    assert not [p for p in skos.predicates() if str(p).startswith(BASE)]


def test_both_directions_stand_in_the_whole_export(shipped_export: Exported) -> None:
    skos = graph_of(shipped_export("ntriples"), "ntriples")
    concepts = set(skos.subjects(RDF.type, SKOS.Concept)) | set(skos.subjects(RDF.type, SKOS.ConceptScheme))
    for one, other in INVERSES:
        pairs = [(s, o) for s, o in skos.subject_objects(one) if o in concepts]
        missing = [(s, o) for s, o in pairs if (o, other, s) not in skos]
        assert not missing, (one, missing[:3])


def test_a_scheme_says_title_licence_version_day_and_maker(skos: rdflib.Graph, small: Snapshot) -> None:
    scheme = rdflib.URIRef(BASE + "scheme/area")
    assert {str(title) for title in skos.objects(scheme, DCTERMS.title)} == {"領域", "Areas"}
    assert str(skos.value(scheme, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert str(skos.value(scheme, DCTERMS.issued)) == small.manifest.data_as_of
    assert str(skos.value(scheme, OWL.versionIRI)) == f"{BASE}version/{small.manifest.version}/scheme/area"
    assert skos.value(scheme, DCTERMS.creator) is not None


def test_concepts_keep_their_documents_and_their_replacement(skos: rdflib.Graph) -> None:
    assert skos.value(rdflib.URIRef(TERM + "area/risk"), DCTERMS.source) == rdflib.URIRef(
        BASE + "source/paper"
    )
    gone = rdflib.URIRef(TERM + "area/abuse")
    assert skos.value(gone, DCTERMS.isReplacedBy) == rdflib.URIRef(TERM + "area/misuse")
    assert (gone, OWL.deprecated, rdflib.Literal(True)) in skos
    assert skos.value(rdflib.URIRef(TERM + "area/misuse"), DCTERMS.replaces) == gone


def test_one_scheme_is_that_scheme_alone(exported: Exported) -> None:
    skos = graph_of(exported("turtle", scheme="area"))
    assert {str(c) for c in skos.subjects(RDF.type, SKOS.Concept)} == {
        TERM + f"area/{slug}" for slug in ("risk", "misuse", "abuse")
    }
    assert len(list(skos.subjects(RDF.type, SKOS.ConceptScheme))) == 1


def test_n_quads_carry_the_digest_of_the_manifest(exported: Exported, small: Snapshot) -> None:
    content = exported("nquads", "graph")
    assert hashlib.sha256(content).hexdigest() == small.manifest.rdfc10_sha256


def test_trig_says_what_the_n_quads_say(exported: Exported) -> None:
    def lines(form: str, syntax: ox.RdfFormat) -> set[str]:
        quads = ox.parse(exported(form, "graph"), syntax)
        return {str(quad) for quad in quads if "_:" not in str(quad)}

    assert lines("trig", ox.RdfFormat.TRIG) == lines("nquads", ox.RdfFormat.N_QUADS)


def test_activities_of_one_actor(exported: Exported) -> None:
    work = rdflib.URIRef(BASE + "activity/work")
    found = graph_of(exported("turtle", actor="maker"))
    assert (work, RDF.type, None) in found
    assert (rdflib.URIRef(BASE + "coverage/work/area/risk"), None, work) in found
    assert (rdflib.URIRef(BASE + "citation/paper/1/all"), RDF.type, None) in found
    assert len(graph_of(exported("turtle", actor="idle"))) == 0


@pytest.mark.parametrize("what", ["activities", "mappings"])
def test_a_file_explains_every_record_of_ours_that_it_names(exported: Exported, what: str) -> None:
    graph = graph_of(exported("turtle", what))
    links = {o for _, p, o in graph if isinstance(o, rdflib.URIRef) and p not in (RDF.type, SKOS.inScheme)}
    ours = {link for link in links if str(link).startswith(BASE)}
    assert ours
    assert not [link for link in ours if (link, RDF.type, None) not in graph]


def test_a_file_of_one_actor_says_what_publishing_says(exported: Exported, small: Snapshot) -> None:
    alone = exported("turtle", "activities", actor="maker")
    assert (small.path / "exports" / "activities-maker.ttl").read_bytes() == alone


def test_an_unknown_scheme_names_the_nearest(exported: Exported) -> None:
    with pytest.raises(CallerError, match="no scheme areas; the nearest are area"):
        exported("turtle", scheme="areas")


def test_a_format_says_what_it_can_hold() -> None:
    with pytest.raises(CallerError, match="--scheme goes with --what skos"):
        export_of("turtle", "graph", "area", None)
