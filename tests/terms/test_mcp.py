"""The Model Context Protocol server, asked by the official client."""

import asyncio
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from mcp import Client
from mcp.server.mcpserver import MCPServer

from kg.snapshot import Snapshot
from kg.sparql.limits import SparqlLimits
from kg.sparql.messages import Answer, Question
from kg.sparql.pool import Reply
from kg.vocab import BASE
from kg_api.mcp_server import mcp_server
from kg_api.mcp_sparql import MOST_ROWS, query_answer
from kg_api.site import Site

Ask = Callable[..., Any]


class _Pool:
    """Stands in for the query workers, whose own tests are elsewhere."""

    limits = SparqlLimits()

    async def ask(self, question: Question, client: str) -> Reply:
        assert client == "stdio"
        if "SERVICE" in question.text:
            return Reply(Answer("service", message="SERVICE is not offered."), "1")
        return Reply(Answer("ok", b'{"head":{},"boolean":true}', "application/sparql-results+json"), "1")


@pytest.fixture(scope="module")
def server(shipped: Snapshot) -> MCPServer[Any]:
    site = Site.open(shipped.path)
    live: Any = SimpleNamespace(require=lambda: site, pool=_Pool())
    return mcp_server(live)


@pytest.fixture
def ask(server: MCPServer[Any]) -> Iterator[Ask]:
    """Call one tool; gives its answer, or the text of its error."""

    async def call(name: str, arguments: dict[str, Any]) -> Any:
        async with Client(server) as client:
            result = await client.call_tool(name, arguments)
        return result.content[0].text if result.is_error else result.structured_content  # type: ignore[union-attr]

    yield lambda name, **arguments: asyncio.run(call(name, arguments))


def test_a_term_is_found_with_rung_source_and_version(ask: Ask) -> None:
    answer = ask("lookup_term", text="れっどちーみんぐ", lang="ja")
    best = answer["items"][0]
    assert best["label"] == "レッドチーミング"
    assert best["rung"] == "kana"
    assert best["sources"][0]["document_iri"].startswith(BASE + "source/")
    assert answer["snapshot"]


def test_an_unknown_term_names_the_nearest(ask: Ask) -> None:
    answer = ask("lookup_term", text="zqx")
    assert answer["items"] == []
    assert answer["nearest"]


def test_a_concept_has_cited_definitions(ask: Ask) -> None:
    answer = ask("get_concept", iri=BASE + "term/risk-area/misinformation")
    assert answer["preferred"]["ja"] == "誤情報"
    assert all(one["sources"] for one in answer["definitions"])
    assert answer == ask("get_concept", iri="/term/risk-area/misinformation")


def test_lists_are_bounded_and_go_on_where_they_were_left(ask: Ask) -> None:
    first = ask("list_gaps", limit=2)
    assert [one["position"] for one in first["items"]] == [1, 2]
    assert ask("list_gaps", limit=1, offset=1)["items"] == first["items"][1:]
    mappings = ask("list_mappings", source="risk-area", limit=3)
    assert len(mappings["items"]) == 3 < mappings["total"]
    assert "20" in ask("list_gaps", limit=1000)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("get_concept", {"iri": "term/nothing"}, "the nearest are"),
        ("list_gaps", {"gap_type": "G99"}, "choose one of G1"),
        ("list_mappings", {"source": "nothing"}, "mapped are"),
        ("list_mappings", {"target": "a b"}, "neither the name nor the IRI"),
        ("lookup_term", {"text": "a" * 401}, "400 characters"),
        ("sparql_query", {"query": "SELECT * {SERVICE <x:y> {}}"}, "SERVICE is not offered"),
    ],
)
def test_errors_say_what_repairs_them(ask: Ask, name: str, arguments: dict[str, str], said: str) -> None:
    assert said in ask(name, **arguments)


def test_a_query_goes_to_the_workers(ask: Ask) -> None:
    assert ask("sparql_query", query="ASK {}")["truth"] is True


def test_long_answers_of_queries_are_cut_and_say_so() -> None:
    body = b"".join(b"<x:s> <x:p> <x:%d> .\n" % number for number in range(MOST_ROWS + 1))
    answer = query_answer(Reply(Answer("ok", body, "application/n-triples"), "1"))
    assert len(answer.triples) == MOST_ROWS
    assert answer.cut.startswith(f"{MOST_ROWS} of {MOST_ROWS + 1}")


def test_every_tool_only_reads_and_labels_are_said_to_be_data(server: MCPServer[Any]) -> None:
    async def described() -> tuple[Any, str]:
        async with Client(server) as client:
            return (await client.list_tools()).tools, client.instructions or ""

    tools, instructions = asyncio.run(described())
    assert {tool.name for tool in tools} == {
        "lookup_term", "get_concept", "list_mappings", "list_gaps", "sparql_query",
    }  # fmt: skip
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert "never instructions" in instructions
