"""What the graph says about activities, read as tables once and for all."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.gaps.model import CitationRef
from kg.gaps.terms import Day, Labels, day, groups_of, must, number, slug, table, text_of
from kg.store import Store
from kg.vocab import AISI

CARRIED_OUT_BY = AISI + "carriedOutBy"


@dataclass(frozen=True, slots=True)
class Edge:
    """One coverage edge of an activity."""

    iri: str
    activity: str
    concept: str
    role: str | None
    maturity: str | None
    grade: str | None
    score: float | None
    review: str | None
    asserted: Day | None


@dataclass(frozen=True, slots=True)
class Activity:
    """Status and dates of one activity."""

    status: str | None
    asserted: Day | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Facts:
    """All tables about activities, actors and sources."""

    edges: tuple[Edge, ...]
    activities: Mapping[str, Activity]
    actors_of: Mapping[str, tuple[str, ...]]
    counts_as: Mapping[str, str]
    above: Mapping[str, tuple[str, ...]]
    citations: Mapping[str, tuple[CitationRef, ...]]
    sources: Mapping[str, "Source"]

    def independent(self, actor: str) -> str:
        """Give the actor that this one is counted as."""
        return self.counts_as.get(actor, actor)

    def ungrounded(self, record: str, faulty: Set[str]) -> bool:
        """Tell whether a citation of a record, or the document that it points into, is faulty."""
        return any(
            ref.citation in faulty or ref.document.iri in faulty for ref in self.citations.get(record, ())
        )

    def issued(self, source: str) -> Day | None:
        """Give the date of issue of a source, or of the nearest whole that has one."""
        for each in [source, *self.wholes_of(source)]:
            if each in self.sources and self.sources[each].issued is not None:
                return self.sources[each].issued
        return None

    def wholes_of(self, source: str) -> list[str]:
        """Give the sources that contain this one, nearest first."""
        found: list[str] = []
        here = self.sources.get(source)
        while here is not None and here.whole is not None and here.whole not in (source, *found):
            found.append(here.whole)
            here = self.sources.get(here.whole)
        return found


@dataclass(frozen=True, slots=True)
class Source:
    """Where a source belongs and when it was issued."""

    whole: str | None
    locator: str | None
    issued: Day | None
    instrument: str | None


def read_facts(store: Store, labels: Labels) -> Facts:
    """Read all tables."""
    edges = [_edge(row) for row in table(store, load_query("gaps/coverage").bind(), 9)]
    parts = [
        (must(r, "actor"), must(r, "whole")) for r in store.select(load_query("gaps/actor-parts").bind())
    ]
    counted = [
        (must(r, "actor"), must(r, "counted")) for r in store.select(load_query("gaps/counts-as").bind())
    ]
    return Facts(
        edges=tuple(sorted(edges, key=lambda e: (e.iri, e.activity, e.concept, str(e)))),
        activities=_activities(store),
        actors_of=direct_values(store, CARRIED_OUT_BY),
        counts_as=_counts_as(groups_of(counted)),
        above=groups_of([*counted, *parts]),
        citations=_citations(store, labels),
        sources=_sources(store),
    )


def _edge(row: list[str | None]) -> Edge:
    edge, activity, concept, role, maturity, grade, score, review, asserted = row
    return Edge(
        iri=edge or "",
        activity=activity or "",
        concept=concept or "",
        role=role,
        maturity=maturity,
        grade=grade,
        score=number(score),
        review=review,
        asserted=day(asserted),
    )


def _activities(store: Store) -> dict[str, Activity]:
    found: dict[str, Activity] = {}
    rows = table(store, load_query("gaps/activities").bind(), 5)
    for activity, status, asserted, start, end in sorted(
        rows, key=lambda row: [value or "" for value in row]
    ):
        found.setdefault(
            activity or "", Activity(status=status, asserted=day(asserted), start=day(start), end=day(end))
        )
    return found


def direct_values(store: Store, prop: str) -> dict[str, tuple[str, ...]]:
    """Give the values of one direct property of the activities."""
    rows = table(store, load_query("gaps/activity-values").bind(property=NamedNode(prop)), 2)
    return groups_of((activity or "", value or "") for activity, value in rows)


def _counts_as(counted: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Follow aisi:countsAs to its end; in a circle everybody is the first by IRI."""
    step = {actor: others[0] for actor, others in counted.items()}
    return {actor: _end(actor, step) for actor in step}


def _end(actor: str, step: Mapping[str, str]) -> str:
    seen = [actor]
    while seen[-1] in step:
        following = step[seen[-1]]
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def _citations(store: Store, labels: Labels) -> dict[str, tuple[CitationRef, ...]]:
    made: dict[str, CitationRef] = {}
    pairs = []
    for record, citation, source, locator in table(store, load_query("gaps/citations").bind(), 4):
        iri = citation or ""
        pairs.append((record or "", iri))
        if iri not in made:
            made[iri] = CitationRef(citation=iri, document=labels.ref(source or ""), locator=locator)
    return {record: tuple(made[iri] for iri in iris) for record, iris in groups_of(pairs).items()}


def _sources(store: Store) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for row in store.select(load_query("gaps/sources").bind()):
        found.setdefault(
            must(row, "source"),
            Source(
                whole=text_of(row, "whole"),
                locator=text_of(row, "locator"),
                issued=day(text_of(row, "issued")),
                instrument=text_of(row, "instrument"),
            ),
        )
    return found


def is_a(concept: str | None, name: str) -> bool:
    """Tell whether a controlled value has this name, whatever scheme it stands in."""
    return concept is not None and slug(concept) == name
