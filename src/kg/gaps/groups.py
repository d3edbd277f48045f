"""The third axis of a map: institutes, countries or other groups by which it is split."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.gaps.axes import AxisTable, Ragged, read_axis, table_of
from kg.gaps.facts import CARRIED_OUT_BY
from kg.gaps.ground import Ground
from kg.gaps.links import State, property_values
from kg.gaps.protocol import AxisSpec
from kg.gaps.tally import Occurrences, Tally, by_group, tally
from kg.gaps.terms import groups_of, must


@dataclass(frozen=True)
class Groups:
    """Which groups an activity, or an actor behind it, belongs to, and the figures group by group."""

    axis: AxisTable
    members: Ragged
    per_actor: bool
    occurrences: Occurrences
    tally: Tally


def read_groups(ground: Ground) -> Groups | None:
    """Count the map group by group, where the protocol has a group axis."""
    spec = ground.protocol.groups
    if spec is None:
        return None
    per_actor = spec.property == CARRIED_OUT_BY
    lists = _group_lists(ground, spec, ground.actor_names if per_actor else ground.links.activities)
    axis = read_axis(ground.store, spec, ground.labels)
    if spec.scheme is None:
        found = dict.fromkeys(sorted({iri for iris in lists for iri in iris if iri}))
        axis = table_of(spec, found, {}, ground.labels)
    members = Ragged.of([sorted({axis.index[iri] for iri in iris if iri in axis.index}) for iris in lists])
    rolled = ground.rolled_occurrences
    keys = rolled.actor if per_actor else ground.links.activity[rolled.link]
    cells = len(axis) * ground.cells
    spread = by_group(rolled, keys, members)
    return Groups(axis, members, per_actor, spread, tally(ground.links, spread, cells, ground.of_combination))


def _group_lists(ground: Ground, spec: AxisSpec, keys: Sequence[str]) -> list[tuple[str, ...]]:
    if spec.property == CARRIED_OUT_BY and spec.through is None:
        return [(key,) for key in keys]
    if spec.property == CARRIED_OUT_BY:
        rows = ground.store.select(
            load_query("gaps/actor-values").bind(property=NamedNode(spec.through or ""))
        )
        values = groups_of((must(row, "actor"), must(row, "value")) for row in rows)
    elif spec.property is not None:
        values = property_values(ground.store, spec)
    else:
        accepted = [
            edge
            for edge, state in zip(ground.facts.edges, ground.links.edge_state, strict=True)
            if state == State.COUNTS
        ]
        values = groups_of((edge.activity, edge.concept) for edge in accepted)
    return [values.get(key, ()) for key in keys]
