"""The Reconciliation API for spreadsheets: version 0.2 at /reconcile, and what the draft of 1.0 shares with it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from kg.terms import reconcile_data
from kg.terms.models import Hit
from kg.terms.reconcile import split_type
from kg.vocab import BASE
from kg_api.foreign import JsonpRoute
from kg_api.problems import NotFoundError
from kg_api.reconcile_requests import (
    MOST_QUERIES,
    Form,
    Json,
    asked_0_2,
    check_batch,
    columns,
    matched,
    read_object,
    writable,
)
from kg_api.rest import SiteOf
from kg_api.site import Site
from kg_api.turns import TURN_OF_BATCH

router = APIRouter(prefix="/reconcile", tags=["reconcile"], route_class=JsonpRoute)

_FRAMED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"

Prefix = Annotated[str, Query(max_length=400, description="The beginning of a name, or an identifier.")]
Identifier = Annotated[str, Query(alias="id", max_length=1000, description="Identifier of a record.")]
Limit = Annotated[int, Query(ge=1, le=100, description="The most suggestions to give.")]
Passed = Annotated[int, Query(ge=0, le=10**6, description="How many suggestions to pass over.")]


@router.get("", dependencies=[TURN_OF_BATCH])
@router.get("/", dependencies=[TURN_OF_BATCH])
@router.post("", dependencies=[TURN_OF_BATCH])
@router.post("/", dependencies=[TURN_OF_BATCH])
def service(request: Request, site: SiteOf, form: Form) -> Json:
    """Match a batch of names, add columns, or without either tell what the service offers."""
    if "queries" in form:
        batch = read_object(form["queries"], "queries")
        check_batch(len(batch))
        return {writable(key): {"result": matched(site, asked_0_2(query))} for key, query in batch.items()}
    if "extend" in form:
        wanted = read_object(form["extend"], "extend")
        meta, rows = reconcile_data.extend(site.properties, *columns(wanted))
        return {"meta": meta, "rows": rows}
    return _manifest(str(request.base_url).rstrip("/"), site.manifest.version)


def _manifest(base: str, version: str) -> Json:
    here = f"{base}/reconcile"
    return {
        "versions": ["0.2"],
        "name": "aisi-kg",
        "identifierSpace": BASE,
        "schemaSpace": f"{BASE}ontology#",
        "documentation": f"{base}/about",
        "serviceVersion": version,
        "batchSize": MOST_QUERIES,
        "defaultTypes": [{"id": key, "name": name} for key, name in reconcile_data.CLASSES.items()],
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "suggest": {name: _suggest_service(here, name) for name in ("entity", "property", "type")},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 430, "height": 300},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _suggest_service(here: str, name: str) -> Json:
    return {
        "service_url": here,
        "service_path": f"/suggest/{name}",
        "flyout_service_url": here,
        "flyout_service_path": f"/flyout/{name}?id=${{id}}",
    }


@router.get("/suggest/entity")
@router.get("/1.0/suggest/entity")
def suggest_entity(
    site: SiteOf,
    prefix: Prefix = "",
    type: str | None = None,
    cursor: Passed = 0,
    offset: Passed = 0,
    limit: Limit = 10,
) -> Json:
    """Offer records while a name is being typed; version 0.2 calls an offset cursor."""
    number = site.terms.table.numbers.get(reconcile_data.full_iri(prefix)) if prefix else None
    if number is not None:
        table = site.terms.table
        return {"result": [_offered(site, table.hit(table.name(number, None), "exact", 1.0, None))]}
    scheme, record_type = split_type(type)
    page = site.terms.search(prefix, scheme=scheme, type=record_type, limit=limit, offset=cursor or offset)
    return {"result": [_offered(site, hit) for hit in page.items]}


def _offered(site: Site, hit: Hit) -> Json:
    return {
        "id": reconcile_data.short_id(hit.iri),
        "name": hit.label,
        "description": site.thesaurus.note(hit.iri, "definition", hit.lang),
        "notable": reconcile_data.type_names(site.thesaurus, hit.iri, hit.lang),
    }


@router.get("/suggest/type")
@router.get("/1.0/suggest/type")
def suggest_type(
    site: SiteOf, prefix: Prefix = "", cursor: Passed = 0, offset: Passed = 0, limit: Limit = 100
) -> Json:
    """Offer types."""
    found = reconcile_data.suggest_types(site.thesaurus, prefix)
    return {"result": found[cursor or offset :][:limit]}


@router.get("/suggest/property")
@router.get("/1.0/suggest/property")
def suggest_property(prefix: Prefix = "", cursor: Passed = 0, offset: Passed = 0, limit: Limit = 100) -> Json:
    """Offer properties."""
    return {"result": reconcile_data.suggest_properties(prefix)[cursor or offset :][:limit]}


@router.get("/properties")
@router.get("/1.0/extend/propose")
def propose(type: str = "Concept", limit: Annotated[int, Query(ge=1)] = 20) -> Json:
    """Propose properties to add as columns."""
    found = [{"id": key, "name": name} for key, name in reconcile_data.PROPERTIES.items()]
    return {"type": type, "limit": limit, "properties": found[:limit]}


@router.get("/flyout/{kind}")
def flyout(site: SiteOf, kind: str, identifier: Identifier) -> Json:
    """Give what a client shows beside a suggestion that is pointed at."""
    shown = reconcile_data.flyout(site.thesaurus, kind, identifier)
    if shown is None:
        raise NotFoundError(
            f"There is no {kind[:20]} {identifier[:300]}; see /reconcile for what is suggested."
        )
    return {"id": identifier, "html": shown}


@router.get("/preview", response_class=HTMLResponse)
@router.get("/1.0/preview", response_class=HTMLResponse)
def preview(site: SiteOf, identifier: Identifier) -> HTMLResponse:
    """Show a record in brief; made to stand in a frame on the page of a client."""
    page = reconcile_data.preview(site.thesaurus, identifier)
    if page is None:
        raise NotFoundError(f"There is no record {identifier[:300]}.")
    return HTMLResponse(page, headers={"Content-Security-Policy": _FRAMED})


@router.get("/view")
def view(site: SiteOf, identifier: Identifier) -> RedirectResponse:
    """Lead to the page of a record."""
    iri = reconcile_data.full_iri(identifier)
    if iri not in site.terms.table.numbers:
        raise NotFoundError(f"There is no record {identifier[:300]}.")
    return RedirectResponse(f"/{reconcile_data.short_id(iri)}", 303)
