"""Read a request of the SPARQL 1.1 Protocol: parameters, body, and what is wrong with them."""

import asyncio
import re
from binascii import a2b_qp
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from kg.sparql.limits import SparqlLimits
from kg.sparql.messages import Question
from kg_api.negotiation import accepts_gzip, choose

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

ROW_TYPES: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
    "text/xml",
)
GRAPH_TYPES: Final = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
_SHORT_NAMES: Final = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "turtle": (None, "text/turtle"),
    "ttl": (None, "text/turtle"),
    "n3": (None, "text/turtle"),
    "nt": (None, "application/n-triples"),
    "ntriples": (None, "application/n-triples"),
    "n-triples": (None, "application/n-triples"),
    "rdf": (None, "application/rdf+xml"),
    "rdf+xml": (None, "application/rdf+xml"),
    "jsonld": (None, "application/ld+json"),
    "json-ld": (None, "application/ld+json"),
}
_HEADERS: Final = {
    name.encode(): name
    for name in (
        "accept",
        "accept-encoding",
        "accept-language",
        "content-encoding",
        "content-length",
        "content-type",
        "host",
        "if-none-match",
        "sec-fetch-mode",
    )
}
_HOST: Final = re.compile(r"^(?:[A-Za-z0-9.\-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$")
_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_CHARSETS: Final = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_BYTE_ORDER_MARK: Final = "\ufeff"  # some editors begin their files with it
_MOST_FIELDS: Final = 1_000
_SECONDS: Final = re.compile(r"^[0-9]{1,9}(?:\.[0-9]{1,9})?$")
_BAD_ESCAPE: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")

Fields = list[tuple[str, str]]


class RequestError(Exception):
    """A request that is answered with a problem: status, detail, and whether its body was left unread."""

    def __init__(self, status: int, detail: str, *, unread: bool = False) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.unread = unread


@dataclass(frozen=True, slots=True)
class Request:
    """A request as far as it matters for its answer."""

    method: str
    headers: dict[str, str]
    fields: Fields
    direct: str | None = None

    @property
    def accept(self) -> str | None:
        """Give the Accept header."""
        return self.headers.get("accept")

    def values(self, name: str) -> tuple[str, ...]:
        """Give all values of one parameter."""
        return tuple(value for key, value in self.fields if key == name)


def headers_of(scope: Scope) -> dict[str, str]:
    """Give the headers that matter by name; where several lines make one list, all of them."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name = _HEADERS.get(raw_name)
        if name is not None:
            value = raw_value.decode("latin-1")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def origin(scope: Scope, host: str) -> str:
    """Give the address under which the client reached us, if its Host is one; else the one we listen on."""
    if not _HOST.match(host):
        address, port = scope.get("server") or ("127.0.0.1", None)
        host = f"{address}:{port}" if port else "127.0.0.1"
    return f"{scope.get('scheme', 'http')}://{host}"


async def read_request(scope: Scope, receive: Receive, limits: SparqlLimits) -> Request:
    """Read method, parameters and body, or raise RequestError."""
    headers = headers_of(scope)
    fields = _fields(scope["query_string"], "query string")
    if scope["method"] != "POST":
        return Request(scope["method"], headers, fields)
    kind = _content_type(headers)
    most = BodyLimits(limits.body_mib, "KG_SPARQL_BODY_MIB", limits.body_seconds)
    body = await read_body(headers, receive, most)
    if kind == _DIRECT:
        return Request("POST", headers, fields, _text(body, "query"))
    return Request("POST", headers, fields + _fields(body, "form"))


def _content_type(headers: dict[str, str]) -> str:
    kind, _, parameters = headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        raise RequestError(403, "This service answers queries and changes nothing.", unread=True)
    if kind not in {_FORM, _DIRECT}:
        raise RequestError(415, f"Send the query as {_DIRECT} or as {_FORM}.", unread=True)
    charset = re.search(r"charset\s*=\s*\"?([^\s;\"]*)", parameters, re.IGNORECASE)
    if charset and charset.group(1).lower() not in _CHARSETS:
        raise RequestError(415, "Send the query in UTF-8.", unread=True)
    if headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise RequestError(415, "Send the query uncompressed.", unread=True)
    return kind


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """What a body may be: its size in MiB with the setting that says so, and the seconds it may take."""

    mib: int
    setting: str
    seconds: float


async def read_body(headers: dict[str, str], receive: Receive, limits: BodyLimits) -> bytes:
    """Read a body that is small enough and comes in time, or raise RequestError or ClientGoneError."""
    most = limits.mib << 20
    too_large = (
        f"The request has more than {limits.mib} MiB, the most that {limits.setting} allows: send less."
    )
    announced = headers.get("content-length", "0")
    if not announced.isascii() or not announced.isdigit():
        raise RequestError(400, "Content-Length is no number.", unread=True)
    if int(announced[:20]) > most:
        raise RequestError(413, too_large, unread=True)
    pieces = []
    size = 0
    try:
        async with asyncio.timeout(limits.seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGoneError
                pieces.append(message.get("body", b""))
                size += len(pieces[-1])
                if size > most:
                    raise RequestError(413, too_large, unread=True)
                if not message.get("more_body", False):
                    return b"".join(pieces)
    except TimeoutError as error:
        detail = f"The body did not arrive within {limits.seconds:g} seconds."
        raise RequestError(408, detail, unread=True) from error


class ClientGoneError(Exception):
    """The client left before its request was whole."""


def _text(data: bytes, what: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise RequestError(400, f"The {what} is not UTF-8 at byte {error.start}.") from error


def _fields(data: bytes, what: str) -> Fields:
    if not data:
        return []
    if _BAD_ESCAPE.search(data):
        raise RequestError(400, f"The {what} has a % that is not followed by two hexadecimal digits.")
    pairs = data.replace(b"+", b" ").split(b"&")
    if len(pairs) > _MOST_FIELDS:
        raise RequestError(400, f"The {what} has more than {_MOST_FIELDS} parameters.")
    fields = []
    for pair in pairs:
        name, _, value = pair.partition(b"=")
        fields.append((_text(_unescaped(name), what), _text(_unescaped(value), what)))
    return fields


def _unescaped(data: bytes) -> bytes:
    """Resolve the % escapes, by way of the same escapes with = in e-mail: that decoder is written in C."""
    return a2b_qp(data.replace(b"=", b"=3D").replace(b"%", b"=")) if b"%" in data else data


def asks_for_update(request: Request) -> bool:
    """Tell whether this is an update operation."""
    return any(key == "update" for key, _ in request.fields)


def query_text(request: Request) -> str | None:
    """Give the text of the query, or None when there is none."""
    texts = request.values("query") + (() if request.direct is None else (request.direct,))
    if len(texts) > 1:
        raise RequestError(400, "Send one query, not several.")
    if not texts and request.method == "POST":
        raise RequestError(400, "The parameter query is missing.")
    if texts and not texts[0].strip():
        raise RequestError(400, "The query is empty.")
    return texts[0].removeprefix(_BYTE_ORDER_MARK) if texts else None


def question(request: Request, text: str, limits: SparqlLimits) -> Question:
    """Make the question for the workers of a request."""
    if len(text) > limits.length:
        raise RequestError(413, f"The query has {len(text)} characters; at most {limits.length} are read.")
    rows_type, graph_type = _formats(request)
    return Question(
        text,
        rows_type,
        graph_type,
        tuple(
            dict.fromkeys(request.values("default-graph-uri"))
        ),  # the engine reads a graph as often as named
        tuple(dict.fromkeys(request.values("named-graph-uri"))),
        accepts_gzip(request.headers.get("accept-encoding", "")),
        _seconds(request, limits),
    )


def _formats(request: Request) -> tuple[str | None, str | None]:
    """Give the formats for rows and for graphs: by parameter where one is known, else by Accept."""
    rows_type, graph_type = choose(request.accept, ROW_TYPES), choose(request.accept, GRAPH_TYPES)
    for key, value in request.fields:
        if key in {"format", "output"}:
            named = value.strip().lower()
            rows, graph = _SHORT_NAMES.get(named, (None, None))
            rows_type = rows or (named if named in ROW_TYPES else rows_type)
            graph_type = graph or (named if named in GRAPH_TYPES else graph_type)
    return rows_type, graph_type


def _seconds(request: Request, limits: SparqlLimits) -> float:
    """Give the deadline: the caller may only lower ours; 0 means no wish."""
    seconds = limits.timeout
    for value in request.values("timeout"):
        if not _SECONDS.match(value.strip()):
            raise RequestError(400, "timeout is a number of seconds, for example timeout=2.5.")
        seconds = min(seconds, float(value) or seconds)
    return seconds
