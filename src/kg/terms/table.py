"""The labels of an index in columns, their records, and which of a record's labels to show."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kg.terms.grams import Flags, Ints
from kg.terms.models import KINDS, Hit, Kind, LabelRecord

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


def local_name(iri: str) -> str:
    """The last part of an IRI, after its last # or /."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


class LabelTable:
    """All labels, sorted, in columns, beside the records that they name."""

    def __init__(self, labels: Sequence[LabelRecord]) -> None:
        by_key = {(one.iri, KINDS.index(one.kind), one.lang, one.label): one for one in labels}
        ordered = [by_key[key] for key in sorted(by_key)]
        self.records: list[LabelRecord] = []
        self.texts = [one.label for one in ordered]
        self.numbers: dict[str, int] = {}
        for label in ordered:
            if label.iri not in self.numbers:
                self.numbers[label.iri] = len(self.records)
                self.records.append(label)
        self.languages = sorted({one.lang for one in ordered})
        codes = {language: code for code, language in enumerate(self.languages)}
        count = len(ordered)
        self.record: Ints = np.fromiter((self.numbers[one.iri] for one in ordered), np.int32, count)
        self.language: Ints = np.fromiter((codes[one.lang] for one in ordered), np.int32, count)
        self.kind: Ints = np.fromiter((KINDS.index(one.kind) for one in ordered), np.int32, count)
        self.attested: Flags = self.kind == KINDS.index("attested")
        self.preferred: Flags = self.kind == KINDS.index("pref")
        described = [local_name(one.type) in _DESCRIBED for one in self.records]
        self.described: Flags = np.array(described, dtype=np.bool_)[self.record]
        self.order, self.by_length = self._orders()
        self.firsts: Ints = np.searchsorted(self.record, np.arange(len(self.records) + 1)).astype(np.int32)
        self._names = self._shown_labels()

    def __len__(self) -> int:
        return len(self.texts)

    def rows(self) -> Iterator[tuple[int, Kind, str, str]]:
        """Every label in order: its record, kind, language and text."""
        for number, text in enumerate(self.texts):
            yield int(self.record[number]), self.kind_of(number), self.language_of(number), text

    def in_language(self, asked: str) -> Flags:
        """For each label whether it is in the language asked for or a relative of it."""
        base = asked.lower().split("-")[0]
        related = np.array([language.lower().split("-")[0] == base for language in self.languages])
        return np.asarray(related[self.language], dtype=np.bool_)

    def kind_of(self, number: int) -> Kind:
        """The kind of one label."""
        return KINDS[self.kind.item(number)]

    def language_of(self, number: int) -> str:
        """The language tag of one label."""
        return self.languages[self.language.item(number)]

    def name(self, record: int, asked: str | None) -> int:
        """The number of the preferred label to show for a record, by the language rule."""
        shown = self._names[record]
        return shown[language_order(asked, tuple(shown))[0]]

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
            numbers = [self.numbers[one] for one in level if one in self.numbers]
            level = [
                wider for number in numbers for wider in self.records[number].broader if wider not in found
            ]
            found.update(dict.fromkeys(level))
        return tuple(found)

    def _shown_labels(self) -> list[dict[str, int]]:
        """For each record its labels of the best kind it has, by language."""
        shown: list[dict[str, int]] = [{} for _ in self.records]
        best = self.kind[self.firsts[:-1]]
        for number in np.flatnonzero(self.kind == best[self.record]).tolist():
            shown[self.record[number]].setdefault(self.language_of(number), number)
        return shown

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
