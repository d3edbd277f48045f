"""Errors as RFC 9457 problem documents: one sentence that says what, where and what repairs it."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kg.errors import CallerError, KgError


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Make a problem document."""
    document = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(document, status, headers, media_type="application/problem+json")


class NotFoundError(CallerError):
    """The record that was asked for is not in the graph."""


def add_problem_handlers(app: FastAPI) -> None:
    """Turn our errors and the framework's into problem documents."""

    @app.exception_handler(KgError)
    def _own(_: Request, error: KgError) -> JSONResponse:
        if isinstance(error, NotFoundError):
            return problem(404, "Not found", str(error))
        if isinstance(error, CallerError):
            return problem(400, "Bad request", str(error))
        return problem(503, "Service unavailable", str(error), {"Retry-After": "5"})

    @app.exception_handler(RequestValidationError)
    def _parameters(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors())
        return problem(400, "Bad request", f"{faults}.")

    @app.exception_handler(HTTPException)
    def _framework(_: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail), f"{error.detail}.", dict(error.headers or {}))
