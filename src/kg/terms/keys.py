"""The keys under which whole labels are found: skeletons, without particles, readings and acronyms."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from kg.terms.acronyms import initials, is_short_for, names_by_brackets, without_small_words
from kg.terms.folding import fold_each, fold_kana, fold_labels
from kg.terms.hashed import HashedKeys
from kg.terms.models import KINDS
from kg.terms.particles import names_listed, without_particles
from kg.terms.readings import Reading
from kg.terms.table import LabelTable

_READING_KIND = KINDS.index("reading")
_NAMES = [KINDS.index(kind) for kind in ("pref", "alt", "former")]


class Keys:
    """For each kind of key the labels that have it, each made when the first query needs it."""

    def __init__(self, table: LabelTable, readings: Sequence[Reading]) -> None:
        self._table = table
        self._readings = readings

    @cached_property
    def wholes(self) -> HashedKeys:
        """The labels by their skeletons, readings that the data give left out."""
        skeletons = self._folded[0]
        written = np.flatnonzero(self._table.kind != _READING_KIND)
        return HashedKeys((skeletons[number] for number in written.tolist()), written)

    @cached_property
    def read(self) -> HashedKeys:
        """The labels by how they are read: readings that the data give, and those of labels."""
        skeletons, (spoken, _) = self._folded[0], self._spoken
        given = np.flatnonzero(self._table.kind == _READING_KIND)
        keys = [*(skeletons[number] for number in given.tolist()), *spoken]
        return HashedKeys(keys, np.concatenate([given, np.arange(len(spoken))]))

    @cached_property
    def bare(self) -> HashedKeys:
        """The labels that have particles by their skeletons without them."""
        texts = self._table.texts
        shorter = [(number, without_particles(texts[number])) for number in self._named()]
        return _folded([(text, number) for number, text in shorter if text != texts[number]])

    @cached_property
    def listed(self) -> HashedKeys:
        """The labels that list several names by each of these."""
        texts, listing = self._table.texts, np.isin(self._table.kind, _NAMES) & ~self._table.described
        numbers = np.flatnonzero(listing).tolist()
        return _folded([(name, number) for number in numbers for name in names_listed(texts[number])])

    @cached_property
    def short(self) -> HashedKeys:
        """The labels by what stands in their brackets and by initial letters."""
        texts, named = self._table.texts, self._named()
        parts = [(part, number) for number in named for part in names_by_brackets(texts[number])]
        pairs = list(zip(fold_labels([part for part, _ in parts])[0], (n for _, n in parts), strict=True))
        names_only = [number for number in named if not self._table.hidden.item(number)]
        latin = [number for number in names_only if texts[number].isascii()]
        names = [texts[number] for number in latin]
        for shortened in (fold_each(without_small_words, names), names):
            letters = zip(latin, names, fold_each(initials, shortened), strict=True)
            pairs += [(short, number) for number, name, short in letters if is_short_for(short, name)]
        pairs += [
            (self._readings[number].initials, number)
            for number in names_only
            if len(self._readings[number].initials) > 1
        ]
        return HashedKeys((key for key, _ in pairs), (number for _, number in pairs))

    @property
    def searchables(self) -> list[str]:
        """The labels as their parts are looked for: folded words, one space between them."""
        return self._folded[1]

    @property
    def spoken(self) -> list[str]:
        """The readings as their parts are looked for."""
        return self._spoken[1]

    @cached_property
    def _folded(self) -> tuple[list[str], list[str]]:
        return fold_labels(self._table.texts)

    @cached_property
    def _spoken(self) -> tuple[list[str], list[str]]:
        return fold_kana([reading.kana for reading in self._readings])

    def _named(self) -> list[int]:
        """The labels that are names: neither phrases of sources nor readings."""
        numbers: list[int] = np.flatnonzero(
            ~self._table.attested & (self._table.kind != _READING_KIND)
        ).tolist()
        return numbers


def _folded(pairs: list[tuple[str, int]]) -> HashedKeys:
    """Texts with the numbers of labels, by the skeletons of the texts."""
    return HashedKeys(fold_labels([text for text, _ in pairs])[0], (number for _, number in pairs))
