"""Tell the findings that take evidence away from those about how a record is named, described or filed.

A record with a missing name or a clumsy definition is not fit to be published, but what it says of who does what
still stands; a record that contradicts itself or lacks a part of its statement counts for nothing.
"""

from collections.abc import Iterable, Set

import pyoxigraph as ox

from kg.checking import Checked
from kg.load import CuratedGraph
from kg.validate import Finding
from kg.vocab import AISI, BASE, RDF_TYPE, SKOS, compact

_DESCRIBING = frozenset({
    "rdf:value", "rdfs:comment", "rdfs:label", "dcterms:creator", "dcterms:description", "dcterms:license",
    "dcterms:publisher", "dcterms:title", "foaf:homepage", "foaf:page", "skos:altLabel", "skos:changeNote",
    "skos:definition", "skos:editorialNote", "skos:example", "skos:hasTopConcept", "skos:hiddenLabel",
    "skos:notation", "skos:prefLabel", "skos:scopeNote", "skos:topConceptOf", "skosxl:altLabel",
    "skosxl:literalForm", "skosxl:prefLabel", "aisi:archiveNote", "aisi:attestedForm", "aisi:dateRead", "aisi:fileName",
    "aisi:labelOrigin", "aisi:labelStatus", "aisi:sha256",
})  # fmt: skip
_FILING = frozenset({
    "circular-definition", "declared-in-one-file", "definition-length", "definition-recorded",
    "definition-without-genus", "deprecated-without-reason", "half-width-kana", "label-characters",
    "label-spacing", "labels-disjoint", "orphan-concept", "reading-script", "record-iri", "same-label-in-scheme",
    "top-concept-in-scheme", "unused-citation", BASE + "shape/Record",
})  # fmt: skip
_OF_CONCEPTS = frozenset(
    {"skos:broader", "skos:inScheme", "owl:deprecated", "broader-in-scheme", "cycle", "two-kinds"}
)
_SOURCE = AISI + "source"
_GROUNDS = (_SOURCE, *(AISI + name for name in ("citation", "carriedOutBy", "coverageBy", "implementedBy")))
_EVIDENCE = frozenset(
    AISI + name
    for name in (
        "AbsenceStatement", "Activity", "CompletenessStatement", "ConflictStatement", "Coverage", "Implementation",
        "Quantity",
    )
)  # fmt: skip
_CONCEPTS = (SKOS + "Concept", SKOS + "ConceptScheme")


def at_fault(checked: Checked) -> tuple[Finding, ...]:
    """Give the violations that take the statements of a record away."""
    concepts = _concepts(checked.graph)
    return tuple(f for f in checked.violations if _takes_away(f, of_concept=f.record in concepts))


def with_leaning(faulty: Set[str], quads: Iterable[ox.Quad]) -> set[str]:
    """Add the evidence and statements that lean on a record at fault: its place, document, actor or activity."""
    kinds: dict[str, str] = {}
    grounds: dict[str, list[tuple[str, str]]] = {link: [] for link in _GROUNDS}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            if quad.predicate == RDF_TYPE:
                kinds[quad.subject.value] = quad.object.value
            elif quad.predicate.value in grounds:
                grounds[quad.predicate.value].append((quad.subject.value, quad.object.value))
    found = set(faulty)
    for link, pairs in grounds.items():  # in the order of the chain: each step leans on the one before
        leaning = {record for record, ground in pairs if ground in found}
        found |= leaning if link == _SOURCE else {one for one in leaning if kinds.get(one) in _EVIDENCE}
    return set(faulty) | {record for record in found if kinds.get(record) in _EVIDENCE}


def _takes_away(finding: Finding, *, of_concept: bool) -> bool:
    path = compact(finding.path) if finding.path else ""
    if of_concept:  # evidence is filed under a concept: only what moves the concept moves the evidence
        return not _OF_CONCEPTS.isdisjoint({path, finding.rule})
    return path not in _DESCRIBING and finding.rule not in _FILING


def _concepts(graph: CuratedGraph) -> frozenset[str]:
    return frozenset(
        triple.subject.value
        for file in graph.data
        for triple in file.triples
        if triple.predicate == RDF_TYPE
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value in _CONCEPTS
    )
