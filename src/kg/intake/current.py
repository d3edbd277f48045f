"""The graph as it is, for comparing an import with it."""

from functools import cached_property

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.content import Content
from kg.export.mappings import NO_TERM, Mapping
from kg.export.statements import descriptions
from kg.store import Term
from kg.vocab import AISI, DCTERMS, OWL, RDF, SKOS

Statements = frozenset[ox.Triple]

# what an export says of itself, not of the concepts
_OF_THE_EXPORT = frozenset(
    ox.NamedNode(iri)
    for iri in (
        OWL + "priorVersion",
        OWL + "versionIRI",
        OWL + "versionInfo",
        *(DCTERMS + name for name in ("issued", "license", "creator", "title", "source")),
    )
)


class Current:
    """What the graph says of concepts now, and which records it has."""

    def __init__(self, content: Content) -> None:
        self.content = content

    @cached_property
    def concepts(self) -> dict[str, Statements]:
        """Give for each concept and scheme its plain SKOS, both directions of every relation."""
        return {
            subject.value: frozenset(triples)
            for subject, triples in descriptions(self.content.skos(None))
            if isinstance(subject, ox.NamedNode)
        }

    @cached_property
    def mappings(self) -> dict[tuple[str, str, str], Mapping]:
        """Give the mapping records by subject and object; of those without one, by what was searched too."""
        return {key_of(one.subject, one.object, one.object_source): one for one in self.content.mappings()}

    @cached_property
    def activities(self) -> frozenset[str]:
        """Give the IRIs of the activities."""
        return self.content.instances(AISI + "Activity")

    @cached_property
    def by_notation(self) -> dict[str, list[str]]:
        """Give the concepts that have a notation, by the notation."""
        found: dict[str, list[str]] = {}
        for iri, triples in sorted(self.concepts.items()):
            for triple in triples:
                if triple.predicate == ox.NamedNode(SKOS + "notation") and isinstance(
                    triple.object, ox.Literal
                ):
                    found.setdefault(triple.object.value, []).append(iri)
        return found

    @cached_property
    def definitions(self) -> dict[str, list[tuple[str, Term, str]]]:
        """Give for each concept its definition records: IRI, text and kind."""
        found: dict[str, list[tuple[str, Term, str]]] = {}
        for row in self.content.store.select(load_query("export/definitions").text):
            kind = row["kind"].value.rsplit("/", 1)[-1] if "kind" in row else ""
            found.setdefault(row["concept"].value, []).append((row["definition"].value, row["text"], kind))
        return found

    def is_concept(self, iri: str) -> bool:
        """Tell whether the graph has a concept of this IRI."""
        typed = (ox.NamedNode(RDF + "type"), ox.NamedNode(SKOS + "Concept"))
        return any((t.predicate, t.object) == typed for t in self.concepts.get(iri, frozenset()))

    def values(self, iri: str, name: str, lang: str) -> list[str]:
        """Give the texts of one property of a concept in one language."""
        predicate = ox.NamedNode(SKOS + name)
        return sorted(
            triple.object.value
            for triple in self.concepts.get(iri, frozenset())
            if triple.predicate == predicate
            and isinstance(triple.object, ox.Literal)
            and (triple.object.language or "").lower() == lang.lower()
        )

    def says(self, triple: ox.Triple) -> bool:
        """Tell whether the graph says this, or an export said it of itself."""
        if triple.predicate in _OF_THE_EXPORT and _word(triple.subject) in self.concepts:
            return True
        return triple in self.concepts.get(_word(triple.subject), frozenset())


def key_of(subject: str, object_: str, searched: str) -> tuple[str, str, str]:
    """Tell mappings apart: the vocabulary that was searched matters only where nothing was found."""
    return subject, object_, searched if object_ == NO_TERM else ""


def _word(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
