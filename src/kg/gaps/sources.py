"""Name documents the way a reader would: the whole once, then its sections."""

from collections.abc import Iterable, Sequence
from datetime import date

from kg.gaps.facts import Facts
from kg.gaps.model import CitationRef, Ref, Statement, Text
from kg.gaps.places import place_text
from kg.gaps.sentences import count_en, date_text, enumerated, listed
from kg.gaps.terms import Day, Labels, day

_NAMED_AT_MOST = 2


def sources_text(sources: Iterable[Ref], facts: Facts, labels: Labels) -> Text:
    """Name sources, the parts of one document together; of many documents only how many they are."""
    sections: dict[str, list[str]] = {}
    for source in sources:
        wholes, known = facts.wholes_of(source.iri), facts.sources.get(source.iri)
        locator = known.locator if known is not None else None
        if wholes and locator is not None:
            sections.setdefault(wholes[-1], []).append(locator)
        else:
            sections.setdefault(source.iri, [])
    if len(sections) > _NAMED_AT_MOST:
        number = count_en(len(sections), "document", "documents")
        return Text(ja=f"調査対象の{len(sections)}文書", en=f"the {number} of the corpus")
    return listed([_with_places(labels.text(iri), sorted(parts)) for iri, parts in sections.items()])


def whole_of(source: str, facts: Facts) -> str:
    """Give the document that a source is a part of, itself if it is whole."""
    return [source, *facts.wholes_of(source)][-1]


def searched(
    corpus: Sequence[Ref], cut_off: str, statements: Iterable[Statement], facts: Facts, labels: Labels
) -> Text:
    """Name what was searched, and up to when: a document reports up to its own day, whenever it was read."""
    known, limit = tuple(statements), Day(date.fromisoformat(cut_off), cut_off)
    days = sorted(_reaches(source.iri, limit, known, facts) for source in corpus) or [limit]
    first, last = date_text(days[0].written), date_text(days[-1].written)
    sources = sources_text(corpus, facts, labels)
    if days[0] == days[-1]:
        return Text(ja=f"{first.ja}時点の{sources.ja}", en=f"{sources.en} as of {first.en}")
    return Text(
        ja=f"{sources.ja}(各文書の時点は{first.ja}〜{last.ja})",
        en=f"{sources.en}, each as of its own date ({first.en} to {last.en})",
    )


def _reaches(source: str, cut_off: Day, statements: Iterable[Statement], facts: Facts) -> Day:
    """Give the day up to which a source was recorded in full, the cut-off where no statement names one."""
    names = {source, *facts.wholes_of(source)}
    days = [day(s.as_of) for s in statements if names & {ref.iri for ref in s.sources}]
    stated = max((known for known in days if known is not None), default=cut_off)
    return min(stated, facts.issued(source) or cut_off, cut_off)


def cited_text(citations: Iterable[CitationRef]) -> Text:
    """Name the documents that are cited, with the places in them."""
    sections: dict[str, tuple[Text, list[str]]] = {}
    for ref in citations:
        _, places = sections.setdefault(ref.document.iri, (ref.document.label, []))
        if ref.locator is not None and ref.locator not in places:
            places.append(ref.locator)
    if not sections:
        return Text(ja="典拠のない言明", en="a statement without a source")
    return listed([_with_places(label, places) for label, places in sections.values()])


def _with_places(label: Text, locators: Iterable[str]) -> Text:
    places = enumerated([place for place in map(place_text, locators) if place.en])
    if not places.en:
        return Text(ja=f"「{label.ja}」", en=label.en)
    return Text(ja=f"「{label.ja}」({places.ja})", en=f"{label.en} ({places.en})")
