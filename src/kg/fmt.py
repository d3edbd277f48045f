"""The one accepted text of a curated file: rdflib's longturtle, sorted and with our prefixes."""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer

from kg.errors import DataError, StoreError
from kg.load import parse_turtle, read_bytes
from kg.vocab import PREFIXES, XSD

_PLAIN = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}

Term = NamedNode | BlankNode | Literal | Triple


def canonical_turtle(triples: Iterable[Triple]) -> bytes:
    """Write triples as the one accepted text; equal sets of triples give equal bytes."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    blank = False
    for triple in triples:
        blank = blank or isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)
        graph.add((_rdflib(triple.subject), _rdflib(triple.predicate), _rdflib(triple.object)))
    buffer = BytesIO()
    _Serializer(graph).serialize(buffer, canon=blank)  # type: ignore[no-untyped-call] # rdflib leaves it untyped
    return buffer.getvalue().strip() + b"\n"


class _Serializer(LongTurtleSerializer):
    """longturtle that abbreviates a number or boolean only where that keeps its written form."""

    def label(self, node: rdflib.term.Node, position: int) -> str:
        if isinstance(node, rdflib.Literal) and node.datatype is not None:
            plain = _PLAIN.get(str(node.datatype))
            if plain is not None and not plain.fullmatch(str(node)):
                return f'"{node}"^^{self.label(node.datatype, position)}'
        return str(super().label(node, position))  # type: ignore[no-untyped-call] # rdflib leaves it untyped


def _rdflib(term: Term) -> rdflib.term.Identifier:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == XSD + "string":
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise DataError(f"{term} is a quoted triple; curated files use plain triples only.")


def formatted(path: Path) -> tuple[bytes, bytes]:
    """Give the text of a file as it is and as it should be."""
    content = read_bytes(path)
    triples = parse_turtle(content, str(path))
    canonical = canonical_turtle(triples)
    if not _same(triples, parse_turtle(canonical, f"the formatted text of {path}")):
        raise StoreError(f"Formatting {path} would change its statements; the file is left as it is.")
    return content, canonical


def _same(before: list[Triple], after: list[Triple]) -> bool:
    """Compare statements; blank nodes get new names, so where there are some only the count is compared."""
    if any(isinstance(term, BlankNode) for triple in before for term in (triple.subject, triple.object)):
        return len(set(before)) == len(set(after))
    return set(before) == set(after)


def rewrite(path: Path) -> bool:
    """Format a file in place, whole or not at all; tell whether it changed."""
    content, canonical = formatted(path)
    if content == canonical:
        return False
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.write_bytes(canonical)
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}; check its permissions.") from error
    return True
