"""The English words of all labels, to put misspelt ones right."""

import re
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.terms.typos import allowed_errors

_WORD = re.compile("[a-z]{4,}")
_SHORTEST = 5
_MOST_LABELS = 200_000


class Words:
    """Words by their spelling; gathered when the first misspelt query needs them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def nearest(self, word: str) -> str:
        """The known word that this one is with a few typing errors; empty if it may be none."""
        if len(word) < _SHORTEST or not word.isascii():
            return ""
        most = allowed_errors(len(word))
        found = process.extractOne(word, self._known, scorer=OSA.distance, score_cutoff=most)
        return found[0] if found else ""

    @cached_property
    def _known(self) -> list[str]:
        if len(self._texts) > _MOST_LABELS:
            return []  # it would take longer than a query may
        return sorted({word for text in self._texts for word in _WORD.findall(text.lower())})
