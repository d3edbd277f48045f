"""The whole graph, and the parts of it that hang together: the activities, the mappings."""

from collections.abc import Collection, Iterable, Iterator
from typing import IO, Final

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.rdf import write_quads, write_triples
from kg.export.statements import canonical_lines, canonical_pieces, chosen_triples, union_triples
from kg.snapshot import Snapshot
from kg.store import Row, Store
from kg.vocab import BASE, GRAPH, PREFIXES, RDF_TYPE, SKOS

_NAMING: Final = frozenset(
    [
        RDF_TYPE,
        ox.NamedNode(PREFIXES["foaf"] + "page"),
        *(ox.NamedNode(SKOS + name) for name in ("prefLabel", "notation", "inScheme")),
    ]
)


def write_graph(snapshot: Snapshot, syntax: str, out: IO[bytes]) -> None:
    """Write everything: N-Quads and TriG by named graphs with the shapes, other syntaxes the union without them.

    The N-Quads are the canonical ones, so their SHA-256 is the RDFC-1.0 digest of the manifest.
    """
    if syntax == "nquads":
        out.writelines(canonical_pieces(snapshot))
    elif syntax == "trig":
        write_quads(_by_graph(snapshot), syntax, out)
    else:
        write_triples(union_triples(snapshot), syntax, out, ox.NamedNode(GRAPH + "all"))


def _by_graph(snapshot: Snapshot) -> Iterator[ox.Quad]:
    """Give the quads one named graph after the other, from the canonical file: a store renames blank nodes."""
    graphs: dict[bytes, list[bytes]] = {}
    for line in canonical_lines(snapshot):
        graphs.setdefault(line[line.rindex(b" <") :], []).append(line)
    for name in sorted(graphs):
        yield from ox.parse(b"".join(graphs.pop(name)), ox.RdfFormat.N_QUADS)


def activity_triples(snapshot: Snapshot, store: Store, actor: ox.NamedNode | None) -> Iterator[ox.Triple]:
    """Give the activities, of one actor or of all, with coverage, implementation, quantities and citations."""
    return _with_names(snapshot, activity_records(store, actor)[actor])


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
    return _with_names(snapshot, _records(rows))


def _with_names(snapshot: Snapshot, records: Collection[ox.NamedNode]) -> Iterator[ox.Triple]:
    """Give records whole, and of what they point to kind and name: a file of its own leaves no IRI unexplained."""
    wanted = frozenset(records)
    pointed = pointed_to(chosen_triples(snapshot, wanted))
    found = chosen_triples(snapshot, wanted | pointed)
    return (triple for triple in found if triple.subject in wanted or names(triple))


def pointed_to(triples: Iterable[ox.Triple]) -> set[ox.NamedNode]:
    """Give the records of ours that triples point to; classes are the ontology's to explain."""
    return {
        t.object
        for t in triples
        if isinstance(t.object, ox.NamedNode) and t.predicate != RDF_TYPE and t.object.value.startswith(BASE)
    }


def names(triple: ox.Triple) -> bool:
    """Tell whether a triple says of what kind something is, how it is named and where it is to be found."""
    return triple.predicate in _NAMING


def _records(rows: Iterable[Row]) -> list[ox.NamedNode]:
    return [row["record"] for row in rows if isinstance(row["record"], ox.NamedNode)]
