"""Texts over REST: the terms that a text names."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field, ValidationError

from kg.errors import CallerError
from kg.terms.annotation_formats import AnnotatedDocument, annotate
from kg.terms.annotator import AnnotateOptions
from kg.terms.documents import Document, Format, read_document
from kg_api.rest import PREFIX, SiteOf, body_of

router = APIRouter(prefix=PREFIX, tags=["terms"])

LARGEST_TEXT = 2_000_000
"""The most bytes of a text that is annotated over HTTP."""

_JSON = "application/json"
_FORMATS: dict[str, Format] = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/pdf": "pdf",
}


class AnnotateRequest(AnnotateOptions):
    """A text with the wishes of the caller."""

    text: str = Field(description="The text to annotate; places in the answer count its code points.")


async def _text(request: Request) -> bytes:
    return await body_of(request, LARGEST_TEXT)


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            _JSON: {"schema": AnnotateRequest.model_json_schema(ref_template="#/components/schemas/{model}")},
            **{name: {"schema": {"type": "string"}} for name in _FORMATS},
        },
    }
}


@router.post("/annotate", openapi_extra=_BODY)
def annotate_text(
    request: Request, site: SiteOf, body: Annotated[bytes, Depends(_text)]
) -> AnnotatedDocument:
    """Find the terms that a text names: JSON with options, or the text itself as plain text, Markdown, HTML or PDF."""
    document, options = _read(request.headers.get("content-type", _JSON), body)
    return annotate(site.annotator, document, options)


def _read(content_type: str, body: bytes) -> tuple[Document, AnnotateOptions]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _FORMATS:
        return read_document(body, _FORMATS[kind]), AnnotateOptions()
    if kind != _JSON:
        raise CallerError(f"A text is not read as {kind}; send {_JSON} or one of {', '.join(_FORMATS)}.")
    try:
        asked = AnnotateRequest.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the body"
        raise CallerError(f"The request does not fit at {where}: {first['msg']}.") from error
    return read_document(asked.text), AnnotateOptions.model_validate(asked.model_dump(exclude={"text"}))
