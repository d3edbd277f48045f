"""Gap analysis over REST: cells, gaps, commitments, as they stand in the snapshot."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from kg_api.problems import NotFoundError
from kg_api.rest import Limit, Listing, Offset, Protocol, SiteOf, listing

router = APIRouter(prefix="/api/v1")

GapType = Annotated[str | None, Query(alias="type", max_length=8, description="Type of gap: G1 ... G13.")]
Status = Annotated[str | None, Query(max_length=30, description="Status, for example THIN.")]


@router.get("/cells")
def cells(
    site: SiteOf, protocol: Protocol = None, status: Status = None, limit: Limit = 1000, offset: Offset = 0
) -> Listing:
    """Give the cells of the map with status, depth and evidence, uncovered ones too."""
    found = [c for c in site.analysis(protocol).cells if status is None or c.status == status.upper()]
    return listing(site, found, limit, offset)


@router.get("/gaps")
def gaps(
    site: SiteOf,
    protocol: Protocol = None,
    gap_type: GapType = None,
    status: Status = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Listing:
    """Give the gaps in the order of their rank."""
    found = [
        gap
        for gap in site.analysis(protocol).gaps
        if (gap_type is None or gap.type == gap_type.upper())
        and (status is None or gap.status == status.upper())
    ]
    return listing(site, found, limit, offset)


@router.get("/gaps/{gap_id}")
def gap(site: SiteOf, gap_id: str, protocol: Protocol = None) -> Any:
    """Give one gap with its proof."""
    for found in site.analysis(protocol).gaps:
        if found.id == gap_id:
            return found
    raise NotFoundError(f"There is no gap {gap_id} under this protocol; list them: /api/v1/gaps.")


@router.get("/commitments")
def commitments(
    site: SiteOf,
    protocol: Protocol = None,
    instrument: str | None = None,
    status: Status = None,
    limit: Limit = 1000,
    offset: Offset = 0,
) -> Listing:
    """Give the commitments ledger: one row a clause, with what implements it."""
    found = [
        row
        for row in site.analysis(protocol).commitments
        if (instrument is None or (row.instrument is not None and row.instrument.iri.endswith(instrument)))
        and (status is None or row.status == status)
    ]
    return listing(site, found, limit, offset)
