"""Hostile queries and hostile connections: each ends soon, with a clear status, while others are served."""

import gzip
import json
import os
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from .conftest import Served

DIRECT = {"Content-Type": "application/sparql-query"}
REFUSED = {400, 403, 413}
ENDED = {504, 507}


def post(served: Served, query: str | bytes, timeout: float = 0.3) -> httpx.Response:
    content = query.encode() if isinstance(query, str) else query
    return served.client.post(served.url, content=content, params={"timeout": timeout}, headers=DIRECT)


DEPTHS = [200, 5_000, 50_000, 100_000]
NESTED: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "SELECT * " + "{" * n + "}" * n,
    "open groups": lambda n: "SELECT * " + "{" * n,
    "parentheses": lambda n: "SELECT * { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "brackets": lambda n: "SELECT * { ?s ?p " + "[ ?p " * n + "1" + "]" * n + "}",
    "collections": lambda n: "SELECT * { ?s ?p " + "(" * n + ")" * n + "}",
    "paths": lambda n: "SELECT * { ?s " + "(" * n + "<x:p>" + ")*" * n + " ?o }",
    "selects": lambda n: "SELECT * " + "{ SELECT * " * n + "{}" + "}" * n,
    "exists": lambda n: "SELECT * { " + "FILTER EXISTS { " * n + "}" * n + "}",
    "calls": lambda n: "SELECT (" + "STR(" * n + "1" + ")" * n + " AS ?x) {}",
    "triples": lambda n: "SELECT * { " + "<<( " * n + ")>>" * n + " }",
    "comments between": lambda n: "SELECT * " + "{#}\n" * n,
}


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("kind", NESTED)
def test_deep_nesting_is_refused(served: Served, kind: str, depth: int) -> None:
    began = time.monotonic()
    answer = post(served, NESTED[kind](depth), timeout=2)
    assert answer.status_code in REFUSED, answer.text
    assert answer.json()["line"] >= 1 if answer.status_code == 400 else True
    assert time.monotonic() - began < 3


CHAINS: dict[str, Callable[[int], str]] = {
    "or": lambda n: "ASK { ?s ?p ?o FILTER(" + "||".join(["?s"] * n) + ") }",
    "and": lambda n: "ASK { ?s ?p ?o FILTER(" + "&&".join(["?s"] * n) + ") }",
    "plus": lambda n: "ASK { ?s ?p ?o FILTER(" + " + ".join(["?s"] * n) + ") }",
    "not": lambda n: "ASK { ?s ?p ?o FILTER(" + "!" * n + "?s) }",
    "minus": lambda n: "ASK { ?s ?p ?o FILTER(" + "-" * n + "1) }",
    "sequence": lambda n: "ASK { ?s " + "/".join(["<x:p>"] * n) + " ?o }",
    "alternatives": lambda n: "ASK { ?s " + "|".join(["<x:p>"] * n) + " ?o }",
    "negated": lambda n: "ASK { ?s !(" + "|".join(["<x:p>"] * n) + ") ?o }",
    "union": lambda n: "ASK { " + "UNION".join(["{ ?s ?p ?o }"] * n) + " }",
    "optional": lambda n: "ASK { " + "OPTIONAL { ?s ?p ?o }" * n + " }",
    "minus pattern": lambda n: "ASK { ?s ?p ?o " + "MINUS { ?s ?p ?o }" * n + " }",
    "patterns": lambda n: "ASK { " + "?s ?p ?o ." * n + " }",
    "predicates": lambda n: "ASK { ?s " + "?p ?o ;" * n + " }",
    "filters": lambda n: "ASK { ?s ?p ?o " + "FILTER(?s)" * n + " }",
}


@pytest.mark.parametrize("length", [1_500, 20_000])
@pytest.mark.parametrize("kind", CHAINS)
def test_long_chains_are_refused(served: Served, kind: str, length: int) -> None:
    assert post(served, CHAINS[kind](length), timeout=2).status_code in REFUSED


SPELLINGS = [
    "SERVICE <http://127.0.0.1:{0}/>",
    "service <http://127.0.0.1:{0}/>",
    "SeRvIcE SILENT <http://127.0.0.1:{0}/>",
    r"\u0053ERVICE <http://127.0.0.1:{0}/>",
    r"SERV\U00000049CE <http://127.0.0.1:{0}/>",
    "SERVICE#\n<http://127.0.0.1:{0}/>",
    "SERVICE<http://127.0.0.1:{0}/>",
    "BIND(<http://127.0.0.1:{0}/> AS ?u) SERVICE ?u",
    "BIND(<http://127.0.0.1:{0}/> AS ?u) FILTER(1<2)SERVICE?u#>\n",
    "?s ?p 1SERVICE <http://127.0.0.1:{0}/>",
    "VALUES ?u {{ <http://127.0.0.1:{0}/> }} SERVICE SILENT ?u",
]


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_query_calls_another_server(served: Served, spelling: str, way: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        query = f"SELECT * {{ {spelling.format(listening.getsockname()[1])} {{ ?a ?b ?c }} }}"
        if way == "get":
            answer = served.ask(query)
        elif way == "form":
            answer = served.client.post(served.url, data={"query": query})
        else:
            answer = post(served, query)
        assert answer.status_code == 403
        with pytest.raises(TimeoutError):
            listening.accept()


CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . "
HEAVY = {
    "cross join": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "cross join, distinct": f"SELECT DISTINCT * {{ {CROSS} }} ORDER BY ?a",
    "cross join, filtered": f"SELECT * {{ {CROSS} FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) > 9999) }}",
    "sort": f"SELECT * {{ {CROSS} }} ORDER BY ?c DESC(?f) ?i RAND() LIMIT 1",
    "group": f"SELECT ?a ?d ?g (GROUP_CONCAT(?c) AS ?x) {{ {CROSS} }} GROUP BY ?a ?d ?g",
    "group concat": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f)); separator='--------') AS ?x) {{ {CROSS} }}",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (<http://example.org/next>|^<http://example.org/next>)* ?b . "
    "?c (<http://example.org/next>|!<x:p>)+ ?d . ?e (<http://example.org/next>/<http://example.org/next>)* ?f }",
    "path of paths": "SELECT (COUNT(*) AS ?n) { ?a ((<http://example.org/next>*)*/(!<x:q>)*)* ?b . ?b (!<x:q>)* ?c "
    ". ?c (!<x:q>)* ?d }",
    "union": f"SELECT (COUNT(*) AS ?n) {{ {{ {CROSS} }} UNION {{ {CROSS} }} UNION {{ {CROSS} }} }}",
    "minus": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} MINUS {{ {CROSS} }} }}",
    "optional": "SELECT (COUNT(*) AS ?n) { "
    + "".join(f"OPTIONAL {{ ?a{i} ?b{i} ?c{i} }} " for i in range(8))
    + "}",
    "exists": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER NOT EXISTS {{ ?x ?y ?z FILTER(?z = ?a && ?z = ?d) }} }}",
    "subqueries": "SELECT (COUNT(*) AS ?n) {" + f"{{ SELECT DISTINCT * {{ {CROSS} }} }} " * 2 + "}",
    "values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(200)))} }}" for i in range(6))
    + " }",
    "optimiser": "SELECT * { " + " ".join(f"?s <x:p{i}> ?o{i} ." for i in range(400)) + " }",
    "regular expressions": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER(REGEX(STR(?a), '(e|ex)+[^y]{{1,50}}$')) }}",
    "replace": f"SELECT (SUM(STRLEN(REPLACE(CONCAT(STR(?a), STR(?f)), '.', 'xxxxxxxxxx'))) AS ?n) {{ {CROSS} }}",
    "hashes": f"SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?d), STR(?g)))) AS ?x) {{ {CROSS} }}",
    "construct": f"CONSTRUCT {{ ?a ?b ?f }} {{ {CROSS} FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?j))) > 500) }}",
    "describe": f"DESCRIBE ?a ?d {{ {CROSS} FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?j))) > 500) }}",
    "lateral": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} LATERAL {{ SELECT * {{ ?x ?y ?z }} }} }}",
    "count distinct": f"SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) AS ?n) {{ {CROSS} }}",
}


@pytest.mark.parametrize("kind", HEAVY)
def test_heavy_queries_are_ended(served: Served, kind: str) -> None:
    began = time.monotonic()
    answer = post(served, HEAVY[kind])
    assert answer.status_code in ENDED, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert time.monotonic() - began < 2.5


def doubled(times: int) -> str:
    """Spell a query that doubles a text many times over."""
    binds = "".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) " for i in range(times))
    return f"BIND('{'y' * 1000}' AS ?x0) {binds}"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT (STRLEN(?x30) AS ?n) {{ {doubled(30)} }}",
        f"SELECT ?x24 {{ {doubled(24)} }}",
        f"SELECT (STRLEN(REPLACE(?x16, 'y', ?x10)) AS ?n) {{ {doubled(16)} }}",
        f"SELECT (STRLEN(ENCODE_FOR_URI(?x22)) AS ?n) {{ {doubled(22)} }}",
    ],
)
def test_memory_bombs_are_ended(served: Served, query: str) -> None:
    answer = post(served, query, timeout=2)
    assert answer.status_code in ENDED | {200}, answer.text
    assert answer.status_code != 200 or answer.headers.get("kg-cut") or len(answer.content) < 2000
    assert served.alive()


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_too_much_memory_is_507(served: Served, accept: str) -> None:
    answer = served.ask(f"SELECT (STRLEN(?x28) AS ?n) {{ {doubled(28)} }}", accept)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (507, "memory")
    assert "memory" in answer.json()["detail"]
    assert served.alive()


@pytest.mark.parametrize("count", [5_000, 50_000])
def test_long_lists_of_values_are_no_attack(served: Served, count: int) -> None:
    values = " ".join(f"<http://example.org/thing/{number}>" for number in range(count // 3))
    answer = post(served, f"SELECT (COUNT(*) AS ?n) {{ VALUES ?s {{ {values} }} ?s ?p ?o }}", timeout=2)
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "300"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o, '" + "(" * 50 + "')) }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o, '[')) }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o, 'a{1000}{1000}{1000}')) }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o, '(((a*)*)*)*b')) }",
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o, '(?P<n>x)\\\\1')) }",
        "SELECT (REPLACE('aaa', '(', 'b') AS ?x) {}",
        "SELECT (REPLACE('aaa', 'a*', '$9') AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(REGEX(?o, 'x', 'zzz')) }",
        "SELECT (SUBSTR('abc', -999999999999, 9999999999999) AS ?x) {}",
        "SELECT (1e308 * 1e308 AS ?x) (9223372036854775807 + 1 AS ?y) (1 / 0 AS ?z) {}",
        "SELECT ('2024-99-99'^^<http://www.w3.org/2001/XMLSchema#date> AS ?x) {}",
        "SELECT (STRDT('x', <http://www.w3.org/2001/XMLSchema#integer>) AS ?x) {}",
        "SELECT * { ?s ?p ?o } LIMIT 18446744073709551615 OFFSET 18446744073709551615",
    ],
)
def test_odd_functions_are_answered(served: Served, query: str) -> None:
    answer = post(served, query, timeout=2)
    assert answer.status_code in {200, 400}, answer.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999",
        "SELECT * { ?s ?p ?o } LIMIT -1",
        "ASK { ?s ?p '\ud800' }".encode("utf-8", "surrogatepass"),
        b"ASK { ?s ?p '\xff\xfe' }",
        b"\xff\xfeA\x00S\x00K\x00",
        b"\x00" * 5_000,
        os.urandom(5_000),
        b"\xef\xbb\xbf\xef\xbb\xbfnothing",
        r"ASK { ?s ?p '\uD800' }",
        r"ASK { ?s ?\uDFFF ?o }",
        r"ASK { ?s ?\U00110000 ?o }",
        r"ASK { ?s ?\UFFFFFFFF ?o }",
        "ASK { <http://exa mple/> ?p ?o }",
        "ASK { <http://example/%zz{}> ?p ?o }",
        "ASK { <://> ?p ?o }",
        "ASK { <\\u0020> ?p ?o }",
        "ASK { ?s ?p 'x'^^ }",
        "ASK { ?s ?p 'x'@- }",
        "'" * 20_000,
        '"""' + '"' * 20_001,
        "<" * 20_000,
        "#" * 20_000,
        "\\" * 20_000,
        "?" * 20_000,
        ":" * 20_000,
        "@" * 20_000,
        "e" * 20_000,
        "1" * 20_000,
        "%41" * 5_000,
        "PREFIX " * 5_000,
        "PREFIX a: <x:y>\n" * 5_000,
        "\n" * 20_000,
    ],
)
def test_garbage_is_400(served: Served, query: str | bytes) -> None:
    began = time.monotonic()
    answer = post(served, query, timeout=2)
    assert answer.status_code == 400, answer.text
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "raw",
    [
        b"query=%FF%FE",
        b"query=%ED%A0%80",
        b"query=ASK%20%7B%7D&default-graph-uri=%ED%A0%80",
        b"query=%",
        b"query=%zz",
        b"query=ASK%2",
        b"query=ASK%7B%7D&default-graph-uri=no%20iri",
        b"query=ASK%7B%7D&named-graph-uri=",
        b"query=ASK%7B%7D&default-graph-uri=%3Cx:y%3E",
        b"query=%00",
        b"query",
        b"&".join([b"a=b"] * 5_000) + b"&query=ASK%7B%7D",
        b"\xff\xfe\xfd=1&query=ASK%7B%7D",
    ],
)
@pytest.mark.parametrize("way", ["get", "form"])
def test_bad_parameters_are_400(served: Served, raw: bytes, way: str) -> None:
    if way == "form":
        body, line = raw, b"POST /sparql HTTP/1.1\r\n"
    else:
        body, line = b"", b"GET /sparql?" + raw + b" HTTP/1.1\r\n"
    head = b"Host: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    answer = talk(served, line + head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert answer.startswith(b"HTTP/1.1 400 ")


def talk(served: Served, data: bytes, wait: float = 5.0) -> bytes:
    """Send bytes and read until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=wait) as connection:
        connection.sendall(data)
        received = b""
        while piece := connection.recv(1 << 16):
            received += piece
        return received


def test_japanese_may_stand_in_an_address_as_it_is_typed(served: Served) -> None:
    line = "GET /sparql?query=ASK%7BFILTER(%22安全%22=%22%E5%AE%89全%22)%7D HTTP/1.1\r\n".encode()
    answer = talk(served, line + b"Host: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200") and b"true" in answer


GET = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    "header",
    [
        b"Host: evil.example\r\nX-Forwarded-Host: other.example",
        b'Host: "><script>alert(1)</script>',
        b"Host: " + b"a" * 5_000,
        b"Host: \xff\xfe",
        b"Host: [::1",
        b"Host: x\r\nAccept: " + b"text/csv;q=0.1," * 3_000,
        b"Host: x\r\nAccept: ;;;,,,;q=;q==,/,*/,/*",
        b"Host: x\r\nAccept: \xff\xfe, application/json",
        b"Host: x\r\nAccept: */*;q=1e999",
        b"Host: x\r\nAccept-Encoding: gzip;q=NaN, br;q=, *;q=9",
        b"Host: x\r\nIf-None-Match: " + b'"x",' * 10_000,
        b"Host: x\r\nIf-None-Match: \xff",
        b"Host: x\r\nX-Forwarded-For: 1.2.3.4, \xff",
        b"Host: x\r\nRange: bytes=0-5",
    ],
)
def test_hostile_headers_do_no_harm(served: Served, header: bytes) -> None:
    answer = talk(served, GET + header + b"\r\n\r\n")
    assert answer.split(b" ", 2)[1] in {b"200", b"400", b"406"}
    assert b"<script>" not in answer


@pytest.mark.parametrize("coding", [b"gzip, chunked", b"identity", b"x"])
def test_only_chunked_bodies_are_unpacked(served: Served, coding: bytes) -> None:
    answer = talk(served, GET + b"Host: x\r\nTransfer-Encoding: " + coding + b"\r\n\r\n0\r\n\r\n")
    assert answer.split(b" ", 2)[1] in {b"400", b"501"}
    assert served.alive()


@pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n"])
def test_a_request_names_one_host(served: Served, hosts: bytes) -> None:
    assert talk(served, GET + hosts + b"\r\n").startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("host", [b'x"><script>', b"a b", b"x/../y", b"x\ty", b"%41"])
def test_a_hostile_host_is_not_repeated(served: Served, host: bytes) -> None:
    request = (
        b"GET /sparql HTTP/1.1\r\nConnection: close\r\nAccept: text/turtle\r\nHost: " + host + b"\r\n\r\n"
    )
    answer = talk(served, request)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"<http://127.0.0.1:%d/sparql>" % served.port in answer


def test_a_head_without_end_is_cut_off(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as connection:
        connection.sendall(b"GET /sparql HTTP/1.1\r\n")
        with pytest.raises(OSError, match=r"reset|Broken|closed"):
            for number in range(10_000):
                connection.sendall(b"X-Header-%d: %s\r\n" % (number, b"x" * 1_000))
            raise OSError("never closed: 10 MB of headers were read")
    assert served.alive()


@pytest.mark.parametrize("announce", [True, False])
def test_a_large_body_is_413(tight: Served, announce: bool) -> None:
    def pieces() -> "list[bytes]":
        return [b"x" * 65_536] * 480

    content = b"".join(pieces()) if announce else iter(pieces())
    with httpx.Client(timeout=20) as client:
        answer = client.post(tight.url, content=content, headers=DIRECT)
    assert answer.status_code == 413
    assert tight.alive()


def test_a_large_body_is_refused_before_it_is_sent(tight: Served) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 30000000\r\n"
    with socket.create_connection(("127.0.0.1", tight.port), timeout=2) as connection:
        connection.sendall(head + b"\r\n")
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("length", [b"-1", b"abc", b"1e9", b"99999999999999999999999999", b"+5"])
def test_odd_lengths_are_refused(served: Served, length: bytes) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: "
    assert talk(served, head + length + b"\r\n\r\n").split(b" ", 2)[1] in {b"400", b"413"}


def test_a_bomb_in_gzip_is_not_unpacked(served: Served) -> None:
    bomb = gzip.compress(b"x" * 3_000_000)
    headers = {**DIRECT, "Content-Encoding": "gzip"}
    assert served.client.post(served.url, content=bomb, headers=headers).status_code == 415


def test_a_body_that_comes_too_slowly_is_408(tight: Served) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 500\r\n\r\n"
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", tight.port), timeout=5) as connection:
        connection.sendall(head + b"ASK")
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 3


def test_a_hundred_slow_connections_keep_nobody_out(served: Served) -> None:
    connections = [socket.create_connection(("127.0.0.1", served.port), timeout=5) for _ in range(100)]
    try:
        for number, connection in enumerate(connections):
            connection.sendall(
                b"GET /sparql?query=ASK" if number % 2 else b"POST /sparql HTTP/1.1\r\nContent-Le"
            )
        began = time.monotonic()
        assert served.alive()
        assert time.monotonic() - began < 1
    finally:
        for connection in connections:
            connection.close()


def test_who_leaves_takes_the_work_along(served: Served) -> None:
    query = HEAVY["cross join"]
    request = f"POST /sparql?timeout=2 HTTP/1.1\r\nHost: x\r\nContent-Type: {DIRECT['Content-Type']}\r\n"
    for _ in range(4):
        with socket.create_connection(("127.0.0.1", served.port), timeout=5) as connection:
            connection.sendall(f"{request}Content-Length: {len(query)}\r\n\r\n{query}".encode())
            time.sleep(0.15)
    time.sleep(0.5)
    before = served.cpu()
    time.sleep(0.5)
    assert served.cpu() - before < 0.25
    assert served.alive()


def test_after_an_ended_query_the_processor_rests(served: Served) -> None:
    assert post(served, HEAVY["sort"]).status_code in ENDED
    time.sleep(0.5)
    before = served.cpu()
    time.sleep(0.5)
    assert served.cpu() - before < 0.25


def test_a_worker_that_is_killed_costs_one_answer(served: Served) -> None:
    with ThreadPoolExecutor() as pool:
        running = pool.submit(post, served, HEAVY["cross join"], 2)
        time.sleep(0.3)
        for worker in served.workers():
            os.kill(worker, signal.SIGSEGV)
        answer = running.result()
    assert answer.status_code == 500
    assert "service goes on" in answer.json()["detail"]
    assert served.alive()


def test_others_are_served_during_an_attack(served: Served) -> None:
    """Eight hostile queries at a time, and cheap ones beside them, for a second and a half."""
    until = time.monotonic() + 1.5

    def attack(number: int) -> None:
        while time.monotonic() < until:
            post(served, list(HEAVY.values())[number], timeout=1)

    times: list[float] = []
    with ThreadPoolExecutor(8) as attackers:
        running = [attackers.submit(attack, number) for number in range(8)]
        while time.monotonic() < until:
            began = time.monotonic()
            query = f"ASK {{ <http://example.org/thing/1> ?p ?o{len(times)} }}"
            assert served.ask(query).status_code == 200
            times.append(time.monotonic() - began)
        for attacker in running:
            attacker.result()
    assert sorted(times)[len(times) // 2] < 0.5, times
    assert max(times) < 1.5, times


def test_many_at_once_are_answered_or_told_to_wait(served: Served) -> None:
    with (
        ThreadPoolExecutor(100) as pool,
        httpx.Client(timeout=20, limits=httpx.Limits(max_connections=100)) as client,
    ):

        def ask(number: int) -> httpx.Response:
            return client.get(served.url, params={"query": f"SELECT * {{ ?s ?p ?o }} OFFSET {number}"})

        answers = list(pool.map(ask, range(200)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert all(answer.headers.get("retry-after") for answer in answers if answer.status_code == 503)
    assert sum(answer.status_code == 200 for answer in answers) >= 100


def test_a_cut_is_said_in_header_and_body(tight: Served) -> None:
    answer = tight.ask("SELECT * { ?s ?p ?o }")
    assert answer.status_code == 200
    assert answer.headers["kg-cut"].startswith("rows; Cut after 50 results")
    document = json.loads(answer.content)
    assert len(document["results"]["bindings"]) == 50
    assert document["cut"]["by"] == "rows"


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (f"SELECT ?x11 {{ {doubled(11)} }}", "application/sparql-results+json"),
        (f"CONSTRUCT {{ <x:a> <x:b> ?x11 }} {{ {doubled(11)} }}", "application/n-triples"),
    ],
)
def test_an_answer_that_is_too_large_is_cut(tight: Served, query: str, accept: str) -> None:
    answer = tight.ask(query, accept)
    assert (answer.status_code, answer.headers["kg-cut"].partition(";")[0]) == (200, "bytes")
    assert "Cut after 0 results" in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("x" * 6_000, 413),
        ("ASK { " + "?s ?p ?o . " * 41 + "}", 400),
        ("ASK { " + "OPTIONAL { ?s ?p ?o } " * 31 + "}", 400),
        ("ASK " + "{" * 21, 400),
    ],
)
def test_limits_can_be_set(tight: Served, query: str, status: int) -> None:
    assert post(tight, query, 1).status_code == status


def test_a_caller_may_only_lower_the_deadline(tight: Served) -> None:
    began = time.monotonic()
    answer = post(tight, HEAVY["cross join"], timeout=30)
    assert answer.status_code == 504
    assert 0.9 < time.monotonic() - began < 2


def lives(process: int) -> bool:
    """Tell whether a process still runs; who has ended and waits to be collected does not."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_server_stops_on_sigterm(tmp_path_factory: pytest.TempPathFactory) -> None:
    server = Served(tmp_path_factory.mktemp("stopping"), KG_SPARQL_TIMEOUT="2")
    with ThreadPoolExecutor() as pool:
        running = pool.submit(server.ask, HEAVY["cross join"], None, timeout="1")
        time.sleep(0.3)
        workers = server.workers()
        status = pool.submit(server.process.wait, 10)
        server.process.terminate()
        assert running.result().status_code == 504
        status.result()
    assert workers
    assert not any(lives(worker) for worker in workers)


def test_workers_die_with_a_killed_server(tmp_path_factory: pytest.TempPathFactory) -> None:
    server = Served(tmp_path_factory.mktemp("killed"))
    workers = server.workers()
    assert len(workers) >= 1
    server.client.close()
    server.process.kill()
    server.process.wait()
    time.sleep(0.3)
    assert not any(lives(worker) for worker in workers)
