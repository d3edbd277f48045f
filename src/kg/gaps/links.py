"""Links: which activity reaches which row and which column by which edge, and whether that counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.gaps.axes import AxisTable, Bools, Floats, Ints
from kg.gaps.facts import Edge, Facts, direct_values, is_a
from kg.gaps.protocol import AxisSpec, Protocol
from kg.gaps.terms import Day, groups_of, must, years_between
from kg.gaps.weights import Combination, WeightTable
from kg.store import Store

NO_EDGE = -1


class State(IntEnum):
    """Why a link counts or does not; of two reasons the higher one is given."""

    COUNTS = 0
    NOT_DONE = 1
    PROPOSED = 2
    REJECTED = 3
    OUTSIDE = 4
    FAULTY = 5


@dataclass(frozen=True)
class Links:
    """One entry for each activity, row and column (with the edges that say so), as parallel arrays."""

    activities: tuple[str, ...]
    edges: tuple[Edge, ...]
    edge_state: Ints
    activity: Ints
    row: Ints
    column: Ints
    row_edge: Ints
    column_edge: Ints
    state: Ints
    planned: Bools
    combinations: Ints
    row_combination: Ints
    row_constant: Floats
    column_combination: Ints
    column_constant: Floats

    def __len__(self) -> int:
        return len(self.activity)

    def in_state(self, *states: State) -> Ints:
        """Give the positions of the links in one of these states."""
        return np.flatnonzero(np.isin(self.state, [int(state) for state in states]))


Reading = Mapping[str, Sequence[tuple[int, int]]]


def read_values(store: Store, facts: Facts, axis: AxisTable) -> Reading:
    """Give for each activity the values it has on an axis, each with the edge that says so."""
    found: dict[str, list[tuple[int, int]]] = {}
    if axis.spec.property is None:
        for position, edge in enumerate(facts.edges):
            if edge.concept in axis.index:
                found.setdefault(edge.activity, []).append((axis.index[edge.concept], position))
        return found
    for activity, values in property_values(store, axis.spec).items():
        inside = [(axis.index[value], NO_EDGE) for value in values if value in axis.index]
        if inside:
            found[activity] = inside
    return found


def property_values(store: Store, spec: AxisSpec) -> dict[str, tuple[str, ...]]:
    """Read an axis that is a direct property of the activity, or of what the property leads to."""
    prop = spec.property or ""
    if spec.through is None:
        return direct_values(store, prop)
    query = load_query("gaps/values-through")
    rows = store.select(query.bind(property=NamedNode(prop), through=NamedNode(spec.through)))
    return groups_of((must(row, "activity"), must(row, "value")) for row in rows)


@dataclass(frozen=True)
class _Judge:
    """Decides state, age and factors of edges under one protocol."""

    facts: Facts
    table: WeightTable
    faulty: frozenset[str]
    population: frozenset[str]
    cut_off: date
    half_life: float | None

    def activity_state(self, activity: str) -> State:
        actors = self.facts.actors_of.get(activity, ())
        if activity in self.faulty or self.facts.ungrounded(activity, self.faulty):
            return State.FAULTY
        if any(actor in self.faulty for actor in actors):
            return State.FAULTY
        if self.population and not any(within(actor, self.population, self.facts) for actor in actors):
            return State.OUTSIDE
        status = self.facts.activities[activity].status
        return State.NOT_DONE if is_a(status, "stated-not-done") else State.COUNTS

    def edge_state(self, edge: Edge) -> State:
        if edge.iri in self.faulty or self.facts.ungrounded(edge.iri, self.faulty):
            return State.FAULTY
        if not self.table.states_all(edge):
            return State.FAULTY  # nobody says how much it weighs, and to guess would be a claim of ours
        if is_a(edge.review, "rejected"):
            return State.REJECTED
        return State.COUNTS if edge.review is None or is_a(edge.review, "accepted") else State.PROPOSED

    def age_factor(self, asserted: date | None) -> float:
        if asserted is None or self.half_life is None:
            return 1.0
        return float(0.5 ** (years_between(asserted, self.cut_off) / self.half_life))

    def constant(self, edge: Edge) -> float:
        score = 1.0 if edge.score is None else min(max(edge.score, 0.0), 1.0)
        return score * self.age_factor(dated(edge, self.facts))


def dated(edge: Edge, facts: Facts) -> Day | None:
    """Give the date of the evidence: that of the edge, else that of its activity."""
    return edge.asserted or facts.activities[edge.activity].asserted


def within(actor: str, wholes: frozenset[str], facts: Facts) -> bool:
    """Tell whether an actor is one of these, counts as one of them or is part of one of them."""
    seen, stack = {actor}, [actor]
    while stack:
        each = stack.pop()
        if each in wholes:
            return True
        above = [one for one in facts.above.get(each, ()) if one not in seen]
        seen.update(above)
        stack.extend(above)
    return False


def make_links(
    facts: Facts,
    protocol: Protocol,
    table: WeightTable,
    rows: Reading,
    columns: Reading,
    faulty: frozenset[str],
) -> Links:
    """Join what activities have on the row axis with what they have on the column axis."""
    population = frozenset(ref.iri for ref in protocol.population)
    cut_off = date.fromisoformat(protocol.cut_off)
    judge = _Judge(facts, table, faulty, population, cut_off, protocol.half_life_years)
    activities = tuple(sorted(set(rows) & set(columns) & set(facts.activities)))
    joined = np.array(
        [
            (number, row, column, row_edge, column_edge)
            for number, activity in enumerate(activities)
            for row, row_edge in rows[activity]
            for column, column_edge in columns[activity]
        ],
        dtype=np.int64,
    ).reshape(-1, 5)
    activity, row, column, row_edge, column_edge = joined.T
    by_edge = np.array([*(judge.edge_state(edge) for edge in facts.edges), State.COUNTS], dtype=np.int64)
    factors = _factors(judge, activities, activity, row_edge, column_edge)
    return Links(
        activities=activities,
        edges=facts.edges,
        edge_state=by_edge[:-1],
        activity=activity,
        row=row,
        column=column,
        row_edge=row_edge,
        column_edge=column_edge,
        state=np.maximum(
            _activity_states(judge, activities)[activity], np.maximum(by_edge[row_edge], by_edge[column_edge])
        ),
        planned=_planned(judge, activities, activity, row_edge, column_edge),
        combinations=factors.combinations,
        row_combination=factors.row[0],
        row_constant=factors.row[1],
        column_combination=factors.column[0],
        column_constant=factors.column[1],
    )


def _activity_states(judge: _Judge, activities: Sequence[str]) -> Ints:
    return np.array([*(judge.activity_state(each) for each in activities), State.COUNTS], dtype=np.int64)


def _planned(
    judge: _Judge, activities: Sequence[str], activity: Ints, row_edge: Ints, column_edge: Ints
) -> Bools:
    statuses = (judge.facts.activities[each].status for each in activities)
    by_activity = np.array([*(is_a(status, "planned") for status in statuses), False], dtype=np.bool_)
    by_edge = np.array([*(is_a(e.maturity, "planned") for e in judge.facts.edges), False], dtype=np.bool_)
    return by_activity[activity] | by_edge[row_edge] | by_edge[column_edge]


@dataclass(frozen=True)
class _Factors:
    """Which combination of factors and which constant each link has on each axis."""

    combinations: Ints
    row: tuple[Ints, Floats]
    column: tuple[Ints, Floats]


def _factors(
    judge: _Judge, activities: Sequence[str], activity: Ints, row_edge: Ints, column_edge: Ints
) -> _Factors:
    """Number the combinations of factors, so that a redraw multiplies each combination only once."""
    numbers: dict[Combination, int] = {judge.table.weightless: 0}
    said: dict[tuple[str | None, str | None, str | None], int] = {}
    of_edge = []
    for edge in judge.facts.edges:
        key = edge.role, edge.maturity, edge.grade
        if key not in said:
            said[key] = numbers.setdefault(judge.table.combination(edge), len(numbers))
        of_edge.append(said[key])
    combination = np.array([*of_edge, 0], dtype=np.int64)
    constant = np.array([*(judge.constant(e) for e in judge.facts.edges), 1.0])
    asserted = [judge.facts.activities[each].asserted for each in activities]
    ages = np.array([*(judge.age_factor(each) for each in asserted), 1.0])
    bare = (row_edge == NO_EDGE) & (column_edge == NO_EDGE)
    return _Factors(
        np.array(list(numbers), dtype=np.int64),
        (combination[row_edge], np.where(bare, ages[activity], constant[row_edge])),
        (combination[column_edge], constant[column_edge]),
    )
