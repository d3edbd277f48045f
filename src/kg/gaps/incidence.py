"""Which activity (or actor) reaches which area: the two-sided table that relations are read off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.gaps.axes import Bools, Floats, Ragged
from kg.gaps.ground import Ground


@dataclass(frozen=True)
class Incidence:
    """A table of areas (rows) by activities or actors (columns), in which an entry says «reaches»."""

    areas: tuple[str, ...]
    members: tuple[str, ...]
    table: Bools

    @property
    def shared(self) -> Floats:
        """Give for each pair of areas how many members reach both."""
        return shared(self.table)


def shared(table: Bools) -> Floats:
    """Give for each pair of rows how many columns both have."""
    rows = len(table)
    column, row = np.nonzero(table.T)
    degrees = np.bincount(column, minlength=table.shape[1])
    if 4 * (degrees**2).sum() > rows * table.size:
        numbers = table.astype(np.float64)
        return np.asarray(numbers @ numbers.T)
    entries = Ragged(np.concatenate([[0], np.cumsum(degrees)]), row)  # sparse: only pairs that occur
    position, other = entries.expand(column)
    return (
        np.bincount(row[position] * rows + other, minlength=rows * rows)
        .reshape(rows, rows)
        .astype(np.float64)
    )


def incidence_of(pairs: Iterable[tuple[str, str]], order: Sequence[str]) -> Incidence:
    """Make a table of pairs of area and member; areas in the given order, those without a member left out."""
    unique = sorted(set(pairs))
    present = {area for area, _ in unique}
    areas = tuple(area for area in order if area in present)
    members = tuple(sorted({member for _, member in unique}))
    row, column = ({iri: i for i, iri in enumerate(names)} for names in (areas, members))
    table = np.zeros((len(areas), len(members)), dtype=np.bool_)
    for area, member in unique:
        if area in row:
            table[row[area], column[member]] = True
    return Incidence(areas, members, table)


def incidence_of_ground(ground: Ground) -> Incidence:
    """Give which activity reaches which row by an edge of its own."""
    rows = [value.iri for value in ground.rows.values]
    table = np.zeros((len(rows), len(ground.links.activities)), dtype=np.bool_)
    table[ground.links.row[ground.positive], ground.links.activity[ground.positive]] = True
    kept_rows, kept = np.flatnonzero(table.any(axis=1)), np.flatnonzero(table.any(axis=0))
    return Incidence(
        tuple(rows[position] for position in kept_rows),
        tuple(ground.links.activities[position] for position in kept),
        table[kept_rows][:, kept],
    )
