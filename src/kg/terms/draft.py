"""Candidate records from a document: what it mentions, promises and dates. Proposals for a person, never facts."""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from kg.drafts import PROPOSED
from kg.terms.annotator import Annotation, Annotator
from kg.terms.documents import Document
from kg.terms.folding import width_case
from kg.terms.mentions import AnnotateOptions
from kg.terms.sentences import Sentence, dates_in, sentences_of
from kg.terms.table import LabelTable, local_name
from kg.vocab import AISI, BASE, DCTERMS, RDF_TYPE, SKOS, XSD

_VERB_CLASS = f"{BASE}scheme/verb-class"
_ACTIVITY_TYPE = f"{BASE}scheme/activity-type"
_PLANNED = re.compile(r"予定|計画|見込|\bwill\b|\bplan(?:s|ned)?\b|\bto be\b", re.IGNORECASE)
_LONGEST_QUOTE = 300
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Verb(NamedTuple):
    """A word that tells how firmly something is said, and the verb class it belongs to."""

    word: str
    iri: str


class Origin(NamedTuple):
    """Where a draft comes from: the source, the instrument that it is the text of, and the day it was read."""

    source: str
    instrument: str = ""
    read_on: str = ""


def draft(annotator: Annotator, document: Document, origin: Origin) -> list[ox.Triple]:
    """Give a candidate for every sentence that promises or dates something, and for every mention.

    Every candidate is proposed, cites the source with paragraph and words, and names the records it mentions.
    """
    verbs = list(_verbs(annotator.table))
    found = annotator.annotate(document.text, AnnotateOptions(minimum_match_length=2))
    triples: list[ox.Triple] = []
    for sentence in sentences_of(document.text):
        mentions = found[bisect_left(found.starts, sentence.start) : bisect_left(found.starts, sentence.end)]
        triples += _candidate(sentence, mentions, verbs, origin)
    return sorted(set(triples), key=str)


def _verbs(table: LabelTable) -> Iterator[Verb]:
    for number, text in enumerate(table.texts):
        record = table.records[table.record.item(number)]
        if record.scheme == _VERB_CLASS and table.kind_of(number) in ("pref", "alt"):
            yield Verb(width_case(text), record.iri)


def _candidate(
    sentence: Sentence, mentions: Sequence[Annotation], verbs: Sequence[Verb], origin: Origin
) -> Iterator[ox.Triple]:
    verb = _last_verb(sentence.text, verbs)
    dates = dates_in(sentence.text)
    if not mentions and not verb:
        return
    paragraph, place = f"p{sentence.paragraph}", f"s{sentence.number}"
    source = _slug(origin.source)
    citation = ox.NamedNode(f"{BASE}citation/{source}/{paragraph}/{place}")
    yield from _citation(citation, sentence, mentions, origin)
    if verb:
        instrument = _slug(origin.instrument or origin.source)
        candidate = ox.NamedNode(f"{BASE}provision/{instrument}/{paragraph}-{place}")
        yield from _described(candidate, "Provision", citation)
        yield _triple(candidate, "verbClass", ox.NamedNode(verb.iri))
        yield _triple(candidate, "locator", ox.Literal(paragraph))
        if origin.instrument:
            yield ox.Triple(candidate, ox.NamedNode(DCTERMS + "isPartOf"), ox.NamedNode(origin.instrument))
        yield from _linked(candidate, mentions, "addressee", "actionType")
    if dates:
        candidate = ox.NamedNode(f"{BASE}activity/{source}-{paragraph}-{place}")
        status = "planned" if _PLANNED.search(sentence.text) else "completed"
        yield from _described(candidate, "Activity", citation)
        yield _triple(candidate, "status", ox.NamedNode(f"{BASE}term/activity-status/{status}"))
        yield _triple(candidate, "startDate", _date(dates[0]))
        yield from _linked(candidate, mentions, "participant", "activityType")


def _citation(
    node: ox.NamedNode, sentence: Sentence, mentions: Sequence[Annotation], origin: Origin
) -> Iterator[ox.Triple]:
    lang = "ja" if re.search("[\u3041-\u30ff\u4e00-\u9fff]", sentence.text) else "en"
    yield ox.Triple(node, RDF_TYPE, ox.NamedNode(f"{AISI}Citation"))
    yield _triple(node, "source", ox.NamedNode(origin.source))
    yield _triple(node, "locator", ox.Literal(f"p{sentence.paragraph}"))
    yield _triple(node, "reviewStatus", PROPOSED)
    if origin.read_on:
        yield _triple(node, "dateRead", _date(origin.read_on))
    quote = " ".join(sentence.text.split())[:_LONGEST_QUOTE]
    yield ox.Triple(node, ox.NamedNode(f"{SKOS}note"), ox.Literal(quote, language=lang))
    for one in mentions:
        yield _triple(node, "attestedForm", ox.Literal(" ".join(one.text.split()), language=lang))
        for concept in one.concepts:
            yield _triple(ox.NamedNode(concept.iri), "citation", node)


def _described(node: ox.NamedNode, name: str, citation: ox.NamedNode) -> Iterator[ox.Triple]:
    yield ox.Triple(node, RDF_TYPE, ox.NamedNode(AISI + name))
    yield _triple(node, "citation", citation)
    yield _triple(node, "reviewStatus", PROPOSED)


def _linked(
    node: ox.NamedNode, mentions: Iterable[Annotation], actors: str, types: str
) -> Iterator[ox.Triple]:
    """The records that a sentence names, as far as they say who and what kind of thing."""
    for concept in (concept for one in mentions for concept in one.concepts):
        if local_name(concept.type) == "Actor":
            yield _triple(node, actors, ox.NamedNode(concept.iri))
        elif concept.scheme == _ACTIVITY_TYPE:
            yield _triple(node, types, ox.NamedNode(concept.iri))


def _last_verb(text: str, verbs: Sequence[Verb]) -> Verb | None:
    """The verb that stands last, as a Japanese sentence ends with what it does; an English word may be inflected."""
    folded = width_case(text)
    places = [(_place(folded, verb.word), len(verb.word), verb.iri, verb) for verb in verbs]
    place, _, _, verb = max(places, default=(-1, 0, "", None))
    return verb if place >= 0 else None


def _place(text: str, word: str) -> int:
    if not word.isascii():
        return text.rfind(word)
    stem = re.escape(word.removesuffix("e").removesuffix("y"))
    found = list(re.finditer(rf"\b{stem}(?:e|y|es|s|ies|ed|ied|ing)?\b", text))
    return found[-1].start() if found else -1


def _date(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + _DATATYPES[len(text)]))


def _slug(source: str) -> str:
    name = re.sub(r"[^a-z0-9.-]+", "-", local_name(source).lower()).strip("-")
    return name or hashlib.sha256(source.encode()).hexdigest()[:8]


def _triple(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(AISI + name), value)
