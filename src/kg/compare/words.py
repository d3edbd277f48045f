"""The words of a text by which two texts are compared: whole words, or pairs of letters where none are parted."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from kg.terms.folding import width_case

_WORD: Final = re.compile(r"[^\W_]+")
_UNPARTED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]{2,}")
_NO_PLURAL: Final = ("as", "is", "ss", "us")
_FEW: Final = 10


def words(text: str) -> frozenset[str]:
    """Give the words of a text, plural endings of English forgotten.

    >>> sorted(words("Risks of misuse")), sorted(words("安全性"))
    (['misuse', 'of', 'risk'], ['全性', '安全'])
    """
    folded = width_case(text)
    found = set()
    for run in _UNPARTED.findall(folded):
        found |= {run[at : at + 2] for at in range(len(run) - 1)}
    found |= {_singular(word) for word in _WORD.findall(_UNPARTED.sub(" ", folded))}
    return frozenset(found)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(_NO_PLURAL) and len(word) > 3 else word


def telling(texts: Iterable[frozenset[str]], most: float) -> frozenset[str]:
    """Give the words that tell texts apart: those that stand in no more than a share of them, or in a few."""
    known = list(texts)
    counts = Counter(word for text in known for word in text)
    limit = max(_FEW, most * len(known))
    return frozenset(word for word, count in counts.items() if count <= limit)


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of the words of both that stand in either: 1 where they are equal, 0 where none is shared."""
    either = one | other
    return len(one & other) / len(either) if either else 0.0
