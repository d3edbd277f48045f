"""One contract for every store: embedded, and behind real SPARQL servers."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.errors import CallerError, StoreError
from kg.remote import RemoteStore
from kg.settings import StoreSettings
from kg.store import EmbeddedStore, Store
from kg.writing import GraphStoreWriter

from .engines import Engine, oxigraph, virtuoso

LINES = [
    b'<http://x/a> <http://x/p> "b"@en .\n',
    b'<http://x/a> <http://x/p> "c"@ja-Kana .\n',
    b'<http://x/a> <http://x/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    b"<http://x/b> <http://x/q> <http://x/a> .\n",
    b"<http://x/b> <http://x/blank> _:node .\n",
    b'<http://x/b> <http://x/text> "nodeID:// \\" \\n \\u65E5\\u672C" .\n',
]


@pytest.fixture(
    scope="module", params=["embedded", "oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)]
)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same few statements in every kind of store."""
    if request.param == "embedded":
        inner = ox.Store()
        inner.load(b"".join(LINES), format=ox.RdfFormat.N_TRIPLES)
        yield EmbeddedStore(inner)
        return
    running = oxigraph() if request.param == "oxigraph" else virtuoso(tmp_path_factory.mktemp("contract"))
    with running as engine:
        # Virtuoso has named graphs only, the oxigraph server shows no named graph as default
        graph = None if request.param == "oxigraph" else "http://x/graph"
        GraphStoreWriter(engine.graph_store, engine.settings).put(graph, LINES)
        yield RemoteStore.at(engine.query, engine.settings)


def test_select_gives_terms_with_language_and_datatype(store: Store) -> None:
    rows = store.select("SELECT ?o WHERE { <http://x/a> <http://x/p> ?o } ORDER BY STR(?o)")
    found = [row["o"] for row in rows]
    assert [
        (term.value, (term.language or "").lower(), term.datatype.value.rsplit("#")[-1])
        for term in found
        if isinstance(term, ox.Literal)
    ] == [("1", "", "integer"), ("b", "en", "langString"), ("c", "ja-kana", "langString")]


def test_unbound_variables_are_left_out(store: Store) -> None:
    rows = store.select("SELECT ?s ?none WHERE { ?s <http://x/q> ?o OPTIONAL { ?s <http://x/none> ?none } }")
    assert rows == [{"s": ox.NamedNode("http://x/b")}]


def test_blank_nodes_and_odd_texts_are_read(store: Store) -> None:
    rows = store.select("SELECT ?node ?text WHERE { ?s <http://x/blank> ?node ; <http://x/text> ?text }")
    assert [(type(row["node"]), row["text"].value) for row in rows] == [
        (ox.BlankNode, 'nodeID:// " \n \u65e5\u672c')
    ]


def test_ask(store: Store) -> None:
    assert store.ask("ASK { <http://x/b> <http://x/q> ?o }")
    assert not store.ask("ASK { <http://x/a> <http://x/q> ?o }")


def test_construct(store: Store) -> None:
    built = store.construct("CONSTRUCT { ?o <http://x/r> ?s } WHERE { ?s <http://x/q> ?o }")
    assert built == [
        ox.Triple(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/r"), ox.NamedNode("http://x/b"))
    ]


def test_raw_gives_the_media_type_asked_for(store: Store) -> None:
    rows = store.raw("SELECT ?s WHERE { ?s <http://x/q> ?o }", "text/csv")
    assert rows == b"s\r\nhttp://x/b\r\n"
    graph = store.raw("CONSTRUCT WHERE { ?s <http://x/q> ?o }", "application/n-triples")
    assert graph == b"<http://x/b> <http://x/q> <http://x/a> .\n"
    with pytest.raises(CallerError, match="image/png"):
        store.raw("SELECT ?s WHERE { ?s <http://x/q> ?o }", "image/png")


def test_a_query_that_does_not_parse_is_the_callers_fault(store: Store) -> None:
    with pytest.raises(CallerError):
        store.select("SELECT WHERE {")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:9/query", "does not answer"),
        ("ftp://127.0.0.1/query", "is no endpoint"),
        ("file:///etc/passwd", "is no endpoint"),
        ("http://", "is no endpoint"),
        ("http://me:secret@127.0.0.1/query", "KG_STORE_USER"),
    ],
)
def test_an_address_where_nothing_is_asked_is_named(url: str, said: str) -> None:
    with pytest.raises((StoreError, CallerError), match=said) as raised:
        RemoteStore.at(url, StoreSettings(tries=1)).ask("ASK {}")
    assert "secret" not in str(raised.value)


def test_a_wrong_path_is_no_endpoint(engine: Engine) -> None:
    with pytest.raises(StoreError):
        RemoteStore.at(engine.query.rpartition("/")[0] + "/elsewhere").ask("ASK {}")
