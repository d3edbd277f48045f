"""Which recorded activities come nearest to doing what a provision asks, and what is missing in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import combinations

from kg.gaps.facts import Facts, is_a
from kg.gaps.ground import Ground
from kg.gaps.model import Nearest, Ref, Text
from kg.gaps.provisions import Provision
from kg.gaps.sentences import listed
from kg.gaps.tally import UNNAMED

_NEAREST = 3
_ASPECTS = ("area", "action", "addressee")
_PATTERNS = tuple(
    pattern for size in (3, 2, 1) for pattern in combinations(_ASPECTS, size) if pattern != ("addressee",)
)
_WORDS = {
    "area": Text(ja="領域", en="the area"),
    "action": Text(ja="行為の種類", en="the kind of action"),
    "addressee": Text(ja="名宛人", en="the addressee"),
}


@dataclass(frozen=True)
class NearbyActivities:
    """Compares activities with provisions by area, kind of action and addressee."""

    ground: Ground
    members: Mapping[str, tuple[str, ...]]

    @cached_property
    def _by_value(self) -> Mapping[str, frozenset[str]]:
        """Give the activities on each area or facet value, those on narrower ones included."""
        ground = self.ground
        found: dict[str, set[str]] = {}
        for axis, values in ((ground.rows, ground.links.row), (ground.columns, ground.links.column)):
            for position in range(len(axis)):
                found[axis.iri(position)] = set()
            for link in ground.positive:
                activity = ground.links.activities[ground.links.activity[link]]
                for above in axis.ancestors[values[link]]:
                    found[axis.iri(int(above))].add(activity)
        return {iri: frozenset(activities) for iri, activities in found.items()}

    @cached_property
    def _by_actor(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for activity, actors in self.ground.facts.actors_of.items():
            for actor in actors:
                found.setdefault(self.ground.facts.independent(actor), set()).add(activity)
        return {actor: frozenset(activities) for actor, activities in found.items()}

    def announced(self, provision: Provision) -> tuple[Ref, ...]:
        """Give the planned activities that the passage of a clause itself announces, of the kind that it asks for."""
        facts = self.ground.facts
        passages = {
            (ref.document.iri, ref.locator)
            for ref in facts.citations.get(provision.iri, ())
            if ref.locator is not None
        }
        alike = self._of(provision.actions, self._by_value)
        if provision.areas:
            alike &= self._of(provision.areas, self._by_value)
        return self.ground.labels.refs(
            activity
            for activity in sorted(alike)
            if is_a(facts.activities[activity].status, "planned")
            and any((c.document.iri, c.locator) in passages for c in facts.citations.get(activity, ()))
        )

    def count(self, actor: str) -> int:
        """Give the number of activities that an actor carries out."""
        return len(self._by_actor.get(self.ground.facts.independent(actor), ()))

    def _of(self, keys: Iterable[str], index: Mapping[str, frozenset[str]]) -> frozenset[str]:
        return frozenset().union(*(index.get(key, frozenset()) for key in keys))

    def _addressed(self, provision: Provision) -> set[str]:
        facts: Facts = self.ground.facts
        named = {member for actor in provision.addressees for member in (actor, *self.members.get(actor, ()))}
        return {facts.independent(actor) for actor in named} - {UNNAMED}

    def _best(self, provision: Provision) -> list[tuple[str, tuple[str, ...]]]:
        """Rank by number of matching aspects; to match the addressee alone is not near."""
        sets = {
            "area": self._of(provision.areas, self._by_value),
            "action": self._of(provision.actions, self._by_value),
            "addressee": self._of(self._addressed(provision), self._by_actor),
        }
        found: list[tuple[str, tuple[str, ...]]] = []
        seen: frozenset[str] = frozenset()
        for matched in _PATTERNS:
            meeting = frozenset.intersection(*(sets[aspect] for aspect in matched)) - seen
            found += [(activity, matched) for activity in nsmallest(_NEAREST - len(found), meeting)]
            seen |= meeting
        return found

    def to(self, provision: Provision) -> tuple[Nearest, ...]:
        """Give the activities that come nearest, with what matches and what does not."""
        return tuple(self._nearest(activity, matched) for activity, matched in self._best(provision))

    def closeness(self, provision: Provision) -> float:
        """Give the share of what is asked that the nearest activity shows; the source's word is always missing."""
        best = self._best(provision)
        return len(best[0][1]) / (len(_ASPECTS) + 1) if best else 0.0

    def _nearest(self, activity: str, matched: tuple[str, ...]) -> Nearest:
        failed = tuple(aspect for aspect in _ASPECTS if aspect not in matched)
        same = listed([_WORDS[aspect] for aspect in matched])
        other = listed([_WORDS[aspect] for aspect in failed])
        missing = Text(
            ja="この条項の実施だと述べる典拠がない",
            en="no source says that it puts the provision into effect",
        )
        return Nearest(
            kind="activity",
            record=self.ground.labels.ref(activity),
            matched=matched,
            failed=(*failed, "implementation"),
            reason=Text(
                ja=f"{same.ja}は一致する"
                + (f"が{other.ja}は一致せず、{missing.ja}。" if failed else f"が、{missing.ja}。"),
                en=f"It matches {same.en}" + (f" but not {other.en}" if failed else "") + f"; {missing.en}.",
            ),
        )
