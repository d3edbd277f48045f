"""What the routes for clients of others share: JSONP for pages that cannot do without, JSON-LD under its own name."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from kg.errors import CallerError
from kg_api.negotiation import choose

_JSON = "application/json"
_JSON_LD = "application/ld+json"
_FUNCTION = re.compile(r"[A-Za-z_$][\w$]{0,99}(?:\.[A-Za-z_$][\w$]{0,99}){0,5}", re.ASCII)
_LINE_ENDS = ((b"\xe2\x80\xa8", rb"\u2028"), (b"\xe2\x80\xa9", rb"\u2029"))  # old scripts end a line at these


class JsonpRoute(APIRoute):
    """Wraps JSON in a call of the function that a parameter `callback` names."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answer as the route does, then wrap."""
        answer = super().get_route_handler()

        async def wrapped(request: Request) -> Response:
            callback = request.query_params.get("callback", "")
            if callback and not _FUNCTION.fullmatch(callback):
                raise CallerError("The parameter callback is no name of a function: give one such as show.")
            response = await answer(request)
            return _called(callback, response) if callback and _is_json(response) else response

        return wrapped


class LinkedRoute(JsonpRoute):
    """Calls JSON what it also is, JSON-LD, where a client asks for that."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answer as the route does, then name the format."""
        answer = super().get_route_handler()

        async def named(request: Request) -> Response:
            response = await answer(request)
            if _is_json(response) and choose(request.headers.get("accept"), (_JSON, _JSON_LD)) == _JSON_LD:
                response.headers["Content-Type"] = _JSON_LD
            return response

        return named


def _is_json(response: Response) -> bool:
    return response.headers.get("content-type", "") == _JSON


def _called(callback: str, response: Response) -> Response:
    """Call a function with the answer; the comment before it keeps other programs from reading it as their own."""
    body = bytes(response.body)
    for character, escape in _LINE_ENDS:
        body = body.replace(character, escape)
    kept = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
    script = b"/**/" + callback.encode() + b"(" + body + b");"
    return Response(script, response.status_code, kept, "application/javascript")
