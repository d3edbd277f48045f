"""A vocabulary of anybody's as it is compared: its concepts with labels, definitions and neighbours."""

from typing import Final

import pyoxigraph as ox

from kg.compare.model import Concept, Label
from kg.errors import DataError
from kg.intake.rdf import RdfFile
from kg.vocab import RDF_TYPE, RDFS, SKOS

_LABELS: Final = ("prefLabel", "altLabel", "hiddenLabel")
_RELATIONS: Final = {
    "broader": ("broader", "narrower"),
    "narrower": ("narrower", "broader"),
    "related": ("related", "related"),
}
_MATCHES: Final = frozenset(
    SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")


def read_vocabulary(file: RdfFile) -> dict[str, Concept]:
    """Give the concepts of a file by their IRIs."""
    about: dict[str, list[ox.Triple]] = {}
    for triple in file.triples:
        if isinstance(triple.subject, ox.NamedNode):
            about.setdefault(triple.subject.value, []).append(triple)
    typed = {
        iri
        for iri, said in about.items()
        if any(t.predicate == RDF_TYPE and t.object == _CONCEPT for t in said)
    }
    if not typed:
        raise DataError(f"{file.path} has no skos:Concept; give a file of SKOS.")
    neighbours = _neighbours(file)
    return {iri: _concept(iri, about[iri], neighbours.get(iri, {})) for iri in sorted(typed)}


def _concept(iri: str, said: list[ox.Triple], neighbours: dict[str, set[str]]) -> Concept:
    labels = [_label(t, name) for name in _LABELS for t in said if t.predicate.value == SKOS + name]
    if not any(label and label.kind == "prefLabel" for label in labels):
        labels += [_label(t, "prefLabel") for t in said if t.predicate.value == RDFS + "label"]
    definitions: dict[str, list[str]] = {}
    for triple in said:
        if triple.predicate.value == SKOS + "definition" and isinstance(triple.object, ox.Literal):
            definitions.setdefault(_language(triple.object), []).append(triple.object.value)
    return Concept(
        iri=iri,
        scheme=min((_iri(t.object) for t in said if t.predicate.value == SKOS + "inScheme"), default=""),
        labels=tuple(sorted((one for one in labels if one), key=lambda one: (one.kind, one.lang, one.text))),
        definitions={lang: tuple(sorted(texts)) for lang, texts in sorted(definitions.items())},
        neighbours={name: tuple(sorted(iris)) for name, iris in sorted(neighbours.items())},
        mapped=frozenset(_iri(t.object) for t in said if t.predicate.value in _MATCHES),
    )


def _neighbours(file: RdfFile) -> dict[str, dict[str, set[str]]]:
    """Give the neighbours of each concept by relation, whichever way the file says it."""
    found: dict[str, dict[str, set[str]]] = {}
    for triple in file.triples:
        name = triple.predicate.value.removeprefix(SKOS)
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
