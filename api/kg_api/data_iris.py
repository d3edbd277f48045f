"""Every record under its own IRI: a page for people, RDF for programs, chosen by content negotiation."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from kg.catalog import load_query
from kg_api.negotiation import choose
from kg_api.pages.errors import error_answer
from kg_api.pages.record import record_page
from kg_api.rest import SiteOf

router = APIRouter(include_in_schema=False)

HTML = "text/html"
OFFERED = (HTML, "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
SUFFIXES = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}


@router.get("/{kind}/{rest:path}")
def data_iri(request: Request, site: SiteOf, kind: str, rest: str) -> Response:
    """Answer a data IRI in the form that the client prefers."""
    path, wanted = _suffixed(f"{kind}/{rest}")
    record = site.require(path)
    chosen = wanted or choose(request.headers.get("accept"), OFFERED)
    if chosen is None:
        forms = ", ".join(OFFERED)
        return error_answer(request, 406, f"This record is given as {forms}; accept one of them.")
    alternates = [f'</{path}{suffix}>; rel="alternate"; type="{name}"' for suffix, name in SUFFIXES.items()]
    headers = {"Link": ", ".join(alternates), "Vary": "Accept, Accept-Language, Cookie"}
    if chosen == HTML:
        return record_page(request, site, record, headers)
    body = site.store.raw(load_query("records/describe").bind(record=record), chosen)
    return Response(body, media_type=chosen, headers=headers)


def _suffixed(path: str) -> tuple[str, str | None]:
    for suffix, media_type in SUFFIXES.items():
        if path.endswith(suffix):
            return path.removesuffix(suffix), media_type
    return path, None
