"""Count cells: activities, independent actors and depth, directly and rolled up, and under redrawn weights."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kg.gaps.axes import AxisTable, Bools, Floats, Ints, Ragged
from kg.gaps.facts import Facts
from kg.gaps.links import Links
from kg.gaps.weights import products

_CHUNK = 32
UNNAMED = ""


@dataclass(frozen=True)
class Occurrences:
    """One entry for each link, cell in which it counts and independent actor."""

    link: Ints
    cell: Ints
    actor: Ints
    cells: int


@dataclass(frozen=True)
class Runs:
    """Runs of equal keys in sorted rows; `order` names them the longest first."""

    starts: Ints
    lengths: Ints
    order: Ints

    @classmethod
    def of(cls, *keys: Ints) -> "Runs":
        """Find the runs of a combination of sorted keys."""
        starts = starts_of(*keys)
        lengths = np.diff(np.append(starts, len(keys[0])))
        return cls(starts, lengths, np.argsort(-lengths, kind="stable"))

    def reduced(self, ufunc: np.ufunc, values: Floats) -> Floats:
        """Reduce each run to one row, the k-th rows of all runs at once: faster than reduceat on many short runs."""
        found = values[self.starts]
        falling = -self.lengths[self.order]
        for position in range(1, int(self.lengths.max(initial=0))):
            longer = self.order[: np.searchsorted(falling, -position)]
            found[longer] = ufunc(found[longer], values[self.starts[longer] + position])
        return found


@dataclass(frozen=True)
class Claims:
    """What can be the best weight of an actor in a cell; sorted by cell and actor."""

    cells: int
    cell: Ints
    actor: Ints
    combination: Ints
    constant: Floats
    second_combination: Ints
    second_constant: Floats

    def depths(self, of_combination: Floats) -> Floats:
        """Give the depth of each cell, 0 for those without a claim.

        Weights come one row a combination, with one column for each draw where there are several; depths likewise,
        one row a cell.
        """
        depth = np.zeros((self.cells, *of_combination.shape[1:]))
        if len(self.cell):
            best = self._pairs.reduced(np.maximum, self._weights(of_combination))
            depth[self._cells_of_pairs] = 1.0 - self._pairs_by_cell.reduced(np.multiply, 1.0 - best)
        return depth

    def _weights(self, of_combination: Floats) -> Floats:
        weights = _times(of_combination[self.combination], self.constant)
        if self.one_edge:
            return weights
        second = _times(of_combination[self.second_combination], self.second_constant)
        return np.asarray(np.minimum(weights, second))

    @cached_property
    def _pairs(self) -> Runs:
        """Give the runs of claims of one actor in one cell."""
        return Runs.of(self.cell, self.actor)

    @cached_property
    def _pairs_by_cell(self) -> Runs:
        return Runs.of(self.cell[self._pairs.starts])

    @cached_property
    def _cells_of_pairs(self) -> Ints:
        return self.cell[self._pairs.starts][self._pairs_by_cell.starts]

    @cached_property
    def one_edge(self) -> bool:
        """Tell whether no claim stands on a second edge that could be the weaker one (combination 0 weighs 1)."""
        return bool((self.second_combination == 0).all() and (self.second_constant == 1).all())


def _times(weights: Floats, constant: Floats) -> Floats:
    return weights * constant.reshape(-1, *[1] * (weights.ndim - 1))


@dataclass(frozen=True)
class Tally:
    """Figures of all cells under one way of counting."""

    claims: Claims
    n: Ints
    actors: Ints
    depth: Floats
    concentration: Floats


def starts_of(*keys: Ints | Floats) -> Ints:
    """Give where a new combination of the sorted keys begins."""
    if not len(keys[0]):
        return np.zeros(0, dtype=np.int64)
    changed = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return np.concatenate([[0], np.flatnonzero(changed) + 1]).astype(np.int64)


def independent_actors(links: Links, facts: Facts) -> tuple[Ragged, tuple[str, ...]]:
    """Give the independent actors of each activity; all unnamed actors together count as one."""
    per_activity = [
        sorted({facts.independent(actor) for actor in facts.actors_of.get(activity, ())}) or [UNNAMED]
        for activity in links.activities
    ]
    names = tuple(sorted({actor for actors in per_activity for actor in actors}))
    index = {actor: position for position, actor in enumerate(names)}
    return Ragged.of([[index[actor] for actor in actors] for actors in per_activity]), names


def cells_of(
    links: Links, chosen: Ints, rows: AxisTable, columns: AxisTable, *, roll_up: bool
) -> tuple[Ints, Ints]:
    """Give for each chosen link the cells it counts in: the link, and the number of the cell."""
    link, row, column = chosen, links.row[chosen], links.column[chosen]
    if roll_up:
        position, row = rows.ancestors.expand(row)
        link, column = link[position], column[position]
        position, column = columns.ancestors.expand(column)
        link, row = link[position], row[position]
    return link, row * len(columns) + column


def occurrences(links: Links, link: Ints, cell: Ints, cells: int, actors: Ragged) -> Occurrences:
    """Split what counts in a cell by the independent actors behind it."""
    position, actor = actors.expand(links.activity[link])
    return Occurrences(link[position], cell[position], actor, cells)


def by_group(found: Occurrences, keys: Ints, groups: Ragged) -> Occurrences:
    """Spread occurrences over groups, `keys` naming what the groups are listed for; groups come first."""
    position, group = groups.expand(keys)
    cell = group * found.cells + found.cell[position]
    return Occurrences(found.link[position], cell, found.actor[position], found.cells)


def tally(links: Links, found: Occurrences, cells: int, of_combination: Floats) -> Tally:
    """Count the cells."""
    claims = _claims(links, found, cells)
    activity = links.activity[found.link]
    counted = np.unique(found.cell * (len(links.activities) + 1) + activity) // (len(links.activities) + 1)
    return Tally(
        claims=claims,
        n=np.bincount(counted, minlength=cells),
        actors=np.bincount(claims.cell[starts_of(claims.cell, claims.actor)], minlength=cells),
        depth=claims.depths(of_combination),
        concentration=_concentration(found, activity, cells),
    )


def _claims(links: Links, found: Occurrences, cells: int) -> Claims:
    """Keep for each cell, actor and pair of combinations only what can be the best weight."""
    link = found.link
    first, second = links.row_combination[link], links.column_combination[link]
    one, two = links.row_constant[link], links.column_constant[link]
    order = np.lexsort((-one, -two, second, first, found.actor, found.cell))
    keys: list[Ints | Floats] = [found.cell, found.actor, first, second]
    if (links.row_edge >= 0).any() and (links.column_edge >= 0).any():
        keys += [one, two]  # the smaller of two edges counts, so neither constant alone decides
    kept = order[starts_of(*(key[order] for key in keys))]
    return Claims(cells, found.cell[kept], found.actor[kept], first[kept], one[kept], second[kept], two[kept])


def _concentration(found: Occurrences, activity: Ints, cells: int) -> Floats:
    """Give the Herfindahl-Hirschman index of the actors' shares in each cell's activities."""
    order = np.lexsort((activity, found.actor, found.cell))
    cell, actor = found.cell[order], found.actor[order]
    single = starts_of(cell, actor, activity[order])
    cell, actor = cell[single], actor[single]
    starts = starts_of(cell, actor)
    counts = np.diff(np.append(starts, len(cell))).astype(np.float64)
    squares = np.bincount(cell[starts], weights=counts**2, minlength=cells)
    totals = np.bincount(cell[starts], weights=counts, minlength=cells)
    return np.divide(squares, totals**2, out=np.zeros(cells), where=totals > 0)


def drawn_depths(claims: Claims, drawn: Floats, combinations: Ints) -> Floats:
    """Give the depth of every cell under every redraw (one row a redraw), a few draws at a time to bound memory."""
    depths = np.zeros((len(drawn), claims.cells))
    for start in range(0, len(drawn), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        depths[chunk] = claims.depths(products(drawn[chunk], combinations).T.copy()).T
    return depths


def touched(links: Links, chosen: Ints, rows: AxisTable, columns: AxisTable, *, roll_up: bool) -> Bools:
    """Mark the cells that the chosen links reach."""
    mask = np.zeros(len(rows) * len(columns), dtype=np.bool_)
    mask[cells_of(links, chosen, rows, columns, roll_up=roll_up)[1]] = True
    return mask
