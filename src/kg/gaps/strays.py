"""Faulty records that name one coordinate of a cell and not the other, so that any cell of the line may be meant."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kg.catalog import load_query
from kg.gaps.axes import AxisTable, Bools
from kg.gaps.facts import Facts
from kg.gaps.links import NO_EDGE, Reading
from kg.gaps.terms import must
from kg.store import Store


@dataclass(frozen=True)
class Strays:
    """For each row and each column the faulty records that name it, or something narrower, and nothing else."""

    rows: Mapping[int, frozenset[str]]
    columns: Mapping[int, frozenset[str]]

    def mask(self, shape: tuple[int, int]) -> Bools:
        """Mark the cells that may be meant."""
        found = np.zeros(shape, dtype=np.bool_)
        found[sorted(self.rows), :] = True
        found[:, sorted(self.columns)] = True
        return found.ravel()

    def at(self, row: int, column: int) -> frozenset[str]:
        """Give the records that may mean one cell."""
        return self.rows.get(row, frozenset()) | self.columns.get(column, frozenset())


def read_strays(
    store: Store,
    facts: Facts,
    axes: tuple[AxisTable, AxisTable],
    readings: tuple[Reading, Reading],
    faulty: frozenset[str],
) -> Strays:
    """Find what a graph with faults leaves half placed; a graph without them is not asked."""
    if not faulty:
        return Strays({}, {})
    loose = [
        (must(row, "edge"), must(row, "concept"))
        for row in store.select(load_query("gaps/edges-without-activity").bind())
    ]
    rows, columns = readings
    return Strays(
        rows=_by_line(axes[0], [*loose, *_half_placed(facts, rows, columns)], faulty),
        columns=_by_line(axes[1], [*loose, *_half_placed(facts, columns, rows)], faulty),
    )


def _half_placed(facts: Facts, here: Reading, there: Reading) -> list[tuple[str, str]]:
    """Give the edges of activities that have values on this axis and none on the other, as activity and area."""
    edges = [
        facts.edges[position]
        for activity, values in here.items()
        if activity not in there
        for _, position in values
        if position != NO_EDGE
    ]
    return [(record, edge.concept) for edge in edges for record in (edge.iri, edge.activity)]


def _by_line(
    axis: AxisTable, pairs: list[tuple[str, str]], faulty: frozenset[str]
) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for record, area in pairs:
        if record in faulty and area in axis.index:
            for above in axis.ancestors[axis.index[area]]:
                found.setdefault(int(above), set()).add(record)
    return {line: frozenset(records) for line, records in found.items()}
