"""Errors as the client wants them: a page with a way on for people, a problem document for programs."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from kg.errors import CallerError, KgError, TooLargeError
from kg.terms.models import Hit
from kg_api.live import Live
from kg_api.negotiation import choose
from kg_api.pages.context import page
from kg_api.problems import MEDIA_TYPE, NotFoundError, problem
from kg_api.wording import language_of_messages, said, texts

_OFFERED = (MEDIA_TYPE, "application/json", "text/html")
_LONGEST_SEARCH = 100


def add_error_handlers(app: FastAPI) -> None:
    """Turn our errors and the framework's into answers."""

    @app.exception_handler(KgError)
    def _own(request: Request, error: KgError) -> Response:
        if isinstance(error, NotFoundError):
            return error_answer(request, 404, str(error), near=error.near)
        if isinstance(error, CallerError):
            return error_answer(request, 413 if isinstance(error, TooLargeError) else 400, str(error))
        return error_answer(request, 503, str(error), {"Retry-After": "5"})

    @app.exception_handler(RequestValidationError)
    def _parameters(request: Request, error: RequestValidationError) -> Response:
        faults = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors())
        return error_answer(request, 400, f"{faults}.")

    @app.exception_handler(HTTPException)
    def _framework(request: Request, error: HTTPException) -> Response:
        return error_answer(request, error.status_code, f"{error.detail}.", error.headers)

    @app.exception_handler(Exception)
    def _unforeseen(request: Request, _: Exception) -> Response:
        said = "The server failed at this request; the log says why."
        return error_answer(
            request, 500, said, {"Connection": "close"}
        )  # the server drops it after a failure


def error_answer(
    request: Request,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    near: Sequence[Hit] = (),
) -> Response:
    """Give an error as a page where the client prefers HTML, as a problem document otherwise."""
    if choose(request.headers.get("accept"), _OFFERED) != "text/html":
        language = language_of_messages(request.headers.get("accept-language", ""))
        title = said(HTTPStatus(status).phrase, language)
        return problem(status, title, said(detail, language), dict(headers or {}))
    live: Live = request.app.state.live
    kind = f"error_{status}" if f"error_{status}" in texts() else "error_other"
    return page(
        request,
        live.site,
        "error.html",
        status=status,
        headers=headers,
        code=status,
        kind=kind,
        detail=detail,
        near=near,
        words=_words(request.url.path),
    )


def _words(path: str) -> str:
    """Give the end of an address as words to search for."""
    return path.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")[:_LONGEST_SEARCH]
