"""Bodies sent to other paths than /sparql: too large, too slow, or given up."""

import asyncio
from typing import Any

import pytest

from kg_api.bodies import Bodies
from kg_api.sparql_request import BodyLimits

LIMITS = BodyLimits(mib=1, setting="KG_TEXT_MIB", seconds=0.2)


def post(messages: list[Any], pause: float = 0.0) -> tuple[list[int], list[bytes]]:
    """Send a body in pieces; give the statuses answered, and the bodies that the application saw."""
    statuses: list[int] = []
    seen: list[bytes] = []
    left = iter(messages)

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        seen.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Any:
        await asyncio.sleep(pause)
        return next(left, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "method": "POST", "path": "/api/v1/annotate", "headers": [], "query_string": b""}
    asyncio.run(Bodies(application, LIMITS)(scope, receive, send))
    return statuses, seen


def piece(body: bytes, more: bool) -> dict[str, object]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_reaches_the_application_in_one_piece() -> None:
    assert post([piece(b"a", True), piece(b"b", False)]) == ([200], [b"ab"])


@pytest.mark.parametrize(
    ("messages", "pause", "status"),
    [
        ([piece(b"x" * 600_000, True), piece(b"x" * 600_000, True)], 0.0, [413]),
        ([piece(b"x", True)] * 9, 0.1, [408]),
        ([piece(b"x", True)], 0.0, []),
    ],
)
def test_what_is_too_large_too_slow_or_given_up_never_reaches_it(
    messages: list[Any], pause: float, status: list[int]
) -> None:
    assert post(messages, pause) == (status, [])
