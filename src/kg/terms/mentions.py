"""Which records a term in a text names: by the options asked for, its capitals, and what stands around it."""

import re
import unicodedata
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from kg.terms.acronyms import is_acronym
from kg.terms.foldtext import fold_text
from kg.terms.models import Kind
from kg.terms.patterns import Pattern
from kg.terms.standing import is_verb, stands_alone, stands_as_word
from kg.terms.table import LabelTable, local_name
from kg.vocab import BASE

Labels = tuple[int, ...]
STAGES = f"{BASE}scheme/lifecycle-stage"
ACTIVITIES = f"{BASE}scheme/activity-type"
_EVERYDAY = re.compile(r"[A-Z]?[a-z]+|[\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff]{1,2}")

_FIRST_CJK = 0x2E80
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
        default=(), description="Schemes to keep to; none means all, without words of general language."
    )
    types: tuple[str, ...] = Field(default=(), description="Types to keep to, as IRI or local name.")
    max_level: int = Field(default=0, ge=0, le=20, description="How many levels of wider concepts are added.")


DEFAULT_OPTIONS = AnnotateOptions()


class Mentions:
    """The records behind each pattern, as the options want them; looked up once for each pattern that occurs."""

    def __init__(self, table: LabelTable, patterns: list[Pattern], options: AnnotateOptions) -> None:
        self.table = table
        self.patterns = patterns
        self.options = options
        self.stops = {fold_text(word).text for word in options.stop_words}
        self.short = {
            number for number, pattern in enumerate(patterns) if pattern.short and options.whole_word_only
        }
        self.certain: dict[int, Labels] = {}
        self.by_case: dict[tuple[int, frozenset[int], bool], Labels] = {}
        self.known: dict[Labels, tuple[Mention, ...]] = {}

    def of(self, number: int, text: str, begin: int, stop: int) -> Labels:
        """A label of each record that a pattern names where it stands; those of `certain` it names anywhere."""
        pattern = self.patterns[number]
        if not pattern.acronym:
            self.certain[number] = self._chosen(pattern, pattern.labels)
            return self.certain[number]
        piece = text[begin:stop]
        case = (number, _capital_words(text, begin, stop), piece != piece.lower())
        if case not in self.by_case:
            self.by_case[case] = self._chosen(pattern, self._in_case(pattern, case[1], has_capital=case[2]))
        return self.by_case[case]

    def standing(self, labels: Labels, text: str, place: tuple[int, int], after: int) -> Labels:
        """Those labels of two kanji that name their records as they stand there; see `stands_as_word`.

        Stages are neither verbs nor modifiers, activities no verbs: 導入する, 調整している.
        """
        if not stands_as_word(text, *place, after):
            return ()
        if stands_alone(text, *place):
            return labels
        acts = {STAGES, ACTIVITIES} if is_verb(text, place[1]) else {STAGES}
        return tuple(one for one in labels if self._scheme(one) not in acts)

    def made(self, labels: Labels) -> tuple[Mention, ...]:
        """What is said of the records of some labels."""
        if labels not in self.known:
            self.known[labels] = tuple(self._mention(label) for label in labels)
        return self.known[labels]

    def _in_case(self, pattern: Pattern, capital_words: frozenset[int], *, has_capital: bool) -> list[int]:
        """The labels that the letters of a text may be: MAP is an acronym, Map the name for it, map is neither."""
        texts, records = self.table.texts, self.table.record
        acronyms = [label for label in pattern.labels if is_acronym(texts[label])]
        of_acronyms = {records.item(label) for label in acronyms}
        return [
            label
            for label in pattern.labels
            if (
                capital_words & {1, len(texts[label].split())}
                if label in acronyms
                else has_capital or records.item(label) not in of_acronyms
            )
        ]

    def _chosen(self, pattern: Pattern, labels: Sequence[int]) -> Labels:
        if pattern.folded in self.stops:
            return ()
        by_record: dict[int, int] = {}
        for label in sorted(labels, key=self.table.order.item) if len(labels) > 1 else labels:
            if self._wanted(label):
                by_record.setdefault(self.table.record.item(label), label)
        return tuple(by_record.values())

    def _scheme(self, label: int) -> str | None:
        return self.table.records[self.table.record.item(label)].scheme

    def _says_little(self, label: int, scheme: str | None) -> bool:
        """Whether a label is an everyday word: a loose name for a stage (use, 提供)."""
        loose = scheme == STAGES and self.table.kind_of(label) != "pref"
        return loose and bool(_EVERYDAY.fullmatch(self.table.texts[label]))

    def _wanted(self, label: int) -> bool:
        options = self.options
        record = self.table.records[self.table.record.item(label)]
        schemes = record.scheme in options.schemes if options.schemes else not record.general
        types = options.types or _SEARCHED_TYPES
        return (
            schemes
            and not self._says_little(label, record.scheme)
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


def _capital_words(text: str, begin: int, stop: int) -> frozenset[int]:
    """Of how many words an acronym may be that stands there, 1 for any: none if it is not in capitals.

    Letters set apart are one word beside Japanese (A I の), but not in English (PART I T).
    """
    piece = unicodedata.normalize("NFKC", text[begin:stop])
    if not piece.isupper():
        return frozenset()
    if piece.isalnum():
        return frozenset({1})
    beside = text[begin - 1 : begin].strip() + text[stop : stop + 1].strip()
    in_japanese = any(ord(character) >= _FIRST_CJK for character in beside)
    return frozenset({len(piece.split()), *([1] if in_japanese else [])})
