"""Strings that are nearly the text asked for."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from kg.terms.grams import GramIndex

_COMPARED = 128
_COMPARED_AS_LONG = 64  # longer strings have more pairs of anything
_PART_OF_LONGER = 0.8  # nearly standing in a longer string counts less than nearly being one
_NEARLY_A_PART = 0.85
_SHORTEST_PART = 5
_LEAST_ALIKE = 0.2
_ALLOWED = ((2, 1), (6, 1), (10, 2), (16, 3))
_MOST_ALLOWED = 4


class Near(NamedTuple):
    """A string by its number: how near it or a part of it is (1 is equal), and whether that may be typing errors."""

    number: int
    similarity: float
    typo: bool
    in_part: bool = False


def allowed_errors(length: int) -> int:
    """How many typing errors a text of this length may hold."""
    return next((errors for longest, errors in _ALLOWED if length < longest), _MOST_ALLOWED)


def nearest(index: GramIndex, text: str) -> list[Near]:
    """The strings nearest to the text by typing errors, nearest first; another number is no typing error."""
    candidates = _candidates(index, text)
    strings = [index.string(number) for number in candidates]
    digits = _digits(text)
    near = {
        place: (similarity, _is_typo(text, similarity) and _digits(strings[place]) == digits, False)
        for _, similarity, place in process.extract(
            text, strings, scorer=OSA.normalized_similarity, limit=None, score_cutoff=_LEAST_ALIKE
        )
    }
    if len(text) >= _SHORTEST_PART:
        longer = [string if len(string) > len(text) else "" for string in strings]
        for _, ratio, place in process.extract(text, longer, scorer=fuzz.partial_ratio, limit=None):
            typo = _is_typo_in(text, strings[place], ratio) and digits in _digits(strings[place])
            part = (_PART_OF_LONGER * ratio / 100, typo, True)
            near[place] = max(
                near.get(place, (0.0, False, True)), part, key=lambda one: (one[1] and not one[2], one[0])
            )
    found = [Near(candidates[place], *one) for place, one in near.items() if one[0] > _LEAST_ALIKE]
    return sorted(found, key=lambda one: (-one.similarity, one.number))


def _is_typo(text: str, similarity: float) -> bool:
    return similarity >= 1 - (allowed_errors(len(text)) + 0.01) / max(len(text), 2)


def _is_typo_in(text: str, longer: str, ratio: float) -> bool:
    """Whether a piece of a longer string is the text with a few typing errors, fewer than a whole may have."""
    alignment = fuzz.partial_ratio_alignment(text, longer) if ratio / 100 >= _NEARLY_A_PART else None
    if alignment is None:
        return False
    first, last = alignment.dest_start, alignment.dest_end
    pieces = [longer[first:last], longer[first : last + 1], longer[max(first - 1, 0) : last]]
    return min(OSA.distance(text, piece) for piece in pieces) <= max(allowed_errors(len(text)) - 1, 1)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _candidates(index: GramIndex, text: str) -> list[int]:
    """The strings that share most pairs of characters with the text, and those of its length that do."""
    overlaps = index.overlaps(text)
    as_long = np.abs(index.lengths - len(text)) <= allowed_errors(len(text))
    return sorted(
        {
            *_sharing_most(index, overlaps, _COMPARED),
            *_sharing_most(index, overlaps * as_long, _COMPARED_AS_LONG),
        }
    )


def _sharing_most(index: GramIndex, overlaps: npt.NDArray[np.integer[Any]], count: int) -> list[int]:
    """The strings with the most pairs, of equal ones the shorter."""
    having_more = np.cumsum(
        np.bincount(overlaps)[::-1]
    )  # strings that share so many pairs or more, from the most down
    least = max(len(having_more) - 1 - int(np.searchsorted(having_more, count)), 1)
    sharing = np.flatnonzero(overlaps >= least)
    rank = overlaps[sharing].astype(np.int64) * 4096 - np.minimum(index.lengths[sharing], 4095)
    if len(sharing) > count:
        sharing = sharing[np.argpartition(-rank, count)[:count]]
    return [int(number) for number in sharing]
