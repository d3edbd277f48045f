"""Say things about published data in RDF: a small way to write down statements in their order."""

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from kg.export.rights import Rights
from kg.snapshot import Manifest
from kg.vocab import DCTERMS, PREFIXES, RDF_TYPE, XSD

SPACES: Final[dict[str, str]] = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "dcmit": "http://purl.org/dc/dcmitype/",
    "mod": "https://w3id.org/mod#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
Value = ox.NamedNode | ox.Literal
MEDIA: Final = "https://www.iana.org/assignments/media-types/"


def named(name: str) -> ox.NamedNode:
    """Give the term of a short name such as `dcat:Dataset`, or of a whole IRI."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(SPACES[prefix] + local if prefix in SPACES else name)


def texts(values: Mapping[str, str]) -> list[ox.Literal]:
    """Give a text in its languages."""
    return [ox.Literal(value, language=lang) for lang, value in sorted(values.items())]


def number(value: int) -> ox.Literal:
    """Give a whole number."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def day(value: str) -> list[ox.Literal]:
    """Give a day, or nothing where it is not known."""
    return [ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))] if value else []


def described(subject: str, kinds: Iterable[str], facts: Mapping[str, Iterable[Value]]) -> list[ox.Triple]:
    """Give the statements about one thing: its classes, then its facts."""
    node = ox.NamedNode(subject)
    said = [ox.Triple(node, RDF_TYPE, named(kind)) for kind in kinds]
    return said + [ox.Triple(node, named(name), value) for name, values in facts.items() for value in values]


def stated_rights(manifest: Manifest, rights: Rights) -> dict[str, list[Value]]:
    """Give licence, makers and day; what a graph does not say of itself is left out."""
    stated = {
        "license": rights.licence,
        "creator": rights.publisher,
        "publisher": rights.publisher,
    }
    said: dict[str, list[Value]] = {
        DCTERMS + name: [ox.NamedNode(iri)] for name, iri in stated.items() if iri
    }
    return said | {DCTERMS + "issued": list(day(manifest.issued))}
