"""The Reconciliation API for spreadsheets: version 0.2 at /reconcile, the draft of 1.0 at /reconcile/1.0."""

import json
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from kg.errors import CallerError
from kg.terms import reconcile_data
from kg.terms.reconcile import Asked, Condition, candidates, split_type
from kg.vocab import BASE
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf, body_of
from kg_api.site import Site

router = APIRouter(prefix="/reconcile", tags=["reconcile"])
Json = dict[str, Any]

MOST_QUERIES = 100
MOST_ROWS = 1000
_LARGEST_BODY = 1_000_000
_MOST_VALUES = 20
_FRAMED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"

Prefix = Annotated[str, Query(max_length=400, description="The beginning of a name.")]
Identifier = Annotated[str, Query(alias="id", max_length=1000, description="Identifier of a record.")]


async def _form(request: Request) -> dict[str, str]:
    """The parameters of a request, in its address or in its body."""
    form = dict(request.query_params)
    if request.method == "POST":
        form |= parse_qsl_of(await _body(request))
    return form


async def _body(request: Request) -> bytes:
    return await body_of(request, _LARGEST_BODY)


def parse_qsl_of(body: bytes) -> dict[str, str]:
    """The fields of a form; what is no UTF-8 in it is replaced."""
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=20))
    except ValueError as error:
        raise CallerError(f"The form cannot be read: {error}; send the field queries or extend.") from error


Form = Annotated[dict[str, str], Depends(_form)]
Body = Annotated[bytes, Depends(_body)]


@router.get("")
@router.get("/")
@router.post("")
@router.post("/")
def service(request: Request, site: SiteOf, form: Form) -> Json:
    """Match a batch of names, add columns, or without either tell what the service offers."""
    if "queries" in form:
        batch = _read(form["queries"], "queries")
        _check(len(batch), MOST_QUERIES, "queries")
        return {key: {"result": _matched(site, _asked_0_2(query))} for key, query in batch.items()}
    if "extend" in form:
        wanted = _read(form["extend"], "extend")
        ids, pids = _columns(wanted)
        meta, rows = reconcile_data.extend(site.thesaurus, ids, pids)
        return {"meta": meta, "rows": rows}
    return _manifest(_base(request), site.manifest.version)


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _manifest(base: str, version: str) -> Json:
    here = f"{base}/reconcile"
    suggest = {
        name: {"service_url": here, "service_path": f"/suggest/{name}"}
        for name in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": "aisi-kg",
        "identifierSpace": BASE,
        "schemaSpace": f"{BASE}ontology#",
        "documentation": f"{base}/about",
        "serviceVersion": version,
        "defaultTypes": [{"id": key, "name": name} for key, name in reconcile_data.CLASSES.items()],
        "view": {"url": f"{here}/view?id={{{{id}}}}"},
        "suggest": suggest,
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": 430, "height": 300},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _read(text: str, name: str) -> Json:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CallerError(f"The parameter {name} is no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise CallerError(f"The parameter {name} is no JSON object: send an object.")
    return found


def _check(count: int, most: int, name: str) -> None:
    if count > most:
        raise CallerError(f"The batch has {count} {name}, the most are {most}: send them in several batches.")


def _asked_0_2(query: Any) -> Asked:
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        raise CallerError('A query is no object with a text "query": send {"q0": {"query": "..."}}.')
    wanted = query.get("type")
    conditions = [
        (one.get("pid"), one.get("v")) for one in query.get("properties") or [] if isinstance(one, dict)
    ]
    return _asked(
        query["query"],
        wanted[0] if isinstance(wanted, list) and wanted else wanted,
        query.get("limit"),
        conditions,
    )


def _asked(text: str, wanted: Any, limit: Any, conditions: list[tuple[Any, Any]]) -> Asked:
    try:
        return Asked(
            text=text,
            type=wanted or None,
            limit=min(max(int(limit or 5), 1), 50),
            conditions=tuple(Condition(pid=pid, values=_values(value)) for pid, value in conditions),
        )
    except (ValidationError, TypeError, ValueError, OverflowError) as error:
        raise CallerError(
            "A query has a type, limit or property that is none: see the specification."
        ) from error


def _values(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(str(one.get("id", "") if isinstance(one, dict) else one) for one in values[:_MOST_VALUES])


def _matched(site: Site, asked: Asked) -> list[Json]:
    return [one.model_dump() for one in candidates(site.terms, site.thesaurus, asked)]


def _columns(wanted: Json) -> tuple[list[str], list[str]]:
    ids, properties = wanted.get("ids"), wanted.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise CallerError(
            'An extension names no ids and properties: send {"ids": [...], "properties": [{"id": "..."}]}.'
        )
    _check(len(ids), MOST_ROWS, "rows")
    pids = [str(one.get("id")) for one in properties if isinstance(one, dict)]
    return [str(one) for one in ids], list(dict.fromkeys(pids))


@router.get("/suggest/entity")
@router.get("/1.0/suggest/entity")
def suggest_entity(site: SiteOf, prefix: Prefix = "", type: str | None = None, cursor: int = 0) -> Json:
    """Offer records while a name is being typed."""
    scheme, record_type = split_type(type)
    page = site.terms.search(prefix, scheme=scheme, type=record_type, limit=10, offset=max(cursor, 0))
    found = [
        {
            "id": reconcile_data.short_id(hit.iri),
            "name": hit.label,
            "description": site.thesaurus.note(hit.iri, "definition", hit.lang),
            "notable": reconcile_data.type_names(site.thesaurus, hit.iri, hit.lang),
        }
        for hit in page.items
    ]
    return {"result": found}


@router.get("/suggest/type")
@router.get("/1.0/suggest/type")
def suggest_type(site: SiteOf, prefix: Prefix = "") -> Json:
    """Offer types."""
    return {"result": reconcile_data.suggest_types(site.thesaurus, prefix)}


@router.get("/suggest/property")
@router.get("/1.0/suggest/property")
def suggest_property(prefix: Prefix = "") -> Json:
    """Offer properties."""
    return {"result": reconcile_data.suggest_properties(prefix)}


@router.get("/properties")
@router.get("/1.0/extend/propose")
def propose(type: str = "Concept", limit: Annotated[int, Query(ge=1)] = 20) -> Json:
    """Propose properties to add as columns."""
    found = [{"id": key, "name": name} for key, name in reconcile_data.PROPERTIES.items()]
    return {"type": type, "limit": limit, "properties": found[:limit]}


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


@router.get("/1.0")
@router.get("/1.0/")
def manifest(request: Request, site: SiteOf) -> Json:
    """Tell what the service offers under the draft of version 1.0."""
    base = _base(request)
    return {
        "versions": ["1.0-draft"],
        "name": "aisi-kg",
        "identifierSpace": BASE,
        "schemaSpace": f"{BASE}ontology#",
        "documentation": f"{base}/about",
        "batchSize": MOST_QUERIES,
        "serviceVersion": site.manifest.version,
        "defaultTypes": [{"id": key, "name": name} for key, name in reconcile_data.CLASSES.items()],
        "view": {"url": f"{base}/reconcile/view?id={{id}}"},
        "suggest": {"entity": True, "property": True, "type": True},
        "preview": {"width": 430, "height": 300},
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
    }


@router.post("/1.0/match")
@router.post("/1.0/reconcile")  # as earlier states of the draft have it
def match(site: SiteOf, body: Body) -> Json:
    """Match a batch of names under the draft of version 1.0."""
    queries = _read(body.decode("utf-8", "replace"), "body").get("queries")
    if not isinstance(queries, list):
        raise CallerError('The body has no list "queries": send {"queries": [...]}.')
    _check(len(queries), MOST_QUERIES, "queries")
    return {"results": [{"candidates": _matched(site, _asked_1_0(query))} for query in queries]}


def _asked_1_0(query: Any) -> Asked:
    """Read a query with conditions, whose names two states of the draft spell differently, or one as of 0.2."""
    if isinstance(query, dict) and "conditions" not in query and "query" in query:
        return _asked_0_2(query)
    conditions = query.get("conditions") if isinstance(query, dict) else None
    if not isinstance(conditions, list) or not all(isinstance(one, dict) for one in conditions):
        raise CallerError('A query has no list "conditions": send one with the matchType name.')
    read = [
        (
            one.get("matchType", one.get("match_type")),
            one.get("propertyId", one.get("pid")),
            one.get("propertyValue", one.get("v")),
        )
        for one in conditions
    ]
    names = [value for kind, _, value in read if kind == "name"]
    others = [(pid, value) for kind, pid, value in read if kind == "property"]
    text = " ".join(_values(names[0])) if names else ""
    return _asked(text, query.get("type"), query.get("limit"), others)


@router.post("/1.0/extend")
def extend(site: SiteOf, body: Body) -> Json:
    """Add columns under the draft of version 1.0."""
    ids, pids = _columns(_read(body.decode("utf-8", "replace"), "body"))
    meta, rows = reconcile_data.extend(site.thesaurus, ids, pids)
    return {
        "meta": meta,
        "rows": [
            {"id": key, "properties": [{"id": pid, "values": cells} for pid, cells in row.items()]}
            for key, row in rows.items()
        ],
    }
