"""Texts over REST: the terms that a text names."""

import hashlib
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field, ValidationError

from kg.errors import CallerError
from kg.terms.annotation_formats import AnnotatedDocument, annotate, as_page, as_web_annotations
from kg.terms.documents import Document, Format, read_document
from kg.terms.mentions import AnnotateOptions
from kg_api.rest import PREFIX, SiteOf
from kg_api.turns import TURN

router = APIRouter(prefix=PREFIX, tags=["terms"])

_MOST_ITEMS = 50_000
_JSON = "application/json"
_ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SEVERAL = ("stop_words", "schemes", "types")
_FORMATS: dict[str, Format] = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/pdf": "pdf",
}


Form = Annotated[
    Literal["json", "jsonld", "html"],
    Query(alias="format", description="As JSON, as W3C Web Annotations or as a coloured page."),
]


class AnnotateRequest(AnnotateOptions):
    """A text with the wishes of the caller."""

    text: str = Field(description="The text to annotate; places in the answer count its code points.")


async def _text(request: Request) -> bytes:
    return await request.body()


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            _JSON: {"schema": AnnotateRequest.model_json_schema(ref_template="#/components/schemas/{model}")},
            **{name: {"schema": {"type": "string"}} for name in _FORMATS},
        },
    }
}


@router.post("/annotate", openapi_extra=_BODY, dependencies=[TURN])
def annotate_text(
    request: Request,
    site: SiteOf,
    body: Annotated[bytes, Depends(_text)],
    form: Form = "json",
) -> AnnotatedDocument:
    """Find the terms that a text names: JSON with options, or the text itself as plain text, Markdown, HTML or PDF.

    Beside a text that is sent itself, options are parameters of the address; several values are set apart by commas.
    At most 50,000 spans are given; `total` says how many there are.
    """
    kind = request.headers.get("content-type", _JSON).partition(";")[0].strip().lower()
    seconds = request.app.state.texts.seconds
    document, options = _read(kind, body, dict(request.query_params), seconds)
    found = annotate(site.annotator, document, options)
    items = found.items[:_MOST_ITEMS]
    # FastAPI sends a Response as it is; made here, a large one holds up nobody
    if form == "jsonld":
        source = f"urn:sha256:{hashlib.sha256(body).hexdigest()}"
        return Response(as_web_annotations(items, source), media_type=_ANNOTATIONS)  # type: ignore[return-value]
    if form == "html":
        page = as_page(document, items, "aisi-kg", options.lang or "ja")
        headers = {"Content-Security-Policy": _PAGE_POLICY}
        return HTMLResponse(page, headers=headers)  # type: ignore[return-value]
    told = found.model_copy(update={"items": items}).model_dump_json()
    return Response(told, media_type=_JSON)  # type: ignore[return-value]


def _read(
    kind: str, body: bytes, parameters: dict[str, str], seconds: float
) -> tuple[Document, AnnotateOptions]:
    if kind in _FORMATS:
        return read_document(body, _FORMATS[kind], seconds), _options(parameters)
    if kind != _JSON:
        raise CallerError(f"A text is not read as {kind}; send {_JSON} or one of {', '.join(_FORMATS)}.")
    try:
        asked = AnnotateRequest.model_validate_json(body)
    except ValidationError as error:
        raise _misfit(error) from error
    return read_document(asked.text), AnnotateOptions.model_validate(asked.model_dump(exclude={"text"}))


def _options(parameters: dict[str, str]) -> AnnotateOptions:
    several = {name: tuple(parameters[name].split(",")) for name in _SEVERAL if name in parameters}
    try:
        return AnnotateOptions.model_validate({**parameters, **several})
    except ValidationError as error:
        raise _misfit(error) from error


def _misfit(error: ValidationError) -> CallerError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "the body"
    return CallerError(f"The request does not fit at {where}: {first['msg']}.")
