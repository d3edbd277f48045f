"""Name documents the way a reader would: the whole once, then its sections."""

from collections.abc import Iterable

from kg.gaps.facts import Facts
from kg.gaps.model import CitationRef, Ref, Text
from kg.gaps.sentences import listed
from kg.gaps.terms import Labels


def sources_text(sources: Iterable[Ref], facts: Facts, labels: Labels) -> Text:
    """Name sources, the parts of one document together."""
    sections: dict[str, list[str]] = {}
    for source in sources:
        wholes, known = facts.wholes_of(source.iri), facts.sources.get(source.iri)
        locator = known.locator if known is not None else None
        if wholes and locator is not None:
            sections.setdefault(wholes[-1], []).append(locator)
        else:
            sections.setdefault(source.iri, [])
    return listed([_with_sections(labels.text(iri), sorted(parts)) for iri, parts in sections.items()])


def cited_text(citations: Iterable[CitationRef]) -> Text:
    """Name the documents that are cited, with the places in them."""
    sections: dict[str, tuple[Text, list[str]]] = {}
    for ref in citations:
        _, places = sections.setdefault(ref.document.iri, (ref.document.label, []))
        if ref.locator is not None and ref.locator not in places:
            places.append(ref.locator)
    if not sections:
        return Text(ja="典拠のない言明", en="a statement without a source")
    return listed([_with_sections(label, places) for label, places in sections.values()])


def _with_sections(label: Text, sections: list[str]) -> Text:
    if not sections:
        return Text(ja=f"「{label.ja}」", en=label.en)
    many = "sections" if len(sections) > 1 else "section"
    named = listed([Text(ja=section, en=section) for section in sections])
    return Text(ja=f"「{label.ja}」({'・'.join(sections)}節)", en=f"{label.en} ({many} {named.en})")
