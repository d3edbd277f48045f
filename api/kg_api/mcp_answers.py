"""What a language model is told: small bounded answers with IRIs, sources and the version of the data."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from kg.gaps.model import GAP_TYPES, CitationRef, Gap
from kg.records import read_record
from kg.records.model import Defined, Labels, MappingEdge, Place, Ref, Term
from kg.terms.models import Hit
from kg.terms.table import language_order
from kg.vocab import BASE
from kg_api.problems import NotFoundError
from kg_api.rest import known, scheme_iri
from kg_api.site import Site

MOST_ITEMS = 20
"""The most items of one answer."""

_MOST_PARTS = 8
_MOST_SOURCES = 3
_LONGEST_TEXT = 600
Item = TypeVar("Item")


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class Source(_Told):
    """A document, and the place in it that says so."""

    citation: str
    document: str
    document_iri: str
    locator: str


class FoundTerm(_Told):
    """A record that a text may mean: which of its labels matched, and at which rung of the ladder."""

    iri: str
    label: str
    lang: str
    matched: str
    matched_lang: str
    kind: str
    rung: str
    type: str
    scheme: str | None
    deprecated: bool
    replaced_by: tuple[str, ...]
    sources: tuple[Source, ...]


class Named(_Told):
    """A record by its IRI and its name."""

    iri: str
    label: str


class Definition(_Told):
    """A definition with its language, its kind (verbatim, translated, authored) and its sources."""

    text: str
    lang: str
    kind: str
    sources: tuple[Source, ...]


class MappingRow(_Told):
    """A relation between two vocabularies; without an object, none was found there."""

    iri: str
    subject: Named
    predicate: str
    object: Named | None
    confidence: str
    sources: tuple[Source, ...]


class GapRow(_Told):
    """A gap in one sentence, with its rank and what it rests on."""

    id: str
    type: str
    status: str
    sentence: str
    position: int
    evidence: tuple[str, ...]
    sources: tuple[Source, ...]


class Part(_Told, Generic[Item]):
    """A bounded part of a list."""

    items: tuple[Item, ...]
    total: int
    snapshot: str = Field(description="Version of the data.")


class FoundTerms(Part[FoundTerm]):
    """The records that a text may mean; where it means none, those with the nearest names."""

    nearest: tuple[Named, ...] = ()


class ConceptAnswer(_Told):
    """One record in short."""

    iri: str
    types: tuple[str, ...]
    preferred: dict[str, str]
    other_labels: tuple[str, ...]
    definitions: tuple[Definition, ...]
    broader: tuple[Named, ...]
    narrower: tuple[Named, ...]
    related: tuple[Named, ...]
    mappings: tuple[MappingRow, ...]
    coverage_edges: int
    sources: tuple[Source, ...]
    snapshot: str = Field(description="Version of the data.")


def found_terms(site: Site, text: str, lang: str, limit: int) -> FoundTerms:
    """Give the records that a text may mean, best first."""
    page = site.terms.search(text, lang, limit=_bounded(limit))
    near = [] if page.items else site.terms.nearest(text, _MOST_SOURCES, lang)
    return FoundTerms(
        items=tuple(_found_term(site, hit, lang) for hit in page.items),
        total=page.total,
        snapshot=site.manifest.version,
        nearest=tuple(Named(iri=hit.iri, label=hit.label) for hit in near),
    )


def concept_answer(site: Site, iri: str, lang: str) -> ConceptAnswer:
    """Give one record by its IRI, or by its path such as term/risk-area/misinformation."""
    record = read_record(site.store, site.require(iri.removeprefix(BASE).lstrip("/")))
    return ConceptAnswer(
        iri=record.iri,
        types=record.types,
        preferred=record.title,
        other_labels=tuple(_short(one.text) for one in record.labels if one.kind == "alt")[:MOST_ITEMS],
        definitions=tuple(_definition(one, lang) for one in record.definitions[:_MOST_PARTS]),
        broader=_relatives(record.values("skos:broader"), lang),
        narrower=_relatives(record.linked("skos:broader"), lang),
        related=_relatives(record.values("skos:related"), lang),
        mappings=tuple(_mapping(one, lang) for one in record.mappings[:_MOST_PARTS]),
        coverage_edges=len(record.coverage),
        sources=_sources(record.citations, lang),
        snapshot=site.manifest.version,
    )


def mapping_rows(
    site: Site, source: str | None, target: str | None, lang: str, limit: int, offset: int
) -> Part[MappingRow]:
    """Give the mappings between two vocabularies, each named by the last part of its IRI."""
    mapped = {end.iri for one in site.mappings for end in (one.subject_source, one.object_source) if end}
    for name in filter(None, (source, target)):
        if scheme_iri(name) not in mapped | set(site.thesaurus.schemes.values()):
            names = ", ".join(sorted(iri.removeprefix(f"{BASE}scheme/") for iri in mapped))
            raise NotFoundError(f"There is no vocabulary {name}; mapped are {names}.")
    found = [
        one
        for one in site.mappings
        if _is_of(one.subject_source, source) and _is_of(one.object_source, target)
    ]
    part = found[max(offset, 0) :][: _bounded(limit)]
    rows = tuple(_mapping(one, lang) for one in part)
    return Part[MappingRow](items=rows, total=len(found), snapshot=site.manifest.version)


def gap_rows(site: Site, gap_type: str | None, lang: str, limit: int, offset: int) -> Part[GapRow]:
    """Give gaps in the order of their rank."""
    wanted = known(gap_type, GAP_TYPES)
    found = [gap for gap in site.analysis(None).gaps if wanted in (None, gap.type)]
    part = found[max(offset, 0) :][: _bounded(limit)]
    rows = tuple(_gap(gap, lang) for gap in part)
    return Part[GapRow](items=rows, total=len(found), snapshot=site.manifest.version)


def _found_term(site: Site, hit: Hit, lang: str) -> FoundTerm:
    record = read_record(site.store, site.require(hit.iri.removeprefix(BASE)))
    return FoundTerm(
        **{name: getattr(hit, name) for name in FoundTerm.model_fields if hasattr(hit, name)},
        replaced_by=hit.replacements,
        sources=_sources(record.citations, lang),
    )


def _definition(one: Defined, lang: str) -> Definition:
    return Definition(text=_short(one.text), lang=one.lang, kind=one.kind, sources=_sources(one.places, lang))


def _mapping(one: MappingEdge, lang: str) -> MappingRow:
    return MappingRow(
        iri=one.iri,
        subject=_named(one.subject, lang),
        predicate=one.predicate,
        object=_named(one.object, lang) if one.object else None,
        confidence=one.confidence,
        sources=_sources(one.places, lang),
    )


def _gap(gap: Gap, lang: str) -> GapRow:
    cited = [place for evidence in gap.evidence for place in evidence.citations]
    return GapRow(
        id=gap.id,
        type=gap.type,
        status=gap.status,
        sentence=_short(gap.sentence.in_lang(lang)),
        position=gap.rank.position,
        evidence=tuple(dict.fromkeys(one.activity.iri for one in gap.evidence))[:_MOST_PARTS],
        sources=tuple(dict.fromkeys(_document(place, lang) for place in cited))[:_MOST_SOURCES],
    )


def _document(place: CitationRef, lang: str) -> Source:
    return Source(
        citation=place.citation,
        document=_short(place.document.label.in_lang(lang)),
        document_iri=place.document.iri,
        locator=place.locator or "",
    )


def _sources(places: Sequence[Place], lang: str) -> tuple[Source, ...]:
    return tuple(
        Source(
            citation=place.citation,
            document=_label(place.source.label, lang),
            document_iri=place.source.iri,
            locator=place.locator,
        )
        for place in places[:_MOST_SOURCES]
    )


def _named(one: Ref, lang: str) -> Named:
    return Named(iri=one.iri, label=_label(one.label, lang))


def _relatives(terms: Iterable[Term], lang: str) -> tuple[Named, ...]:
    records = [Named(iri=one.value, label=_label(one.label, lang)) for one in terms if one.iri]
    return tuple(records[:MOST_ITEMS])


def _label(labels: Labels, lang: str) -> str:
    return _short(labels[language_order(lang, tuple(labels))[0]]) if labels else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _bounded(limit: int) -> int:
    return min(max(limit, 1), MOST_ITEMS)


def _is_of(vocabulary: Ref | None, name: str | None) -> bool:
    return not name or (vocabulary is not None and vocabulary.iri == scheme_iri(name))
