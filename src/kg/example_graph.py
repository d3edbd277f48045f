"""The example queries as a graph, in the form of the SIB sparql-examples that query editors and others read."""

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.catalog import Query, queries_in
from kg.vocab import BASE, DCTERMS, PREFIXES, RDF_TYPE, RDFS, XSD

FOLDER: Final = "examples"
SH: Final = PREFIXES["sh"]
_SCHEMA: Final = "https://schema.org/"
_QUERIES: Final = BASE + "query/"
_DECLARED: Final = ox.NamedNode(_QUERIES + "prefixes")
_PREFIX: Final = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE)
_FORM: Final = re.compile(r"^(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE)
_HEAD: Final = re.compile(r"^#\+.*\n", re.MULTILINE)

EXAMPLE_PREFIXES: Final = {"sh": SH, "schema": _SCHEMA, "rdfs": RDFS, "dcterms": DCTERMS, "query": _QUERIES}


def example_triples(endpoint: str) -> list[ox.Triple]:
    """Describe each example: question and summary in Japanese and English, text, prefixes, where to ask it."""
    queries = queries_in(FOLDER)
    triples = [triple for query in queries for triple in _example(query, ox.NamedNode(endpoint))]
    declared = {found for query in queries for found in _PREFIX.findall(query.text)}
    return triples + [triple for prefix, space in sorted(declared) for triple in _declaration(prefix, space)]


def _example(query: Query, endpoint: ox.NamedNode) -> Iterator[ox.Triple]:
    name = ox.NamedNode(_QUERIES + query.name.removeprefix(f"{FOLDER}/"))
    form = _FORM.findall(query.text)[0].capitalize()
    yield ox.Triple(name, RDF_TYPE, ox.NamedNode(SH + "SPARQLExecutable"))
    yield ox.Triple(name, RDF_TYPE, ox.NamedNode(f"{SH}SPARQL{form}Executable"))
    for lang, ending in (("en", ""), ("ja", "_ja")):
        question, summary = query.head[f"question{ending}"], query.head[f"summary{ending}"]
        yield ox.Triple(name, ox.NamedNode(RDFS + "comment"), ox.Literal(question, language=lang))
        yield ox.Triple(name, ox.NamedNode(DCTERMS + "description"), ox.Literal(summary, language=lang))
    text = _HEAD.sub("", query.text).strip() + "\n"
    yield ox.Triple(name, ox.NamedNode(SH + form.lower()), ox.Literal(text))
    yield ox.Triple(name, ox.NamedNode(SH + "prefixes"), _DECLARED)
    yield ox.Triple(name, ox.NamedNode(_SCHEMA + "target"), endpoint)


def _declaration(prefix: str, space: str) -> Iterator[ox.Triple]:
    entry = ox.NamedNode(f"{_DECLARED.value}#{prefix}")
    yield ox.Triple(_DECLARED, ox.NamedNode(SH + "declare"), entry)
    yield ox.Triple(entry, ox.NamedNode(SH + "prefix"), ox.Literal(prefix))
    namespace = ox.Literal(space, datatype=ox.NamedNode(XSD + "anyURI"))
    yield ox.Triple(entry, ox.NamedNode(SH + "namespace"), namespace)
