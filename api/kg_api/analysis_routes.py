"""Analyses over REST that compare: areas with each other, two snapshots, the map with a plan."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from kg.errors import CallerError, DataError
from kg.gaps.change_values import Diff
from kg.gaps.plan_values import WhatIf
from kg.gaps.plans import plan_store, whatif
from kg.gaps.relation_values import Association
from kg_api.live import Live
from kg_api.rest import PREFIX, Limit, Listing, Offset, Protocol, SiteOf, body_of, listing
from kg_api.versions import compare_versions

router = APIRouter(prefix=PREFIX, tags=["gaps"])

LARGEST_PLAN = 500_000
"""The most bytes of a plan."""

Version = Annotated[str, Query(max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", description="Version.")]


@router.get("/associations")
def associations(
    site: SiteOf, protocol: Protocol = None, limit: Limit = 100, offset: Offset = 0
) -> Listing[Association]:
    """Give how areas go together over activities, with «not-testable» where the figures are too small."""
    analysis = site.analysis(protocol)
    return listing(site, site.associations(analysis.protocol.name).associations, limit, offset)


@router.get("/diff")
def difference(
    request: Request,
    site: SiteOf,
    old: Annotated[Version, Query(alias="from")],
    new: Annotated[Version, Query(alias="to")],
    protocol: Protocol = None,
) -> Diff:
    """Compare two versions that the server still holds; every change names its cause."""
    live: Live = request.app.state.live
    return compare_versions(site, live.folder, old, new, protocol)


async def _plan(request: Request) -> bytes:
    return await body_of(request, LARGEST_PLAN)


_BODY = {"requestBody": {"required": True, "content": {"text/turtle": {"schema": {"type": "string"}}}}}


@router.post("/whatif", openapi_extra=_BODY)
def what_if(site: SiteOf, plan: Annotated[bytes, Depends(_plan)], protocol: Protocol = None) -> WhatIf:
    """Say which gaps a plan (activities with coverage edges, as Turtle) would close; nothing is kept."""
    try:
        return whatif(site.analysis(protocol), plan_store(plan))
    except DataError as error:
        raise CallerError(str(error)) from error
