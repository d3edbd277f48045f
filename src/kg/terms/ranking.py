"""Which of the labels found come first: the place of each among all, as one number that sorts them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.terms.grams import Flags, Ints, Longs
from kg.terms.ladder import LADDER, Found
from kg.terms.table import LabelTable

_WIDTH_CASE = LADDER.index("width-case")
_PREFIX = LADDER.index("prefix")
_ACROSS = LADDER.index("across")
_QUOTED = LADDER.index("quoted")
_UNCERTAIN = ("typo", "typo-in-part", "nearest")
_RUNGS = {rung: number for number, rung in enumerate(LADDER)}
_SCORES = [round(1 - number / len(LADDER), 4) for number in range(len(LADDER))]
_LOANWORD = LADDER.index("loanword")
_ATTESTED, _PREFERRED, _DESCRIBED, _FOREIGN, _HIDDEN = 1, 2, 4, 8, 16
_SORTS = 32


class Ranked(NamedTuple):
    """Labels found, with the records that they name and the keys that sort them."""

    labels: Ints
    records: Ints
    keys: Longs

    def only(self, passed: Flags) -> "Ranked":
        """Those whose records a filter lets pass."""
        kept = passed[self.records]
        return Ranked(self.labels[kept], self.records[kept], self.keys[kept])

    def best(self, last: int) -> list[int]:
        """The places of the smallest keys of different records, as many as asked for."""
        sorted_count = 4 * last + 16  # a record may have several labels; mostly a few times more will do
        while True:
            by_record: dict[int, int] = {}
            few = self._smallest(sorted_count)
            for place, record in zip(few.tolist(), self.records[few].tolist(), strict=True):
                by_record.setdefault(record, place)
                if len(by_record) == last:
                    break
            if len(by_record) >= last or len(few) == len(self.keys):
                return list(by_record.values())[:last]
            sorted_count *= 4

    def _smallest(self, count: int) -> npt.NDArray[np.intp]:
        if count >= len(self.keys):
            return np.argsort(self.keys, kind="stable")
        few = np.argpartition(self.keys, count)[:count]
        return few[np.argsort(self.keys[few], kind="stable")]


class Ranking:
    """The order of all labels at each rung: a key is made of the tier, the place within the tier, and the rung."""

    def __init__(self, table: LabelTable) -> None:
        self._table = table
        sorts = table.attested * _ATTESTED + table.preferred * _PREFERRED + table.described * _DESCRIBED
        sorts = sorts + table.hidden * _HIDDEN
        self._sorts = sorts.astype(np.uint8)
        self._bases = np.array(list(_bases((len(table) + 1) * len(LADDER))), dtype=np.int64)

    def rank(self, found: list[Found], lang: str | None) -> Ranked:
        """Sort what is found by tier of the rung, the language preferred, and nearness or the order of the table."""
        if not found:
            none = np.empty(0, dtype=np.int32)
            return Ranked(none, none, none.astype(np.int64))
        labels = np.concatenate([one.labels for one in found])
        sorts = self._sorts[labels]
        if lang is not None:
            sorts = sorts + _FOREIGN * ~self._table.in_language(lang, labels)
        rungs = np.repeat([_RUNGS[one.rung] for one in found], [len(one.labels) for one in found])
        within = np.concatenate([self._within(one) for one in found])
        keys = self._bases[rungs, sorts] + within.astype(np.int64) * len(LADDER)
        return Ranked(labels, self._table.record[labels], keys)

    def _within(self, found: Found) -> npt.NDArray[np.integer[Any]]:
        """The order of labels found at the same rung: for parts the shorter label is the nearer one."""
        if found.similarities:
            return np.arange(len(found.labels))
        return (self._table.order if _RUNGS[found.rung] < _PREFIX else self._table.by_length)[found.labels]


def rung_of(key: int, label: int, found: list[Found]) -> tuple[str, float]:
    """The rung that a label with a key was found at, and its score."""
    rung, score = LADDER[key % len(LADDER)], _SCORES[key % len(LADDER)]
    if rung in _UNCERTAIN:
        near = (one for one in found if one.rung == rung and label in one.labels)
        score = round(score * max(one.similarities[one.labels.tolist().index(label)] for one in near), 4)
    return rung, score


def _bases(span: int) -> Iterator[list[int]]:
    """For each rung and sort of label the smallest key that it may have."""
    for rung in range(len(LADDER)):
        told = [(_tier(_told(rung, sort), sort), _told(rung, sort)) for sort in range(_SORTS)]
        yield [tier * span + shown for tier, shown in told]


def _told(rung: int, sort: int) -> int:
    """The rung to tell: names as they stand in a source may be whole phrases, parts of which say little."""
    return _QUOTED if sort & _ATTESTED and rung >= _PREFIX else rung


def _tier(rung: int, sort: int) -> int:
    # a preferred name in other capitals is meant sooner than another record's synonym in just these
    tier = rung + 2 * (rung > _WIDTH_CASE or not sort & _PREFERRED)
    # activities and clauses are named by descriptions: a part of one says less than words of a name
    if sort & _DESCRIBED and rung >= _PREFIX:
        tier = max(tier, _ACROSS + 2)
    # hidden labels are what people type for a name: begun or among others they are meant later than names
    if sort & _HIDDEN and _PREFIX <= rung < _LOANWORD:
        tier = max(tier, _LOANWORD + 2)
    return 2 * tier + bool(sort & _FOREIGN)
