"""Which activity (or actor) reaches which area: the two-sided table that relations are read off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.gaps.axes import Bools, Floats
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
    """Give for each pair of rows how many columns both have, counted 64 columns at a time."""
    spare = -table.shape[1] % 64
    bits = np.packbits(np.pad(table, ((0, 0), (0, spare))), axis=1)
    words = np.ascontiguousarray(bits).view(np.uint64)
    counts = [np.bitwise_count(words & row).sum(axis=1, dtype=np.int64) for row in words]
    return np.array(counts, dtype=np.float64).reshape(len(table), len(table))


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
