"""Write triples as JSON-LD under our published context, one node object a line."""

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import IO, Any, Final, NamedTuple

import pyoxigraph as ox

from kg.export.statements import Subject, descriptions
from kg.vocab import PREFIXES, RDF_TYPE, XSD

CONTEXT_FILE: Final = "context.jsonld"
_TYPE: Final = RDF_TYPE.value
_STRING: Final = XSD + "string"
_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps makes one for each node


@cache
def context_document() -> bytes:
    """Give the context that is published beside the exports and stands inside each of them."""
    return (resources.files("kg.export") / CONTEXT_FILE).read_bytes()


class _Way(NamedTuple):
    """How the values of a property are written: its short name, its prefixed name and the form of its values."""

    name: str
    prefixed: str
    by_language: bool
    is_iri: bool
    typed: bool


_PLAIN: Final = _Way("", "", by_language=False, is_iri=False, typed=False)


@cache
def _ways() -> dict[str, _Way]:
    """Give for each property IRI of the context how its values are written."""
    context: dict[str, Any] = json.loads(context_document())["@context"]
    ways = {}
    for name, meaning in context.items():
        if isinstance(meaning, dict):
            prefix, _, local = meaning["@id"].partition(":")
            by_language, is_iri = meaning.get("@container") == "@language", meaning.get("@type") == "@id"
            ways[PREFIXES[prefix] + local] = _Way(
                name, meaning["@id"], by_language, is_iri, "@type" in meaning
            )
    return ways


@cache
def _way(predicate: str) -> _Way:
    prefixed = _compact(predicate)
    return _ways().get(predicate) or _Way(prefixed, prefixed, by_language=False, is_iri=False, typed=False)


def write_jsonld(triples: Iterable[ox.Triple], out: IO[bytes]) -> None:
    """Write triples that come sorted by subject as one JSON-LD document."""
    context = json.dumps(json.loads(context_document())["@context"], ensure_ascii=False)
    out.write(f'{{"@context": {context},\n"@graph": ['.encode())
    separator = "\n"
    for subject, described in descriptions(triples):
        out.write((separator + _JSON(_node(subject, described))).encode())
        separator = ",\n"
    out.write(b"\n]}\n")


def _node(subject: Subject, described: list[ox.Triple]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _id(subject)}
    for triple in described:
        predicate, value = triple.predicate.value, triple.object
        if predicate == _TYPE:
            node.setdefault("@type", []).append(_compact(_id(value)))
            continue
        way = _way(predicate)
        if not way.by_language:
            node.setdefault(way.name, []).append(_value(value, way))
        elif isinstance(value, ox.Literal) and (language := value.language):
            node.setdefault(way.name, {}).setdefault(language, []).append(value.value)
        else:  # a text without language does not fit the short name
            node.setdefault(way.prefixed, []).append(_value(value, _PLAIN))
    return node


def _value(value: object, way: _Way) -> object:
    if not isinstance(value, ox.Literal):
        iri = _id(value)
        return iri if way.is_iri else {"@id": iri}
    if language := value.language:
        return {"@value": value.value, "@language": language}
    datatype = value.datatype.value
    if datatype == _STRING:
        return {"@value": value.value} if way.typed else value.value
    return {"@value": value.value, "@type": _compact(datatype)}


def _id(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


@lru_cache(maxsize=1024)
def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
