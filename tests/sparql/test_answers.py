"""Answers of a worker: bounds on rows and bytes leave whole, readable documents that say they are cut."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sparql.bounds import Bounds
from kg.sparql.evaluate import answer
from kg.sparql.messages import Answer, Question
from kg.sparql.source import StoreSource

DCTERMS = "http://purl.org/dc/terms/"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TRICKY = [
    *(
        '},{"x":{"',
        ',{"x":{"type',
        "},{",
        ',{"',
        "{}",
        ",{},",
        "[{}",
        "<result>",
        "a\r\nb",
        '"',
        '""\r\n',
        "\n",
        "\t",
    ),
    *("\\", "\\\\", '\\"', "</results>", "もの", "", "],[", '"}},{"', "a,b\r\n", '"bindings":[', "'"),
]


def store_of(values: list[str]) -> ox.Store:
    store = ox.Store()
    for number, value in enumerate(values):
        store.add(ox.Quad(ox.NamedNode(f"x:{number}"), ox.NamedNode("x:p"), ox.Literal(value)))
    return store


def read_json(document: bytes) -> list[str]:
    return [row.get("x", {}).get("value", "") for row in json.loads(document)["results"]["bindings"]]


def read_xml(document: bytes) -> list[str]:
    results = [node for node in ET.fromstring(document).iter() if node.tag.endswith("}result")]  # noqa: S314  # our own
    return ["".join(node.itertext()) for node in results]


def read_csv(document: bytes) -> list[str]:
    return [row[0] if row else "" for row in csv.reader(io.StringIO(document.decode(), newline=""))][1:]


def read_tsv(document: bytes) -> list[str]:
    return document.decode().split("\n")[1:-1]


READERS: dict[str, Callable[[bytes], list[str]]] = {
    JSON: read_json,
    XML: read_xml,
    CSV: read_csv,
    TSV: read_tsv,
}
SELECT = "SELECT ?x { ?s <x:p> ?x }"


def ask(store: ox.Store, media_type: str, query: str = SELECT, **limits: int) -> Answer:
    return answer(StoreSource(store), Question(query, media_type, media_type), Bounds(**limits))


def rows_of(document: bytes, media_type: str, cut: bool) -> list[str]:
    rows = READERS[media_type](document)
    if cut and media_type in {CSV, TSV}:
        assert rows[-1].startswith("# Cut after")
        rows = rows[:-1]
    return rows


@pytest.mark.parametrize("media_type", READERS)
@given(st.lists(st.sampled_from(TRICKY), max_size=12), st.integers(0, 12))
@settings(max_examples=120, deadline=None)
def test_rows_are_counted_and_cut_exactly(media_type: str, values: list[str], limit: int) -> None:
    store = store_of(values)
    whole = ask(store, media_type)
    assert (whole.rows, whole.cut) == (len(values), "")
    expected = rows_of(whole.body, media_type, False)
    assert len(expected) == len(values)
    short = ask(store, media_type, rows=limit)
    assert short.cut == ("rows" if limit < len(values) else "")
    assert short.rows == min(limit, len(values))
    assert rows_of(short.body, media_type, bool(short.cut)) == expected[:limit]


@pytest.mark.parametrize("media_type", READERS)
@pytest.mark.parametrize("size", [100, 500, 5_000, 20_000])
def test_bytes_are_bounded(media_type: str, size: int) -> None:
    store = store_of([f"{number} {TRICKY[number % len(TRICKY)]}" for number in range(3000)])
    short = ask(store, media_type, answer_bytes=size)
    whole = ask(store, media_type)
    assert short.cut == "bytes"
    assert len(short.body) < size + 300
    rows = rows_of(short.body, media_type, True)
    assert len(rows) == short.rows
    assert rows == rows_of(whole.body, media_type, False)[: short.rows]


@pytest.mark.parametrize("media_type", READERS)
def test_rows_without_values_count(media_type: str) -> None:
    store = store_of(["a"] * 30)
    short = ask(store, media_type, "SELECT ?x ?y { ?s <x:p> ?z }", rows=7)
    assert (short.rows, short.cut) == (7, "rows")
    assert len(rows_of(short.body, media_type, True)) == 7


def test_a_cut_json_answer_says_so_at_its_end() -> None:
    document = json.loads(ask(store_of(["a"] * 5), JSON, rows=2).body)
    assert list(document) == ["head", "results", "cut"]
    assert document["cut"]["by"] == "rows"
    assert document["cut"]["results"] == 2


GRAPHS = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]


@pytest.mark.parametrize("media_type", GRAPHS)
@pytest.mark.parametrize(
    ("limits", "cut"), [({"rows": 4}, "rows"), ({"answer_bytes": 1000}, "bytes"), ({}, "")]
)
def test_cut_graphs_stay_readable(media_type: str, limits: dict[str, int], cut: str) -> None:
    store = store_of([f"value {number}" for number in range(50)])
    reply = ask(store, media_type, "CONSTRUCT WHERE { ?s ?p ?o }", **limits)
    assert reply.cut == cut
    triples = list(ox.parse(reply.body, format=ox.RdfFormat.from_media_type(media_type)))
    assert len(triples) == reply.rows
    assert 0 < reply.rows == (50 if not cut else min(reply.rows, 49))
    assert (b"Cut after" in reply.body) is bool(cut)


def test_turtle_uses_the_prefixes_of_the_query() -> None:
    reply = ask(
        store_of(["a"]), "text/turtle", "PREFIX e: <x:> BASE <y:> PREFIX r: <z> CONSTRUCT WHERE { ?s e:p ?o }"
    )
    assert reply.body == b'@prefix e: <x:> .\ne:0 e:p "a" .\n'


def test_graphs_use_the_usual_prefixes_where_the_query_has_none() -> None:
    skos = "http://www.w3.org/2004/02/skos/core#"
    query = f"PREFIX terms: <{DCTERMS}> CONSTRUCT {{ <x:a> <{skos}altLabel> 'dcterms: none' ; terms:title 'a' }} {{}}"
    turtle, xml = (ask(store_of([]), form, query).body for form in ("text/turtle", "application/rdf+xml"))
    assert turtle.startswith(f"@prefix skos: <{skos}> .\n@prefix terms: <{DCTERMS}> .\n<x:a> ".encode())
    assert b"<skos:altLabel>" in xml
    assert xml.count(b"xmlns:") == 3  # rdf is always there
    other = ask(store_of([]), "text/turtle", "PREFIX skos: <x:> CONSTRUCT { skos:a skos:p skos:b } {}").body
    assert other == b"@prefix skos: <x:> .\nskos:a skos:p skos:b .\n"


@pytest.mark.parametrize("media_type", [XML, "application/rdf+xml", JSON, "text/turtle"])
def test_a_carriage_return_survives_every_format(media_type: str) -> None:
    text = "a\rb\r\nc"
    if media_type in READERS:
        assert text in READERS[media_type](ask(store_of([text]), media_type).body)[0]
    else:
        graph = ask(store_of([text]), media_type, "CONSTRUCT WHERE { ?s ?p ?o }").body
        read = ox.parse(as_readers_see(graph), format=ox.RdfFormat.from_media_type(media_type))
        assert [quad.object for quad in read] == [ox.Literal(text)]


def as_readers_see(document: bytes) -> bytes:
    """Give a document with the line ends that XML prescribes; the parser in use leaves them as they are."""
    return document.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def test_an_answer_that_is_all_head_ends() -> None:
    reply = ask(store_of(["a"]), "application/rdf+xml", "CONSTRUCT WHERE { ?s ?p ?o }", answer_bytes=10)
    assert (reply.rows, reply.cut) == (0, "bytes")


def test_rdf_xml_refuses_what_xml_cannot_name() -> None:
    reply = ask(store_of(["a"]), "application/rdf+xml", "CONSTRUCT { ?s <http://x/1> ?o } WHERE { ?s ?p ?o }")
    assert reply.outcome == "format"
    assert "<http://x/1>" in reply.message


@pytest.mark.parametrize("character", ["\\u0001", "\\u0008", "\\uFFFE", "\\u001F"])
def test_xml_refuses_characters_that_it_cannot_hold(character: str) -> None:
    rows = ask(store_of([]), XML, f'SELECT ?x {{ BIND("{character}" AS ?x) }}')
    graph = ask(store_of([]), "application/rdf+xml", f'CONSTRUCT {{ <x:a> <x:p> "{character}" }} {{}}')
    assert (rows.outcome, graph.outcome) == ("format", "format")
    assert ask(store_of([]), JSON, f'SELECT ?x {{ BIND("{character}" AS ?x) }}').outcome == "ok"


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("SELECT (<x:unknown>(1) AS ?x) {}", "evaluation"),
        ("SELECT * { ?s ?p ?o FILTER(REGEX(?o, '(')) }", "ok"),
        ("SELECT (1/0 AS ?x) {}", "ok"),
        ("SELECT * {", "syntax"),
        ("", "syntax"),
        ("\x00", "syntax"),
    ],
)
def test_every_fault_has_its_outcome(query: str, outcome: str) -> None:
    assert ask(store_of(["a"]), JSON, query).outcome == outcome


def test_prefixed_names_may_have_many_dots() -> None:
    query = (
        "PREFIX e: <x:> SELECT ?x { VALUES ?x { e:1.0.2 e:a.b.c.d 'e:1.0.2' 1.5 } FILTER(e:f.g.h != e:f) }"
    )
    assert ask(store_of([]), CSV, query).body == b"x\r\nx:1.0.2\r\nx:a.b.c.d\r\ne:1.0.2\r\n1.5\r\n"
    broken = ask(store_of([]), CSV, "PREFIX e: <x:> ASK {\n e:1.0.2 e:p e:o .\n e:s }")
    assert (broken.outcome, broken.line) == ("syntax", 3)


@pytest.mark.parametrize("iri", ["", "no iri", "relative", "http://a b/", "<x:y>", "http://x/\ud800"])
@pytest.mark.parametrize("name", ["default_graphs", "named_graphs"])
def test_a_dataset_of_no_iris_is_refused(iri: str, name: str) -> None:
    question = Question("ASK {}")._replace(**{name: (iri,)})  # type: ignore[arg-type]
    assert answer(StoreSource(store_of([])), question, Bounds()).outcome == "dataset"


def test_the_place_of_a_syntax_error_is_shown() -> None:
    reply = ask(store_of([]), JSON, "SELECT *\nWHERE { ?s foo:bar ?o }")
    assert (reply.line, reply.message.count("Prefix not found")) == (2, 1)
    assert "foo:bar" in reply.message
