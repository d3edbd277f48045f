"""Pieces of RDF: triples of a subject that is named, with typed values and texts in both languages."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.gaps.model import Text
from kg.report.words import fixed_words
from kg.vocab import BASE, PREFIXES, RDF_TYPE, XSD

CUBE = BASE + "gap-report#"
QB, DQV, EARL = PREFIXES["qb"], PREFIXES["dqv"], "http://www.w3.org/ns/earl#"

Value = ox.NamedNode | ox.Literal
Found = Iterator[tuple[str, str, Value]]


def types(subject: str, *kinds: str) -> Found:
    """Say what a subject is."""
    for kind in kinds:
        yield subject, RDF_TYPE.value, iri(kind)


def texts(subject: str, prop: str, text: Text) -> Found:
    """Give a text in English and Japanese."""
    yield subject, prop, ox.Literal(text.en, language="en")
    yield subject, prop, ox.Literal(text.ja, language="ja")


def fixed(key: str) -> Text:
    """Give a fixed text of the report in both languages."""
    return Text(ja=fixed_words()[key]["ja"], en=fixed_words()[key]["en"])


def iri(value: str) -> ox.NamedNode:
    """Make a name."""
    return ox.NamedNode(value)


def plain(value: str) -> ox.Literal:
    """Make a text without a language."""
    return ox.Literal(value)


def integer(value: int) -> ox.Literal:
    """Make a whole number."""
    return ox.Literal(str(value), datatype=iri(XSD + "integer"))


def decimal(value: float) -> ox.Literal:
    """Make a number with six places."""
    return ox.Literal(f"{value:.6f}", datatype=iri(XSD + "decimal"))


def truth(value: bool) -> ox.Literal:
    """Make a truth value."""
    return ox.Literal(str(value).lower(), datatype=iri(XSD + "boolean"))


def day(iso: str) -> ox.Literal:
    """Make a date."""
    return ox.Literal(iso, datatype=iri(XSD + "date"))
