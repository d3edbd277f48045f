"""The axes on which activities can be counted: concept schemes and actors, with the activities at each value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import CallerError
from kg.records.model import ActivityEntry, ConceptNode, Labels, Ref
from kg.vocab import BASE
from kg_api.trees import Branch, branches

ACTORS = "actor"
AXES = (
    "practice-area",
    "risk-area",
    "safety-property",
    "activity-type",
    "lifecycle-stage",
    "actor-role",
    "sector",
    "jurisdiction",
    ACTORS,
)
"""The schemes that are axes, by the last part of their IRI, and the actors that carry activities out."""

Activities = frozenset[str]


@dataclass(frozen=True)
class Value:
    """A value of an axis in the order of the map; `activities` counts those of narrower values as well."""

    iri: str
    label: Labels
    parents: tuple[str, ...]
    depth: int
    activities: Activities


def concept_axis(nodes: Sequence[ConceptNode], direct: Mapping[str, Activities]) -> list[Value]:
    """Lay a scheme out as an axis: wider concepts first, the activities of narrower ones counted with them."""
    return [value for branch in branches(nodes) for value in _laid(branch, (), direct)]


def _laid(branch: Branch, path: tuple[str, ...], direct: Mapping[str, Activities]) -> list[Value]:
    here = branch.node
    below = [value for one in branch.below for value in _laid(one, (*path, here.iri), direct)]
    reached = direct.get(here.iri, frozenset()).union(*(value.activities for value in below))
    return [Value(here.iri, here.label, path[-1:], len(path), reached), *below]


def actor_axis(activities: Iterable[ActivityEntry]) -> list[Value]:
    """Lay the actors that carry activities out as an axis, the busiest first."""
    found: dict[str, tuple[Ref, set[str]]] = {}
    for activity in activities:
        for actor in activity.carried_out_by:
            found.setdefault(actor.iri, (actor, set()))[1].add(activity.iri)
    values = [Value(iri, actor.label, (), 0, frozenset(of_one)) for iri, (actor, of_one) in found.items()]
    return sorted(values, key=lambda value: (-len(value.activities), value.iri))


def axis_of(iri: str) -> str:
    """Name the axis that a concept or actor is a value of."""
    kind, _, rest = iri.removeprefix(BASE).partition("/")
    name = ACTORS if kind == ACTORS else rest.partition("/")[0]
    return known_axis(name)


def known_axis(name: str) -> str:
    """Give the name of an axis, or say which there are."""
    if name not in AXES:
        raise CallerError(f"There is no axis {name or 'without a name'}; choose one of {', '.join(AXES)}.")
    return name
