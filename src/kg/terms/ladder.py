"""The rungs that a hit may name, strictest first, and what is found at one of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kg.terms.folding import RUNGS
from kg.terms.grams import Ints
from kg.terms.typos import Near

LADDER = (
    *RUNGS,
    "particle",
    "question",
    "acronym",
    "reading",
    "romaji",
    "attested",
    "listed",
    "reordered",
    "prefix",
    "word",
    "synonym",
    "loanword",
    "typo",
    "qualified",
    "without-brackets",
    "words",
    "across",
    "of-scheme",
    "typo-in-part",
    "composed",
    "most-words",
    "contained",
    "part",
    "quoted",
    "nearest",
)
"""Every rung that a hit may name, strictest first."""


class Found(NamedTuple):
    """Labels found at one rung, by number; nearest first where similarities are given."""

    rung: str
    labels: Ints
    similarities: tuple[float, ...] = ()


def found_at(rung: str, labels: Sequence[int]) -> Found:
    """Labels found at a rung, in whatever order."""
    return Found(rung, np.array(labels, dtype=np.int32))


def found_near(rung: str, near: Sequence[Near]) -> Found:
    """Labels found by their nearness, which are in order."""
    numbers = np.array([one.number for one in near], dtype=np.int32)
    return Found(rung, numbers, tuple(one.similarity for one in near))
