"""Every record under its own IRI: a page for people, RDF for programs, chosen by content negotiation."""

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from kg.catalog import load_query
from kg.export.rights import OURS, Rights
from kg.records.ontology import read_ontology
from kg.terms import jskos
from kg.vocab import BASE
from kg_api.negotiation import choose
from kg_api.pages.context import page
from kg_api.pages.errors import error_answer
from kg_api.pages.record import record_page
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf
from kg_api.signposts import signposts

router = APIRouter(include_in_schema=False)

HTML = "text/html"
OFFERED = (HTML, "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
SUFFIXES = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}


@router.get("/ontology")
@router.get("/ontology{suffix}")
def ontology(request: Request, site: SiteOf, suffix: str = "") -> Response:
    """Answer the ontology's IRI: its classes and properties as a page, or the whole of it as RDF."""
    if suffix and suffix not in SUFFIXES:
        raise NotFoundError(f"There is nothing at /ontology{suffix}; the ontology is at /ontology.")
    chosen = SUFFIXES.get(suffix) or choose(request.headers.get("accept"), OFFERED)
    if chosen is None:
        return _not_acceptable(request)
    headers = _headers("ontology", OURS)
    if chosen == HTML:
        return page(request, site, "ontology.html", headers=headers, terms=read_ontology(site.store))
    return Response(
        site.store.raw(load_query("records/ontology-graph").text, chosen), media_type=chosen, headers=headers
    )


@router.get("/{kind}/{rest:path}")
def data_iri(request: Request, site: SiteOf, kind: str, rest: str) -> Response:
    """Answer a data IRI in the form that the client prefers."""
    path, wanted = suffixed(f"{kind}/{rest}")
    if path.endswith("/"):
        return RedirectResponse(f"/{quote(path.rstrip('/'))}", 308)
    record = site.require(path)
    chosen = wanted or choose(request.headers.get("accept"), (*OFFERED, jskos.MEDIA_TYPE))
    headers = _headers(path, site.rights)
    if chosen == jskos.MEDIA_TYPE:
        item = jskos.item(site.thesaurus, record.value)
        return JSONResponse(item, 200, headers, chosen) if item else _not_acceptable(request)
    if chosen is None:
        return _not_acceptable(request)
    if chosen == HTML:
        return record_page(request, site, record, headers)
    body = site.store.raw(load_query("records/describe").bind(record=record), chosen)
    return Response(body, media_type=chosen, headers=headers)


def _not_acceptable(request: Request) -> Response:
    forms = ", ".join(OFFERED)
    return error_answer(request, 406, f"This record is given as {forms}; accept one of them.")


def _headers(path: str, rights: Rights) -> dict[str, str]:
    """Give the headers of every form of a record: signposts, where the others are, what chooses between them."""
    links = [
        f'</{quote(path)}{suffix}>; rel="{rel}"; type="{name}"'
        for suffix, name in SUFFIXES.items()
        for rel in ("alternate", "describedby")
    ]
    links += signposts(BASE + quote(path), path, rights)
    return {"Link": ", ".join(links), "Vary": "Accept, Accept-Language, Cookie"}


def suffixed(path: str) -> tuple[str, str | None]:
    """Part a path from the ending that asks for a format."""
    for suffix, media_type in SUFFIXES.items():
        if path.endswith(suffix):
            return path.removesuffix(suffix), media_type
    return path, None
