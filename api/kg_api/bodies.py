"""Bodies of requests beside those to /sparql: read whole and in time before the application sees them."""

from typing import Final

from kg_api.sparql_request import (
    Application,
    BodyLimits,
    ClientGoneError,
    Message,
    Receive,
    RequestError,
    Scope,
    Send,
    headers_of,
    read_body,
)
from kg_api.sparql_response import problem, send_unread

_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})


class Bodies:
    """Wraps the application, so that no client holds it up with a slow body or fills it with a large one."""

    def __init__(self, app: Application, limits: BodyLimits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, then let the application answer."""
        if scope["type"] != "http" or scope["method"] not in _WITH_BODY:
            await self._app(scope, receive, send)
            return
        headers = headers_of(scope)
        try:
            body = await read_body(headers, receive, self._limits)
        except ClientGoneError:
            return
        except RequestError as error:
            said = problem(error.status, error.detail, headers)
            await send_unread(send, receive, error.status, *said)
            return
        await self._app(scope, _Whole(body, receive), send)


class _Whole:
    """Gives a body that has been read, and after it what the connection says."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._message: Message | None = {"type": "http.request", "body": body, "more_body": False}
        self._receive = receive

    async def __call__(self) -> Message:
        message, self._message = self._message, None
        return message if message is not None else await self._receive()
