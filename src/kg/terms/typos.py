"""Strings that are nearly the text asked for."""

from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from kg.terms.grams import GramIndex

_COMPARED = 256
_PART_OF_LONGER = (
    0.9  # a text that nearly stands in a longer string counts a little less than nearly the whole
)
_SHORTEST_PART = 5
_ALLOWED = ((2, 1), (6, 1), (10, 2), (16, 3))
_MOST_ALLOWED = 4


class Near(NamedTuple):
    """A string by its number, and how near it is: 1 is equal."""

    number: int
    similarity: float


def allowed_errors(length: int) -> int:
    """How many typing errors a text of this length may hold."""
    return next((errors for longest, errors in _ALLOWED if length < longest), _MOST_ALLOWED)


def nearest(index: GramIndex, text: str) -> list[Near]:
    """The strings nearest to the text by typing errors, nearest first."""
    overlaps = index.overlaps(text)
    rank = overlaps.astype(np.int64) * 4096 - np.minimum(index.lengths, 4095)
    few = min(_COMPARED, len(rank))
    candidates = np.argpartition(-rank, few - 1)[:few]
    numbers = candidates[overlaps[candidates] > 0].tolist()
    near = [Near(number, _similarity(text, index.string(number))) for number in numbers]
    return sorted(near, key=lambda one: (-one.similarity, one.number))


def is_typo(text: str, near: Near) -> bool:
    """Whether the string is near enough to be taken for what was meant."""
    return near.similarity >= 1 - (allowed_errors(len(text)) + 0.01) / max(len(text), 2)


def _similarity(text: str, other: str) -> float:
    whole = 1 - OSA.distance(text, other) / max(len(text), len(other))
    if len(text) < _SHORTEST_PART or len(other) <= len(text):
        return whole
    return max(whole, _PART_OF_LONGER * fuzz.partial_ratio(text, other) / 100)
