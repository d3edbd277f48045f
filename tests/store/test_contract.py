"""One contract for every store: embedded, and behind a real SPARQL server."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import CallerError, StoreError
from kg.remote import RemoteStore
from kg.store import EmbeddedStore, Store

TURTLE = b"""
<http://x/a> <http://x/p> "b"@en, "c"@ja-Kana, 1 .
<http://x/b> <http://x/q> <http://x/a> .
"""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A real SPARQL server on loopback with the same triples."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    program = Path(sys.executable).parent / "oxigraph"
    server = subprocess.Popen([program, "serve", "--bind", address], stderr=subprocess.DEVNULL)
    try:
        _load(f"http://{address}/store?default")
        yield f"http://{address}/query"
    finally:
        server.terminate()
        server.wait(10)


def _load(url: str) -> None:
    request = urllib.request.Request(url, TURTLE, {"Content-Type": "text/turtle"}, method="PUT")  # noqa: S310 - loopback
    for _ in range(100):
        try:
            with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(params=["embedded", "remote"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "remote":
        return RemoteStore(request.getfixturevalue("endpoint"))
    inner = ox.Store()
    inner.load(TURTLE, format=ox.RdfFormat.TURTLE)
    return EmbeddedStore(inner)


def test_select_gives_terms_with_language_and_datatype(store: Store) -> None:
    rows = store.select("SELECT ?o WHERE { <http://x/a> <http://x/p> ?o } ORDER BY STR(?o)")
    found = [row["o"] for row in rows]
    assert all(isinstance(term, ox.Literal) for term in found)
    assert [
        (term.value, (term.language or "").lower(), term.datatype.value.rsplit("#")[-1])
        for term in found
        if isinstance(term, ox.Literal)
    ] == [("1", "", "integer"), ("b", "en", "langString"), ("c", "ja-kana", "langString")]


def test_unbound_variables_are_left_out(store: Store) -> None:
    rows = store.select("SELECT ?s ?none WHERE { ?s <http://x/q> ?o OPTIONAL { ?s <http://x/none> ?none } }")
    assert rows == [{"s": ox.NamedNode("http://x/b")}]


def test_ask(store: Store) -> None:
    assert store.ask("ASK { <http://x/b> <http://x/q> ?o }")
    assert not store.ask("ASK { <http://x/a> <http://x/q> ?o }")


def test_construct(store: Store) -> None:
    built = store.construct("CONSTRUCT { ?o <http://x/r> ?s } WHERE { ?s <http://x/q> ?o }")
    assert built == [
        ox.Triple(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/r"), ox.NamedNode("http://x/b"))
    ]


def test_raw_gives_the_media_type_asked_for(store: Store) -> None:
    answer = store.raw("SELECT ?s WHERE { ?s <http://x/q> ?o }", "text/csv")
    assert answer.split() == [b"s", b"http://x/b"]


def test_a_query_that_does_not_parse_is_the_callers_fault(store: Store) -> None:
    with pytest.raises(CallerError):
        store.select("SELECT WHERE {")


def test_an_endpoint_that_is_not_there_is_the_stores_fault() -> None:
    with pytest.raises(StoreError, match="does not answer"):
        RemoteStore("http://127.0.0.1:9/query", timeout_seconds=1).ask("ASK {}")
