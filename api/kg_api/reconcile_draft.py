"""The draft of version 1.0 of the Reconciliation API at /reconcile/1.0, beside what it shares with version 0.2."""

from fastapi import APIRouter, Request

from kg.errors import CallerError
from kg.terms import reconcile_data
from kg_api.reconcile_requests import (
    MOST_QUERIES,
    Document,
    Json,
    asked_1_0,
    check_batch,
    columns,
    matched,
)
from kg_api.rest import SiteOf
from kg_api.turns import TURN

router = APIRouter(prefix="/reconcile/1.0", tags=["reconcile"])


@router.get("")
@router.get("/")
def manifest(request: Request, site: SiteOf) -> Json:
    """Tell what the service offers under the draft of version 1.0."""
    base = str(request.base_url).rstrip("/")
    return {
        "versions": ["1.0-draft"],
        "name": "aisi-kg",
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


@router.post("/match", dependencies=[TURN])
@router.post("/reconcile", dependencies=[TURN])  # as earlier states of the draft have it
def match(site: SiteOf, document: Document) -> Json:
    """Match a batch of names under the draft of version 1.0."""
    queries = document.get("queries")
    if not isinstance(queries, list):
        raise CallerError('The body has no list "queries": send {"queries": [...]}.')
    check_batch(len(queries))
    return {"results": [{"candidates": matched(site, asked_1_0(query))} for query in queries]}


@router.post("/extend")
def extend(site: SiteOf, document: Document) -> Json:
    """Add columns under the draft of version 1.0."""
    meta, rows = reconcile_data.extend(site.properties, *columns(document))
    return {
        "meta": meta,
        "rows": [
            {"id": key, "properties": [{"id": pid, "values": cells} for pid, cells in row.items()]}
            for key, row in rows.items()
        ],
    }
