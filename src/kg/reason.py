"""Infer what the ontology entails: the OWL 2 RL closure, and shortcuts built by catalogue queries."""

import tempfile
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib
from reasonable import PyReasoner

from kg.errors import StoreError
from kg.vocab import OWL, RDF, RDFS

_AXIOMS = (RDFS + "subClassOf", RDFS + "subPropertyOf", OWL + "sameAs", OWL + "equivalentClass")
_TRIVIAL_TYPES = (OWL, RDF, RDFS)
_FUNCTIONAL = {ox.NamedNode(OWL + name) for name in ("FunctionalProperty", "InverseFunctionalProperty")}


def closure(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Give what the OWL 2 RL rules add to a graph, without what is true of everything.

    Statements with literals are left out: they take half the time and add only what a query says as well. So are
    the axioms of functional properties: a record here has one IRI, so that two values are a fault, which the
    shapes name, and never a reason to take the two for the same thing.
    """
    links = [triple for triple in triples if _reasoned(triple)]
    known = {_texts(triple.subject, triple.predicate, triple.object) for triple in links}
    reasoner = PyReasoner()
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "asserted.ttl"  # N-Triples is Turtle
        document.write_bytes(_n_triples(links))
        reasoner.load_file(str(document))
    new = (found for found in reasoner.reason() if tuple(map(str, found)) not in known)
    return {triple for found in new if (triple := _telling(found)) is not None}


def _reasoned(triple: ox.Triple) -> bool:
    return not isinstance(triple.object, ox.Literal) and triple.object not in _FUNCTIONAL


def _texts(*terms: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> tuple[str, ...]:
    return tuple(term.value if isinstance(term, ox.NamedNode) else str(term) for term in terms)


def _telling(found: tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]) -> ox.Triple | None:
    subject, predicate, value = found
    if not isinstance(subject, rdflib.URIRef) or not isinstance(predicate, rdflib.URIRef):
        return None
    if str(predicate) in _AXIOMS or isinstance(value, rdflib.BNode):
        return None
    if str(predicate) == RDF + "type" and str(value).startswith(_TRIVIAL_TYPES):
        return None
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), _value(value))


def _value(value: rdflib.term.Node) -> ox.NamedNode | ox.Literal:
    if not isinstance(value, rdflib.Literal):
        return ox.NamedNode(str(value))
    if value.language:
        return ox.Literal(str(value), language=value.language)
    return ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype or rdflib.XSD.string)))


@dataclass(frozen=True)
class Inference:
    """What a graph says with all that follows from it: the store of both, and the triples that follow."""

    store: ox.Store
    inferred: frozenset[ox.Triple]


def infer(asserted: Collection[ox.Triple], shortcuts: Sequence[str]) -> Inference:
    """Infer what follows from a graph: the closure, then what each CONSTRUCT adds in turn."""
    with ThreadPoolExecutor(1) as aside:  # the store is filled by code that leaves Python free to reason
        filled = aside.submit(_store_of, asserted)
        inferred = closure(asserted)
        store = filled.result()
    store.bulk_extend(_default(inferred))
    for query in shortcuts:
        built = store.query(query)
        if not isinstance(built, ox.QueryTriples):
            raise StoreError("An inference query is no CONSTRUCT; write it as one.")
        added = list(built)
        inferred.update(added)
        store.bulk_extend(_default(added))
    return Inference(store, frozenset(inferred.difference(asserted)))


def _store_of(triples: Iterable[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.bulk_load(_n_triples(triples), ox.RdfFormat.N_TRIPLES, lenient=True)  # parsed strictly already
    return store


def _n_triples(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _default(triples: Iterable[ox.Triple]) -> Iterable[ox.Quad]:
    return (ox.Quad(t.subject, t.predicate, t.object) for t in triples)
