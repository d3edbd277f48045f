"""Many strings with numbers, looked up by the hash of the string: twelve bytes for each instead of hundreds."""

from collections.abc import Iterable

import numpy as np

from kg.terms.grams import Ints, Longs


class HashedKeys:
    """The numbers that belong to each key; with hashes of 64 bits, two keys of a graph are never taken for one."""

    def __init__(self, keys: Iterable[str], numbers: Iterable[int] | Ints) -> None:
        keys = list(keys)
        hashes = np.fromiter(map(hash, keys), np.int64, len(keys))
        values = np.fromiter(numbers, np.int32, len(keys))
        hashes, values = self._without_empty(keys, hashes, values)
        order = np.lexsort((values, hashes))
        hashes, values = hashes[order], values[order]
        new = np.ones(len(hashes), dtype=np.bool_)
        new[1:] = (hashes[1:] != hashes[:-1]) | (values[1:] != values[:-1])
        self._hashes: Longs = hashes[new]
        self._numbers: Ints = values[new]

    @staticmethod
    def _without_empty(keys: list[str], hashes: Longs, values: Ints) -> tuple[Longs, Ints]:
        full = np.fromiter(map(bool, keys), np.bool_, len(keys))
        return hashes[full], values[full]

    def get(self, key: str) -> list[int]:
        """The numbers of a key, smallest first."""
        wanted = hash(key)
        first = int(self._hashes.searchsorted(wanted))
        last = first
        while last < len(self._hashes) and self._hashes[last] == wanted:
            last += 1
        numbers: list[int] = self._numbers[first:last].tolist()
        return numbers
