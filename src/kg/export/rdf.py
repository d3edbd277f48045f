"""Write triples and quads in the syntaxes of RDF; equal input gives equal bytes."""

import re
from collections.abc import Iterable, Mapping
from typing import IO, Final

import pyoxigraph as ox

from kg.errors import DataError
from kg.export.jsonld import write_jsonld
from kg.vocab import PREFIXES

_TRIPLES: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}
_QUADS: Final = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

SYNTAXES: Final = (*_TRIPLES, "jsonld", *_QUADS)


def write_triples(
    triples: Iterable[ox.Triple],
    syntax: str,
    out: IO[bytes],
    graph: ox.NamedNode,
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write triples that come sorted by subject; syntaxes with named graphs put them into `graph`."""
    if syntax == "jsonld":
        write_jsonld(triples, out)
    elif syntax in _QUADS:
        write_quads(
            (ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples), syntax, out, prefixes
        )
    else:
        checked = _for_xml(triples) if syntax == "rdfxml" else triples
        ox.serialize(checked, out, _TRIPLES[syntax], prefixes=dict(prefixes))


def write_quads(
    quads: Iterable[ox.Quad], syntax: str, out: IO[bytes], prefixes: Mapping[str, str] = PREFIXES
) -> None:
    """Write quads as TriG or N-Quads in the order in which they come."""
    ox.serialize(quads, out, _QUADS[syntax], prefixes=dict(prefixes))


def _for_xml(triples: Iterable[ox.Triple]) -> Iterable[ox.Triple]:
    for triple in triples:
        if isinstance(triple.object, ox.Literal):
            require_xml(triple.object.value, str(triple.subject))
        yield triple


def require_xml(text: str, where: str) -> str:
    """Give a text back, or say that it has a character that XML cannot hold.

    >>> require_xml("安全性", "here")
    '安全性'
    """
    found = _NOT_XML.search(text)
    if found is None:
        return text
    raise DataError(
        f"The text of {where} has the character U+{ord(found.group()):04X}, which XML cannot hold; "
        "remove it from the data or choose another format."
    )
