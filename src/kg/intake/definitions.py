"""Make definition records of definitions that were read, so that each keeps its grounds."""

from itertools import count
from typing import Final

import pyoxigraph as ox

from kg.export.entries import proper_tag
from kg.intake.citing import Cited
from kg.intake.current import Current
from kg.vocab import AISI, RDF, RDF_TYPE

_VALUE: Final = ox.NamedNode(RDF + "value")
Changes = tuple[list[ox.Triple], list[ox.Triple]]


def reworded(
    concept: str, text: ox.Literal, before: ox.Literal | None, current: Current, cited: Cited, where: str
) -> Changes:
    """Bring the record of a definition up to a translator's new text, or make one where there is none."""
    records = current.definitions.get(concept, [])
    for iri, old, _ in records:
        if old == before:
            node = ox.NamedNode(iri)
            return [ox.Triple(node, _VALUE, text)], [ox.Triple(node, _VALUE, old)]
    return recorded(concept, text, "translated" if records else "authored", current, cited, where), []


def recorded(
    concept: str, text: ox.Literal, kind: str, current: Current, cited: Cited, where: str
) -> list[ox.Triple]:
    """Make a new record of a definition, cited from the file; nothing where there is one of this text already."""
    records = current.definitions.get(concept, [])
    if any(old == text for _, old, _ in records):
        return []
    base, _, path = concept.partition("/term/")
    stem = f"{base}/definition/{path or concept.rsplit('/', 1)[-1]}/{proper_tag(text.language or '').lower()}"
    taken = {iri for iri, _, _ in records}
    iri = next(name for number in count(1) if (name := f"{stem}-{number}") not in taken)
    node = ox.NamedNode(iri)
    return [
        ox.Triple(node, RDF_TYPE, ox.NamedNode(AISI + "Definition")),
        ox.Triple(node, ox.NamedNode(AISI + "definitionOf"), ox.NamedNode(concept)),
        ox.Triple(node, _VALUE, text),
        ox.Triple(
            node, ox.NamedNode(AISI + "definitionKind"), ox.NamedNode(f"{base}/term/definition-kind/{kind}")
        ),
        *cited.cite(iri, where, text),
    ]
