"""Errors as RFC 9457 problem documents: one sentence that says what, where and what repairs it."""

from collections.abc import Sequence

from fastapi.responses import JSONResponse

from kg.errors import CallerError
from kg.terms.models import Hit

MEDIA_TYPE = "application/problem+json"


class NotFoundError(CallerError):
    """What was asked for is not in the graph; `near` are the records that may have been meant."""

    def __init__(self, message: str, near: Sequence[Hit] = ()) -> None:
        super().__init__(message)
        self.near = tuple(near)


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Make a problem document."""
    document = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(document, status, headers, media_type=MEDIA_TYPE)
