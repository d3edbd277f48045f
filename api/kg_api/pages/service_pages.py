"""Pages about the service itself: how to read the map, the REST interface."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kg_api.pages.context import page
from kg_api.rest import Protocol, SiteOf

router = APIRouter(include_in_schema=False)


@router.get("/about")
def about(request: Request, site: SiteOf, protocol: Protocol = None) -> HTMLResponse:
    """Explain the map in plain words."""
    analysis = site.analysis(protocol) if protocol or site.analyses else None
    return page(request, site, "about.html", analysis=analysis)


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
