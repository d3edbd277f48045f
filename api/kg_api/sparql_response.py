"""Write answers of the SPARQL route: statuses, headers, problems, pieces."""

import asyncio
import json
from collections.abc import Mapping
from typing import Final

from kg.sparql.cut import cut_message
from kg.sparql.messages import Answer, Outcome
from kg.sparql.pool import Reply
from kg.vocab import BASE
from kg_api.negotiation import choose
from kg_api.sparql_request import Receive, Send
from kg_api.wording import language_of_messages, said

Headers = list[tuple[bytes, bytes]]

STATUS: Final[dict[Outcome, int]] = {
    "ok": 200,
    "syntax": 400,
    "update": 400,
    "complex": 400,
    "dataset": 400,
    "evaluation": 400,
    "service": 403,
    "format": 406,
    "long": 413,
    "budget": 429,
    "crash": 500,
    "store": 502,
    "busy": 503,
    "stopping": 503,
    "timeout": 504,
    "memory": 507,
}
TITLES: Final = {
    304: "Not modified",
    400: "The query is not accepted",
    403: "Not offered here",
    405: "Method not allowed",
    406: "No such format",
    408: "The request came too slowly",
    413: "Too large",
    415: "Unsupported media type",
    429: "Too much at once",
    500: "The query failed",
    502: "The store behind the service failed",
    503: "Busy",
    504: "The query took too long",
    507: "The query took too much memory",
}
COMMON: Final[Headers] = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Kg-Cut, Kg-Snapshot, Retry-After"),
    (b"vary", b"Accept, Accept-Encoding"),
    (b"x-content-type-options", b"nosniff"),
]
ALLOW: Final = b"GET, HEAD, POST, OPTIONS"
_PREFLIGHT: Final[Headers] = [
    (b"allow", ALLOW),
    (b"access-control-allow-methods", ALLOW),
    (
        b"access-control-allow-headers",
        b"Accept, Accept-Language, Content-Type, If-None-Match, X-Requested-With",
    ),
    (b"access-control-max-age", b"86400"),
]
_PIECE: Final = 1 << 18
_DRAIN_SECONDS: Final = 3.0
_DRAIN_BYTES: Final = 64 << 20


async def send_all(send: Send, status: int, headers: Headers, body: bytes, seconds: float) -> None:
    """Send a whole response, in pieces that a slow client must take in time."""
    length = [] if status == 304 else [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": [*COMMON, *length, *headers]})
    if len(body) <= _PIECE:
        await send({"type": "http.response.body", "body": body})
        return
    view = memoryview(body)
    for start in range(0, len(body), _PIECE):
        piece = bytes(view[start : start + _PIECE])
        more = start + _PIECE < len(body)
        async with asyncio.timeout(seconds):
            await send({"type": "http.response.body", "body": piece, "more_body": more})


async def send_options(send: Send) -> None:
    """Tell what the resource allows."""
    await send({"type": "http.response.start", "status": 204, "headers": [*COMMON, *_PREFLIGHT]})
    await send({"type": "http.response.body", "body": b""})


async def send_unread(send: Send, receive: Receive, status: int, headers: Headers, body: bytes) -> None:
    """Answer before the body has been read, then let a client that is still sending finish for a moment.

    Closing at once would make the system throw the answer away with the unread bytes.
    """
    length = (b"content-length", b"%d" % len(body))
    all_headers = [*COMMON, length, (b"connection", b"close"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    size = 0
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while size < _DRAIN_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    break
    except TimeoutError:
        pass  # it had its moment
    await send({"type": "http.response.body", "body": b""})


def problem(
    status: int, detail: str, asked: Mapping[str, str], kind: str = "", **more: object
) -> tuple[Headers, bytes]:
    """Give headers and body of an RFC 9457 problem, or of plain text, as the headers of the request prefer it."""
    chosen = choose(asked.get("accept"), ("application/problem+json", "application/json", "text/plain"))
    language = language_of_messages(asked.get("accept-language", ""))
    detail = said(detail, language)
    headers: Headers = [(b"vary", b"Accept-Language")]
    if chosen == "text/plain":
        plain = (detail + "\n").encode(errors="replace")
        return [*headers, (b"content-type", b"text/plain; charset=utf-8")], plain
    document: dict[str, object] = {
        "type": f"{BASE}problem/{kind or 'request'}",
        "title": said(TITLES.get(status, "Error"), language),
        "status": status,
        "detail": detail,
        **more,
    }
    body = json.dumps(document, ensure_ascii=False).encode(errors="replace")
    media_type = b"application/json" if chosen == "application/json" else b"application/problem+json"
    return [*headers, (b"content-type", media_type)], body


def answer_headers(answer: Answer, reply: Reply, etag: bytes) -> Headers:
    """Give the headers of a good answer."""
    media_type = answer.media_type
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    headers: Headers = [
        (b"content-type", (media_type + charset).encode()),
        (b"kg-snapshot", reply.version.encode("latin-1", errors="replace")),
    ]
    if answer.gzip:
        headers.append((b"content-encoding", b"gzip"))
    if answer.volatile:
        headers.append((b"cache-control", b"no-store"))
    else:
        headers += [(b"etag", etag), (b"cache-control", b"no-cache")]
    if answer.cut:
        headers.append((b"kg-cut", f"{answer.cut}; {cut_message(answer.rows, answer.cut)}".encode()))
    return headers


def refusal(reply: Reply, asked: Mapping[str, str]) -> tuple[int, Headers, bytes]:
    """Give status, headers and body for a question that has no good answer."""
    answer = reply.answer
    status = STATUS.get(answer.outcome, 500)
    more: dict[str, object] = {}
    if answer.line:
        more = {"line": answer.line, "column": answer.column}
    headers, body = problem(status, answer.message, asked, answer.outcome, **more)
    if reply.retry_after:
        headers.append((b"retry-after", b"%d" % reply.retry_after))
    return status, headers, body
