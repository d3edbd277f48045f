"""Every record under its own IRI: a page for people, RDF for programs, chosen by content negotiation."""

import hashlib

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kg.catalog import load_query
from kg_api.negotiation import choose
from kg_api.pages.record import record_page
from kg_api.problems import problem
from kg_api.rest import SiteOf

router = APIRouter()

HTML = "text/html"
OFFERED = (HTML, "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
SUFFIXES = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}


@router.api_route("/{kind}/{rest:path}", methods=["GET", "HEAD"], include_in_schema=False)
def data_iri(request: Request, site: SiteOf, kind: str, rest: str) -> Response:
    """Answer a data IRI in the form that the client prefers."""
    path, wanted = _suffixed(f"{kind}/{rest}")
    record = site.require(path)
    chosen = wanted or choose(request.headers.get("accept"), OFFERED)
    if chosen is None:
        return problem(
            406, "Not acceptable", f"This record is given as {', '.join(OFFERED)}; accept one of them."
        )
    etag = _etag(site.manifest.version, chosen, str(request.url))
    headers = {"Vary": "Accept, Accept-Language, Cookie", "ETag": etag, "Access-Control-Allow-Origin": "*"}
    headers["Link"] = ", ".join(
        f'</{path}{suffix}>; rel="alternate"; type="{m}"' for suffix, m in SUFFIXES.items()
    )
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    if chosen == HTML:
        return record_page(request, site, record, headers)
    body = site.store.raw(load_query("records/describe").bind(record=record), chosen)
    return Response(body, media_type=chosen, headers=headers)


def _suffixed(path: str) -> tuple[str, str | None]:
    for suffix, media_type in SUFFIXES.items():
        if path.endswith(suffix):
            return path.removesuffix(suffix), media_type
    return path, None


def _etag(*parts: str) -> str:
    return f'"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:24]}"'
