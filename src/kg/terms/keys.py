"""The keys under which whole labels are found: skeletons, without particles, readings and acronyms."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kg.terms.acronyms import initials, is_short_for, names_by_brackets, without_small_words
from kg.terms.folding import fold_each, fold_kana, fold_labels
from kg.terms.models import KINDS
from kg.terms.particles import names_listed, without_particles
from kg.terms.readings import Reading
from kg.terms.table import LabelTable

_READING_KIND = KINDS.index("reading")
_NAMES = [KINDS.index(kind) for kind in ("pref", "alt", "former")]
Numbers = list[int]


class Keys:
    """For each kind of key the labels that have it; `searchables` and `spoken` are the forms for parts of labels."""

    def __init__(self, table: LabelTable, readings: Sequence[Reading]) -> None:
        self.wholes: dict[str, Numbers] = {}
        self.bare: dict[str, Numbers] = {}
        self.read: dict[str, Numbers] = {}
        self.short: dict[str, Numbers] = {}
        self.listed: dict[str, Numbers] = {}
        skeletons, self.searchables = fold_labels(table.texts)
        read, self.spoken = fold_kana([reading.kana for reading in readings])
        written = table.kind != _READING_KIND
        _add_all(self.wholes, ((skeletons[number], number) for number in np.flatnonzero(written).tolist()))
        _add_all(self.read, ((skeletons[number], number) for number in np.flatnonzero(~written).tolist()))
        _add_all(self.read, ((key, number) for number, key in enumerate(read)))
        _add_all(self.bare, _without_particles(table))
        _add_all(self.short, _short_forms(table, readings))
        _add_all(self.listed, _listed(table))


def _add_all(keys: dict[str, Numbers], pairs: Iterable[tuple[str, int]]) -> None:
    for key, number in pairs:
        if key and number not in (known := keys.setdefault(key, [])):
            known.append(number)


def _listed(table: LabelTable) -> Iterator[tuple[str, int]]:
    """The skeletons of the names in those labels that list several."""
    named = np.flatnonzero(np.isin(table.kind, _NAMES) & ~table.described).tolist()
    names = [(number, name) for number in named for name in names_listed(table.texts[number])]
    return zip(fold_labels([name for _, name in names])[0], (number for number, _ in names), strict=True)


def _without_particles(table: LabelTable) -> Iterator[tuple[str, int]]:
    """The skeletons of those labels that have particles, without them."""
    named = np.flatnonzero(~table.attested & (table.kind != _READING_KIND)).tolist()
    shorter = [(number, without_particles(table.texts[number])) for number in named]
    shorter = [(number, text) for number, text in shorter if text != table.texts[number]]
    return zip(fold_labels([text for _, text in shorter])[0], (number for number, _ in shorter), strict=True)


def _short_forms(table: LabelTable, readings: Sequence[Reading]) -> Iterator[tuple[str, int]]:
    """The keys under which a label is found by what stands in its brackets and by initial letters."""
    named = np.flatnonzero(~table.attested & (table.kind != _READING_KIND)).tolist()
    parts = [(number, part) for number in named for part in names_by_brackets(table.texts[number])]
    yield from zip(fold_labels([part for _, part in parts])[0], (number for number, _ in parts), strict=True)
    latin = [number for number in named if table.texts[number].isascii()]
    texts = [table.texts[number] for number in latin]
    for short_texts in (fold_each(without_small_words, texts), texts):
        for number, text, short in zip(latin, texts, fold_each(initials, short_texts), strict=True):
            if is_short_for(short, text):
                yield short, number
    yield from ((readings[number].initials, number) for number in named if len(readings[number].initials) > 1)
