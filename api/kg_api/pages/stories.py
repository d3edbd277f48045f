"""What a story is made of, whatever it tells of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.records.model import ActivityEntry, CoverageEdge, Ref, Term
from kg_api.site import Site

_PROPOSED = ("proposed", "rejected")


@dataclass(frozen=True)
class Story:
    """A template with its values, and the properties that it tells of so that nothing is said twice."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """An activity that somebody has a part in: which part, and the activity with who, what and when."""

    roles: tuple[str, ...]
    activity: ActivityEntry


def activities(site: Site, found: Iterable[Term | Ref]) -> list[ActivityEntry]:
    """Give those of the records that are activities, the latest first."""
    iris = {one.value if isinstance(one, Term) else one.iri for one in found}
    return in_time([site.activities[iri] for iri in iris if iri in site.activities])


def in_time(entries: Iterable[ActivityEntry]) -> list[ActivityEntry]:
    """Put activities in order of time, the latest first and those without a date last."""
    by_name = sorted(entries, key=lambda one: one.iri)
    return sorted(by_name, key=lambda one: one.date or "0", reverse=True)


def is_proposed(edge: CoverageEdge) -> bool:
    """Tell whether an edge is only proposed, and so counts for nothing."""
    return edge.review is not None and edge.review.iri.rsplit("/", 1)[-1] in _PROPOSED
