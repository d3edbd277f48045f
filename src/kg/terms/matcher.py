"""Find the labels that a query may mean, each with the rung of the ladder that it was found at."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from kg.terms.acronyms import initials, is_short_for, names_by_brackets, without_small_words
from kg.terms.beginnings import Beginnings
from kg.terms.english import fold_inner_spelling, fold_word
from kg.terms.folding import (
    RUNGS,
    fold_each,
    fold_kana,
    fold_labels,
    forms,
    shared_rung,
    skeleton,
    spaced_words,
    width_case,
)
from kg.terms.grams import GramIndex, Ints
from kg.terms.kana import to_katakana
from kg.terms.models import KINDS
from kg.terms.query import Query
from kg.terms.readings import Reading
from kg.terms.table import LabelTable
from kg.terms.typos import Near, nearest

LADDER = (
    *RUNGS,
    "acronym",
    "reading",
    "romaji",
    "attested",
    "prefix",
    "word",
    "reordered",
    "typo",
    "without-brackets",
    "words",
    "across",
    "typo-in-part",
    "contained",
    "part",
    "quoted",
)
"""Every rung that a hit may name, strictest first."""

_READING_KIND = KINDS.index("reading")
_TOKENS = re.compile(
    r"[a-z0-9]+|[\u30a1-\u30fa\u30fc]+|[\u3005\u3400-\u4dbf\u4e00-\u9fff]+|[\u3041-\u3096]{3,}"  # not particles
)
_IDLE_WORDS = frozenset(["a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_SHORTEST_LATIN_PART = 4
_SHORTEST_CONTAINED = 4
Keys = dict[str, list[int]]


class Found(NamedTuple):
    """Labels found at one rung, by number; nearest first where similarities are given."""

    rung: str
    labels: Ints
    similarities: tuple[float, ...] = ()


class Matcher:
    """The keys of all labels: skeletons, readings and acronyms as wholes, and all pairs of characters for parts."""

    def __init__(self, table: LabelTable, readings: Sequence[Reading]) -> None:
        self.table = table
        self.wholes: Keys = {}
        self.read: Keys = {}
        self.short: Keys = {}
        kana = [reading.kana for reading in readings]
        skeletons, searchables = fold_labels(table.texts)
        for number, key in enumerate(skeletons):
            _add(self.read if table.kind[number] == _READING_KIND else self.wholes, key, number)
        read, spoken = fold_kana(kana)
        for number, key in enumerate(read):
            _add(self.read, key, number)
        for number, key in _short_forms(table, readings):
            _add(self.short, key, number)
        self.parts = GramIndex(searchables)
        self.kana = GramIndex(spoken)
        self.beginnings = Beginnings([text.replace(" ", "") for text in searchables])
        self.kana_beginnings = Beginnings(spoken)

    def wholes_of(self, query: Query) -> list[Found]:
        """The labels that are the whole query in another form, spelling, script or length."""
        by_rung: dict[str, set[int]] = defaultdict(set)
        for number in self.wholes.get(query.forms[-1], ()):
            text = self.table.texts[number]
            by_rung["attested" if self.table.attested[number] else shared_rung(query.forms, forms(text))].add(
                number
            )
        by_rung["acronym"].update(self.short.get(query.forms[-1], ()))
        if query.spoken:
            for keys in (self.read, self.wholes):
                for number in keys.get(query.spoken.skeleton, ()):
                    by_rung["attested" if self.table.attested[number] else query.spoken.rung].add(number)
        return [self._nearest_first(query, rung, numbers) for rung, numbers in by_rung.items() if numbers]

    def without_brackets(self, query: Query) -> list[Found]:
        """The labels that are the query without its brackets, or the acronym that it gives in brackets."""
        names = names_by_brackets(query.text)
        keys = [skeleton(name) for name in names]
        numbers = sorted({number for key in keys for number in self.wholes.get(key, ())})
        return [Found("acronym" if len(names) > 1 else "without-brackets", _numbers(numbers))]

    def _nearest_first(self, query: Query, rung: str, numbers: set[int]) -> Found:
        """Of labels with equal skeletons, put first the one that is written most like the query."""
        if len(numbers) < 2 or rung == RUNGS[0]:
            return Found(rung, _numbers(sorted(numbers)))
        alike = {
            number: OSA.normalized_similarity(query.forms[1], width_case(self.table.texts[number]))
            for number in numbers
        }
        nearest_first = sorted(numbers, key=lambda number: (-alike[number], self.table.order.item(number)))
        return Found(rung, _numbers(nearest_first), tuple(alike[number] for number in nearest_first))

    def beginnings_of(self, query: Query) -> list[Found]:
        """The labels that begin with the query, in writing or in reading."""
        if not query.compact:
            return []
        found = [self.beginnings.beginning_with(query.compact)]
        if query.singular != query.compact:
            found.append(self.beginnings.beginning_with(query.singular))
        if query.spoken:
            found.append(self.kana_beginnings.beginning_with(query.spoken.kana))
            found.append(self.beginnings.beginning_with(query.spoken.kana))
        return [Found("prefix", labels) for labels in found if len(labels)]

    def parts_of(self, query: Query) -> list[Found]:
        """The labels that contain the query, at the beginning of a word or in the middle of one."""
        labels, at_word = self.parts.containing(query.compact)
        if not len(labels):
            return []
        found = [Found("word", labels[at_word])]
        if not query.compact.isascii() or len(query.compact) >= _SHORTEST_LATIN_PART:
            found.append(Found("part", labels[~at_word]))
        return found

    def words_of(self, query: Query) -> list[Found]:
        """The labels that contain all the words of the query in any order, alone or with others of their record."""
        words = [word for word in _TOKENS.findall(query.tokens) if word not in _IDLE_WORDS]
        if len(words) < 2:
            return []
        by_label, by_record = self._containing(words[0])
        for word in words[1:]:
            labels, records = self._containing(word)
            by_label = np.intersect1d(by_label, labels, assume_unique=True)
            by_record = np.intersect1d(by_record, records, assume_unique=True)
        short = self.parts.lengths[by_label] <= len(query.compact)
        return [
            Found("reordered", by_label[short]),
            Found("words", by_label[~short]),
            Found("across", self.table.firsts[by_record]),
        ]

    def contained_in(self, query: Query) -> list[Found]:
        """The labels that make up most of the query, longest first."""
        whole = query.forms[-1]
        least = max(_SHORTEST_CONTAINED, len(whole) // 2)
        for length in range(len(whole) - 1, least - 1, -1):
            parts = {whole[start : start + length] for start in range(len(whole) - length + 1)}
            numbers = sorted({number for part in parts for number in self.wholes.get(part, ())})
            if numbers:
                return [Found("contained", _numbers(numbers))]
        return []

    def typos_of(self, query: Query) -> list[Found]:
        """The labels that are the query with a few typing errors, nearest first."""
        near = [one for one in self.near(query) if one.typo]
        return [
            found_near("typo", [one for one in near if not one.in_part]),
            found_near("typo-in-part", [one for one in near if one.in_part]),
        ]

    def near(self, query: Query) -> list[Near]:
        """The labels nearest to the query in writing or in reading, nearest first."""
        if not query.compact:
            return []
        near = nearest(self.parts, query.compact)
        if query.spoken:
            near = near + nearest(self.kana, query.spoken.kana)
            if query.spoken.kana != query.compact:
                near = near + nearest(self.parts, query.spoken.kana)
        return sorted(near, key=lambda one: (-one.similarity, self.table.order[one.number]))

    def _containing(self, word: str) -> tuple[Ints, Ints]:
        form = fold_inner_spelling(fold_word(word)) if word.isascii() else spaced_words(to_katakana(word))
        labels, at_word = self.parts.containing(form)
        labels = np.unique(labels[at_word] if word.isascii() else labels)
        return labels, np.unique(self.table.record[labels])


def found_near(rung: str, near: Sequence[Near]) -> Found:
    """Labels found by their nearness, which are in order."""
    return Found(rung, _numbers([one.number for one in near]), tuple(one.similarity for one in near))


def _numbers(labels: list[int]) -> Ints:
    return np.array(labels, dtype=np.int32)


def _add(keys: Keys, key: str, number: int) -> None:
    if key and number not in (known := keys.setdefault(key, [])):
        known.append(number)


def _short_forms(table: LabelTable, readings: Sequence[Reading]) -> Iterator[tuple[int, str]]:
    """The keys under which a label is found by what stands in its brackets and by initial letters."""
    named = np.flatnonzero(~table.attested & (table.kind != _READING_KIND)).tolist()
    parts = [(number, part) for number in named for part in names_by_brackets(table.texts[number])]
    yield from zip((number for number, _ in parts), fold_labels([part for _, part in parts])[0], strict=True)
    latin = [number for number in named if table.texts[number].isascii()]
    texts = [table.texts[number] for number in latin]
    for short_texts in (fold_each(without_small_words, texts), texts):
        for number, text, short in zip(latin, texts, fold_each(initials, short_texts), strict=True):
            if is_short_for(short, text):
                yield number, short
    yield from ((number, readings[number].initials) for number in named if len(readings[number].initials) > 1)
