"""Pages about the service itself: how to read the map, the query form, the REST interface."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.catalog import load_query, queries_in
from kg.sparql.limits import SparqlLimits
from kg.vocab import PREFIXES
from kg_api.pages.context import page
from kg_api.rest import Protocol, SiteOf

router = APIRouter(include_in_schema=False)

_EXAMPLES = "examples/"
_LONGEST_LINK = 20_000


@router.get("/about")
def about(request: Request, site: SiteOf, protocol: Protocol = None) -> HTMLResponse:
    """Explain the map in plain words."""
    analysis = site.analysis(protocol) if protocol or site.analyses else None
    return page(request, site, "about.html", analysis=analysis)


@router.get("/query")
def query_form(
    request: Request,
    site: SiteOf,
    query: Annotated[str, Query(max_length=_LONGEST_LINK)] = "",
    example: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """Offer a form for SPARQL queries, with examples as sentences and the limits beside it."""
    examples = queries_in("examples")
    limits: SparqlLimits = request.app.state.limits
    text = query or load_query(f"{_EXAMPLES}{example}" if example else examples[0].name).text
    return page(
        request,
        site,
        "sparql.html",
        query=text,
        examples=examples,
        limits=limits,
        prefixes=PREFIXES,
    )


@router.get("/api")
def api_docs(request: Request, site: SiteOf) -> HTMLResponse:
    """Describe the REST interface, made from the same description that programs read."""
    document: dict[str, Any] = request.app.openapi()
    by_tag: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for tag in operation.get("tags", ["other"]):
                by_tag.setdefault(tag, []).append((method.upper(), path, operation))
    tags = [(tag, by_tag[tag["name"]]) for tag in document["tags"] if tag["name"] in by_tag]
    return page(request, site, "api.html", tags=tags)
