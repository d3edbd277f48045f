"""A vocabulary of anybody's as it is compared: its concepts with labels, definitions and neighbours."""

from typing import Final

import pyoxigraph as ox

from kg.compare.model import Concept, Label
from kg.errors import DataError
from kg.intake.rdf import RdfFile
from kg.vocab import DCTERMS, OWL, RDF_TYPE, RDFS, SKOS

_LABELS: Final = ("prefLabel", "altLabel", "hiddenLabel")
_RELATIONS: Final = {
    SKOS + "broader": ("broader", "narrower"),
    SKOS + "narrower": ("narrower", "broader"),
    SKOS + "related": ("related", "related"),
    RDFS + "subClassOf": ("broader", "narrower"),
}
_MATCHES: Final = frozenset(
    SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
_CONCEPT: Final = frozenset([ox.NamedNode(SKOS + "Concept")])
_CLASS: Final = frozenset([ox.NamedNode(OWL + "Class"), ox.NamedNode(RDFS + "Class")])
_DEFINITIONS: Final = (SKOS + "definition", RDFS + "comment", DCTERMS + "description")


def read_vocabulary(file: RdfFile) -> dict[str, Concept]:
    """Give the concepts of a file by their IRIs; of an ontology without concepts, its classes."""
    about: dict[str, list[ox.Triple]] = {}
    for triple in file.triples:
        if isinstance(triple.subject, ox.NamedNode):
            about.setdefault(triple.subject.value, []).append(triple)
    typed = _typed(about, _CONCEPT) or _typed(about, _CLASS)
    if not typed:
        raise DataError(f"{file.path} has no skos:Concept and no class; give a file of SKOS or an ontology.")
    neighbours = _neighbours(file)
    return {iri: _concept(iri, about[iri], neighbours.get(iri, {})) for iri in sorted(typed)}


def _typed(about: dict[str, list[ox.Triple]], kinds: frozenset[ox.NamedNode]) -> set[str]:
    return {
        iri for iri, said in about.items() if any(t.predicate == RDF_TYPE and t.object in kinds for t in said)
    }


def _concept(iri: str, said: list[ox.Triple], neighbours: dict[str, set[str]]) -> Concept:
    labels = [_label(t, name) for name in _LABELS for t in said if t.predicate.value == SKOS + name]
    if not any(label and label.kind == "prefLabel" for label in labels):
        labels += [_label(t, "prefLabel") for t in said if t.predicate.value == RDFS + "label"]
    definitions = next(filter(None, (_texts(said, name) for name in _DEFINITIONS)), {})
    return Concept(
        iri=iri,
        scheme=min((_iri(t.object) for t in said if t.predicate.value == SKOS + "inScheme"), default=""),
        labels=tuple(sorted((one for one in labels if one), key=lambda one: (one.kind, one.lang, one.text))),
        definitions={lang: tuple(sorted(texts)) for lang, texts in sorted(definitions.items())},
        neighbours={name: tuple(sorted(iris)) for name, iris in sorted(neighbours.items())},
        mapped=frozenset(_iri(t.object) for t in said if t.predicate.value in _MATCHES),
    )


def _texts(said: list[ox.Triple], name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for triple in said:
        if triple.predicate.value == name and isinstance(triple.object, ox.Literal):
            found.setdefault(_language(triple.object), []).append(triple.object.value)
    return found


def _neighbours(file: RdfFile) -> dict[str, dict[str, set[str]]]:
    """Give the neighbours of each concept by relation, whichever way the file says it."""
    found: dict[str, dict[str, set[str]]] = {}
    for triple in file.triples:
        name = triple.predicate.value
        if name in _RELATIONS and isinstance(triple.object, ox.NamedNode):
            one, other = _RELATIONS[name]
            found.setdefault(_iri(triple.subject), {}).setdefault(one, set()).add(triple.object.value)
            found.setdefault(triple.object.value, {}).setdefault(other, set()).add(_iri(triple.subject))
    return found


def _label(triple: ox.Triple, kind: str) -> Label | None:
    value = triple.object
    if not isinstance(value, ox.Literal) or not value.value.strip():
        return None
    return Label(text=value.value, lang=_language(value), kind=kind)


def _language(value: ox.Literal) -> str:
    return (value.language or "").lower()


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
