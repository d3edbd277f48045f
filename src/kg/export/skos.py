"""Plain SKOS: concepts and schemes with nothing but SKOS, Dublin Core and the mark of deprecation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.statements import Description, descriptions, union_triples
from kg.export.version import creator, scheme_metadata
from kg.snapshot import Manifest, Snapshot
from kg.store import Store, Term
from kg.vocab import AISI, DCTERMS, OWL, PREFIXES, RDF_TYPE, SKOS

CLASSES: Final = frozenset(
    ox.NamedNode(SKOS + name) for name in ("Concept", "ConceptScheme", "Collection", "OrderedCollection")
)
_PROPERTIES: Final = frozenset(
    [
        *(SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "notation", "definition", "note")),
        *(SKOS + name for name in ("scopeNote", "editorialNote", "changeNote", "historyNote", "example")),
        *(SKOS + name for name in ("inScheme", "topConceptOf", "hasTopConcept", "member", "memberList")),
        *(SKOS + name for name in ("broader", "narrower", "related", "exactMatch", "closeMatch")),
        *(SKOS + name for name in ("broadMatch", "narrowMatch", "relatedMatch")),
        *(
            DCTERMS + name
            for name in ("title", "description", "isReplacedBy", "replaces", "created", "modified")
        ),
        *(DCTERMS + name for name in ("source", "license", "creator")),
        OWL + "deprecated",
    ]
)
SKOS_PREFIXES: Final = {name: PREFIXES[name] for name in ("dcterms", "foaf", "owl", "rdf", "skos", "xsd")}
_IN_SCHEME: Final = ox.NamedNode(SKOS + "inScheme")
_SCHEME: Final = ox.NamedNode(SKOS + "ConceptScheme")
_CITATION: Final = AISI + "citation"
_SOURCE: Final = ox.NamedNode(DCTERMS + "source")


@dataclass(frozen=True)
class _Selection:
    """What to take: the concepts of one scheme and the scheme itself, or all."""

    scheme: ox.NamedNode | None

    def takes(self, subject: object, triples: list[ox.Triple]) -> bool:
        if not any(triple.predicate == RDF_TYPE and triple.object in CLASSES for triple in triples):
            return False
        return self.scheme is None or subject == self.scheme or self._holds(triples)

    def _holds(self, triples: list[ox.Triple]) -> bool:
        return any(t.predicate == _IN_SCHEME and t.object == self.scheme for t in triples)


def skos_triples(snapshot: Snapshot, store: Store, scheme: ox.NamedNode | None) -> Iterator[ox.Triple]:
    """Give the plain SKOS of one scheme or of all, sorted by subject, both directions of every relation."""
    selection, documents = _Selection(scheme), cited_documents(store)
    yield from creator()
    for subject, triples in descriptions(union_triples(snapshot)):
        if selection.takes(subject, triples):
            yield from _plain((subject, triples), documents, snapshot.manifest)


def _plain(description: Description, documents: Mapping[object, Term], manifest: Manifest) -> list[ox.Triple]:
    subject, triples = description
    kept = {triple for triple in triples if _is_plain(triple)}
    kept |= {
        ox.Triple(subject, _SOURCE, documents[triple.object])
        for triple in triples
        if triple.predicate.value == _CITATION and triple.object in documents
    }
    if isinstance(subject, ox.NamedNode) and ox.Triple(subject, RDF_TYPE, _SCHEME) in kept:
        kept |= set(scheme_metadata(subject, kept, manifest))
    return sorted(kept, key=_type_first)


def _type_first(triple: ox.Triple) -> tuple[bool, str]:
    return triple.predicate != RDF_TYPE, str(triple)


def _is_plain(triple: ox.Triple) -> bool:
    if triple.predicate == RDF_TYPE:
        return triple.object in CLASSES
    return triple.predicate.value in _PROPERTIES


def cited_documents(store: Store) -> dict[object, Term]:
    """Give the document behind each citation of a concept or scheme."""
    rows = store.select(load_query("export/sources").text)
    return {row["citation"]: row["source"] for row in rows}
