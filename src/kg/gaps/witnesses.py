"""Which documents of the corpus could tell that a clause was put into effect.

A document says nothing of what came after it, and seldom anything of strangers: silence means something only in one
that is younger than the clause and is by those whom the clause addresses, or reports what they do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.catalog import load_query
from kg.gaps.ground import Ground
from kg.gaps.knowledge import speaks_until
from kg.gaps.model import Ref
from kg.gaps.provisions import Provision
from kg.gaps.sources import whole_of
from kg.gaps.terms import groups_of, must


@dataclass(frozen=True)
class Witnesses:
    """Finds for each clause the documents whose silence counts; `members` names who belongs to which group."""

    ground: Ground
    members: Mapping[str, tuple[str, ...]]
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, provision: Provision) -> tuple[Ref, ...]:
        """Give the sources of the corpus that could tell, in the order of the protocol."""
        return tuple(
            source
            for source in self.ground.protocol.corpus
            if self._is_younger(source.iri, provision) and self._speaks_of(source.iri, provision)
        )

    def _is_younger(self, source: str, provision: Provision) -> bool:
        """Compare dates; a clause of which only the earliest possible day is known may be younger than anything."""
        told = speaks_until(source, self.ground.knowledge, self.ground.facts)
        if provision.made is None or (provision.dated and told is None):
            return True
        return provision.dated and told is not None and told > provision.made

    def _speaks_of(self, source: str, provision: Provision) -> bool:
        """Tell whether a document is by or about an addressee; one of which nobody is known may be."""
        whole = whole_of(source, self.ground.facts)
        voices = self._voices.get(whole)
        addressed = [actor for actor in provision.addressees if "/term/" not in actor]
        if not voices or not addressed:
            return True
        return any(voices & self._above(actor) or actor in self._above_voices[whole] for actor in addressed)

    @cached_property
    def _voices(self) -> Mapping[str, frozenset[str]]:
        """Give who made each document, and whose activities it reports."""
        facts, store = self.ground.facts, self.ground.store
        made = [
            (must(row, "source"), must(row, "publisher"))
            for row in store.select(load_query("gaps/source-publishers").bind())
        ]
        told = [
            (ref.document.iri, actor)
            for activity, actors in facts.actors_of.items()
            for ref in facts.citations.get(activity, ())
            for actor in actors
        ]
        pairs = groups_of((whole_of(source, facts), actor) for source, actor in [*made, *told])
        return {source: frozenset(actors) for source, actors in pairs.items()}

    @cached_property
    def _above_voices(self) -> Mapping[str, frozenset[str]]:
        """Give for each document the voices in it with all that stand above them."""
        return {
            source: frozenset().union(*(self._above(actor) for actor in actors))
            for source, actors in self._voices.items()
        }

    @cached_property
    def _groups(self) -> Mapping[str, tuple[str, ...]]:
        return groups_of((member, group) for group, members in self.members.items() for member in members)

    def _above(self, actor: str) -> frozenset[str]:
        """Give an actor, what it counts as, what it is part of and the groups that it belongs to."""
        if actor not in self._known:
            self._known[actor] = self._climb(actor)
        return self._known[actor]

    def _climb(self, actor: str) -> frozenset[str]:
        seen, stack, facts = {actor}, [actor], self.ground.facts
        while stack:
            each = stack.pop()
            above = {*facts.above.get(each, ()), *self._groups.get(each, ())} - seen
            seen |= above
            stack.extend(above)
        return frozenset(seen)
