"""The index that finds the right record from any form of a term."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.errors import CallerError, StoreError
from kg.terms.grams import Flags, Ints, Longs
from kg.terms.ladder import LADDER, Found, found_near
from kg.terms.matcher import Matcher
from kg.terms.models import Hit, LabelRecord, NamedRecord, Page
from kg.terms.phrases import Phrases
from kg.terms.query import Query, fold_query
from kg.terms.questions import asked_about
from kg.terms.readings import Reading, read_labels
from kg.terms.table import Columns, LabelTable

LONGEST_QUERY = 400
"""The most characters that a query may have."""

MOST_PER_PAGE = 1000
"""The most items that one page may hold."""

_FORMAT = 3
_WIDTH_CASE = LADDER.index("width-case")
_PREFIX = LADDER.index("prefix")
_ACROSS = LADDER.index("across")
_PHRASE = "quoted"
_QUOTED = LADDER.index(_PHRASE)
_UNCERTAIN = ("typo", "typo-in-part", "nearest")
_RUNGS = {rung: number for number, rung in enumerate(LADDER)}
_SCORES = [round(1 - number / len(LADDER), 4) for number in range(len(LADDER))]


class TermIndex:
    """All labels of a graph, ready to be searched in any of their forms."""

    def __init__(self, table: LabelTable, readings: Sequence[Reading]) -> None:
        self.table = table
        self.readings = readings
        self.matcher = Matcher(table, readings)
        self.phrases = Phrases(self.matcher)
        self._current = table.allowed(None, None, None, deprecated=False)

    @classmethod
    def build(cls, labels: Iterable[LabelRecord]) -> "TermIndex":
        """Make an index of labels, in whatever order they come."""
        table = LabelTable.of(labels)
        return cls(table, read_labels(table.texts))

    def search(
        self,
        query: str,
        lang: str | None = None,
        scheme: str | None = None,
        type: str | None = None,
        broader: str | None = None,
        deprecated: bool = False,
        limit: int = 10,
        offset: int = 0,
    ) -> Page[Hit]:
        """Give a page of the records that the query may mean, best first, one hit for each record.

        `lang` says which language is preferred; labels in other languages are found as well.
        """
        _check_page(limit, offset)
        allowed = self._allowed(scheme, type, broader, deprecated)
        found = self._found(_checked(query))
        return self._page(found, lang, allowed, limit, offset)

    def suggest(self, query: str, lang: str | None = None, limit: int = 10) -> list[Hit]:
        """Give the records to offer while the query is being typed; more than beginnings only if those are few."""
        _check_page(limit, 0)
        wanted = _checked(query)
        found = self.matcher.wholes_of(wanted) + self.matcher.beginnings_of(wanted)
        if not found:
            found = self._found(wanted)
        elif sum(len(one.labels) for one in found) < limit:
            found += self.matcher.parts_of(wanted)
        return list(self._page(found, lang, self._current, limit, 0).items)

    def lookup(self, label: str, lang: str | None = None, *, deprecated: bool = False) -> list[Hit]:
        """Give the records of which the text is a whole label in some form, best first."""
        found = self.matcher.wholes_of(_checked(label))
        return list(self._page(found, lang, None if deprecated else self._current, MOST_PER_PAGE, 0).items)

    def nearest(self, query: str, limit: int = 5, lang: str | None = None) -> list[Hit]:
        """Give the records with the labels nearest to the query, for a query that found nothing."""
        found = found_near("typo", self.matcher.near(_checked(query)))
        return list(self._page([found], lang, self._current, limit, 0).items)

    def to_bytes(self) -> bytes:
        """Write the index as a file of a snapshot."""
        document = {
            "format": _FORMAT,
            "records": self.table.records,
            "labels": self.table.columns(),
            "readings": list(zip(*self.readings, strict=True)),
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "TermIndex":
        """Read the index from a file of a snapshot; what only some queries need is made when the first one comes."""
        document = json.loads(content)
        if document.get("format") != _FORMAT:
            raise StoreError(
                "The term index of the snapshot is of another version; build it again: kg build."
            )
        records = [_record(*values) for values in document["records"]]
        readings = [Reading(kana, initials) for kana, initials in zip(*document["readings"], strict=True)]
        return cls(LabelTable(records, Columns(*document["labels"])), readings)

    def _allowed(self, scheme: str | None, type_: str | None, broader: str | None, deprecated: bool) -> Flags:
        if scheme is None and type_ is None and broader is None and not deprecated:
            return self._current
        return self.table.allowed(scheme, type_, broader, deprecated=deprecated)

    def _found(self, query: Query) -> list[Found]:
        """All that is found, the costly and uncertain ways only where the sure ones find nothing."""
        matcher, phrases = self.matcher, self.phrases
        found = matcher.wholes_of(query)
        if not found and (subject := asked_about(query.text)) != query.text:
            query = fold_query(subject)
            found = [Found("question", one.labels) for one in matcher.wholes_of(query)]
        whole = bool(found)
        found += matcher.beginnings_of(query) + matcher.parts_of(query)
        if whole:
            return found
        if not self._any(found, but={"part"}):
            found += matcher.heard_as(query) + phrases.put_another_way(query) + phrases.loanwords_of(query)
        if not self._any(found, but={"part", "word"}):
            found += matcher.without_brackets(query) + phrases.words_of(query)
        if not self._any(found, but={"part"}):
            found += matcher.typos_of(query)
        if not self._any(found, but={"part", "word", "typo-in-part"}):
            found += phrases.most_words_of(query)
        if not self._any(found, but={"part", "word", "synonym", "typo-in-part", "most-words"}):
            found += phrases.contained_in(query)
        return found if any(len(one.labels) for one in found) else matcher.nearest_to(query)

    def _any(self, found: list[Found], but: set[str]) -> bool:
        """Whether a name is found, at another rung than these; phrases of sources and descriptions are none."""
        weak = self.table.attested | self.table.described
        sure = [one for one in found if one.rung not in but | {_PHRASE} and len(one.labels)]
        return any(not weak[one.labels].all() for one in sure)

    def _page(
        self, found: list[Found], lang: str | None, allowed: Flags | None, limit: int, offset: int
    ) -> Page[Hit]:
        labels = np.concatenate([one.labels for one in found]) if found else _numbers([])
        keys = self._keys(found, labels, lang)
        records = self.table.record[labels]
        if allowed is not None:
            passed = allowed[records]
            labels, keys, records = labels[passed], keys[passed], records[passed]
        seen = np.zeros(len(self.table.records), dtype=np.bool_)
        seen[records] = True
        items = tuple(
            self.table.hit(int(labels[place]), *self._rung(int(keys[place]), int(labels[place]), found), lang)
            for place in _best(keys, records, offset, offset + limit)
        )
        return Page[Hit](items=items, total=int(np.count_nonzero(seen)), limit=limit, offset=offset)

    def _keys(self, found: list[Found], labels: Ints, lang: str | None) -> Longs:
        """Sort by tier of the rung, the language preferred, and nearness or the order of the table."""
        rungs = np.array([_RUNGS[one.rung] for one in found], dtype=np.int64)
        rung = np.repeat(rungs, [len(one.labels) for one in found])
        # names as they stand in a source may be whole phrases: parts of them say little
        rung[self.table.attested[labels] & (rung >= _PREFIX)] = _QUOTED
        # a preferred name in other capitals is meant sooner than another record's synonym in just these
        tier = rung + 2 * ((rung > _WIDTH_CASE) | ~self.table.preferred[labels])
        # activities and clauses are named by descriptions: a part of one says less than words of a name
        described = self.table.described[labels] & (rung >= _PREFIX)
        tier[described] = np.maximum(tier[described], _ACROSS + 2)
        if lang is not None:
            tier = 2 * tier + ~self.table.in_language(lang)[labels]
        within = [self._within(one) for one in found]
        keys: Longs = (tier * (len(self.table) + 1) + (np.concatenate(within) if within else 0)) * len(
            LADDER
        ) + rung
        return keys

    def _within(self, found: Found) -> npt.NDArray[np.integer[Any]]:
        """The order of labels found at the same rung: for parts the shorter label is the nearer one."""
        if found.similarities:
            return np.arange(len(found.labels))
        return (self.table.order if _RUNGS[found.rung] < _PREFIX else self.table.by_length)[found.labels]

    def _rung(self, key: int, label: int, found: list[Found]) -> tuple[str, float]:
        rung, score = LADDER[key % len(LADDER)], _SCORES[key % len(LADDER)]
        if rung in _UNCERTAIN:
            near = next(one for one in found if one.rung == rung)
            score = round(score * near.similarities[near.labels.tolist().index(label)], 4)
        return rung, score


def _record(
    iri: str,
    type_: str,
    scheme: str | None,
    broader: list[str],
    deprecated: bool,
    replacements: list[str],
    uses: int,
) -> NamedRecord:
    return NamedRecord(iri, type_, scheme, tuple(broader), deprecated, tuple(replacements), uses)


def _checked(query: str) -> Query:
    if len(query) > LONGEST_QUERY:
        raise CallerError(
            f"The query has {len(query)} characters, the most are {LONGEST_QUERY}: shorten it, or annotate the text."
        )
    return fold_query(" ".join(query.splitlines()))


def _check_page(limit: int, offset: int) -> None:
    if not 0 <= limit <= MOST_PER_PAGE:
        raise CallerError(f"The limit {limit} is not between 0 and {MOST_PER_PAGE}: give another limit.")
    if offset < 0:
        raise CallerError(f"The offset {offset} is negative: give 0 or more.")


def _numbers(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int32)


def _best(keys: Longs, records: Ints, first: int, last: int) -> list[int]:
    """The places of the smallest keys of different records, from the first to before the last."""
    sorted_count = (
        4 * last + 16
    )  # a record may have several labels; mostly a few times more than asked for will do
    while True:
        few = (
            np.argpartition(keys, sorted_count)[:sorted_count]
            if sorted_count < len(keys)
            else np.arange(len(keys))
        )
        few = few[np.argsort(keys[few], kind="stable")]
        by_record: dict[int, int] = {}
        for place, record in zip(few.tolist(), records[few].tolist(), strict=True):
            by_record.setdefault(record, place)
        if len(by_record) >= last or len(few) == len(keys):
            return list(by_record.values())[first:last]
        sorted_count *= 4
