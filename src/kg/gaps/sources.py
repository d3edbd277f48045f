"""Name documents the way a reader would: the whole once, then its sections."""

from collections.abc import Iterable, Sequence

from kg.gaps.facts import Facts
from kg.gaps.model import CitationRef, Ref, Statement, Text
from kg.gaps.sentences import count_en, listed
from kg.gaps.terms import Labels

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
    return listed([_with_sections(labels.text(iri), sorted(parts)) for iri, parts in sections.items()])


def searched(
    corpus: Sequence[Ref], cut_off: str, statements: Iterable[Statement], facts: Facts, labels: Labels
) -> tuple[Text, str]:
    """Name what was searched, and up to when.

    One document holds up to the day that its statements name; several, each with a day of its own, were searched
    together by the cut-off.
    """
    documents = {(facts.wholes_of(source.iri) or (source.iri,))[-1] for source in corpus}
    dates = [statement.as_of for statement in statements if statement.as_of and len(documents) == 1]
    return sources_text(corpus, facts, labels), min([*dates, cut_off])


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
