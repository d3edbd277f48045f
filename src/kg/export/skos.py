"""Plain SKOS: concepts and schemes with nothing but SKOS, Dublin Core and the mark of deprecation."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.statements import Block, Description, descriptions, union_triples
from kg.export.version import scheme_metadata
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
SKOS_PREFIXES: Final = {name: PREFIXES[name] for name in ("dcterms", "owl", "rdf", "skos", "xsd")}
_IN_SCHEME: Final = ox.NamedNode(SKOS + "inScheme")
_SCHEME: Final = ox.NamedNode(SKOS + "ConceptScheme")
_CITATION: Final = AISI + "citation"
_SOURCE: Final = ox.NamedNode(DCTERMS + "source")
_REPLACES: Final = ox.NamedNode(DCTERMS + "replaces")


def skos_triples(snapshot: Snapshot, store: Store, scheme: ox.NamedNode | None) -> Iterator[ox.Triple]:
    """Give the plain SKOS of one scheme or of all, sorted by subject, both directions of every relation."""
    documents, replaced = cited_documents(store), _replaced(store)
    for description in descriptions(union_triples(snapshot, _selection(scheme))):
        yield from _plain(description, documents, replaced, snapshot.manifest)


def _selection(scheme: ox.NamedNode | None) -> Callable[[Block], bool]:
    """Tell concepts, schemes and collections by their lines, before anything is parsed."""
    typed = [f" {RDF_TYPE} {kind} ".encode() for kind in sorted(CLASSES, key=str)]
    inside, itself = f" {_IN_SCHEME} {scheme} ".encode(), str(scheme).encode()

    def takes(block: Block) -> bool:
        subject, lines = block
        if scheme is not None and subject != itself and inside not in lines:
            return False
        return any(kind in lines for kind in typed)

    return takes


def _plain(
    description: Description,
    documents: Mapping[object, Term],
    replaced: Mapping[object, list[Term]],
    manifest: Manifest,
) -> list[ox.Triple]:
    """Give the plain statements of a subject, its classes first, the others in the order of the snapshot."""
    subject, triples = description
    types = [t for t in triples if t.predicate == RDF_TYPE and t.object in CLASSES]
    plain = [t for t in triples if t.predicate.value in _PROPERTIES]
    added = {
        ox.Triple(subject, _SOURCE, documents[t.object])
        for t in triples
        if t.predicate.value == _CITATION and t.object in documents
    }
    added |= {ox.Triple(subject, _REPLACES, term) for term in replaced.get(subject, ())}
    if not plain and not added:
        return []  # not declared, only concluded from where it is pointed to
    if isinstance(subject, ox.NamedNode) and any(t.object == _SCHEME for t in types):
        added |= set(scheme_metadata(subject, plain, manifest))
    added.difference_update(plain)
    return [*types, *(sorted([*plain, *added], key=str) if added else plain)]


def _replaced(store: Store) -> dict[object, list[Term]]:
    """Give what each concept or scheme replaces."""
    found: dict[object, list[Term]] = {}
    for row in store.select(load_query("export/replacements").text):
        found.setdefault(row["replacing"], []).append(row["replaced"])
    return found


def cited_documents(store: Store) -> dict[object, Term]:
    """Give the document behind each citation of a concept or scheme."""
    rows = store.select(load_query("export/sources").text)
    return {row["citation"]: row["source"] for row in rows}
