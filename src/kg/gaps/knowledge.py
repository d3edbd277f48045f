"""Statements about knowledge: which cells the completeness statements entail, which absences are stated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kg.catalog import load_query
from kg.gaps.axes import AxisTable, Bools
from kg.gaps.facts import Facts
from kg.gaps.links import within
from kg.gaps.protocol import Protocol
from kg.gaps.terms import Day, day, must, text_of
from kg.store import Store


@dataclass(frozen=True)
class Completeness:
    """One completeness statement with the cells it speaks of."""

    iri: str
    sources: frozenset[str]
    actors: frozenset[str]
    as_of: Day | None
    rows: Bools
    columns: Bools

    def mask(self) -> Bools:
        """Mark the cells it speaks of."""
        return np.outer(self.rows, self.columns)


@dataclass(frozen=True)
class Absence:
    """One absence statement with the cells it speaks of."""

    iri: str
    actors: frozenset[str]
    as_of: Day | None
    rows: Bools
    columns: Bools


@dataclass(frozen=True)
class Knowledge:
    """All sound statements about knowledge."""

    completeness: tuple[Completeness, ...]
    absences: tuple[Absence, ...]
    faulty_absences: tuple[Absence, ...]
    conflicts: dict[str, frozenset[str]]


def read_knowledge(
    store: Store, rows: AxisTable, columns: AxisTable, facts: Facts, faulty: frozenset[str]
) -> Knowledge:
    """Read the statements; faulty ones bear on nothing but are kept aside where they touch cells."""
    stated = {**_collect(store, "gaps/absence"), **_collect(store, "gaps/no-matches")}
    absences = [_absence(iri, parts, rows, columns) for iri, parts in stated.items()]
    sound = [each for each in absences if not _is_faulty(each.iri, facts, faulty)]
    complete = _collect(store, "gaps/completeness")
    return Knowledge(
        completeness=tuple(
            _completeness(iri, parts, rows, columns)
            for iri, parts in complete.items()
            if not _is_faulty(iri, facts, faulty)
        ),
        absences=tuple(sound),
        faulty_absences=tuple(each for each in absences if each not in sound),
        conflicts={
            iri: frozenset(parts["record"])
            for iri, parts in _collect(store, "gaps/conflicts").items()
            if not _is_faulty(iri, facts, faulty)
        },
    )


def _is_faulty(iri: str, facts: Facts, faulty: frozenset[str]) -> bool:
    return iri in faulty or facts.ungrounded(iri, faulty)


Parts = dict[str, set[str]]


def _collect(store: Store, query: str) -> dict[str, Parts]:
    found: dict[str, Parts] = {}
    for row in store.select(load_query(query).bind()):
        parts = found.setdefault(
            must(row, "statement"),
            {name: set() for name in ("source", "area", "facet", "actor", "asOf", "record")},
        )
        for name, values in parts.items():
            value = text_of(row, name)
            values.update(() if value is None else (value,))
    return found


def _latest(parts: Parts) -> Day | None:
    return max((known for value in parts["asOf"] if (known := day(value))), default=None)


def _union(axis: AxisTable, iris: Iterable[str]) -> Bools:
    """Mark everything under any of these; nothing named means no limit."""
    named = sorted(iris)
    masks = [axis.subtree(iri) for iri in named] or [axis.subtree(None)]
    return np.asarray(np.logical_or.reduce(masks))


def _placed(parts: Parts, rows: AxisTable, columns: AxisTable) -> tuple[Bools, Bools]:
    """Place a statement on the map, whichever of its two limits belongs to which axis."""
    areas, facets = parts["area"], parts["facet"]
    straight = (_union(rows, areas), _union(columns, facets))
    crossed = (_union(rows, facets), _union(columns, areas))
    turned = not straight[0].any() and bool(crossed[1].any())
    return crossed if turned else straight


def _completeness(iri: str, parts: Parts, rows: AxisTable, columns: AxisTable) -> Completeness:
    placed = _placed(parts, rows, columns)
    return Completeness(iri, frozenset(parts["source"]), frozenset(parts["actor"]), _latest(parts), *placed)


def _absence(iri: str, parts: Parts, rows: AxisTable, columns: AxisTable) -> Absence:
    return Absence(iri, frozenset(parts["actor"]), _latest(parts), *_placed(parts, rows, columns))


def in_scope(
    knowledge: Knowledge, protocol: Protocol, facts: Facts, shape: tuple[int, int], whom: Sequence[str | None]
) -> tuple[Bools, tuple[Completeness, ...]]:
    """Mark the cells that the statements entail for every corpus source and everybody in `whom`.

    None in `whom` stands for anybody: only statements that are not limited to an actor hold for it.
    """
    entailed = np.full(shape, bool(protocol.corpus), dtype=np.bool_)
    used: dict[str, Completeness] = {}
    for source in protocol.corpus:
        holding = [each for each in knowledge.completeness if holds_for(each, source.iri, protocol, facts)]
        for actor in whom:
            mask = np.zeros(shape, dtype=np.bool_)
            for each in holding:
                if _speaks_of(each, actor, facts):
                    mask |= each.mask()
                    used[each.iri] = each
            entailed &= mask
    return entailed, tuple(used[iri] for iri in sorted(used))


def holds_for(statement: Completeness, source: str, protocol: Protocol, facts: Facts) -> bool:
    """Tell whether a statement speaks of all that a source (or a whole it is part of) reports by the cut-off.

    A source cannot report anything after its own issue, so a statement up to that day is enough. Of a source without
    a date, a statement entails what it says up to the day it names, and no more is claimed than that.
    """
    if not statement.sources & {source, *facts.wholes_of(source)} or statement.as_of is None:
        return False
    issued = facts.issued(source)
    return issued is None or statement.as_of >= min(issued, date.fromisoformat(protocol.cut_off))


def speaks_until(source: str, knowledge: Knowledge, facts: Facts) -> Day | None:
    """Give the day up to which a source surely speaks: its own, else the first that statements on it name."""
    names = {source, *facts.wholes_of(source)}
    days = [each.as_of for each in knowledge.completeness if each.sources & names and each.as_of is not None]
    return facts.issued(source) or min(days, default=None)


def _speaks_of(statement: Completeness, actor: str | None, facts: Facts) -> bool:
    if not statement.actors:
        return True
    return actor is not None and within(actor, statement.actors, facts)
