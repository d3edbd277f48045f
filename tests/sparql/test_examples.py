"""The example queries: each is described in two languages, gives rows, and is readable as RDF by others."""

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.catalog import Query, queries_in
from kg.example_graph import FOLDER, SH, example_triples
from kg.store import EmbeddedStore
from kg_api.example_routes import examples

EXAMPLES = queries_in(FOLDER)
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
HERE = "http://testserver/sparql"
# what the editors and assistants that read SIB sparql-examples ask for
READERS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?query ?comment ?text ?target {
  ?query a sh:SPARQLExecutable ; rdfs:comment ?comment ; schema:target ?target ;
    sh:select|sh:ask|sh:construct|sh:describe ?text .
}"""
PREFIXES_OF = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?prefix ?space { ?query sh:prefixes/sh:declare [ sh:prefix ?prefix ; sh:namespace ?space ] }"""


@pytest.mark.parametrize("query", EXAMPLES, ids=lambda query: query.name)
def test_an_example_finds_something(query: Query, shipped_store: EmbeddedStore) -> None:
    assert {"question", "question_ja", "summary", "summary_ja"} <= set(query.head)
    if "CONSTRUCT" in query.text:
        assert shipped_store.construct(query.text)
    else:
        assert shipped_store.select(query.text)


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_other_tools_find_the_examples(media_type: str, shipped_store: EmbeddedStore) -> None:
    client = TestClient(Starlette(routes=[Route("/sparql/examples", examples)]))
    answer = client.get("/sparql/examples", headers={"Accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    graph = ox.Store()
    graph.load(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    rows = EmbeddedStore(graph).select(READERS)
    assert len(rows) == 2 * len(EXAMPLES)
    assert {row["target"].value for row in rows} == {HERE}
    prefixes = {row["prefix"].value for row in EmbeddedStore(graph).select(PREFIXES_OF)}
    assert {"skos", "aisi"} <= prefixes
    for text in {row["text"].value for row in rows if "CONSTRUCT" not in row["text"].value}:
        assert shipped_store.select(text)


def test_an_example_is_of_the_kind_that_it_is() -> None:
    kinds = {
        (triple.subject, triple.object.value.removeprefix(SH))
        for triple in example_triples(HERE)
        if isinstance(triple.object, ox.NamedNode) and triple.object.value.endswith("Executable")
    }
    forms = {
        (triple.subject, f"SPARQL{triple.predicate.value.removeprefix(SH).capitalize()}Executable")
        for triple in example_triples(HERE)
        if triple.predicate.value.removeprefix(SH) in {"select", "ask", "construct", "describe"}
    }
    assert forms == {kind for kind in kinds if kind[1] != "SPARQLExecutable"}
    assert len(forms) == len(EXAMPLES)


def test_examples_in_no_format_are_406() -> None:
    client = TestClient(Starlette(routes=[Route("/sparql/examples", examples)]))
    assert client.get("/sparql/examples", headers={"Accept": "image/png"}).status_code == 406
