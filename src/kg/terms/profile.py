"""What a document speaks of, area by area; and two documents side by side. Counts of words, never facts."""

from collections import defaultdict
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from kg.terms.annotation_formats import annotate
from kg.terms.annotator import Annotation, Annotator
from kg.terms.documents import Document
from kg.terms.mentions import AnnotateOptions
from kg.terms.table import LabelTable, local_name
from kg.vocab import BASE

_AXES = (
    "risk-area safety-property practice-area activity-type lifecycle-stage actor-role sector jurisdiction "
    "instrument-type activity-status"
)
AXES = tuple(f"{BASE}scheme/{slug}" for slug in _AXES.split())
"""The schemes over which documents are profiled when none are named."""

_QUOTED = 3


class Quote(BaseModel):
    """Words of a document, with their place."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    text: str


class AreaProfile(BaseModel):
    """How often a document names an area by itself, and with all narrower areas; evidence of these if it has none."""

    model_config = ConfigDict(frozen=True)

    iri: str
    label: str
    scheme: str
    mentions: int
    with_narrower: int
    evidence: tuple[Quote, ...]


class Profile(BaseModel):
    """A document over the axes: every area of each scheme, named or not."""

    model_config = ConfigDict(frozen=True)

    characters: int
    annotations: int
    areas: tuple[AreaProfile, ...]


class ComparedArea(BaseModel):
    """One area in two documents; `only` says which one alone names it: a, b or neither."""

    model_config = ConfigDict(frozen=True)

    iri: str
    label: str
    scheme: str
    a: AreaProfile
    b: AreaProfile
    only: str


class Comparison(BaseModel):
    """Two documents side by side, area by area."""

    model_config = ConfigDict(frozen=True)

    characters_a: int
    characters_b: int
    areas: tuple[ComparedArea, ...]


def profile(
    annotator: Annotator, document: Document, schemes: Sequence[str] = AXES, lang: str | None = None
) -> Profile:
    """Count the mentions of every area of the schemes, in the order of the schemes and of the areas' IRIs.

    Only terms of these schemes are looked for, so that an area is counted within other names as well: France in
    フランス共和国大統領, safety in AIの安全性.
    """
    table = annotator.table
    annotated = annotate(annotator, document, AnnotateOptions(lang=lang, schemes=tuple(schemes)))
    mentions: dict[str, list[Annotation]] = defaultdict(list)
    for one in annotated.items:
        for concept in one.concepts:
            mentions[concept.iri].append(one)
    places = _with_narrower(table, mentions)
    areas = [
        _area(table, number, mentions[table.records[number].iri], places, lang)
        for scheme in schemes
        for number in _areas(table, scheme)
    ]
    return Profile(characters=annotated.characters, annotations=annotated.total, areas=tuple(areas))


def compare(one: Profile, other: Profile) -> Comparison:
    """Set two profiles over the same schemes side by side."""
    areas = [
        ComparedArea(iri=a.iri, label=a.label, scheme=a.scheme, a=a, b=b, only=_only(a, b))
        for a, b in zip(one.areas, other.areas, strict=True)
    ]
    return Comparison(characters_a=one.characters, characters_b=other.characters, areas=tuple(areas))


def _areas(table: LabelTable, scheme: str) -> list[int]:
    return [
        number
        for number, record in enumerate(table.records)
        if record.scheme == scheme and local_name(record.type) == "Concept" and not record.deprecated
    ]


def _with_narrower(table: LabelTable, mentions: dict[str, list[Annotation]]) -> dict[str, list[Annotation]]:
    """Give each place of the text once for every area that is named there by itself or by a narrower one."""
    places: dict[str, dict[int, Annotation]] = defaultdict(dict)
    for iri, found in list(mentions.items()):
        for area in (iri, *table.above(iri, len(table.records))):
            places[area].update({one.start: one for one in found})
    return {area: [found[start] for start in sorted(found)] for area, found in places.items()}


def _area(
    table: LabelTable,
    number: int,
    found: list[Annotation],
    places: dict[str, list[Annotation]],
    lang: str | None,
) -> AreaProfile:
    record = table.records[number]
    wider = places.get(record.iri, [])
    return AreaProfile(
        iri=record.iri,
        label=table.texts[table.name(number, lang)],
        scheme=record.scheme or "",
        mentions=len(found),
        with_narrower=len(wider),
        evidence=tuple(
            Quote(start=one.start, end=one.end, text=one.text) for one in (found or wider)[:_QUOTED]
        ),
    )


def _only(a: AreaProfile, b: AreaProfile) -> str:
    if bool(a.with_narrower) == bool(b.with_narrower):
        return ""
    return "a" if a.with_narrower else "b"
