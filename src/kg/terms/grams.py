"""Find a string in many: as beginning, as part, or nearly, by the positions of all pairs of characters."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_EDGE = "\0"  # stands around every string, so that beginnings and ends are pairs of characters as well
_SPACE = 32
_SHIFT = np.uint64(21)  # a code point has at most 21 bits
_MOST_CHECKED = 4_000_000
_NONE = np.empty(0, dtype=np.int32)


class GramIndex:
    """The strings given, joined without their spaces, with the positions of every pair of characters in order."""

    def __init__(self, strings: Sequence[str]) -> None:
        spaced = _codes(_EDGE + _EDGE.join(strings) + _EDGE)
        kept = spaced != _SPACE
        self.codes = spaced[kept]
        self.word_starts = _word_starts(spaced)[kept]
        edges = np.flatnonzero(self.codes == 0).astype(np.int32)
        self.starts: Ints = edges[:-1] + np.int32(1)
        self.lengths: Ints = np.diff(edges) - np.int32(1)
        self.owners: Ints = np.repeat(np.arange(len(strings), dtype=np.int32), self.lengths + 1)
        pairs = (self.codes[:-1].astype(np.uint64) << _SHIFT) | self.codes[1:]
        self.order: Ints = np.argsort(pairs, kind="stable").astype(np.int32)
        self.pairs, firsts = np.unique(pairs[self.order], return_index=True)
        self.bounds: Ints = np.append(firsts, len(self.order)).astype(np.int32)

    def beginning_with(self, text: str) -> Ints:
        """The numbers of the strings that begin with the text."""
        return self.owners[self._positions(_codes(_EDGE + text))]

    def containing(self, text: str) -> tuple[Ints, Flags]:
        """The numbers of the strings that contain the text, and whether a word begins with it there."""
        positions = self._positions(_codes(text))
        return self.owners[positions], self.word_starts[positions]

    def overlaps(self, text: str) -> Ints:
        """For each string, how many pairs of characters it shares with the text, beginning and end among them."""
        low, high = self._postings(_codes(_EDGE + text + _EDGE))
        places = [self.order[first:last] for first, last in zip(low, high, strict=True)]
        counts = np.bincount(self.owners[np.concatenate(places)], minlength=len(self.lengths))
        return counts.astype(np.int32)

    def string(self, number: int) -> str:
        """One of the strings, without its spaces."""
        start = self.starts[number]
        return str(self.codes[start : start + self.lengths[number]].tobytes(), "utf-32-le")

    def _positions(self, wanted: npt.NDArray[np.uint32]) -> Ints:
        if len(wanted) < 2:
            return self._positions_of_one(wanted)
        low, high = self._postings(wanted)
        by_rarity = np.argsort(high - low, kind="stable")
        rarest = by_rarity[0]
        found = self.order[low[rarest] : high[rarest]] - np.int32(rarest)
        found = found[(found >= 0) & (found <= len(self.codes) - len(wanted))]
        for place in by_rarity[1:]:
            if len(found) * len(wanted) < _MOST_CHECKED:
                break
            found = found[self.codes[found + place] == wanted[place]]
        seen = self.codes[found[:, None] + np.arange(len(wanted), dtype=np.int32)]
        equal: Flags = (seen == wanted).all(axis=1)
        return found[equal]

    def _positions_of_one(self, wanted: npt.NDArray[np.uint32]) -> Ints:
        if len(wanted) == 0:
            return _NONE
        edges = np.array([wanted[0], wanted[0] + 1], dtype=np.uint64) << _SHIFT
        first, last = self.bounds[np.searchsorted(self.pairs, edges)]
        return self.order[first:last]

    def _postings(self, wanted: npt.NDArray[np.uint32]) -> tuple[Ints, Ints]:
        pairs = (wanted[:-1].astype(np.uint64) << _SHIFT) | wanted[1:]
        at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        low = self.bounds[at]
        return low, np.where(self.pairs[at] == pairs, self.bounds[at + 1], low)


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _word_starts(codes: npt.NDArray[np.uint32]) -> Flags:
    """Where a word may begin: anywhere but inside a run of Latin letters and digits or a run of katakana."""
    latin = ((codes > _SPACE) & (codes < 0x0250)) | ((codes >= 0x0370) & (codes < 0x0530))
    katakana = (codes >= 0x30A1) & (codes <= 0x30FF)
    starts = np.ones(len(codes), dtype=np.bool_)
    starts[1:] = ~((latin[1:] & latin[:-1]) | (katakana[1:] & katakana[:-1]))
    return starts
