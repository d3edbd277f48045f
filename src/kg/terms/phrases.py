"""Find labels by the several words of a query: in another order, among others, one of them put another way."""

import re
from collections.abc import Iterator
from functools import partial, reduce

import numpy as np

from kg.terms.acronyms import is_acronym
from kg.terms.english import fold_inner_spelling, fold_word
from kg.terms.folding import skeleton, spaced_words, width_case
from kg.terms.grams import Ints
from kg.terms.kana import to_katakana
from kg.terms.ladder import Found, found_at
from kg.terms.matcher import Matcher
from kg.terms.query import Query, parts_in, words_in

_IDLE_WORDS = frozenset(["a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_SHORTEST_LATIN = 3
_LONGEST_SEGMENT = 40
_MOST_WORDS = 12
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")


class Phrases:
    """What a query of several words may mean, over the keys of all labels."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.table = matcher.table
        self.keys = matcher.keys

    def words_of(self, query: Query) -> list[Found]:
        """The labels that contain all the words of the query in any order, alone or with others of their record."""
        words = [word for word in words_in(query.text) if word not in _IDLE_WORDS][:_MOST_WORDS]
        if len(words) < 2:
            return []
        found = [self._labels_with(word) for word in words]
        label = reduce(partial(np.intersect1d, assume_unique=True), found)
        short = self.matcher.parts.lengths[label] <= len(query.compact)
        return [
            Found("reordered", label[short]),
            Found("qualified", self._named(words, found)),
            Found("words", label[~short]),
            Found("across", self.table.firsts[self._records_with(found)]),
        ]

    def put_another_way(self, query: Query) -> list[Found]:
        """The labels that are the query with an acronym in it written out, or a name in it shortened."""
        parts = parts_in(query.text)
        found: set[int] = set()
        for start, end in _segments(parts):
            numbers = self._whole("".join(parts[start:end])) if end - start < len(parts) else []
            for other in {other for number in numbers for other in self._other_names(number)}:
                key = "".join([*parts[:start], other, *parts[end:]])
                found.update(self.keys.wholes.get(key, ()))
        return [found_at("acronym", sorted(number for number in found if not self.table.attested[number]))]

    def contained_in(self, query: Query) -> list[Found]:
        """The labels that stand in the query, each the longest at its place, longest first."""
        parts = parts_in(query.text)
        taken = np.zeros(len(parts), dtype=np.bool_)
        found: list[int] = []
        for start, end in sorted(_segments(parts), key=lambda place: _by_length(parts, place)):
            numbers = self._whole("".join(parts[start:end]))
            if numbers and not taken[start:end].any():
                taken[start:end] = True
                found += sorted(numbers, key=self.table.order.item)
        return [Found("contained", np.array(found, dtype=np.int32), tuple(1.0 for _ in found))]

    def _whole(self, key: str) -> list[int]:
        """The labels that are a part of a query: names, not phrases of sources."""
        numbers = [*self.keys.wholes.get(key, ()), *self.keys.read.get(key, ())]
        return [number for number in numbers if not self.table.attested[number]]

    def _other_names(self, number: int) -> Iterator[str]:
        """The skeletons of the acronyms of a label's record; if it is an acronym or is read as one, of the others."""
        record = self.table.record.item(number)
        names = range(self.table.firsts.item(record), self.table.firsts.item(record + 1))
        acronyms = [one for one in names if is_acronym(self.table.texts[one])]
        if acronyms:
            chosen = (
                names
                if number in acronyms or self.table.kind_of(number) in ("hidden", "reading")
                else acronyms
            )
            yield from (skeleton(self.table.texts[one]) for one in chosen if not self.table.attested[one])

    def _named(self, words: list[str], found: list[Ints]) -> Ints:
        """The names that are some of the words, from an end on, of records whose other names have the rest."""
        places = range(1, len(words))
        parts = {"".join(words[:at]) for at in places} | {"".join(words[at:]) for at in places}
        numbers = {number for part in parts for number in self.keys.wholes.get(skeleton(part), ())}
        records = set(self._records_with([labels[~self.table.attested[labels]] for labels in found]).tolist())
        named = [n for n in numbers if self.table.record.item(n) in records and not self.table.attested[n]]
        return np.array(sorted(named), dtype=np.int32)

    def _records_with(self, found: list[Ints]) -> Ints:
        """The records that have a label of each of these."""
        records = [np.unique(self.table.record[labels]) for labels in found]
        return reduce(partial(np.intersect1d, assume_unique=True), records)

    def _labels_with(self, word: str) -> Ints:
        if _NUMBER.fullmatch(word):
            return self._labels_with_number(word)
        form = fold_inner_spelling(fold_word(word)) if word.isascii() else spaced_words(to_katakana(word))
        labels, at_word = self.matcher.parts.containing(form)
        return np.unique(labels[at_word] if word.isascii() else labels)

    def _labels_with_number(self, word: str) -> Ints:
        """The labels with just this number: 1.0 is neither in 1.01 nor in 11.0."""
        labels, _ = self.matcher.parts.containing(word.replace(".", ""))
        number = re.compile(rf"(?<![0-9])(?<![0-9]\.){re.escape(word)}(?!\.?[0-9])")
        kept = [n for n in np.unique(labels).tolist() if number.search(width_case(self.table.texts[n]))]
        return np.array(kept, dtype=np.int32)


def _segments(parts: list[str]) -> Iterator[tuple[int, int]]:
    """The runs of parts of a query that are long enough to be a name."""
    for start in range(len(parts)):
        for end in range(start + 1, min(len(parts), start + _LONGEST_SEGMENT) + 1):
            text = "".join(parts[start:end])
            if len(text) >= (_SHORTEST_LATIN if text.isascii() else 2) and parts[start] and parts[end - 1]:
                yield start, end


def _by_length(parts: list[str], place: tuple[int, int]) -> tuple[int, int]:
    return -sum(map(len, parts[place[0] : place[1]])), place[0]
