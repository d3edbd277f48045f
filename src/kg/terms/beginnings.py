"""Find the strings that begin with a text."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from kg.terms.grams import Ints

_LAST = "\U0010ffff"


class Beginnings:
    """Strings in order, with their numbers."""

    def __init__(self, strings: Sequence[str]) -> None:
        known = sorted((string, number) for number, string in enumerate(strings) if string)
        self.strings = [string for string, _ in known]
        self.numbers: Ints = np.array([number for _, number in known], dtype=np.int32)

    def beginning_with(self, text: str) -> Ints:
        """The numbers of the strings that begin with the text."""
        first = bisect_left(self.strings, text)
        return self.numbers[first : bisect_left(self.strings, text + _LAST, first)]
