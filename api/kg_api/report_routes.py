"""The gap report over HTTP, in every format, and the JSON Schema of its JSON form."""

import gzip
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from kg.report import ALIASES, FORMATS, LANGUAGES, SCHEMA, content_policy, format_of, json_schema, render
from kg.vocab import BASE
from kg_api.rest import PREFIX, Lang, Protocol, SiteOf

router = APIRouter(tags=["gaps"])

SCHEMA_PATH: Final = "/" + SCHEMA.removeprefix(BASE)
_SHOWN: Final = frozenset({"html", "json", "svg", "png", "network-svg", "network-png"})
_INERT: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_JSON: Final = {"type": "object", "description": f"Keeps to {SCHEMA}."}
_FILE: Final = {"type": "string", "format": "binary"}
_CONTENT: Final = {
    one.media_type.split(";")[0]: {"schema": _JSON if name == "json" else _FILE}
    for name, one in FORMATS.items()
}


@router.get(f"{PREFIX}/report", response_class=Response, responses={200: {"content": _CONTENT}})
def report(
    request: Request,
    site: SiteOf,
    form: Annotated[
        str, Query(alias="format", max_length=20, description=f"One of {', '.join(FORMATS)}.")
    ] = "json",
    lang: Lang = None,
    protocol: Protocol = None,
) -> Response:
    """Give the gap report as one document: to read, to reckon with, or as a picture of matrix or network."""
    analysis, written = site.analysis(protocol), format_of(form)
    name, language = ALIASES.get(form, form), _language(lang)
    key = (analysis.protocol.name, name, language)
    packed = site.reports.take(
        key, lambda: gzip.compress(render(analysis, site.manifest, name, language), mtime=0)
    )
    place = "inline" if name in _SHOWN else "attachment"
    headers = {
        "Content-Disposition": f'{place}; filename="gap-report-{key[0]}.{language}.{written.suffix}"',
        "Content-Language": language,
        "Content-Security-Policy": f"{content_policy()}; frame-ancestors 'none'"
        if name == "html"
        else _INERT,
        "Vary": "Accept-Encoding",
    }
    if name == "json":
        headers["Link"] = f'<{SCHEMA}>; rel="describedby"; type="application/schema+json"'
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            packed, media_type=written.media_type, headers={**headers, "Content-Encoding": "gzip"}
        )
    return Response(gzip.decompress(packed), media_type=written.media_type, headers=headers)


@router.get(SCHEMA_PATH, response_class=JSONResponse, include_in_schema=False)
def schema() -> Response:
    """Give the JSON Schema that the JSON form of the report keeps to."""
    return JSONResponse(json_schema(), media_type="application/schema+json")


def _language(asked: str | None) -> str:
    """Give the language asked for or a relative of it (en for en-GB), else the first configured one."""
    found = (asked or "").lower().split("-")[0]
    return found if found in LANGUAGES else LANGUAGES[0]
