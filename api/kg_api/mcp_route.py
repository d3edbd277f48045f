"""The route /mcp: the Model Context Protocol over streamable HTTP, without sessions, where its library is installed."""

import asyncio
import contextlib
import logging
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from kg_api.live import Live
from kg_api.problems import problem

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

_LARGEST_REQUEST: Final = 1 << 17
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_MISSING: Final = "This server has no MCP: install it with pip install 'aisi-kg[mcp]' and start again."


class McpRoute:
    """Puts /mcp in front of an application; its library is loaded when the first client comes."""

    def __init__(self, inner: ASGIApp, live: Live) -> None:
        self._inner = inner
        self._live = live
        self._manager: StreamableHTTPSessionManager | None = None
        self._serving: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer MCP messages; let the application answer the rest."""
        if scope["type"] != "http" or scope["path"] not in {"/mcp", "/mcp/"} or scope["method"] == "OPTIONS":
            await self._inner(scope, receive, send)
            return
        refusal = _refusal(scope)
        if refusal:
            await refusal(scope, receive, send)
            return
        manager = await self._started()
        await manager.handle_request(scope, receive, send)

    async def close(self) -> None:
        """End what has been started."""
        if self._serving:
            self._serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving

    async def _started(self) -> "StreamableHTTPSessionManager":
        async with self._lock:
            if self._manager is None:
                self._manager = await asyncio.to_thread(_manager, self._live)
                ready = asyncio.Event()
                self._serving = asyncio.create_task(_serve(self._manager, ready))
                await ready.wait()
            return self._manager


async def _serve(manager: "StreamableHTTPSessionManager", ready: asyncio.Event) -> None:
    async with manager.run():
        ready.set()
        await asyncio.Event().wait()


def _manager(live: Live) -> "StreamableHTTPSessionManager":
    from mcp.server.transport_security import TransportSecuritySettings

    from kg_api.mcp_server import mcp_server

    logging.getLogger("mcp").setLevel(logging.WARNING)  # it would tell of every request
    server = mcp_server(live)
    server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        max_request_body_size=_LARGEST_REQUEST,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # see _is_ours
    )
    return server.session_manager


def _refusal(scope: Scope) -> ASGIApp | None:
    """Give the answer to a request that gets no further: no library, no such method, a foreign page."""
    if find_spec("mcp") is None:
        return problem(501, "Not Implemented", _MISSING)
    if scope["method"] != "POST":  # without sessions there is nothing to listen to and nothing to end
        return problem(405, "Method Not Allowed", "Send MCP messages with POST.", {"Allow": "POST, OPTIONS"})
    headers = Headers(scope=scope)
    if not _is_ours(headers.get("origin"), headers.get("host", "")):
        return problem(403, "Forbidden", "Pages of other sites may not speak MCP with this server.")
    return None


def _is_ours(origin: str | None, host: str) -> bool:
    """Whether a request comes from no page, from one of this machine, or from one of this server."""
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.hostname in _LOOPBACK or parts.netloc == host
