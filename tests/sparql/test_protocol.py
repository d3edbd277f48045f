"""The SPARQL 1.1 Protocol over a real connection: operations, formats, negotiation, statuses, headers."""

import csv
import gzip
import io
import json
import re
import xml.etree.ElementTree as ET

import httpx
import pyoxigraph as ox
import pytest

from .conftest import Served

EX = "http://example.org/"
ASK = f"ASK {{ <{EX}thing/1> ?p ?o }}"
SELECT = f"SELECT ?label WHERE {{ <{EX}thing/1> <http://www.w3.org/2000/01/rdf-schema#label> ?label }} ORDER BY ?label"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{EX}thing/1> <{EX}next> ?next }}"
DESCRIBE = f"DESCRIBE <{EX}thing/1>"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"

Parameters = list[tuple[str, str | int | float | bool | None]]
WAYS = ["get", "form", "direct"]


def send(served: Served, way: str, query: str, accept: str = JSON, **parameters: str) -> httpx.Response:
    headers = {"Accept": accept}
    if way == "get":
        return served.client.get(served.url, params={"query": query, **parameters}, headers=headers)
    if way == "form":
        return served.client.post(served.url, data={"query": query, **parameters}, headers=headers)
    headers["Content-Type"] = DIRECT
    return served.client.post(served.url, content=query.encode(), params=parameters, headers=headers)


def labels(document: bytes, media_type: str) -> list[str]:
    """Read the labels out of an answer in any row format."""
    if media_type.endswith("json"):
        return [row["label"]["value"] for row in json.loads(document)["results"]["bindings"]]
    if media_type.endswith("xml"):
        tree = ET.fromstring(document)  # noqa: S314  # our own
        return [node.text or "" for node in tree.iter() if node.tag.endswith("literal")]
    if media_type == "text/csv":
        return [row[0] for row in csv.reader(io.StringIO(document.decode()))][1:]
    return [line.rpartition("@")[0].strip('"') for line in document.decode().splitlines()[1:]]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "media_type", [JSON, XML, "text/csv", "text/tab-separated-values", "application/json"]
)
def test_rows_in_every_format_by_every_operation(served: Served, way: str, media_type: str) -> None:
    answer = send(served, way, SELECT, media_type)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert sorted(labels(answer.content, media_type)) == ["thing 1", "もの 1"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_graphs_in_every_format_by_every_operation(
    served: Served, way: str, query: str, media_type: str
) -> None:
    answer = send(served, way, query, media_type)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media_type
    parsed = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    assert f"<{EX}thing/2>" in {str(quad.object) for quad in parsed}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("query", "expected"), [(ASK, True), ("ASK { <x:no> ?p ?o }", False)])
def test_ask_gives_a_boolean(served: Served, way: str, query: str, expected: bool) -> None:
    assert send(served, way, query).json() == {"head": {}, "boolean": expected}


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        (JSON, '{"head":{},"boolean":true}'),
        (XML, "<boolean>true</boolean>"),
        ("text/csv", "true"),
        ("text/tab-separated-values", "true"),
    ],
)
def test_ask_in_every_format(served: Served, media_type: str, expected: str) -> None:
    assert expected in send(served, "get", ASK, media_type).text


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/*", "text/csv"),
        (f"{XML}, {JSON};q=0.5", XML),
        (f"{XML};q=0.4, {JSON};q=0.5", JSON),
        (f"{JSON};q=0, */*", XML),
        (f"{JSON};q=0, {XML};q=0, */*;q=0.1", "text/csv"),
        ("text/csv, */*", "text/csv"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
        (f"{JSON};charset=utf-8", JSON),
        (f"{JSON};q=abc", JSON),
        ("APPLICATION/SPARQL-RESULTS+XML", XML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        (",,;;q=1, text/csv", "text/csv"),
    ],
)
def test_rows_are_negotiated(served: Served, accept: str | None, expected: str) -> None:
    headers = {} if accept is None else {"Accept": accept}
    answer = served.client.get(served.url, params={"query": SELECT}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "text/turtle"),
        ("application/ld+json, text/turtle;q=0.9", "application/ld+json"),
        ("text/turtle;q=0, */*", "application/n-triples"),
        (f"{JSON}, application/rdf+xml;q=0.2", "application/rdf+xml"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
    ],
)
def test_graphs_are_negotiated(served: Served, accept: str, expected: str) -> None:
    answer = served.client.get(served.url, params={"query": CONSTRUCT}, headers={"Accept": accept})
    assert answer.headers["content-type"].split(";")[0] == expected


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (SELECT, "image/png"),
        (SELECT, "text/turtle"),
        (CONSTRUCT, JSON),
        (ASK, "text/turtle"),
        (SELECT, "*/*;q=0"),
    ],
)
def test_an_unknown_format_is_406(served: Served, query: str, accept: str) -> None:
    assert send(served, "get", query, accept).status_code == 406


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("json", SELECT, JSON),
        ("xml", SELECT, XML),
        ("csv", SELECT, "text/csv"),
        ("tsv", SELECT, "text/tab-separated-values"),
        (XML, SELECT, XML),
        ("turtle", CONSTRUCT, "text/turtle"),
        ("nt", CONSTRUCT, "application/n-triples"),
        ("xml", CONSTRUCT, "application/rdf+xml"),
        ("json", CONSTRUCT, "application/ld+json"),
        ("something", SELECT, JSON),
    ],
)
@pytest.mark.parametrize("parameter", ["format", "output"])
def test_format_parameters_of_other_servers(
    served: Served, parameter: str, name: str, query: str, expected: str
) -> None:
    answer = served.client.get(served.url, params={"query": query, parameter: name})
    assert answer.headers["content-type"].split(";")[0] == expected


def count(served: Served, way: str, **parameters: str) -> int:
    rows = send(served, way, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **parameters).json()
    return int(rows["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("way", WAYS)
def test_the_default_graph_holds_everything(served: Served, way: str) -> None:
    assert count(served, way) == 300


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("graph", ["even", "odd"])
def test_default_graph_uri_names_the_graph(served: Served, way: str, graph: str) -> None:
    assert count(served, way, **{"default-graph-uri": f"{EX}graph/{graph}"}) == 150


@pytest.mark.parametrize("way", WAYS)
def test_several_default_graphs_are_merged(served: Served, way: str) -> None:
    graphs: Parameters = [("default-graph-uri", f"{EX}graph/{name}") for name in ("even", "odd")]
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    if way == "direct":
        answer = served.client.post(
            served.url, params=graphs, content=query, headers={"Content-Type": DIRECT, "Accept": JSON}
        )
    elif way == "get":
        answer = served.client.get(served.url, params=[("query", query), *graphs])
    else:
        body = str(httpx.QueryParams([("query", query), *graphs]))
        answer = served.client.post(served.url, content=body, headers={"Content-Type": FORM})
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "300"


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_named_twice_is_one_graph(served: Served, parameter: str) -> None:
    pattern = "?s ?p ?o" if parameter.startswith("default") else "GRAPH ?g { ?s ?p ?o }"
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    twice: Parameters = [("query", query), *[(parameter, f"{EX}graph/even")] * 2]
    answer = served.client.get(served.url, params=twice).json()
    assert answer["results"]["bindings"][0]["n"]["value"] == "150"


@pytest.mark.parametrize("way", WAYS)
def test_named_graph_uri_alone_empties_the_default_graph(served: Served, way: str) -> None:
    assert count(served, way, **{"named-graph-uri": f"{EX}graph/odd"}) == 0


@pytest.mark.parametrize("way", WAYS)
def test_named_graph_uri_restricts_graph(served: Served, way: str) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    rows = send(served, way, query, **{"named-graph-uri": f"{EX}graph/odd"}).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == [f"{EX}graph/odd"]


def test_the_protocol_overrules_from(served: Served) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/graph/even> { ?s ?p ?o }"
    rows = served.ask(query, **{"default-graph-uri": f"{EX}graph/none"}).json()
    assert rows["results"]["bindings"][0]["n"]["value"] == "0"


@pytest.mark.parametrize("clause", ["FROM <{0}graph/even>", "FROM NAMED <{0}graph/odd>", ""])
def test_named_graphs_can_be_listed(served: Served, clause: str) -> None:
    query = "SELECT DISTINCT ?g " + clause.format(EX) + " { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    rows = served.ask(query).json()["results"]["bindings"]
    expected = {"FROM <{0}graph/even>": [], "FROM NAMED <{0}graph/odd>": ["odd"], "": ["even", "odd"]}[clause]
    assert [row["g"]["value"].removeprefix(f"{EX}graph/") for row in rows] == expected


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("SELECT * {", 1),
        ("SELECT ?s\nWHERE {\n  ?s ?p\n}", 4),
        ("ASK { ?s foo:bar ?o }", 1),
        ("SELECT ?x {} GROUP BY ?y", 1),
        ("SELECT (1 AS ?a) (2 AS ?a) {}", 1),
        ("no query at all", 1),
        ("ASK { ?s ?p 'open }", 1),
        ("ASK { <http://a b> ?p ?o }", 1),
        ("ASK { <http://[> ?p ?o }", 1),
        ("ASK {} ASK {}", 1),
        ("\n\n\nASK {{ }", 4),
        ("PREFIX : <x> SELECT", 1),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_syntax_errors_name_line_and_column(served: Served, way: str, query: str, line: int) -> None:
    answer = send(served, way, query)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 400
    assert problem["line"] == line
    assert problem["column"] >= 1
    assert f"line {line}" in problem["detail"]


def test_who_prefers_plain_text_gets_the_sentence(served: Served) -> None:
    answer = served.ask("ASK {", accept="text/plain, application/sparql-results+json;q=0.5")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("The query does not parse at line 1, column")


@pytest.mark.parametrize(
    ("method", "parameters", "status", "words"),
    [
        ("GET", {"query": "ASK {\n ?s ?p"}, 400, "2 行 7 文字目で途中のまま終わっています"),
        ("GET", {"query": "SELECT ?s, ?o {}"}, 400, "1 行 10 文字目の「, ?o {}」"),
        ("GET", {"query": "ASK { SERVICE <x:y> {} }"}, 403, "SERVICE は使えません"),
        ("GET", {"query": "ASK {" + "{" * 200}, 400, "100 段より深く"),
        ("GET", {"query": "DROP ALL"}, 400, "DROP は更新の命令です"),
        (
            "GET",
            {
                "query": f"SELECT * {{ {' '.join(f'?a{i} ?b{i} ?c{i} .' for i in range(9))} }} ORDER BY ?a8",
                "timeout": "0.2",
            },
            504,
            "0.2 秒で打ち切りました",
        ),
        ("GET", {"query": ""}, 400, "問合せが空です"),
        ("GET", {"update": "DROP ALL"}, 403, "何も変更しません"),
        ("DELETE", {}, 405, "GET, HEAD, POST, OPTIONS"),
    ],
)
def test_japanese_readers_are_told_in_japanese(
    served: Served, method: str, parameters: dict[str, str], status: int, words: str
) -> None:
    for language, is_japanese in [("ja-JP, en;q=0.5", True), ("en, ja;q=0.5", False), ("", False)]:
        headers = {"Accept-Language": language, "Accept": f"{JSON}, */*;q=0.1"}
        answer = served.client.request(method, served.url, params=parameters, headers=headers)
        assert answer.status_code == status
        assert (re.search("[ぁ-ん]", answer.json()["title"]) is not None) is is_japanese
        assert words in answer.json()["detail"] or not is_japanese


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP GRAPH <x:g>",
        "LOAD <x:y>",
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_an_update_is_no_query(served: Served, way: str, query: str) -> None:
    answer = send(served, way, query)
    assert answer.status_code == 400
    assert "update" in answer.json()["detail"]


def test_update_operations_are_forbidden(served: Served) -> None:
    update = "INSERT DATA { <x:a> <x:b> <x:c> }"
    form = served.client.post(served.url, data={"update": update})
    direct = served.client.post(
        served.url, content=update, headers={"Content-Type": "application/sparql-update"}
    )
    by_get = served.client.get(served.url, params={"update": update})
    assert [form.status_code, direct.status_code, by_get.status_code] == [403, 403, 403]
    assert send(served, "get", "ASK { <x:a> <x:b> <x:c> }").json()["boolean"] is False


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "application/sparql-query-x",
        "???",
    ],
)
def test_other_content_types_are_415(served: Served, content_type: str) -> None:
    answer = served.client.post(served.url, content=ASK, headers={"Content-Type": content_type})
    assert answer.status_code == 415
    assert DIRECT in answer.headers["accept-post"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "us-ascii"])
def test_a_charset_of_utf_8_is_read(served: Served, charset: str) -> None:
    headers = {"Content-Type": f"{DIRECT}; charset={charset}"}
    assert served.client.post(served.url, content=ASK, headers=headers).status_code == 200


@pytest.mark.parametrize("header", ["Content-Type", "Content-Encoding"])
def test_other_encodings_are_415(served: Served, header: str) -> None:
    headers = {"Content-Type": DIRECT}
    headers[header] = {"Content-Type": f"{DIRECT}; charset=shift_jis", "Content-Encoding": "gzip"}[header]
    assert (
        served.client.post(served.url, content=gzip.compress(b"ASK {}"), headers=headers).status_code == 415
    )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_405(served: Served, method: str) -> None:
    answer = served.client.request(method, served.url)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize("query", [SELECT, ASK, CONSTRUCT])
def test_head_gives_the_headers_of_get(served: Served, query: str) -> None:
    full = served.client.get(served.url, params={"query": query})
    head = served.client.head(served.url, params={"query": query})
    assert head.content == b""
    assert head.status_code == full.status_code == 200
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == full.headers[name]


def test_options_tells_browsers_what_is_allowed(served: Served) -> None:
    headers = {"Origin": "https://example.com", "Access-Control-Request-Method": "POST"}
    answer = served.client.options(served.url, headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    ("method", "parameters", "status"),
    [
        ("GET", {"query": ASK}, 200),
        ("GET", {"query": "ASK {"}, 400),
        ("GET", {"query": "SELECT * { SERVICE <http://127.0.0.1/> {} }"}, 403),
        ("DELETE", {}, 405),
        ("POST", {}, 415),
        ("GET", {}, 200),
    ],
)
def test_browsers_may_read_every_answer(
    served: Served, method: str, parameters: dict[str, str], status: int
) -> None:
    answer = served.client.request(
        method, served.url, params=parameters, headers={"Origin": "https://example.com"}
    )
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    problem = ", Accept-Language" if status >= 400 else ""
    assert answer.headers["vary"] == f"Accept, Accept-Encoding{problem}"


@pytest.mark.parametrize(
    ("parameters", "fault"),
    [
        ([("query", ASK), ("query", ASK)], "one query"),
        ([("query", "")], "empty"),
        ([("query", "  \n ")], "empty"),
    ],
)
@pytest.mark.parametrize("way", ["get", "form"])
def test_exactly_one_query(served: Served, way: str, parameters: Parameters, fault: str) -> None:
    if way == "get":
        answer = served.client.get(served.url, params=parameters)
    else:
        body = str(httpx.QueryParams(parameters))
        answer = served.client.post(served.url, content=body, headers={"Content-Type": FORM})
    assert answer.status_code == 400
    assert fault in answer.json()["detail"]


def test_a_query_in_the_body_and_in_the_address_is_one_too_many(served: Served) -> None:
    headers = {"Content-Type": DIRECT}
    answer = served.client.post(served.url, params={"query": ASK}, content=ASK, headers=headers)
    assert answer.status_code == 400


def test_a_form_without_query_is_400(served: Served) -> None:
    assert served.client.post(served.url, data={"a": "b"}).status_code == 400


def test_unknown_parameters_are_ignored(served: Served) -> None:
    assert served.ask(ASK, maxrows="10", signal_void="on", debug="1", foo="").status_code == 200


@pytest.mark.parametrize("timeout", ["0.5", "1", "30000", "0"])
def test_a_timeout_may_be_named(served: Served, timeout: str) -> None:
    assert served.ask(ASK, timeout=timeout).status_code == 200


@pytest.mark.parametrize("timeout", ["-1", "１", "soon", "1e9", "NaN", "", "1" * 40])
def test_a_timeout_is_a_number(served: Served, timeout: str) -> None:
    assert served.ask(ASK, timeout=timeout).status_code == 400


def test_the_same_answer_is_not_sent_twice(served: Served) -> None:
    first = served.ask(SELECT)
    again = served.client.get(
        served.url, params={"query": SELECT}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    weak = served.client.get(
        served.url, params={"query": SELECT}, headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'}
    )
    assert weak.status_code == 304


def test_any_answer_satisfies_a_star_but_a_broken_query_stays_broken(served: Served) -> None:
    star = {"If-None-Match": "*"}
    assert served.client.get(served.url, params={"query": SELECT}, headers=star).status_code == 304
    assert served.client.get(served.url, params={"query": "SELECT"}, headers=star).status_code == 400


def test_a_query_that_does_not_parse_is_400_in_any_format(served: Served) -> None:
    answer = served.ask("SELECT * {", accept="text/plain")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert "line 1, column" in answer.text


def test_etags_differ_by_query_format_and_dataset(served: Served) -> None:
    answers = [
        served.ask(SELECT),
        served.ask(SELECT + " "),
        served.ask(SELECT, accept=XML),
        served.ask(SELECT, **{"default-graph-uri": f"{EX}graph/odd"}),
    ]
    assert len({answer.headers["etag"] for answer in answers}) == len(answers)


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_at_every_run_has_no_etag(served: Served, function: str) -> None:
    answers = [served.ask(f"SELECT ({function} AS ?x) {{}}") for _ in range(2)]
    assert all("etag" not in answer.headers for answer in answers)
    assert answers[0].headers["cache-control"] == "no-store"
    assert answers[0].text != answers[1].text or function == "BNODE()"


def test_large_answers_are_compressed_for_who_wants_it(served: Served) -> None:
    query = {"query": "SELECT * { ?s ?p ?o }"}
    with served.client.stream("GET", served.url, params=query, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) == len(raw)
    plain = served.client.get(served.url, params=query, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip;q=0", False),
        ("x-gzip", True),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("identity, gzip;q=0.5", False),
        ("identity;q=0, gzip", True),
        ("br", False),
    ],
)
def test_compression_is_negotiated(served: Served, accepted: str, packed: bool) -> None:
    for query in ({"query": "SELECT * { ?s ?p ?o }"}, {}):
        headers = {"Accept-Encoding": accepted, "Accept": f"{JSON}, text/turtle;q=0.5"}
        with served.client.stream("GET", served.url, params=query, headers=headers) as answer:
            assert answer.status_code == 200
            assert (answer.headers.get("content-encoding") == "gzip") is packed


def test_the_answer_names_its_snapshot(served: Served) -> None:
    assert served.ask(ASK).headers["kg-snapshot"] == "test-1"


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_without_a_query_the_service_describes_itself(served: Served, media_type: str) -> None:
    answer = served.client.get(served.url, headers={"Accept": media_type})
    assert answer.status_code == 200
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    service = ox.NamedNode(served.url)
    assert list(store.quads_for_pattern(service, ox.NamedNode(f"{sd}endpoint"), service))
    assert len(list(store.quads_for_pattern(service, ox.NamedNode(f"{sd}resultFormat"), None))) == 8
    assert len(list(store.quads_for_pattern(None, ox.NamedNode(f"{sd}name"), None))) == 2


def test_an_unchanged_description_is_not_sent_twice(served: Served) -> None:
    tag = served.client.get(served.url).headers["etag"]
    assert served.client.get(served.url, headers={"If-None-Match": f'"x", W/{tag}'}).status_code == 304
    assert served.client.get(served.url, headers={"Accept-Encoding": "identity"}).headers["etag"] != tag


@pytest.mark.parametrize("accept", [JSON, "application/json", "text/csv"])
def test_who_wants_results_has_forgotten_the_query(served: Served, accept: str) -> None:
    answer = served.client.get(served.url, headers={"Accept": accept})
    assert (answer.status_code, "query is missing" in answer.json()["detail"]) == (400, True)


def test_people_are_sent_to_the_page(served: Served) -> None:
    answer = served.client.get(served.url, headers={"Accept": "text/html,*/*;q=0.1"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/query"


BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Sec-Fetch-Mode": "navigate",
}


def test_a_link_to_a_query_opens_the_page_with_it(served: Served) -> None:
    answer = served.client.get(served.url, params={"query": ASK}, headers=BROWSER)
    assert answer.status_code == 303
    assert httpx.URL(answer.headers["location"]).params["query"] == ASK
    with_format = served.client.get(served.url, params={"query": ASK, "format": "json"}, headers=BROWSER)
    assert with_format.json()["boolean"] is True


def test_a_description_in_no_format_is_406(served: Served) -> None:
    assert served.client.get(served.url, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "query",
    [
        r"\u0041SK { <http://example.org/thing/1> ?p ?o }",
        "\ufeffASK { ?s ?p ?o }",
        r"ASK { <http://example.org/thing/\u0031> ?p ?o }",
        r"ASK { ?\u0078 ?p 'thing \u0031'@en }",
        "ASK{?s?p?o}",
        "ask { # a comment with { braces\n ?s ?p ?o }",
        "BASE <http://example.org/> ASK { <thing/1> ?p ?o }",
        "PREFIX service: <http://example.org/thing/> ASK { service:1 ?p ?o }",
        "PREFIX e: <http://example.org/> ASK { ?service e:next/e:next ?load }",
        "ASK { ?s ?p ?o FILTER(STR(?o) != 'SERVICE <http://x/> {} LOAD') }",
        "ASK { ?s ?p ?o BIND('''a ' quote \\''' ''' AS ?x) }",
        "ASK { GRAPH ?g { ?s ?p ?o } }",
        "ASK { ?s ?p ?o . FILTER(?o < 3 || ?s > 2 || true) }",
    ],
)
def test_unusual_but_right(served: Served, query: str) -> None:
    answer = served.ask(query)
    assert answer.status_code == 200, answer.text
    assert answer.json()["boolean"] is True


def test_the_query_string_reads_plus_as_a_space_and_raw_utf_8(served: Served) -> None:
    plus = served.client.get(f"{served.url}?query=ASK+%7B+%3Fs+%3Fp+%22%E3%82%82%E3%81%AE%201%22@ja+%7D")
    assert plus.json()["boolean"] is True


def test_every_query_leaves_one_line_without_the_address(served: Served) -> None:
    served.ask("ASK { <x:journal> ?p 'line\\nbreak' }")
    lines = [line for line in served.log.read_text().splitlines() if "x:journal" in line]
    assert len(lines) == 1
    assert "outcome=ok" in lines[0]
    assert "rows=1" in lines[0]
    assert "127.0.0.1" not in lines[0]
