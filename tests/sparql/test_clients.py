"""The clients that researchers use: SPARQLWrapper and rdflib, in every format and method that they offer."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from .conftest import Served

NEXT = "<http://example.org/next>"
SELECT = f"SELECT ?s WHERE {{ ?s {NEXT} <http://example.org/thing/1> }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?s {NEXT} <http://example.org/thing/1> }}"
METHODS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def wrapper(served: Served, query: str, return_format: str, method: str, way: str) -> SPARQLWrapper:
    client = SPARQLWrapper(served.url)
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setQuery(query)
    client.setReturnFormat(return_format)
    return client


@pytest.mark.parametrize(("method", "way"), METHODS)
@pytest.mark.parametrize("return_format", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(served: Served, return_format: str, method: str, way: str) -> None:
    answer = wrapper(served, SELECT, return_format, method, way).query()
    assert return_format in answer.info()["content-type"] or return_format == TSV
    assert b"http://example.org/thing/0" in answer.response.read()


@pytest.mark.parametrize(("method", "way"), METHODS)
@pytest.mark.parametrize("return_format", [TURTLE, RDFXML, JSONLD])
def test_sparqlwrapper_reads_graphs(served: Served, return_format: str, method: str, way: str) -> None:
    answer = wrapper(served, CONSTRUCT, return_format, method, way).query()
    media_type = answer.info()["content-type"].split(";")[0]
    assert len(list(ox.parse(answer.response.read(), format=ox.RdfFormat.from_media_type(media_type)))) == 1


def test_sparqlwrapper_sees_a_syntax_error(served: Served) -> None:
    with pytest.raises(QueryBadFormed, match="line 1"):
        wrapper(served, "SELECT * {", JSON, GET, URLENCODED).query()


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def graph(served: Served, request: pytest.FixtureRequest) -> Iterator[Graph]:
    remote = Graph(SPARQLStore(served.url, method=request.param))
    yield remote
    remote.close()


def test_rdflib_works_on_the_endpoint_as_on_a_graph(graph: Graph) -> None:
    assert len(graph) == 300
    assert len(list(graph.query(SELECT))) == 1
    assert bool(graph.query("ASK { ?s ?p ?o }"))
    assert len(graph.query(CONSTRUCT).graph or []) == 1
    assert len(list(graph.triples((None, None, None)))) == 300
