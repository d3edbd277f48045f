"""Random tables in which every row and column keeps its number of entries, by trades between pairs of rows."""

from collections.abc import Iterator

import numpy as np

from kg.gaps.axes import Bools

_BURN_IN = 5
# Trades a row between two draws: with fewer the draws resemble each other, and what is reckoned from them scatters.
_BETWEEN = 2


def random_tables(table: Bools, draws: int, seed: int) -> Iterator[Bools]:
    """Give random tables with the same row and column sums, drawn by the curveball method.

    In a trade two rows shuffle among themselves the columns that only one of them has.
    """
    generator = np.random.default_rng(seed)
    current = table.copy()
    rows = len(current)
    _trade(current, generator, _BURN_IN * rows)
    for _ in range(draws):
        _trade(current, generator, _BETWEEN * rows)
        yield current


def _trade(table: Bools, generator: np.random.Generator, times: int) -> None:
    if len(table) < 2:
        return
    first = generator.integers(len(table), size=times)
    second = (first + generator.integers(1, len(table), size=times)) % len(table)
    for one, other in zip(first, second, strict=True):
        differing = np.flatnonzero(table[one] != table[other])
        many = int(table[one, differing].sum())
        if 0 < many < len(differing):
            keys = generator.random(len(differing))
            mine = keys < np.partition(keys, many)[many]  # the lowest keys: as good as a shuffle, and faster
            table[one, differing] = mine
            table[other, differing] = ~mine
