"""The route by itself, without a connection: clients that take their answers slowly, or in too many pieces at once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sparql.limits import SparqlLimits
from kg.sparql.messages import Answer, Question
from kg.sparql.pool import Pool, Reply
from kg_api.negotiation import accepts_gzip, choose
from kg_api.sparql import _account, sparql_app
from kg_api.sparql_request import _unescaped

SIZE = 2 << 20


class FixedPool:
    """A pool that always has the same large answer."""

    version = "v"

    async def ask(self, _question: Question, _client: str) -> Reply:
        return Reply(Answer("ok", b"x" * SIZE, "text/csv", "SELECT"), self.version)


def request(send: Callable[[Any], Awaitable[None]], limits: SparqlLimits) -> Callable[[], Awaitable[None]]:
    """Prepare a request to one application; each call of the result sends it once more."""
    application = sparql_app(cast(Pool, FixedPool()), limits, lambda _: [])
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/sparql",
        "query_string": b"query=ASK%7B%7D",
        "headers": [],
        "client": ("192.0.2.1", 1),
    }

    async def receive() -> Any:
        await asyncio.Event().wait()

    return lambda: application(scope, receive, send)


def test_a_client_that_does_not_take_its_answer_is_left() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) > 2:
            await asyncio.Event().wait()

    asyncio.run(asyncio.wait_for(cast(Any, request(send, SparqlLimits(send_seconds=0.1))()), 5))
    assert sum(len(message.get("body", b"")) for message in sent) < SIZE


def test_too_many_answers_on_their_way_are_refused() -> None:
    async def run() -> list[int]:
        statuses: list[int] = []
        taken = asyncio.Event()

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            else:
                await taken.wait()

        ask = request(send, SparqlLimits(sending_mib=5))
        tasks = [asyncio.create_task(cast(Any, ask())) for _ in range(4)]
        await asyncio.sleep(0.05)
        taken.set()
        await asyncio.gather(*tasks)
        await ask()
        return statuses

    assert asyncio.run(run()) == [200, 200, 503, 503, 200]


@given(st.binary(max_size=60))
def test_percent_escapes_give_every_byte(data: bytes) -> None:
    assert _unescaped(quote_from_bytes(data).encode()) == data
    raw = data.replace(b"%", b"")
    assert _unescaped(raw) == raw
    assert _unescaped(b"%41" + raw) == b"A" + raw


@pytest.mark.parametrize(
    ("host", "account"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff::2", "2001:db8::/64"),
        ("::1", "::/64"),
        ("a name: odd", "a name: odd"),
    ],
)
def test_an_ipv6_client_is_its_network(host: str, account: str) -> None:
    assert _account(host) == account


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "a/x"),
        ("a/y", "a/y"),
        ("a/*;q=0.2, b/z", "b/z"),
        ("a/*, a/x;q=0.1", "a/y"),
        ("a/x;q=0, a/y;q=0, b/*;q=0.001", "b/z"),
        ("b/z;q=0.5, a/y;q=0.5, a/x;q=0.5", "b/z"),
        ("*/*;q=0.1, b/z;q=0.05", "a/x"),
        ("c/d", None),
        ("*/*;q=0", None),
        ("A/Y;Q=1", "a/y"),
        ("a/y;level=1;q=0.3, a/x;q=0.2", "a/y"),
        (", ".join(["c/d"] * 10_000), None),
    ],
)
def test_negotiation(accept: str | None, expected: str | None) -> None:
    assert choose(accept, ["a/x", "a/y", "b/z"]) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP, br", True),
        ("gzip;q=0", False),
        ("br", False),
        ("gzip;q=0.1", True),
    ],
)
def test_gzip_is_sent_to_who_takes_it(header: str, expected: bool) -> None:
    assert accepts_gzip(header) is expected
