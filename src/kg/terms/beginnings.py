"""Find the strings that begin with a text, by bisection of their order."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from kg.terms.grams import Ints

_BEYOND = chr(0x10FFFF)


class Beginnings:
    """The strings given in their order, their spaces passed over."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = strings
        joined = [string.replace(" ", "") for string in strings]
        self._order: Ints = np.array(sorted(range(len(joined)), key=joined.__getitem__), dtype=np.int32)

    def beginning_with(self, text: str) -> Ints:
        """The numbers of the strings that begin with the text; of none if it is empty."""
        if not text:
            return self._order[:0]
        first = bisect_left(self._order, text, key=self._joined)
        last = bisect_left(self._order, text + _BEYOND, lo=first, key=self._joined)
        return self._order[first:last]

    def _joined(self, number: int) -> str:
        return self._strings[number].replace(" ", "")
