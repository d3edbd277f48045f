"""The whole product on another engine: loaded from a snapshot, it gives the same pages and answers."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.analyses import read_analysis
from kg.errors import StoreError
from kg.gaps import rerun
from kg.remote import RemoteStore
from kg.snapshot import Snapshot
from kg.sparql.limits import SparqlLimits
from kg.store import EmbeddedStore
from kg.upload import graph_sizes, upload
from kg.vocab import GRAPH
from kg.writing import GraphStoreWriter, UpdateWriter, update_address
from kg_api.app import create_app

from .engines import Engine, oxigraph

PAGES = [
    "/",
    "/gaps",
    "/commitments",
    "/terms",
    "/relations",
    "/search?q=safety",
    "/api/v1/schemes",
    "/api/v1/actors",
    "/api/v1/activities",
    "/api/v1/instruments",
    "/api/v1/mappings?limit=1000",
    "/api/v1/concepts/practice-area/technical-standards",
    "/api/v1/lookup?label=red%20teaming",
    "/term/practice-area/technical-standards",
    "/instrument/hiroshima-code-of-conduct",
    "/rest/v1/vocabularies?lang=en",
]
SERVICE = r"SELECT * { ?s ?p '\u0027 . SERVICE <http://127.0.0.1:9/> {} #' }"
Pair = tuple[TestClient, TestClient]


def words_of(text: str) -> list[str]:
    """Give the words of a page in an order of their own: engines sort Japanese texts each in its way."""
    return sorted(re.findall(r"\w+", text))


@pytest.fixture(scope="module")
def loaded(engine: Engine, shipped: Snapshot) -> Engine:
    """An engine that holds the graph that ships."""
    store = RemoteStore.at(engine.query, engine.settings)
    upload(shipped, store, GraphStoreWriter(engine.graph_store, engine.settings), 5_000, lambda _: None)
    return engine


@pytest.fixture(scope="module")
def clients(loaded: Engine, shipped: Snapshot) -> Iterator[Pair]:
    """The product on its snapshot, and on the engine."""
    limits = SparqlLimits(workers=1)
    with ExitStack() as opened:
        own, remote = (
            opened.enter_context(TestClient(create_app(shipped.path, limits, endpoint)))
            for endpoint in (None, loaded.query)
        )
        yield own, remote


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_the_same_as_from_the_snapshot(clients: Pair, page: str) -> None:
    own, remote = (client.get(page) for client in clients)
    assert (own.status_code, remote.status_code) == (200, 200)
    assert words_of(remote.text) == words_of(own.text)


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("SELECT ?s { ?s a <ontology#Protocol> } ORDER BY ?s", "text/csv"),
        ("SELECT ?s { ?s a <ontology#Actor> } ORDER BY ?s LIMIT 9", "application/sparql-results+xml"),
        ("ASK { ?s a <ontology#Actor> }", "application/sparql-results+json"),
        ("ASK { ?s a <ontology#Nothing> }", "application/sparql-results+json"),
        ("CONSTRUCT WHERE { <term/practice-area/technical-standards> a ?o }", "application/n-triples"),
    ],
)
def test_an_outside_query_is_answered_there(clients: Pair, query: str, accept: str) -> None:
    own, remote = (
        client.post("/sparql", data={"query": query}, headers={"Accept": accept}) for client in clients
    )
    assert (remote.status_code, remote.headers["content-type"]) == (200, own.headers["content-type"])
    assert sorted(remote.text.splitlines()) == sorted(own.text.splitlines())
    assert remote.headers["cache-control"] == "no-store"  # nobody tells us when the engine's graph changes


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * {", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("DROP ALL", 400),
        ("define input:storage <x:y> SELECT * { ?s ?p ?o }", 400),
        ("SELECT * {" + "{" * 5_000, 400),
        (r"SELECT * { ?s ?p '\\u0027 } SERVICE <x:y> {} #' }", 400),
        ("SELECT ?s ?x { ?s ?p ?o . ?a ?b ?c . ?x ?y ?z . ?e ?f ?g } ORDER BY ?s ?c ?z ?g", 504),
    ],
)
def test_the_guard_stands_before_the_engine(clients: Pair, query: str, status: int) -> None:
    remote = clients[1].post("/sparql", data={"query": query, "timeout": "1"})
    assert remote.status_code in {status, 502} if status == 504 else remote.status_code == status


def test_where_the_engine_is_stays_unsaid(clients: Pair, loaded: Engine) -> None:
    answer = clients[1].post(
        "/sparql", data={"query": "SELECT (<http://x/unknown>(1) AS ?x) { ?s ?p ?o } LIMIT 1"}
    )
    assert loaded.query not in answer.text


def test_an_escaped_quotation_mark_opens_no_way_out(clients: Pair) -> None:
    answer = clients[1].post("/sparql", data={"query": SERVICE})
    assert (answer.status_code, answer.json()["results"]["bindings"]) == (200, [])


def test_gaps_are_proved_there(loaded: Engine, shipped: Snapshot, shipped_store: EmbeddedStore) -> None:
    store = RemoteStore.at(loaded.query, loaded.settings)
    gaps = read_analysis(shipped, None).gaps
    proofs = {
        gap.query.name: gap for gap in sorted(gaps, key=lambda gap: len(gap.bindings))
    }  # the fullest of each
    assert len(proofs) > 3
    for name, gap in proofs.items():
        assert rerun(store, gap) == rerun(shipped_store, gap), name


def test_loading_again_replaces_what_is_ours_and_nothing_else(loaded: Engine, shipped: Snapshot) -> None:
    writer = GraphStoreWriter(loaded.graph_store, loaded.settings)
    writer.put("http://x/theirs", [b"<http://x/a> <http://x/b> <http://x/c> .\n"])
    writer.put(f"{GRAPH}data/of-yesterday", [b"<http://x/a> <http://x/b> <http://x/d> .\n"])
    upload(shipped, RemoteStore.at(loaded.query), writer, 50_000, lambda _: None)
    held = graph_sizes(RemoteStore.at(loaded.query))
    assert held["http://x/theirs"] == 1
    writer.drop("http://x/theirs")
    assert {name: size for name, size in held.items() if name.startswith(GRAPH)} == shipped.manifest.graphs


def test_sparql_update_writes_the_same(shipped: Snapshot) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    with oxigraph() as engine:
        store = RemoteStore.at(engine.query)
        upload(shipped, store, UpdateWriter(engine.update, engine.settings), 10_000, lambda _: None)
        assert store.select(count) == EmbeddedStore.open(shipped.store).select(count)


def test_an_engine_that_forgets_is_found_out(shipped: Snapshot) -> None:
    class Forgetful:
        def put(self, graph: str | None, lines: object) -> None: ...
        def add(self, graph: str | None, lines: object) -> None: ...
        def drop(self, graph: str | None) -> None: ...

    with pytest.raises(StoreError, match="load again"):
        upload(shipped, EmbeddedStore(ox.Store()), Forgetful(), 1_000, lambda _: None)


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("http://x:7878/query", "http://x:7878/update"),
        ("http://x/db/query/", "http://x/db/update"),
        ("http://x:7200/repositories/kg", "http://x:7200/repositories/kg/statements"),
        ("http://x/sparql", "http://x/sparql"),
    ],
)
def test_the_address_for_updates_follows_the_custom_of_engines(query: str, update: str) -> None:
    assert update_address(query) == update


def test_a_folder_is_no_endpoint(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="is no endpoint"):
        RemoteStore.at(str(tmp_path))
