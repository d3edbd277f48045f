"""Carry out an export: find what is asked for, and hand it to the writer of its format."""

from typing import IO

import pyoxigraph as ox
from rapidfuzz import process

from kg.catalog import load_query
from kg.errors import CallerError
from kg.export.forms import Export
from kg.export.graph import activity_triples, mapping_triples, write_graph
from kg.export.rdf import write_triples
from kg.export.skos import SKOS_PREFIXES, skos_triples
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from kg.vocab import AISI, BASE, GRAPH, SKOS


def write_export(export: Export, snapshot: Snapshot, store: EmbeddedStore, out: IO[bytes]) -> None:
    """Write one export; the same snapshot gives the same bytes."""
    scheme = _record(store, export.scheme, "scheme", SKOS + "ConceptScheme")
    actor = _record(store, export.actor, "actor", AISI + "Actor")
    if export.what == "graph":
        write_graph(snapshot, store, export.format, out)
    elif export.what == "activities":
        triples = activity_triples(snapshot, store, actor)
        write_triples(triples, export.format, out, _graph("activities", actor))
    elif export.what == "mappings":
        write_triples(mapping_triples(snapshot, store), export.format, out, _graph("mappings", None))
    else:
        triples = skos_triples(snapshot, store, scheme)
        write_triples(triples, export.format, out, _graph("skos", scheme), SKOS_PREFIXES)


def _graph(what: str, part: ox.NamedNode | None) -> ox.NamedNode:
    """Name the graph that syntaxes with named graphs put an export into."""
    name = part.value.rstrip("/").rsplit("/", 1)[-1] if part else ""
    return ox.NamedNode(f"{GRAPH}export/{what}{'/' + name if name else ''}")


def _record(store: EmbeddedStore, name: str | None, kind: str, class_: str) -> ox.NamedNode | None:
    """Find a scheme or an actor by its IRI or by the last part of it."""
    if name is None:
        return None
    rows = store.select(load_query("records/list").bind(**{"class": ox.NamedNode(class_)}))
    known = {row["record"].value for row in rows}
    for iri in (name, f"{BASE}{kind}/{name}", BASE + name):
        if iri in known:
            return ox.NamedNode(iri)
    near = [
        hit[0].removeprefix(f"{BASE}{kind}/")
        for hit in process.extract(f"{BASE}{kind}/{name}", sorted(known), limit=3)
    ]
    raise CallerError(f"There is no {kind} {name}; the nearest are {', '.join(near) or 'none'}.")
