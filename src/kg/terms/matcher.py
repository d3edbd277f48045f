"""Find the labels that a query may mean as a whole, by its beginning, by a part of it, or with typing errors."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from rapidfuzz.distance import OSA

from kg.terms.acronyms import names_by_brackets
from kg.terms.beginnings import Beginnings
from kg.terms.folding import RUNGS, forms, shared_rung, skeleton, width_case
from kg.terms.grams import GramIndex
from kg.terms.kana import widen_small_kana, without_vowel_length
from kg.terms.keys import Keys
from kg.terms.ladder import Found, found_at, found_near
from kg.terms.particles import without_particles
from kg.terms.query import Query
from kg.terms.readings import Reading, heard
from kg.terms.table import LabelTable
from kg.terms.typos import Near, nearest
from kg.vocab import BASE

_CLASSES = frozenset({f"{BASE}scheme/instrument-type", f"{BASE}scheme/actor-kind"})
_CLOSING = (")", "）", "]", "］", "】")
_SHORTEST_LATIN_PART = 4
_HALF = 0.5


class Matcher:
    """The keys of all labels for wholes, and all triples of characters for parts."""

    def __init__(self, table: LabelTable, readings: Sequence[Reading]) -> None:
        self.table = table
        self.keys = Keys(table, readings)

    @cached_property
    def parts(self) -> GramIndex:
        """The labels as they are written, for parts of them."""
        return GramIndex(self.keys.searchables)

    @cached_property
    def kana(self) -> GramIndex:
        """The labels as they are read, for parts of them."""
        return GramIndex(self.keys.spoken)

    @cached_property
    def begun(self) -> Beginnings:
        """The labels as they are written, for their beginnings."""
        return Beginnings(self.keys.searchables)

    @cached_property
    def begun_kana(self) -> Beginnings:
        """The labels as they are read, for their beginnings."""
        return Beginnings(self.keys.spoken)

    def wholes_of(self, query: Query) -> list[Found]:
        """The labels that are the whole query in another form, spelling, script or length."""
        keys, by_rung = self.keys, defaultdict[str, set[int]](set)
        for number in keys.wholes.get(query.forms[-1]):
            by_rung[self._attested(number) or shared_rung(query.forms, forms(self.table.texts[number]))].add(
                number
            )
        by_rung["acronym"].update(keys.short.get(query.forms[-1]))
        if query.spoken:
            for known in (keys.read, keys.wholes):
                for number in known.get(query.spoken.skeleton):
                    by_rung[self._attested(number) or query.spoken.rung].add(number)
        if not query.text.isascii():
            by_rung["particle"].update(self._without_particles(query))
        return [self._nearest_first(query, rung, numbers) for rung, numbers in by_rung.items() if numbers]

    def heard_as(self, query: Query) -> list[Found]:
        """The labels that are read as the query is: the right kanji for wrong ones, kanji for some in kana."""
        kana = widen_small_kana(heard(query.text))
        return [found_at("reading", self.keys.read.get(without_vowel_length(kana)))] if kana else []

    def without_brackets(self, query: Query) -> list[Found]:
        """The labels that are the query without its brackets, or the acronym that it gives in brackets."""
        names = names_by_brackets(query.text)
        if query.text.rstrip()[-1:] not in _CLOSING:
            names = names[:1]  # what stands in brackets amid a name is no other name for it
        numbers = {number for name in names for number in self.keys.wholes.get(skeleton(name))}
        return [found_at("acronym" if len(names) > 1 else "without-brackets", sorted(numbers))]

    def beginnings_of(self, query: Query) -> list[Found]:
        """The labels that begin with the query, in writing or in reading, or list it among other names."""
        if not query.compact:
            return []
        listed = self.keys.listed.get(query.forms[-1])
        found = [self.begun.beginning_with(query.compact)]
        if query.singular != query.compact:
            found.append(self.begun.beginning_with(query.singular))
        if query.spoken:
            found.append(self.begun_kana.beginning_with(query.spoken.kana))
            found.append(self.begun.beginning_with(query.spoken.kana))
        begun = [Found("prefix", labels) for labels in found if len(labels)]
        return [found_at("listed", listed), *begun] if listed else begun

    def parts_of(self, query: Query) -> list[Found]:
        """The labels that contain the query, at the beginning of a word or in the middle of one."""
        labels, at_word = self.parts.containing(query.compact)
        if not len(labels):
            return []
        found = [Found("word", labels[at_word])]
        if not query.compact.isascii() or len(query.compact) >= _SHORTEST_LATIN_PART:
            found.append(Found("part", labels[~at_word]))
        return found

    def typos_of(self, query: Query) -> list[Found]:
        """The labels that are the query with a few typing errors, nearest first."""
        near = [one for one in self.near(query) if one.typo]
        return [
            found_near("typo", [one for one in near if not one.in_part]),
            found_near("typo-in-part", [one for one in near if one.in_part]),
        ]

    def nearest_to(self, query: Query) -> list[Found]:
        """The labels that share at least half of their writing or reading with the query, nearest first."""
        return [found_near("nearest", [one for one in self.near(query) if one.similarity >= _HALF])]

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

    def _attested(self, number: int) -> str:
        """The rung of a phrase of a source: one that stands for a class is a name of another record (ソウル宣言)."""
        if not self.table.attested[number]:
            return ""
        return (
            "quoted" if self.table.records[self.table.record.item(number)].scheme in _CLASSES else "attested"
        )

    def _without_particles(self, query: Query) -> list[int]:
        bare = without_particles(query.text)
        key = query.forms[-1] if bare == query.text else skeleton(bare)
        known = self.keys.bare.get(key)
        if bare != query.text:
            known = [*known, *(n for n in self.keys.wholes.get(key) if not self.table.attested[n])]
        return known

    def _nearest_first(self, query: Query, rung: str, numbers: set[int]) -> Found:
        """Of labels with equal skeletons, put first the one that is written most like the query."""
        if len(numbers) < 2 or rung == RUNGS[0]:
            return found_at(rung, sorted(numbers))
        alike = {
            number: OSA.normalized_similarity(query.forms[1], width_case(self.table.texts[number]))
            for number in numbers
        }
        nearest_first = sorted(numbers, key=lambda number: (-alike[number], self.table.order.item(number)))
        similarities = tuple(alike[number] for number in nearest_first)
        return Found(rung, np.array(nearest_first, dtype=np.int32), similarities)
