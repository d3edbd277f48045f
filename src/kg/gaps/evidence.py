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
_Said = tuple[tuple[str | None, str | None, str | None, float | None] | None, date | None]


@dataclass(frozen=True)
class EvidenceBook:
    """Makes each piece of evidence once, however many cells it counts in."""

    ground: Ground
    _made: dict[int, Evidence] = field(default_factory=dict)
    _known_factors: dict[_Said, dict[str, float]] = field(default_factory=dict)

    def of(self, link: int) -> Evidence:
        """Give the evidence of one link."""
        made = self._made.get(link)
        if made is None:
            made = self._made[link] = self._make(link)
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
    def _weights(self) -> Floats:
        return np.round(link_weights(self.ground), PLACES)

    @cached_property
    def _order(self) -> Ints:
        """Rank all links by weight, then by the names of activity, area and facet."""
        links = self.ground.links
        names = (links.column_edge, links.row_edge, links.column, links.row, links.activity)
        rank = np.empty(len(links), dtype=np.int64)
        rank[np.lexsort((*names, -self._weights))] = np.arange(len(links))
        return rank

    @cached_property
    def _cut_off(self) -> date:
        return date.fromisoformat(self.ground.protocol.cut_off)

    def _make(self, link: int) -> Evidence:
        ground, labels = self.ground, self.ground.labels
        edges = _edges(ground, link)
        edge = self._deciding(link, edges)
        activity = ground.links.activities[ground.links.activity[link]]
        known = ground.facts.activities[activity]
        asserted = known.asserted if edge is None else dated(edge, ground.facts)
        return Evidence(
            edges=tuple(each.iri for each in edges),
            activity=labels.ref(activity),
            actors=labels.refs(ground.facts.actors_of.get(activity, ())),
            area=ground.rows.iri(ground.links.row[link]),
            facet=ground.columns.iri(ground.links.column[link]),
            status=_ref(ground, known.status),
            role=_ref(ground, edge.role if edge else None),
            maturity=_ref(ground, edge.maturity if edge else None),
            grade=_ref(ground, edge.grade if edge else None),
            score=None if edge is None else edge.score,
            asserted_on=None if asserted is None else asserted.written,
            after_cut_off=asserted is not None and asserted > self._cut_off,
            factors=self._factors(edge, asserted),
            weight=float(self._weights[link]),
            citations=_citations(ground, edges),
        )

    def _deciding(self, link: int, edges: list[Edge]) -> Edge | None:
        """Give the edge whose weight counts: the weaker one where both axes are read off edges."""
        if len(edges) < 2:
            return edges[0] if edges else None
        links = self.ground.links
        row_weight = self.ground.of_combination[links.row_combination[link]] * links.row_constant[link]
        return edges[0 if round(float(row_weight), PLACES) <= self._weights[link] else 1]

    def _factors(self, edge: Edge | None, asserted: date | None) -> dict[str, float]:
        """Give the factors of an edge; edges that say the same share one answer."""
        said = None if edge is None else (edge.role, edge.maturity, edge.grade, edge.score)
        known = self._known_factors.get((said, asserted))
        if known is None:
            known = self._known_factors[said, asserted] = self._reckon(edge, asserted)
        return known

    def _reckon(self, edge: Edge | None, asserted: date | None) -> dict[str, float]:
        table, half_life = self.ground.table, self.ground.protocol.half_life_years
        slots = table.weightless if edge is None else table.combination(edge)
        role, maturity, grade = (float(table.values[slot]) for slot in slots)
        age = 1.0
        if asserted is not None and half_life is not None:
            age = 0.5 ** (years_between(asserted, self._cut_off) / half_life)
        score = 1.0 if edge is None or edge.score is None else edge.score
        return {"role": role, "maturity": maturity, "grade": grade, "score": score, "age": round(age, PLACES)}


def _ref(ground: Ground, iri: str | None) -> Ref | None:
    return ground.labels.ref(iri) if iri else None


def _edges(ground: Ground, link: int) -> list[Edge]:
    positions = (int(ground.links.row_edge[link]), int(ground.links.column_edge[link]))
    return [ground.facts.edges[position] for position in positions if position != NO_EDGE]


def _citations(ground: Ground, edges: list[Edge]) -> tuple[CitationRef, ...]:
    found = {ref.citation: ref for edge in edges for ref in ground.facts.citations.get(edge.iri, ())}
    return tuple(found[iri] for iri in sorted(found))


def link_weights(ground: Ground) -> Floats:
    """Give the weights of all links under the protocol's own table."""
    links, of_combination = ground.links, ground.of_combination
    first = of_combination[links.row_combination] * links.row_constant
    return np.asarray(np.minimum(first, of_combination[links.column_combination] * links.column_constant))
