"""The documents that a report rests on: how many places of each it cites, and what was read to the end."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.gaps.model import CitationRef, Ref
from kg.report.view import Report


@dataclass(frozen=True)
class Part:
    """A document or part of it that was read to the end, as of a day."""

    source: Ref
    as_of: str | None
    citations: tuple[CitationRef, ...]


@dataclass(frozen=True)
class SourceRow:
    """One document."""

    document: Ref
    places: int
    read: tuple[Part, ...]


def sources(report: Report) -> tuple[SourceRow, ...]:
    """List the documents, those read to the end first, then by the number of places cited."""
    documents: dict[str, Ref] = {}
    places: dict[str, set[str]] = defaultdict(set)
    for citation in _citations(report):
        documents[citation.document.iri] = citation.document
        places[citation.document.iri].add(citation.citation)
    read = _read(report, documents)
    rows = [
        SourceRow(document, len(places[iri]), tuple(read.get(iri, ()))) for iri, document in documents.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.read, -row.places, row.document.iri)))


def _citations(report: Report) -> Iterator[CitationRef]:
    analysis = report.analysis
    for cell in analysis.cells:
        for item in (*cell.evidence, *cell.pending):
            yield from item.citations
        for statement in cell.negative:
            yield from statement.citations
    for row in analysis.commitments:
        yield from row.citations
        for done in row.implementations:
            yield from done.citations
    for gap in analysis.gaps:
        for statement in gap.negative:
            yield from statement.citations


def _read(report: Report, documents: dict[str, Ref]) -> dict[str, list[Part]]:
    """Give what was read to the end by document; a document that is cited nowhere else is added."""
    found: dict[str, dict[str, Part]] = defaultdict(dict)
    for statement in report.completeness:
        cited = [citation.document for citation in statement.citations]
        for source in statement.sources:
            document = cited[0] if cited else source
            documents.setdefault(document.iri, document)
            found[document.iri][source.iri] = Part(source, statement.as_of, statement.citations)
    return {iri: [parts[source] for source in sorted(parts)] for iri, parts in found.items()}
