"""Find a string in many, as part or nearly, by the positions of all triples of characters."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_Codes = npt.NDArray[np.uint32]
_EDGE = "\0"  # stands around every string, so that beginnings and ends are characters as well
_SPACE = 32
_LAST_DIGIT = ord("9")
_BITS = np.uint64(21)  # a code point has at most 21 bits, so three of them fit into 64
_TRIPLE = 3
_MOST_CHECKED = 4_000_000
_MOST_COUNTED = 200_000  # the commonest pairs tell least and cost most
_FEWEST_PAIRS = 3
_NONE = np.empty(0, dtype=np.int32)


class GramIndex:
    """The strings given, joined without their spaces, with the positions of every triple of characters in order."""

    def __init__(self, strings: Sequence[str]) -> None:
        spaced = _codes(_EDGE + _EDGE.join(strings) + _EDGE)
        kept = spaced != _SPACE
        self.codes = spaced[kept]
        self.word_starts = _word_starts(spaced)[kept]
        edges = np.flatnonzero(self.codes == 0).astype(np.int32)
        self.starts: Ints = edges[:-1] + np.int32(1)
        self.lengths: Ints = np.diff(edges) - np.int32(1)
        self.owners: Ints = np.repeat(np.arange(len(strings), dtype=np.int32), self.lengths + 1)
        triples = _triples(np.append(self.codes, np.zeros(1, dtype=np.uint32)))
        self.order: Ints = np.argsort(triples, kind="stable").astype(np.int32)
        ordered = triples[self.order]
        firsts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        self.triples = ordered[firsts]
        self.bounds: Ints = np.append(firsts, len(ordered)).astype(np.int32)

    def containing(self, text: str) -> tuple[Ints, Flags]:
        """The numbers of the strings that contain the text, and whether a word begins with it there."""
        positions = self._positions(_codes(text))
        return self.owners[positions], self.word_starts[positions]

    def containing_number(self, number: str) -> Ints:
        """The numbers of the strings that contain just this number: 1.0 stands neither in 11.0 nor in 1.01."""
        spaced = _codes(number.replace(".", " "))
        kept = spaced != _SPACE
        positions = self._positions(spaced[kept])
        begins = _word_starts(spaced)[kept]
        after = positions + np.int32(len(begins))
        whole = self.word_starts[after] | (self.codes[after] == 0) | (self.codes[after] > _LAST_DIGIT)
        for place, begin in enumerate(begins):
            whole &= self.word_starts[positions + place] == begin
        owners: Ints = self.owners[positions[whole]]
        return owners

    def overlaps(self, text: str) -> Ints:
        """For each string, how many pairs of characters it shares with the text, beginning and end among them."""
        wanted = _codes(_EDGE + text + _EDGE)
        pairs = (wanted[:-1].astype(np.uint64) << _BITS) | wanted[1:]
        low, high = self._between(pairs << _BITS, (pairs + np.uint64(1)) << _BITS)
        rare_first = np.argsort(high - low, kind="stable")
        enough = max(_FEWEST_PAIRS, int(np.searchsorted(np.cumsum((high - low)[rare_first]), _MOST_COUNTED)))
        places = [self.order[low[pair] : high[pair]] for pair in rare_first[:enough]]
        counts = np.bincount(self.owners[np.concatenate(places)], minlength=len(self.lengths))
        return counts.astype(np.int32)

    def string(self, number: int) -> str:
        """One of the strings, without its spaces."""
        start = self.starts[number]
        return str(self.codes[start : start + self.lengths[number]].tobytes(), "utf-32-le")

    def _positions(self, wanted: _Codes) -> Ints:
        if len(wanted) == 0:
            return _NONE
        if len(wanted) < _TRIPLE:
            return self._positions_of_few(wanted)
        triples = _triples(wanted)
        at = np.searchsorted(self.triples, triples)
        if (self.triples[np.minimum(at, len(self.triples) - 1)] != triples).any():
            return _NONE
        low, high = self.bounds[at], self.bounds[at + 1]
        rarest = int(np.argmin(high - low))
        found = self.order[low[rarest] : high[rarest]] - np.int32(rarest)
        return found if len(wanted) == _TRIPLE else self._verified(found, wanted)

    def _verified(self, found: Ints, wanted: _Codes) -> Ints:
        found = found[(found >= 0) & (found <= len(self.codes) - len(wanted))]
        for place, code in enumerate(wanted):
            if len(found) * len(wanted) < _MOST_CHECKED:
                break
            found = found[self.codes[found + place] == code]
        seen = self.codes[found[:, None] + np.arange(len(wanted), dtype=np.int32)]
        equal: Flags = (seen == wanted).all(axis=1)
        return found[equal]

    def _positions_of_few(self, wanted: _Codes) -> Ints:
        free = _BITS * np.uint64(_TRIPLE - len(wanted))
        known = (
            np.uint64(wanted[0])
            if len(wanted) == 1
            else (np.uint64(wanted[0]) << _BITS) | np.uint64(wanted[1])
        )
        low, high = self._between(np.array([known << free]), np.array([(known + np.uint64(1)) << free]))
        return self.order[low[0] : high[0]]

    def _between(self, lowest: npt.NDArray[np.uint64], beyond: npt.NDArray[np.uint64]) -> tuple[Ints, Ints]:
        return self.bounds[np.searchsorted(self.triples, lowest)], self.bounds[
            np.searchsorted(self.triples, beyond)
        ]


def _triples(codes: _Codes) -> npt.NDArray[np.uint64]:
    joined = codes[:-2].astype(np.uint64)
    for following in (codes[1:-1], codes[2:]):  # in place: with a million strings each copy is 160 MB
        joined <<= _BITS
        joined |= following
    return joined


def _codes(text: str) -> _Codes:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _word_starts(codes: _Codes) -> Flags:
    """Where a word may begin: anywhere but inside a run of Latin letters and digits or a run of katakana."""
    latin = ((codes > _SPACE) & (codes < 0x0250)) | ((codes >= 0x0370) & (codes < 0x0530))
    katakana = (codes >= 0x30A1) & (codes <= 0x30FF)
    starts = np.ones(len(codes), dtype=np.bool_)
    starts[1:] = ~((latin[1:] & latin[:-1]) | (katakana[1:] & katakana[:-1]))
    return starts
