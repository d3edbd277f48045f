"""The labels of an index in columns, their records, and which of a record's labels to show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.terms.grams import Flags, Ints
from kg.terms.models import KINDS, Hit, Kind, LabelRecord, NamedRecord

_LATER_TYPES = ("Activity", "Provision", "ConceptScheme")  # their labels are descriptions more than names
_DESCRIBED = ("Activity", "Provision", "ConceptScheme")
_SHOWN_LANGUAGES = ("ja", "en", "")


@lru_cache(maxsize=4096)
def language_order(asked: str | None, present: tuple[str, ...]) -> list[str]:
    """The languages present in the order of the language rule: asked, its relatives, ja, en, untagged, any."""
    languages = sorted(set(present))
    base = (asked or "").lower().split("-")[0]

    def rank(language: str) -> tuple[int, str]:
        if asked is not None and language.lower() == asked.lower():
            return 0, language
        if base and language.lower() == base:
            return 1, language
        if base and language.lower().split("-")[0] == base:
            return 2, language
        if language in _SHOWN_LANGUAGES:
            return 3 + _SHOWN_LANGUAGES.index(language), language
        return 9, language

    return sorted(languages, key=rank)


@lru_cache(maxsize=4096)
def _language_ranks(asked: str | None, languages: tuple[str, ...]) -> tuple[int, ...]:
    order = language_order(asked, languages)
    return tuple(map(order.index, languages))


def local_name(iri: str) -> str:
    """The last part of an IRI, after its last # or /."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


class Columns(NamedTuple):
    """Labels in order: the number of the record, the kind, the language tag and the text of each."""

    record: Sequence[int]
    kind: Sequence[int]
    language: Sequence[str]
    text: list[str]


class LabelTable:
    """All labels, sorted, in columns, beside the records that they name."""

    def __init__(self, records: list[NamedRecord], columns: Columns) -> None:
        self.records = records
        self.texts = columns.text
        self.numbers = {record.iri: number for number, record in enumerate(records)}
        self.languages = tuple(sorted(set(columns.language)))
        codes = {language: code for code, language in enumerate(self.languages)}
        count = len(self.texts)
        schemes = (self.numbers.get(record.scheme or "", len(records)) for record in records)
        self.schemes: Ints = np.fromiter(
            schemes, np.int32, len(records)
        )  # one beyond all where there is none
        self.record: Ints = np.fromiter(columns.record, np.int32, count)
        self.language: Ints = np.fromiter(map(codes.__getitem__, columns.language), np.int32, count)
        self.kind: Ints = np.fromiter(columns.kind, np.int32, count)
        self.attested: Flags = self.kind == KINDS.index("attested")
        self.hidden: Flags = self.kind == KINDS.index("hidden")
        self.preferred: Flags = self.kind == KINDS.index("pref")
        described = [local_name(one.type) in _DESCRIBED for one in self.records]
        self.described: Flags = np.array(described, dtype=np.bool_)[self.record]
        self.order, self.by_length = self._orders()
        self.firsts: Ints = np.searchsorted(self.record, np.arange(len(self.records) + 1)).astype(np.int32)
        self._shown_before = self._ends_of_best_kinds()

    @classmethod
    def of(cls, labels: Iterable[LabelRecord]) -> "LabelTable":
        """Put labels in order, each once."""
        by_iri: dict[str, NamedRecord] = {}
        rows: set[tuple[str, int, str, str]] = set()
        for one in labels:
            by_iri.setdefault(one.iri, NamedRecord.of(one))
            rows.add((one.iri, KINDS.index(one.kind), one.lang, one.label))
        records = [by_iri[iri] for iri in sorted(by_iri)]
        numbers = {record.iri: number for number, record in enumerate(records)}
        ordered = sorted(rows)
        return cls(
            records,
            Columns(
                [numbers[iri] for iri, *_ in ordered],
                [kind for _, kind, _, _ in ordered],
                [language for _, _, language, _ in ordered],
                [text for *_, text in ordered],
            ),
        )

    def __len__(self) -> int:
        return len(self.texts)

    def columns(self) -> Columns:
        """The labels as they may be written down."""
        languages = [self.languages[code] for code in self.language.tolist()]
        return Columns(self.record.tolist(), self.kind.tolist(), languages, self.texts)

    def in_language(self, asked: str, labels: Ints) -> Flags:
        """For each of some labels whether it is in the language asked for or a relative of it."""
        base = asked.lower().split("-")[0]
        related = np.array([language.lower().split("-")[0] == base for language in self.languages])
        return np.asarray(related[self.language[labels]], dtype=np.bool_)

    def kind_of(self, number: int) -> Kind:
        """The kind of one label."""
        return KINDS[self.kind.item(number)]

    def language_of(self, number: int) -> str:
        """The language tag of one label."""
        return self.languages[self.language.item(number)]

    def name(self, record: int, asked: str | None) -> int:
        """The number of the preferred label to show for a record, by the language rule."""
        first = self.firsts.item(record)
        ranks = _language_ranks(asked, self.languages)
        shown = [ranks[code] for code in self.language[first : self._shown_before.item(record)].tolist()]
        return first + shown.index(min(shown))

    def hit(self, number: int, rung: str, score: float, asked: str | None) -> Hit:
        """What a search says of the record of a label that matched."""
        record = self.records[self.record.item(number)]
        name = self.name(self.record.item(number), asked)
        return Hit(
            iri=record.iri,
            label=self.texts[name],
            lang=self.language_of(name),
            matched=self.texts[number],
            matched_lang=self.language_of(number),
            kind=self.kind_of(number),
            rung=rung,
            score=score,
            type=record.type,
            scheme=record.scheme,
            deprecated=record.deprecated,
            replacements=record.replacements,
        )

    def allowed(self, scheme: str | None, type_: str | None, broader: str | None, deprecated: bool) -> Flags:
        """For each record whether the filters let it pass."""
        wanted = [
            (scheme is None or record.scheme == scheme)
            and (type_ is None or type_ in (record.type, local_name(record.type)))
            and (deprecated or not record.deprecated)
            for record in self.records
        ]
        flags = np.array(wanted, dtype=np.bool_)
        return flags if broader is None else flags & self._below(broader)

    def above(self, iri: str, levels: int) -> tuple[str, ...]:
        """The wider records of a record, nearest first, as many levels up as asked for."""
        found: dict[str, None] = {}
        level = [iri]
        for _ in range(levels):
            if not level:
                break  # the top is reached: callers that want all levels ask for as many as there are records
            numbers = [self.numbers[one] for one in level if one in self.numbers]
            level = [
                wider for number in numbers for wider in self.records[number].broader if wider not in found
            ]
            found.update(dict.fromkeys(level))
        return tuple(found)

    def _below(self, broader: str) -> Flags:
        children: dict[str, list[str]] = defaultdict(list)
        for record in self.records:
            for parent in record.broader:
                children[parent].append(record.iri)
        below: set[str] = set()
        waiting = [broader]
        while waiting:
            new = [iri for iri in children[waiting.pop()] if iri not in below]
            below.update(new)
            waiting.extend(new)
        return np.array([record.iri in below for record in self.records], dtype=np.bool_)

    def _ends_of_best_kinds(self) -> Ints:
        """For each record where its labels of the best kind that it has end: its kinds are in order."""
        best = self.kind[self.firsts[:-1]][self.record]
        counts = np.bincount(self.record[self.kind == best], minlength=len(self.records))
        return (self.firsts[:-1] + counts).astype(np.int32)

    def _orders(self) -> tuple[Ints, Ints]:
        """For each label its place among all when nothing of the query tells them apart: by kind, and by length."""
        ranks = [(_type_rank(one.type), -one.uses, one.deprecated) for one in self.records]
        types, uses, deprecated = np.array(ranks, dtype=np.int32).reshape(-1, 3)[self.record].T
        lengths = np.fromiter(map(len, self.texts), np.int32, len(self.texts))
        by_kind = np.array([uses, lengths, types, self.kind, deprecated])
        by_length = np.array([uses, self.kind, lengths, types, deprecated])
        return _places(np.lexsort(by_kind)), _places(np.lexsort(by_length))


def _places(sequence: npt.NDArray[np.intp]) -> Ints:
    places = np.empty(len(sequence), dtype=np.int32)
    places[sequence] = np.arange(len(sequence), dtype=np.int32)
    return places


def _type_rank(iri: str) -> int:
    name = local_name(iri)
    return _LATER_TYPES.index(name) + 1 if name in _LATER_TYPES else 0
