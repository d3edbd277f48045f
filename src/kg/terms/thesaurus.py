"""The concept schemes of a graph as vocabulary services see them: concepts, names, hierarchy, notes, mappings."""

from collections import defaultdict
from typing import NamedTuple

import pyoxigraph as ox

from kg.catalog import load_query
from kg.store import Row, Store
from kg.terms.folding import fold_each, kana_form
from kg.terms.models import Kind
from kg.terms.table import LabelTable, language_order, local_name

Texts = dict[str, list[str]]
"""Texts by language."""


class Match(NamedTuple):
    """A mapping between two concepts."""

    iri: str
    subject: str
    predicate: str
    object: str
    author: str
    confidence: float | None


class Thesaurus:
    """All concepts, ready for the services that other software speaks to."""

    def __init__(self, table: LabelTable, store: Store) -> None:
        self.table = table
        self.notes = _notes(store)
        self.schemes: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self.children: dict[str, list[str]] = {}
        for record in table.records:
            kind = local_name(record.type)
            if kind == "ConceptScheme":
                self.schemes[local_name(record.iri)] = record.iri
            elif kind == "Concept" and not record.deprecated:
                self.members.setdefault(record.scheme or "", []).append(record.iri)
                for parent in record.broader:
                    self.children.setdefault(parent, []).append(record.iri)
        self.matches = [_match(row) for row in store.select(load_query("terms/mappings").text)]
        self._matches_of: dict[str, list[Match]] = defaultdict(list)
        for match in self.matches:
            self._matches_of[match.subject].append(match)
        self.folded = fold_each(kana_form, table.texts)

    def known(self, iri: str) -> bool:
        """Whether the graph has a concept of this IRI."""
        number = self.table.numbers.get(iri)
        return number is not None and local_name(self.table.records[number].type) == "Concept"

    def concepts(self) -> list[str]:
        """All concepts in use."""
        return [iri for members in self.members.values() for iri in members]

    def name(self, iri: str, lang: str | None) -> tuple[str, str]:
        """The preferred label by the language rule, with its language."""
        if iri not in self.table.numbers:
            return iri, ""
        label = self.table.name(self.table.numbers[iri], lang)
        return self.table.texts[label], self.table.language_of(label)

    def labels(self, iri: str, *kinds: Kind) -> Texts:
        """The labels of some kinds by language."""
        found: Texts = defaultdict(list)
        number = self.table.numbers[iri]
        for label in range(self.table.firsts[number], self.table.firsts[number + 1]):
            if self.table.kind_of(label) in kinds:
                found[self.table.language_of(label)].append(self.table.texts[label])
        return dict(found)

    def broader(self, iri: str) -> list[str]:
        """The next wider concepts."""
        return list(self.table.records[self.table.numbers[iri]].broader)

    def scheme_of(self, iri: str) -> str | None:
        """The scheme of a concept."""
        return self.table.records[self.table.numbers[iri]].scheme

    def tops(self, scheme: str) -> list[str]:
        """The concepts of a scheme without a wider one."""
        return [iri for iri in self.members.get(scheme, ()) if not self.broader(iri)]

    def related(self, iri: str) -> list[str]:
        """The concepts that a concept is related to."""
        return self.values(iri, "related")

    def values(self, iri: str, feature: str) -> list[str]:
        """The values of a feature in all languages."""
        notes = self.notes.get((iri, feature), {})
        return [value for language in sorted(notes) for value in notes[language]]

    def note(self, iri: str, feature: str, lang: str | None) -> str:
        """One note by the language rule, empty where there is none."""
        notes = self.notes.get((iri, feature), {})
        return notes[language_order(lang, tuple(sorted(notes)))[0]][0] if notes else ""

    def notation(self, iri: str) -> str | None:
        """The notation of a concept."""
        return next(iter(self.values(iri, "notation")), None)

    def matches_of(self, iri: str) -> list[Match]:
        """The mappings that begin at a concept."""
        return self._matches_of.get(iri, [])

    def upwards(self, iri: str) -> list[str]:
        """A concept with all wider ones, nearest first."""
        return [iri, *self.table.above(iri, len(self.table.records))]

    def downwards(self, iri: str) -> list[str]:
        """A concept with all narrower ones, nearest first."""
        found = {iri: None}
        level = [iri]
        while level:
            level = [
                child for parent in level for child in self.children.get(parent, ()) if child not in found
            ]
            found.update(dict.fromkeys(level))
        return list(found)


def _notes(store: Store) -> dict[tuple[str, str], Texts]:
    notes: dict[tuple[str, str], Texts] = {}
    for row in store.select(load_query("terms/thesaurus").text):
        value = row["value"]
        language = value.language or "" if isinstance(value, ox.Literal) else ""
        key = (str(row["record"].value), str(row["feature"].value))
        notes.setdefault(key, {}).setdefault(language, []).append(str(value.value))
    return notes


def _match(row: Row) -> Match:
    confidence = row.get("confidence")
    author = row.get("author")
    return Match(
        iri=str(row["mapping"].value),
        subject=str(row["subject"].value),
        predicate=str(row["predicate"].value),
        object=str(row["object"].value),
        author=str(author.value) if author is not None else "",
        confidence=float(str(confidence.value)) if confidence is not None else None,
    )
