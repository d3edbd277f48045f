"""Write triples as JSON-LD under our published context, one node object a line."""

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import IO, Any, Final

import pyoxigraph as ox

from kg.export.statements import Subject, descriptions
from kg.vocab import PREFIXES, RDF_TYPE, XSD

CONTEXT_FILE: Final = "context.jsonld"


@cache
def context_document() -> bytes:
    """Give the context that is published beside the exports and stands inside each of them."""
    return (resources.files("kg.export") / CONTEXT_FILE).read_bytes()


@cache
def _terms() -> dict[str, tuple[str, dict[str, str]]]:
    """Give for each property IRI of the context its short name and how its values are written."""
    context: dict[str, Any] = json.loads(context_document())["@context"]
    terms = {}
    for name, meaning in context.items():
        if isinstance(meaning, dict):
            prefix, _, local = meaning["@id"].partition(":")
            terms[PREFIXES[prefix] + local] = (name, meaning)
    return terms


def write_jsonld(triples: Iterable[ox.Triple], out: IO[bytes]) -> None:
    """Write triples that come sorted by subject as one JSON-LD document."""
    context = json.dumps(json.loads(context_document())["@context"], ensure_ascii=False)
    out.write(f'{{"@context": {context},\n"@graph": ['.encode())
    separator = "\n"
    for subject, described in descriptions(triples):
        node = json.dumps(_node(subject, described), ensure_ascii=False)
        out.write((separator + node).encode())
        separator = ",\n"
    out.write(b"\n]}\n")


def _node(subject: Subject, described: list[ox.Triple]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _id(subject)}
    for triple in described:
        if triple.predicate == RDF_TYPE:
            node.setdefault("@type", []).append(_compact(_id(triple.object)))
            continue
        name, meaning = _terms().get(triple.predicate.value, (_compact(triple.predicate.value), {}))
        by_language = meaning.get("@container") == "@language"
        if by_language and isinstance(triple.object, ox.Literal) and triple.object.language:
            texts = node.setdefault(name, {})
            texts.setdefault(triple.object.language, []).append(triple.object.value)
        elif by_language:  # a text without language does not fit the short name
            node.setdefault(_compact(triple.predicate.value), []).append(_value(triple.object, {}))
        else:
            node.setdefault(name, []).append(_value(triple.object, meaning))
    return node


def _value(value: object, meaning: dict[str, str]) -> object:
    if not isinstance(value, ox.Literal):
        iri = _id(value)
        return iri if meaning.get("@type") == "@id" else {"@id": iri}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value == XSD + "string":
        return value.value if "@type" not in meaning else {"@value": value.value}
    return {"@value": value.value, "@type": _compact(value.datatype.value)}


def _id(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
