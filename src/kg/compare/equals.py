"""Which concepts of several graphs are one and the same: those with one IRI, or joined by exact matches."""

from collections.abc import Iterable, Mapping

import networkx as nx
import pyoxigraph as ox

from kg.export.statements import union_triples
from kg.snapshot import Snapshot
from kg.vocab import SKOS

_EXACT = ox.NamedNode(SKOS + "exactMatch")
_WRITTEN = f" {_EXACT} ".encode()


def equals(snapshots: Iterable[Snapshot], used: Mapping[str, set[str]]) -> dict[str, str]:
    """Give for each concept that members use the one under which it is compared.

    `used` names the concepts of each member, the first member first. A match chain that would make two concepts of one
    member the same joins nothing: then it says more than its makers meant.
    """
    ties: nx.Graph[str] = nx.Graph()
    for concepts in used.values():
        ties.add_nodes_from(concepts)
    for snapshot in snapshots:
        ties.add_edges_from(_exact(snapshot))
    order = {iri: at for at, concepts in enumerate(used.values()) for iri in concepts}
    same: dict[str, str] = {}
    for group in nx.connected_components(ties):
        mine = [concepts & group for concepts in used.values()]
        joined = all(len(concepts) <= 1 for concepts in mine)
        first = min(group & order.keys(), key=lambda iri: (order[iri], iri), default="")
        same |= {iri: first if joined else iri for iri in group & order.keys()}
    return same


def _exact(snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    for triple in union_triples(snapshot, lambda block: _WRITTEN in block[1]):
        ends = triple.subject, triple.object
        if triple.predicate == _EXACT and all(isinstance(end, ox.NamedNode) for end in ends):
            yield str(ends[0])[1:-1], str(ends[1])[1:-1]
