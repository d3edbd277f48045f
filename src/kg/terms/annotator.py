"""Find the terms of an index in a text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from ahocorasick_rs import AhoCorasick
from pydantic import BaseModel, ConfigDict, Field

from kg.terms.acronyms import is_acronym
from kg.terms.foldtext import FoldedText, fold_text
from kg.terms.models import Kind
from kg.terms.patterns import Pattern, patterns_of
from kg.terms.table import LabelTable, local_name
from kg.vocab import BASE

_Labels = tuple[int, ...]
_BLOCK = 200_000
_RECORD_KEEPING = (
    "activity-status coverage-role definition-kind definition-relation evidence-grade extent gap-status gap-type hedge "
    "label-origin label-status maturity membership-role nist-ai-rmf-function quantity-kind review-status verb-class"
)
RECORD_KEEPING = frozenset(f"{BASE}scheme/{slug}" for slug in _RECORD_KEEPING.split())
"""Schemes of everyday words (host, full, planned, manage, will) that in running text say little of what it is about."""

_FIRST_CJK = 0x2E80
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}", re.ASCII
)
_SEARCHED_TYPES = ("Concept", "Actor", "Instrument", "Activity")


class Mention(BaseModel):
    """A record that a span of a text names."""

    model_config = ConfigDict(frozen=True)

    iri: str
    label: str
    lang: str
    matched: str
    kind: Kind
    type: str
    scheme: str | None = None
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span of a text, in code points, with all records that it may name."""

    start: int
    end: int
    text: str
    concepts: tuple[Mention, ...]


class Annotations(Sequence[Annotation]):
    """The spans found in a text, in its order; each is made when it is asked for, as a long text has very many."""

    def __init__(self, text: str, mentions: "_Mentions") -> None:
        self.text = text
        self.mentions = mentions
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.labels: list[_Labels] = []

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, place: int) -> Annotation: ...

    @overload
    def __getitem__(self, place: slice) -> list[Annotation]: ...

    def __getitem__(self, place: int | slice) -> Annotation | list[Annotation]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        start, end = self.starts[place], self.ends[place]
        return Annotation(start, end, self.text[start:end], self.mentions.made(self.labels[place]))


class AnnotateOptions(BaseModel):
    """What is annotated; the names are those of BioPortal's annotator where it has the option."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lang: str | None = Field(default=None, description="Language in which labels are shown.")
    longest_only: bool = Field(default=True, description="Leave out terms inside longer terms.")
    whole_word_only: bool = Field(
        default=True, description="Find terms in Latin script and in katakana as whole words only."
    )
    exclude_numbers: bool = Field(default=False, description="Leave out terms that are numbers.")
    exclude_synonyms: bool = Field(default=False, description="Find preferred labels only.")
    deprecated: bool = Field(default=False, description="Find withdrawn records as well.")
    minimum_match_length: int = Field(default=2, ge=1, description="Fewest characters of a span.")
    stop_words: tuple[str, ...] = Field(default=(), description="Words that are not annotated.")
    schemes: tuple[str, ...] = Field(
        default=(), description="Schemes to keep to; none means all but those for record keeping."
    )
    types: tuple[str, ...] = Field(default=(), description="Types to keep to, as IRI or local name.")
    max_level: int = Field(default=0, ge=0, le=20, description="How many levels of wider concepts are added.")


DEFAULT_OPTIONS = AnnotateOptions()


class Annotator:
    """The terms of an index, ready to be found in texts."""

    def __init__(self, table: LabelTable) -> None:
        self.table = table
        self.patterns = patterns_of(table)
        self.automaton = AhoCorasick([pattern.folded for pattern in self.patterns])

    def annotate(self, text: str, options: AnnotateOptions = DEFAULT_OPTIONS) -> Annotations:
        """Give the spans of the text that name records, in the order of the text."""
        mentions = _Mentions(self.table, self.patterns, options)
        found = Annotations(text, mentions)
        for begin, block in _blocks(text):
            self._annotate_block(begin, block, mentions, found)
        return found

    def _annotate_block(self, offset: int, block: str, mentions: "_Mentions", found: Annotations) -> None:
        options = mentions.options
        folded = fold_text(block)
        first, last = folded.first.data, folded.last.data
        addresses = _addresses(block)
        reached = 0
        for start, minus_end, pattern in self._candidates(folded, options.whole_word_only):
            if start < reached:
                continue
            begin, stop = first[start], last[-minus_end - 1]
            labels = mentions.certain.get(pattern)
            if labels is None:
                labels = mentions.of(pattern, block, begin, stop)
            if not labels or stop - begin < options.minimum_match_length:
                continue
            if addresses and _is_inside(begin, addresses):
                continue
            found.starts.append(offset + begin)
            found.ends.append(offset + stop)
            found.labels.append(labels)
            reached = -minus_end if options.longest_only else 0

    def _candidates(self, folded: FoldedText, whole: bool) -> list[tuple[int, int, int]]:
        """All matches as start, minus their end, and pattern: sorted, the longest comes first at each place."""
        starts, ends = folded.starts.tobytes(), folded.ends.tobytes()
        matches = self.automaton.find_matches_as_indexes(folded.text, overlapping=True)
        if not whole:
            return sorted((start, -end, pattern) for pattern, start, end in matches)
        found = []
        for pattern, start, end in matches:
            if starts[start]:
                if ends[end - 1]:
                    found.append((start, -end, pattern))
                elif stop := _plural_end(folded.text, ends, end):
                    found.append((start, -stop, pattern))
        found.sort()
        return found


class _Mentions:
    """The records behind each pattern, as the options want them; looked up once for each pattern that occurs."""

    def __init__(self, table: LabelTable, patterns: list[Pattern], options: AnnotateOptions) -> None:
        self.table = table
        self.patterns = patterns
        self.options = options
        self.stops = {fold_text(word).text for word in options.stop_words}
        self.certain: dict[int, _Labels] = {}
        self.by_case: dict[tuple[int, bool, bool], _Labels] = {}
        self.known: dict[_Labels, tuple[Mention, ...]] = {}

    def of(self, number: int, text: str, begin: int, stop: int) -> _Labels:
        """A label of each record that a pattern names where it stands; those of `certain` it names anywhere."""
        pattern = self.patterns[number]
        if not pattern.acronym:
            self.certain[number] = self._chosen(pattern, pattern.labels)
            return self.certain[number]
        piece = text[begin:stop]
        case = (number, _stands_in_capitals(text, begin, stop), piece != piece.lower())
        if case not in self.by_case:
            self.by_case[case] = self._chosen(
                pattern, self._in_case(pattern, in_capitals=case[1], has_capital=case[2])
            )
        return self.by_case[case]

    def made(self, labels: _Labels) -> tuple[Mention, ...]:
        """What is said of the records of some labels."""
        if labels not in self.known:
            self.known[labels] = tuple(self._mention(label) for label in labels)
        return self.known[labels]

    def _in_case(self, pattern: Pattern, *, in_capitals: bool, has_capital: bool) -> list[int]:
        """The labels that the letters of a text may be: MAP is an acronym, Map the name for it, map is neither."""
        texts, records = self.table.texts, self.table.record
        acronyms = [label for label in pattern.labels if is_acronym(texts[label])]
        of_acronyms = {records.item(label) for label in acronyms}
        return [
            label
            for label in pattern.labels
            if (in_capitals if label in acronyms else has_capital or records.item(label) not in of_acronyms)
        ]

    def _chosen(self, pattern: Pattern, labels: Sequence[int]) -> _Labels:
        if pattern.folded in self.stops:
            return ()
        by_record: dict[int, int] = {}
        for label in sorted(labels, key=self.table.order.item) if len(labels) > 1 else labels:
            if self._wanted(label):
                by_record.setdefault(self.table.record.item(label), label)
        return tuple(by_record.values())

    def _wanted(self, label: int) -> bool:
        options = self.options
        record = self.table.records[self.table.record.item(label)]
        schemes = record.scheme in options.schemes if options.schemes else record.scheme not in RECORD_KEEPING
        types = options.types or _SEARCHED_TYPES
        return (
            schemes
            and (record.type in types or local_name(record.type) in types)
            and (options.deprecated or not record.deprecated)
            and not (options.exclude_synonyms and self.table.kind_of(label) != "pref")
            and not (options.exclude_numbers and self.table.texts[label].isnumeric())
        )

    def _mention(self, label: int) -> Mention:
        hit = self.table.hit(label, "", 0.0, self.options.lang)
        return Mention(
            iri=hit.iri,
            label=hit.label,
            lang=hit.lang,
            matched=hit.matched,
            kind=hit.kind,
            type=hit.type,
            scheme=hit.scheme,
            broader=self.table.above(hit.iri, self.options.max_level),
        )


def _plural_end(text: str, ends: bytes, end: int) -> int:
    """Where the word ends that goes on after a match with the s of a plural, 0 if it goes on otherwise."""
    for ending in ("s", "es"):
        stop = end + len(ending)
        if text[end:stop] == ending and ends[stop - 1]:
            return stop
    return 0


def _stands_in_capitals(text: str, begin: int, stop: int) -> bool:
    """Whether a piece of text is an acronym: in capitals, and in one piece unless Japanese stands beside it."""
    piece = unicodedata.normalize("NFKC", text[begin:stop])
    if not piece.isupper():
        return False
    if piece.isalnum():
        return True
    beside = text[begin - 1 : begin].strip() + text[stop : stop + 1].strip()
    return not any(map(str.isspace, piece)) or any(ord(character) >= _FIRST_CJK for character in beside)


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand, whose parts are no words."""
    return [found.span() for found in _ADDRESS.finditer(text)]


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    before = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return before >= 0 and place < spans[before][1]


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text at ends of lines, so that memory does not grow with it."""
    begin = 0
    while begin < len(text):
        stop = begin + _BLOCK
        if stop < len(text):
            cut = text.rfind("\n", begin, stop) + 1 or text.rfind(" ", begin, stop) + 1
            stop = cut if cut > begin else stop
        yield begin, text[begin:stop]
        begin = stop
