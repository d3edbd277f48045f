"""The manners of every answer: security headers, HEAD, CORS, validators."""

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg_api.live import Live
from kg_api.recent import RecentAnswers, Recording

_SECURITY: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_EXPOSED: Final = "ETag, Link, Kg-Snapshot, Retry-After, X-Total-Count"
_NEVER_KEPT: Final = frozenset({"/livez", "/readyz", "/metrics"})
_MOST_KEPT: Final = 24 * 2**20
_DEPENDS_ON: Final = ("accept", "accept-language", "cookie", "host")


class Manners:
    """Wraps the application; what an answer says of itself goes before what is said here."""

    def __init__(self, app: ASGIApp, live: Live) -> None:
        self._app = app
        self._live = live
        self._recent = RecentAnswers(_MOST_KEPT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer preflights and unchanged pages at once; let the application answer the rest."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _send_empty(send, 204, _PREFLIGHT)
            return
        tag = self._tag(scope, headers)
        if tag and tag in headers.get("if-none-match", ""):
            await _send_empty(
                send, 304, {"ETag": tag, "Cache-Control": "no-cache", "Vary": _vary("text/html")}
            )
            return
        await self._answer(scope, receive, send, tag)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, tag: str) -> None:
        head = scope["method"] == "HEAD"
        key = f"{tag} {'gzip' in Headers(scope=scope).get('accept-encoding', '')}" if tag else ""
        kept = self._recent.get(key)
        if kept is not None:
            await kept.send(send, head=head)
            return
        recording = Recording(self._recent, key, tag)

        async def polite(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(raw=message["headers"]), message["status"], scope["path"], tag)
            recording.note(message)
            if head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"} if head else scope, receive, polite)

    def _tag(self, scope: Scope, headers: Headers) -> str:
        """Give what an answer hangs on as a validator: snapshot, program, address and the headers that matter."""
        site = self._live.site
        path = scope["path"]
        if site is None or scope["method"] not in ("GET", "HEAD") or path in _NEVER_KEPT:
            return ""
        parts = [site.manifest.version, _program(), path, scope["query_string"].decode("latin-1")]
        parts += [headers.get(name, "") for name in _DEPENDS_ON]
        return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"'


def _complete(headers: MutableHeaders, status: int, path: str, tag: str) -> None:
    """Add what the answer does not say itself."""
    for name, value in _SECURITY.items():
        headers.setdefault(name, value)
    headers.setdefault("Access-Control-Allow-Origin", "*")
    headers.setdefault("Access-Control-Expose-Headers", _EXPOSED)
    headers.setdefault("Cache-Control", "no-store" if path in _NEVER_KEPT else "no-cache")
    if not path.startswith("/static/"):
        headers.add_vary_header(_vary(headers.get("content-type", "")))
    if status == 200 and tag and "set-cookie" not in headers:  # unchanged pages would not set it again
        headers.setdefault("ETag", tag)


def _vary(content_type: str) -> str:
    if content_type.startswith("application/problem+json"):
        return "Accept, Accept-Language"
    return "Accept, Accept-Language, Cookie" if content_type.startswith("text/html") else "Accept"


async def _send_empty(send: Send, status: int, values: dict[str, str]) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in {**_SECURITY, **values}.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


@cache
def _program() -> str:
    """Name the state of the program: pages change with their templates, not only with the data."""
    digest = hashlib.sha256()
    for package in ("kg_api", "kg.report"):
        for content in _contents(resources.files(package)):
            digest.update(content)
    return digest.hexdigest()


def _contents(folder: Traversable) -> list[bytes]:
    found: list[bytes] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _contents(entry)
        elif entry.is_file():
            found.append(entry.read_bytes())
    return found
