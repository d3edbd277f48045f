"""The index that finds the right record from any form of a term."""

import json
from collections.abc import Iterable, Sequence

import numpy as np

from kg.errors import CallerError, StoreError
from kg.terms.grams import Flags
from kg.terms.ladder import Found, found_near
from kg.terms.matcher import Matcher
from kg.terms.models import Hit, LabelRecord, NamedRecord, Page
from kg.terms.phrases import Phrases
from kg.terms.query import Query, fold_query
from kg.terms.questions import asked_about
from kg.terms.ranking import Ranked, Ranking, rung_of
from kg.terms.readings import Reading, read_labels
from kg.terms.table import Columns, LabelTable

LONGEST_QUERY = 400
"""The most characters that a query may have."""

MOST_PER_PAGE = 1000
"""The most items that one page may hold."""

_FORMAT = 4
_PHRASE = "quoted"
_PARTS = ("prefix", "word")
_HITS = Page[Hit]  # made once: naming the type again costs more than a hit


class TermIndex:
    """All labels of a graph, ready to be searched in any of their forms."""

    def __init__(self, table: LabelTable, readings: Sequence[Reading]) -> None:
        self.table = table
        self.readings = readings
        self.matcher = Matcher(table, readings)
        self.phrases = Phrases(self.matcher)
        self.ranking = Ranking(table)
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
        return self._best(found, lang, self._current, limit)

    def lookup(self, label: str, lang: str | None = None, *, deprecated: bool = False) -> list[Hit]:
        """Give the records of which the text is a whole label in some form, best first."""
        found = self.matcher.wholes_of(_checked(label))
        return self._best(found, lang, None if deprecated else self._current, MOST_PER_PAGE)

    def nearest(self, query: str, limit: int = 5, lang: str | None = None) -> list[Hit]:
        """Give the records with the labels nearest to the query, for a query that found nothing."""
        found = found_near("typo", self.matcher.near(_checked(query)))
        return self._best([found], lang, self._current, limit)

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
        try:
            document = json.loads(content)
            if document.get("format") != _FORMAT:
                raise StoreError(
                    "The term index of the snapshot is of another version; build it again: kg build."
                )
            records = [_record(*values) for values in document["records"]]
            readings = [Reading(kana, initials) for kana, initials in zip(*document["readings"], strict=True)]
            return cls(LabelTable(records, Columns(*document["labels"])), readings)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise StoreError(
                "The term index of the snapshot cannot be read; build it again: kg build."
            ) from error

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
            found += phrases.mended(query)
        if not self._any(found, but={"part", "word", "typo-in-part"}):
            found += phrases.most_words_of(query)
        if not self._any(found, but={"part", "word", "synonym", "typo-in-part", "most-words"}):
            found += phrases.contained_in(query)
        return found if any(len(one.labels) for one in found) else matcher.nearest_to(query)

    def _any(self, found: list[Found], but: set[str]) -> bool:
        """Whether a name is found, at another rung than these; phrases of sources and descriptions are none.

        Nor is a hidden label of which the query is only a part.
        """
        weak = self.table.attested | self.table.described
        weak_part = weak | self.table.hidden
        sure = [one for one in found if one.rung not in but | {_PHRASE} and len(one.labels)]
        return any(not (weak_part if one.rung in _PARTS else weak)[one.labels].all() for one in sure)

    def _page(
        self, found: list[Found], lang: str | None, allowed: Flags | None, limit: int, offset: int
    ) -> Page[Hit]:
        ranked = self._ranked(found, lang, allowed)
        seen = np.zeros(len(self.table.records), dtype=np.bool_)
        seen[ranked.records] = True
        hits = self._hits(ranked, found, lang, offset + limit, offset)
        return _HITS(items=tuple(hits), total=int(np.count_nonzero(seen)), limit=limit, offset=offset)

    def _best(self, found: list[Found], lang: str | None, allowed: Flags | None, limit: int) -> list[Hit]:
        return self._hits(self._ranked(found, lang, allowed), found, lang, limit)

    def _ranked(self, found: list[Found], lang: str | None, allowed: Flags | None) -> Ranked:
        ranked = self.ranking.rank(found, lang)
        return ranked if allowed is None else ranked.only(allowed)

    def _hits(
        self, ranked: Ranked, found: list[Found], lang: str | None, last: int, first: int = 0
    ) -> list[Hit]:
        best = ranked.best(last)[first:]
        labels, keys = ranked.labels[best].tolist(), ranked.keys[best].tolist()
        return [
            self.table.hit(label, *rung_of(key, label, found), lang)
            for label, key in zip(labels, keys, strict=True)
        ]


def _record(
    iri: str,
    type_: str,
    scheme: str | None,
    broader: list[str],
    deprecated: bool,
    replacements: list[str],
    uses: int,
    general: bool,
) -> NamedRecord:
    return NamedRecord(iri, type_, scheme, tuple(broader), deprecated, tuple(replacements), uses, general)


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
