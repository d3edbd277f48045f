"""The whole graph, and the parts of it that hang together: the activities, the mappings."""

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.rdf import write_quads, write_triples
from kg.export.statements import canonical_pieces, chosen_triples, union_triples
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore, Row, Store
from kg.vocab import GRAPH


def write_graph(snapshot: Snapshot, store: EmbeddedStore, syntax: str, out: IO[bytes]) -> None:
    """Write everything: N-Quads and TriG by named graphs with the shapes, other syntaxes the union without them.

    The N-Quads are the canonical ones, so their SHA-256 is the RDFC-1.0 digest of the manifest.
    """
    if syntax == "nquads":
        out.writelines(canonical_pieces(snapshot))
    elif syntax == "trig":
        write_quads(_by_graph(snapshot, store), syntax, out)
    else:
        write_triples(union_triples(snapshot), syntax, out, ox.NamedNode(GRAPH + "all"))


def _by_graph(snapshot: Snapshot, store: EmbeddedStore) -> Iterator[ox.Quad]:
    """Give the quads one named graph after the other; no more than one graph is held at a time."""
    for name in sorted(snapshot.manifest.graphs):
        quads = store.inner.quads_for_pattern(None, None, None, ox.NamedNode(name))
        yield from sorted(quads, key=str)


def activity_triples(snapshot: Snapshot, store: Store, actor: ox.NamedNode | None) -> Iterator[ox.Triple]:
    """Give the activities, of one actor or of all, with coverage, implementation, quantities and citations."""
    return chosen_triples(snapshot, activity_records(store, actor)[actor])


def activity_records(
    store: Store, actor: ox.NamedNode | None
) -> dict[ox.NamedNode | None, set[ox.NamedNode]]:
    """Give for each actor the records that tell of its activities, and under None all of them."""
    found: dict[ox.NamedNode | None, set[ox.NamedNode]] = {None: set(), actor: set()}
    for row in store.select(load_query("export/activity-records").bind(actor=actor)):
        record, somebody = row["record"], row.get("somebody")
        if isinstance(record, ox.NamedNode):
            found[None].add(record)
            if isinstance(somebody, ox.NamedNode):
                found.setdefault(somebody, set()).add(record)
    return found


def mapping_triples(snapshot: Snapshot, store: Store) -> Iterator[ox.Triple]:
    """Give the mapping records with their citations."""
    rows = store.select(load_query("export/mapping-records").text)
    return chosen_triples(snapshot, _records(rows))


def _records(rows: list[Row]) -> list[ox.NamedNode]:
    return [row["record"] for row in rows if isinstance(row["record"], ox.NamedNode)]
