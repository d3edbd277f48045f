"""Turn links into evidence that a reader can follow: who, how, how sure, where it stands."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from kg.gaps.axes import Floats, Ints
from kg.gaps.facts import Edge
from kg.gaps.ground import Ground
from kg.gaps.links import NO_EDGE, dated
from kg.gaps.model import CitationRef, Evidence, Ref
from kg.gaps.terms import years_between

PLACES = 6


@dataclass(frozen=True)
class EvidenceBook:
    """Makes each piece of evidence once, however many cells it counts in."""

    ground: Ground
    _made: dict[int, Evidence] = field(default_factory=dict)

    def of(self, link: int) -> Evidence:
        """Give the evidence of one link."""
        made = self._made.get(link)
        if made is None:
            made = self._made[link] = _evidence(self.ground, link)
        return made

    def all(self, links: Ints) -> tuple[Evidence, ...]:
        """Give the evidence of some links, the weightiest first."""
        ordered = np.unique(links)
        ordered = ordered[np.argsort(self._order[ordered], kind="stable")]
        return tuple(self.of(int(link)) for link in ordered)

    def best(self, links: Ints) -> Evidence:
        """Give the weightiest evidence of some links."""
        return self.of(int(links[np.argmin(self._order[links])]))

    @cached_property
    def _order(self) -> Ints:
        """Rank all links by weight, then by the names of activity, area and facet."""
        links = self.ground.links
        weights = np.round(link_weights(self.ground, np.arange(len(links))), PLACES)
        order = np.lexsort(
            (links.column_edge, links.row_edge, links.column, links.row, links.activity, -weights)
        )
        rank = np.empty(len(links), dtype=np.int64)
        rank[order] = np.arange(len(links))
        return rank


def _evidence(ground: Ground, link: int) -> Evidence:
    links, labels = ground.links, ground.labels
    edge, weight = _deciding_edge(ground, link)
    activity = links.activities[links.activity[link]]
    asserted = ground.facts.activities[activity].asserted if edge is None else dated(edge, ground.facts)
    return Evidence(
        edges=tuple(each.iri for each in _edges(ground, link)),
        activity=labels.ref(activity),
        actors=labels.refs(ground.facts.actors_of.get(activity, ())),
        area=ground.rows.iri(links.row[link]),
        facet=ground.columns.iri(links.column[link]),
        status=_ref(ground, ground.facts.activities[activity].status),
        role=_ref(ground, edge.role if edge else None),
        maturity=_ref(ground, edge.maturity if edge else None),
        grade=_ref(ground, edge.grade if edge else None),
        score=None if edge is None else edge.score,
        asserted_on=None if asserted is None else asserted.isoformat(),
        after_cut_off=asserted is not None and asserted > date.fromisoformat(ground.protocol.cut_off),
        factors=_factors(ground, edge, asserted),
        weight=round(weight, PLACES),
        citations=_citations(ground, link),
    )


def _ref(ground: Ground, iri: str | None) -> Ref | None:
    return ground.labels.ref(iri) if iri else None


def _edges(ground: Ground, link: int) -> list[Edge]:
    positions = (int(ground.links.row_edge[link]), int(ground.links.column_edge[link]))
    return [ground.facts.edges[position] for position in positions if position != NO_EDGE]


def _citations(ground: Ground, link: int) -> tuple[CitationRef, ...]:
    found = {
        ref.citation: ref for edge in _edges(ground, link) for ref in ground.facts.citations.get(edge.iri, ())
    }
    return tuple(found[iri] for iri in sorted(found))


def link_weights(ground: Ground, links: Ints) -> Floats:
    """Give the weights of links under the protocol's own table."""
    first = ground.of_combination[ground.links.row_combination[links]] * ground.links.row_constant[links]
    second = ground.of_combination[ground.links.column_combination[links]]
    return np.asarray(np.minimum(first, second * ground.links.column_constant[links]))


def _deciding_edge(ground: Ground, link: int) -> tuple[Edge | None, float]:
    """Give the edge whose weight counts: the weaker one where both axes are read off edges."""
    weight = float(link_weights(ground, np.array([link]))[0])
    edges = _edges(ground, link)
    if len(edges) < 2:
        return (edges[0] if edges else None), weight
    row_weight = float(
        ground.of_combination[ground.links.row_combination[link]] * ground.links.row_constant[link]
    )
    return edges[0 if row_weight <= weight else 1], weight


def _factors(ground: Ground, edge: Edge | None, asserted: date | None) -> dict[str, float]:
    slots = ground.table.weightless if edge is None else ground.table.combination(edge)
    role, maturity, grade = (float(ground.table.values[slot]) for slot in slots)
    half_life = ground.protocol.half_life_years
    cut_off = date.fromisoformat(ground.protocol.cut_off)
    age = 1.0
    if asserted is not None and half_life is not None:
        age = 0.5 ** (years_between(asserted, cut_off) / half_life)
    return {
        "role": role,
        "maturity": maturity,
        "grade": grade,
        "score": 1.0 if edge is None or edge.score is None else edge.score,
        "age": round(age, PLACES),
    }
