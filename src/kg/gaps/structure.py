"""Bridges between clusters of areas, against random tables with the same degrees (G9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from kg.gaps.axes import Bools, Floats, Ints
from kg.gaps.closing import closes_if
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.evidence import PLACES
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id
from kg.gaps.incidence import Incidence, incidence_of_ground, shared
from kg.gaps.ledgers import NotTestable
from kg.gaps.model import CellKey, ClosesIf, Text
from kg.gaps.nullmodel import random_tables
from kg.gaps.proof import in_order, proof
from kg.gaps.sentences import count_en, listed
from kg.gaps.terms import Labels

NULL_DRAWS = 200
_LEAST_AREAS, _LEAST_ACTIVITIES = 4, 20
_ALPHA = 0.05
_NAMED = 3


@dataclass(frozen=True)
class Bridge:
    """Two clusters of areas and how many activities reach into both, here and by chance."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    seen: int
    expected: float
    p: float
    testable: bool


def clusters_of(table: Bools, seed: int) -> list[tuple[int, ...]]:
    """Group areas that share activities, by Louvain's method with a fixed seed."""
    import networkx as nx  # slow to load, and small maps never need it

    weights = shared(table)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(table)))
    for one, other in zip(*np.triu(weights, 1).nonzero(), strict=True):
        graph.add_edge(int(one), int(other), weight=float(weights[one, other]))
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    return sorted(tuple(sorted(cluster)) for cluster in found if len(cluster) > 1)


def bridging(table: Bools, clusters: list[tuple[int, ...]]) -> Ints:
    """Count the activities that reach into both clusters, for each pair of clusters."""
    reach = np.array([table[list(cluster)].any(axis=0) for cluster in clusters]).astype(np.int64)
    both = reach @ reach.T
    return np.array([both[i, j] for i, j in combinations(range(len(clusters)), 2)], dtype=np.int64)


def bridges(incidence: Incidence, seed: int) -> list[Bridge]:
    """Compare the bridges between clusters with those in random tables of the same degrees."""
    clusters = clusters_of(incidence.table, seed)
    if len(clusters) < 2:
        return []
    null = np.array([bridging(t, clusters) for t in random_tables(incidence.table, NULL_DRAWS, seed)])
    return judged(bridging(incidence.table, clusters), null, clusters)


def judged(seen: Ints, null: Ints, clusters: list[tuple[int, ...]]) -> list[Bridge]:
    """Set the bridges between each pair of clusters against those of random tables, one row each."""
    draws = len(null)
    pairs = list(combinations(clusters, 2))
    p: Floats = (1 + (null <= seen).sum(axis=0)) / (draws + 1)
    reachable = (1 + (null <= 0).sum(axis=0)) / (draws + 1) * len(pairs) <= _ALPHA
    return [
        Bridge(one, other, int(seen[i]), float(null[:, i].mean()), float(p[i]), bool(reachable[i]))
        for i, (one, other) in enumerate(pairs)
    ]


@dataclass(frozen=True)
class Structure:
    """Looks for clusters of areas with few bridges between them."""

    ground: Ground
    demand: Demand

    @cached_property
    def _incidence(self) -> Incidence:
        return incidence_of_ground(self.ground)

    @cached_property
    def _bridges(self) -> list[Bridge]:
        areas, activities = self._incidence.table.shape
        if areas < _LEAST_AREAS or activities < _LEAST_ACTIVITIES:
            return []
        return bridges(self._incidence, self.ground.protocol.seed)

    def drafts(self) -> Iterator[Draft]:
        """Find pairs of clusters with fewer bridges than chance gives, corrected for the number of pairs."""
        for bridge in self._bridges:
            if bridge.testable and bridge.p * len(self._bridges) <= _ALPHA:
                yield self._draft(bridge)

    def not_testable(self) -> NotTestable | None:
        """Say why bridges cannot be judged, where that is so."""
        if any(bridge.testable for bridge in self._bridges):
            return None
        areas, activities = self._incidence.table.shape
        pairs = len(self._bridges)
        if pairs > _ALPHA * (NULL_DRAWS + 1):
            reason = Text(
                ja=f"領域群が{pairs}組あり、{NULL_DRAWS}回の組み替えでは橋渡しが皆無でも偶然と区別できないため。",
                en=f"with {pairs} pairs of clusters, {NULL_DRAWS} shuffled maps are too few to tell even no bridge at "
                "all from chance.",
            )
        else:
            reason = Text(
                ja=f"領域{areas}・活動{activities}件の対応では、橋渡しが皆無でも偶然と区別できないため。",
                en=f"with {count_en(areas, 'area', 'areas')} and {count_en(activities, 'activity', 'activities')} on "
                "record, even no bridge at all could not be told from chance.",
            )
        return NotTestable(type="G9", reason=reason)

    def _draft(self, bridge: Bridge) -> Draft:
        ground, table = self.ground, self._incidence
        first, second = ([table.areas[i] for i in cluster] for cluster in (bridge.first, bridge.second))
        gap = gap_id("G9", ground.protocol, *sorted([*first, *second]))
        one, other = named(first, ground.labels), named(second, ground.labels)
        params = {"protocol": ground.protocol.iri, "areas": _spaced(first), "others": _spaced(second)}
        rows = [ground.rows.index[iri] for iri in (*first, *second)]
        return Draft(
            id=gap,
            type="G9",
            status="THIN" if bridge.seen else "UNKNOWN",
            cell=CellKey(area=ground.labels.ref(first[0])),
            sentence=Text(
                ja=f"二つの領域群、{one.ja}と、{other.ja}とをまたぐ活動は{bridge.seen}件である。領域ごと、活動ごとの件数を"
                f"変えずに組み替えると平均{bridge.expected:.1f}件になる。つなぐ余地を示す示唆であり、事実の主張ではない。",
                en=f"Two groups of areas are worked on together less often than by chance, {one.en} on the one side "
                f"and {other.en} on the other: {count_en(bridge.seen, 'activity connects', 'activities connect')} "
                "them, where shuffled maps with as many activities for each area and as many areas for each activity "
                f"have {bridge.expected:.1f} on average. This suggests where links may be missing and states no fact.",
            ),
            query=proof("gaps/areas-shared", params),
            bindings=self._bindings(bridge),
            closes_if=_shape(gap, first, second, one, other),
            need=max(
                self.demand.need_of_row(row, 1 - bridge.seen / max(bridge.expected, 1e-9)) for row in rows
            ),
            reach=self.demand.reach(rows),
            closeness=min(1.0, bridge.seen / max(bridge.expected, 1e-9)),
            knowledge=0.5,
            figures={
                "seen": bridge.seen,
                "expected": round(bridge.expected, PLACES),
                "p": round(bridge.p, PLACES),
            },
        )

    def _bindings(self, bridge: Bridge) -> tuple[dict[str, str], ...]:
        """Reckon the activities that reach into both clusters, as the query gives them."""
        table, members = self._incidence.table, self._incidence.members
        one, other = (table[list(cluster)].any(axis=0) for cluster in (bridge.first, bridge.second))
        return in_order({"activity": members[position]} for position in np.flatnonzero(one & other))


def _spaced(areas: list[str]) -> str:
    return f" {' '.join(areas)} "


def named(areas: list[str], labels: Labels) -> Text:
    """Name the first few areas of a cluster."""
    texts = [labels.text(iri) for iri in areas[:_NAMED]]
    more = len(areas) - len(texts)
    quoted = [Text(ja=f"「{t.ja}」", en=f"“{t.en}”") for t in texts]
    if not more:
        return listed(quoted)
    names = ", ".join(text.en for text in quoted)
    return Text(
        ja=f"{listed(quoted).ja}ほか{more}領域",
        en=f"{names} and {count_en(more, 'other area', 'other areas')}",
    )


def _shape(gap: str, first: list[str], second: list[str], one: Text, other: Text) -> ClosesIf:
    """Write the shape of an activity that reaches into both clusters."""
    inner = (
        f"sh:path [ sh:inversePath aisi:coverageBy ] ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape "
        f"[ sh:property [ sh:path aisi:coverageOf ; sh:in ( {' '.join(f'<{iri}>' for iri in areas)} ) ] ]"
        for areas in (first, second)
    )
    description = Text(
        ja=f"一方の領域群({one.ja})のいずれかと、他方の領域群({other.ja})のいずれかに対応する活動を記録する。",
        en=f"Record activities that each cover an area of the one group ({one.en}) and one of the other ({other.en}).",
    )
    return closes_if(gap, description, inner)
