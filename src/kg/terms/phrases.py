"""Find labels by the several words of a query: in another order, among others, one of them put another way."""

import re
from collections.abc import Iterator

import numpy as np

from kg.terms.acronyms import is_acronym
from kg.terms.english import fold_inner_spelling, fold_word, stem
from kg.terms.folding import skeleton, spaced_words
from kg.terms.grams import Flags, Ints
from kg.terms.kana import to_katakana, without_vowel_length
from kg.terms.ladder import Found, found_at
from kg.terms.loanwords import Loanwords
from kg.terms.matcher import Matcher
from kg.terms.query import Query, parts_in, words_in
from kg.terms.words import Words

_IDLE_WORDS = frozenset(["a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_PARTICLES = frozenset("ノトヤハヲガニデモナ")
_NAMES = ("pref", "alt", "former", "notation")
_KANJI_PAIRS = re.compile("(?:[\u3005\u3400-\u4dbf\u4e00-\u9fff]{2}){2,}")
_SHORTEST_LATIN = 3
_LONGEST_SEGMENT = 40
_MOST_SEGMENTS = 4000
_MOST_WORDS = 12
_FEWEST_WITHOUT_ONE = 3
_LAST_Y = re.compile("(?<=[a-z]{4})y$")  # before -ies as well
_WHOLE_WORDS = ("reordered", "words")
_MENDED = 0.8
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")


class Phrases:
    """What a query of several words may mean, over the keys of all labels."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.table = matcher.table
        self.keys = matcher.keys
        self.loanwords = Loanwords(matcher.table.texts)
        self.words = Words(matcher.table.texts)

    def words_of(self, query: Query) -> list[Found]:
        """The labels that contain all the words of the query in any order, alone or with others of their record."""
        words = _words(query)
        return self._with_all(words, query) or self._with_all(_halved(words), query)

    def mended(self, query: Query) -> list[Found]:
        """The labels that contain all the words of the query otherwise inflected, or with misspelt ones put right."""
        words = _words(query)
        stems = [stem(word) for word in words]
        found = self._with_all(stems, query) if stems != words else []
        if not found:
            right = [word if self._labels_with(word).any() else self.words.nearest(word) for word in words]
            found = self._with_all(right, query) if right != words and all(right) else []
        labels = [one.labels for one in found if one.rung in _WHOLE_WORDS]
        if not labels:
            return []
        ordered = np.concatenate(labels)
        ordered = ordered[np.argsort(self.table.by_length[ordered])]
        return [Found("typo", ordered, (_MENDED,) * len(ordered))]

    def most_words_of(self, query: Query) -> list[Found]:
        """The records whose names have all the words of the query but one, a common one sooner than a rare one."""
        words = _words(query)
        if len(words) < _FEWEST_WITHOUT_ONE:
            return []
        found = [self._labels_with(word) & ~self.table.attested for word in words]
        commonest_first = sorted(range(len(found)), key=lambda at: -int(np.count_nonzero(found[at])))
        records = [self._records_with(found[:at] + found[at + 1 :]) for at in commonest_first]
        labels = [self.table.firsts[one] for one in records]
        ordered = np.concatenate([one[np.argsort(self.table.by_length[one])] for one in labels])
        return [Found("most-words", ordered, (1.0,) * len(ordered))]

    def _with_all(self, words: list[str], query: Query) -> list[Found]:
        found: list[Flags] = []
        for word in words if len(words) > 1 else ():
            found.append(self._labels_with(word))
            if not found[-1].any():
                return []  # as mostly where a word is misspelt
        if not found:
            return []
        label = np.flatnonzero(np.logical_and.reduce(found)).astype(np.int32)
        short = self.matcher.parts.lengths[label] <= len(query.compact)
        records = self._records_with([labels & ~self.table.attested for labels in found])
        results = [
            Found("reordered", label[short]),
            Found("qualified", self._named(words, records)),
            Found("words", label[~short]),
            Found("across", self.table.firsts[records]),
            Found("of-scheme", self._of_scheme(found)),
            Found("quoted", self.table.firsts[self._records_with(found)]),
        ]
        return [one for one in results if len(one.labels)]

    def put_another_way(self, query: Query) -> list[Found]:
        """The labels that are the query with a name in it replaced by another name of the same record."""
        parts = parts_in(query.text)
        found: dict[str, set[int]] = {"acronym": set(), "synonym": set()}
        for start, end in _segments(parts):
            numbers = self._whole(_key(parts[start:end])) if end - start < len(parts) else []
            for rung, other in {other for number in numbers for other in self._other_names(number)}:
                key = _key([*parts[:start], other, *parts[end:]])
                found[rung].update(self.keys.wholes.get(key))
        return [
            found_at(rung, sorted(number for number in numbers if not self.table.attested[number]))
            for rung, numbers in found.items()
        ]

    def loanwords_of(self, query: Query) -> list[Found]:
        """The English labels that the query writes in katakana."""
        numbers = [
            number for number in self.loanwords.heard_in(query.text) if not self.table.attested[number]
        ]
        return [Found("loanword", np.array(numbers, dtype=np.int32), tuple(1.0 for _ in numbers))]

    def contained_in(self, query: Query) -> list[Found]:
        """The labels that stand in the query, each the longest at its place, longest first and last first."""
        parts = parts_in(query.text)
        taken = np.zeros(len(parts), dtype=np.bool_)
        found: list[int] = []
        for start, end in sorted(_segments(parts), key=lambda place: _by_length(parts, place)):
            numbers = self._whole(_key(parts[start:end]))
            if numbers and not taken[start:end].any():
                taken[start:end] = True
                found += sorted(numbers, key=self.table.order.item)
        idle = np.array(
            [not part or part in _IDLE_WORDS or part in _PARTICLES for part in parts], dtype=np.bool_
        )
        found.sort(key=self.table.described.item)
        rung = "composed" if (taken | idle).all() else "contained"
        return [Found(rung, np.array(found, dtype=np.int32), tuple(1.0 for _ in found))]

    def _whole(self, key: str) -> list[int]:
        """The labels that are a part of a query: names, not phrases of sources."""
        numbers = [*self.keys.wholes.get(key), *self.keys.read.get(key)]
        return [number for number in numbers if not self.table.attested[number]]

    def _other_names(self, number: int) -> Iterator[tuple[str, str]]:
        """The skeletons of the other names of a label's record, with the rung that each leads to."""
        record = self.table.record.item(number)
        for other in range(self.table.firsts.item(record), self.table.firsts.item(record + 1)):
            if other != number and self.table.kind_of(other) in _NAMES:
                short = is_acronym(self.table.texts[number]) or is_acronym(self.table.texts[other])
                yield "acronym" if short else "synonym", skeleton(self.table.texts[other])

    def _named(self, words: list[str], records: Ints) -> Ints:
        """The names that are some of the words, from an end on, of records whose other names have the rest."""
        places = range(1, len(words))
        parts = {"".join(words[:at]) for at in places} | {"".join(words[at:]) for at in places}
        numbers = {number for part in parts for number in self.keys.wholes.get(skeleton(part))}
        wanted = set(records.tolist())
        named = [n for n in numbers if self.table.record.item(n) in wanted and not self.table.attested[n]]
        return np.array(sorted(named), dtype=np.int32)

    def _records_with(self, found: list[Flags]) -> Ints:
        """The records that have a label of each of these."""
        having = np.ones(len(self.table.records), dtype=np.bool_)
        for labels in found:
            these = np.zeros_like(having)
            these[self.table.record[labels]] = True
            having &= these
        return np.flatnonzero(having).astype(np.int32)

    def _of_scheme(self, found: list[Flags]) -> Ints:
        """The labels that have some of these, while the names of their concept's scheme have all others."""
        labels = np.ones(len(self.table), dtype=np.bool_)
        within = np.ones(len(self.table.records), dtype=np.bool_)
        for one in found:
            having = np.zeros(len(self.table.records) + 1, dtype=np.bool_)
            having[self.table.record[one]] = True
            in_scheme = having[self.table.schemes]
            labels &= (one & ~self.table.attested) | in_scheme[self.table.record]
            within &= in_scheme
        return np.flatnonzero(labels & ~within[self.table.record]).astype(np.int32)

    def _labels_with(self, word: str) -> Flags:
        """For each label whether it has the word; one in Latin letters begins a word there."""
        parts = self.matcher.parts
        if _NUMBER.fullmatch(word):
            labels = parts.containing_number(word)
        elif word.isascii():
            labels, at_word = parts.containing(fold_inner_spelling(_LAST_Y.sub("", fold_word(word))))
            labels = labels[at_word]
        else:
            labels, _ = parts.containing(spaced_words(to_katakana(word)))
        having = np.zeros(len(self.table), dtype=np.bool_)
        having[labels] = True
        return having


def _segments(parts: list[str]) -> Iterator[tuple[int, int]]:
    """The runs of parts of a query that are long enough to be a name; shorter ones in a query of over 100 parts."""
    longest = min(_LONGEST_SEGMENT, max(_MOST_SEGMENTS // max(len(parts), 1), 2))
    for start in range(len(parts)):
        for end in range(start + 1, min(len(parts), start + longest) + 1):
            text = "".join(parts[start:end])
            if len(text) >= (_SHORTEST_LATIN if text.isascii() else 2) and parts[start] and parts[end - 1]:
                yield start, end


def _key(parts: list[str]) -> str:
    """The skeleton of parts put together: whether a vowel only lengthens hangs on what stands before it."""
    return without_vowel_length("".join(parts))


def _by_length(parts: list[str], place: tuple[int, int]) -> tuple[int, int]:
    return -sum(map(len, parts[place[0] : place[1]])), -place[0]


def _words(query: Query) -> list[str]:
    return [word for word in words_in(query.text) if word not in _IDLE_WORDS][:_MOST_WORDS]


def _halved(words: list[str]) -> list[str]:
    """The words with kanji compounds cut into pairs, as most are made of words of two kanji."""
    return [
        word[at : at + 2] if _KANJI_PAIRS.fullmatch(word) else word
        for word in words
        for at in (range(0, len(word), 2) if _KANJI_PAIRS.fullmatch(word) else [0])
    ]
