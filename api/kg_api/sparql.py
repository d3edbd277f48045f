"""The route /sparql: SPARQL 1.1 Protocol on the pool of query workers, as a plain ASGI application."""

import asyncio
import gzip
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b
from ipaddress import IPv6Network, ip_address
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.sparql.limits import SparqlLimits
from kg.sparql.messages import Question
from kg.sparql.pool import Pool, Reply
from kg.vocab import PREFIXES, RDF, XSD
from kg_api.negotiation import accepts_gzip, choose
from kg_api.sparql_request import (
    GRAPH_TYPES,
    ROW_TYPES,
    Application,
    ClientGoneError,
    Receive,
    Request,
    RequestError,
    Scope,
    Send,
    asks_for_update,
    headers_of,
    origin,
    query_text,
    question,
    read_request,
)
from kg_api.sparql_response import (
    ALLOW,
    Headers,
    answer_headers,
    problem,
    refusal,
    send_all,
    send_options,
    send_unread,
)

Describe = Callable[[str], Sequence[ox.Triple]]

_WATCH_AFTER: Final = 0.05
_LONGEST_LINK: Final = 4_000
_GRAPH_FORMATS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_PREFIXES: Final = {
    "rdf": RDF,
    "xsd": XSD,
    "dcterms": PREFIXES["dcterms"],
    "rdfs": PREFIXES["rdfs"],
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    "void": "http://rdfs.org/ns/void#",
}
_ERROR_SECONDS: Final = 10.0
_METHODS: Final = frozenset({"GET", "HEAD", "POST"})


def sparql_app(pool: Pool, limits: SparqlLimits, describe: Describe, page: str = "/query") -> Application:
    """Give the application for /sparql; `page` is where people with a browser are sent."""
    return _Endpoint(pool, limits, describe, page)


def with_sparql(inner: Application, endpoint: Application, path: str = "/sparql") -> Application:
    """Put the endpoint in front of another application, past that one's middleware."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in {path, f"{path}/"}:
            await endpoint(scope, receive, send)
        else:
            await inner(scope, receive, send)

    return application


class _Endpoint:
    """The application with what it needs to answer."""

    def __init__(self, pool: Pool, limits: SparqlLimits, describe: Describe, page: str) -> None:
        self._pool = pool
        self._limits = limits
        self._describe = describe
        self._page = page
        self._sending = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "OPTIONS":
            await send_options(send)
            return
        try:
            if scope["method"] not in _METHODS:
                raise RequestError(405, f"Use {ALLOW.decode()}.", unread=True)
            request = await read_request(scope, receive, self._limits)
            await self._answer(request, scope, receive, send)
        except RequestError as error:
            await _send_error(error, scope, receive, send)
        except (ClientGoneError, TimeoutError):
            return  # nobody is there to read an answer

    async def _answer(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        if asks_for_update(request):
            raise RequestError(403, "This service answers queries and changes nothing.")
        text = query_text(request)
        if text is None:
            status, headers, body = self._description(request, scope)
        elif len(text) <= _LONGEST_LINK and _wants_page(request):
            status, headers, body = _see_other(f"{self._page}?query={quote(text)}")
        else:
            asked = question(request, text, self._limits)
            status, headers, body = await self._reply(request, asked, scope, receive)
        if self._sending + len(body) > self._limits.sending_mib << 20:
            status, (headers, body) = 503, problem(503, "Too many answers are on their way.", request.headers)
            headers.append((b"retry-after", b"5"))
        self._sending += len(body)
        try:
            await send_all(send, status, headers, body, self._limits.send_seconds)
        finally:
            self._sending -= len(body)

    async def _reply(
        self, request: Request, asked: Question, scope: Scope, receive: Receive
    ) -> tuple[int, Headers, bytes]:
        etag = _etag(self._pool.version, asked)
        condition = request.headers.get("if-none-match", "")
        if request.method != "POST" and _matches(condition, etag):
            return _unchanged(etag)
        reply = await _ask(self._pool, asked, client_of(scope), receive)
        if reply.answer.outcome != "ok":
            return refusal(reply, request.headers)
        if reply.version != self._pool.version:
            etag = _etag(reply.version, asked)  # a new snapshot came in between
        if request.method != "POST" and condition.strip() == "*" and not reply.answer.volatile:
            return _unchanged(etag)
        return 200, answer_headers(reply.answer, reply, etag), reply.answer.body

    def _description(self, request: Request, scope: Scope) -> tuple[int, Headers, bytes]:
        """Answer a request without a query: the Service Description, or the way to the page for people."""
        chosen = choose(request.accept, (*GRAPH_TYPES, "text/html"))
        if chosen is None and choose(request.accept, ROW_TYPES):
            raise RequestError(400, "The parameter query is missing.")
        if chosen is None:
            raise RequestError(406, f"The description is given as {', '.join(GRAPH_TYPES)}.")
        if chosen == "text/html":
            return _see_other(self._page)
        triples = self._describe(origin(scope, request.headers.get("host", "")) + scope["path"].rstrip("/"))
        body = ox.serialize(triples, format=_GRAPH_FORMATS[chosen], prefixes=_PREFIXES) or b""
        packed = accepts_gzip(request.headers.get("accept-encoding", ""))
        etag = _tag(body, bytes(packed))
        if _matches(request.headers.get("if-none-match", ""), etag):
            return _unchanged(etag)
        charset = "; charset=utf-8" if chosen.startswith("text/") else ""
        headers = [
            (b"content-type", (chosen + charset).encode()),
            (b"etag", etag),
            (b"cache-control", b"no-cache"),
        ]
        if packed:
            headers, body = [*headers, (b"content-encoding", b"gzip")], gzip.compress(body, mtime=0)
        return 200, headers, body


async def _ask(pool: Pool, asked: Question, client: str, receive: Receive) -> Reply:
    """Ask the pool, and end the work when the client leaves."""
    task = asyncio.current_task()
    watchers: list[asyncio.Task[None]] = []
    gone = False

    async def watch() -> None:
        nonlocal gone
        while (await receive())["type"] != "http.disconnect":
            pass
        gone = True
        if task is not None:
            task.cancel()

    def start() -> None:
        watchers.append(asyncio.get_running_loop().create_task(watch()))

    timer = asyncio.get_running_loop().call_later(_WATCH_AFTER, start)
    try:
        return await pool.ask(asked, client)
    except asyncio.CancelledError:
        if gone and task is not None:
            task.uncancel()
            raise ClientGoneError from None
        raise
    finally:
        timer.cancel()
        for watcher in watchers:
            watcher.cancel()


async def _send_error(error: RequestError, scope: Scope, receive: Receive, send: Send) -> None:
    headers, body = problem(error.status, error.detail, headers_of(scope))
    if error.status == 405:
        headers.append((b"allow", ALLOW))
    if error.status == 415:
        headers.append((b"accept-post", b"application/sparql-query, application/x-www-form-urlencoded"))
    if error.unread and scope["method"] not in {"GET", "HEAD"}:
        await send_unread(send, receive, error.status, headers, body)
    else:
        await send_all(send, error.status, headers, body, _ERROR_SECONDS)


def _wants_page(request: Request) -> bool:
    """Tell whether a person has followed a link to a query in a browser, and no format is named."""
    if request.method == "POST" or request.values("format") or request.values("output"):
        return False
    navigates = request.headers.get("sec-fetch-mode") == "navigate"
    return navigates and choose(request.accept, (*ROW_TYPES, *GRAPH_TYPES, "text/html")) == "text/html"


def _unchanged(etag: bytes) -> tuple[int, Headers, bytes]:
    return 304, [(b"etag", etag), (b"cache-control", b"no-cache")], b""


def _see_other(place: str) -> tuple[int, Headers, bytes]:
    return 303, [(b"location", place.encode()), (b"cache-control", b"no-store")], b""


def client_of(scope: Scope) -> str:
    """Give what stands for the client in budgets: its address, or the network of an IPv6 address."""
    return _account(str((scope.get("client") or ("local", 0))[0]))


@lru_cache(maxsize=1024)
def _account(host: str) -> str:
    """Give what stands for a client: its address, or the network that its IPv6 address is one of many in."""
    try:
        address = ip_address(host)
    except ValueError:
        return host  # a name that a proxy has given, or a local socket
    return str(IPv6Network((address, 64), strict=False)) if address.version == 6 else host


def _etag(version: str, asked: Question) -> bytes:
    """Give a weak validator: rows that nobody has ordered come from the disk in another order than from memory."""
    parts = (version, *map(str, asked[1:6]), asked.text)
    return b"W/" + _tag("\n".join(parts).encode())


def _tag(*parts: bytes) -> bytes:
    return b'"%s"' % blake2b(b"".join(parts), digest_size=16).hexdigest().encode()


def _matches(condition: str, etag: bytes) -> bool:
    """Tell whether If-None-Match names this tag, weakly or not."""
    return etag.removeprefix(b"W/").decode() in condition
