"""Gap analysis over REST: cells, gaps, commitments, search tasks, as they stand in the snapshot."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from kg.gaps.ledgers import Commitment, SearchTask
from kg.gaps.model import GAP_TYPES, STATUSES, Cell, Gap
from kg.report import format_of, render
from kg.report.signs import COMMITMENT_WORDS
from kg_api.problems import NotFoundError
from kg_api.rest import PREFIX, Limit, Listing, Offset, Protocol, SiteOf, known, listing

router = APIRouter(prefix=PREFIX, tags=["gaps"])

GapType = Annotated[str | None, Query(alias="type", max_length=8, description="Type of gap: G1 ... G13.")]
Status = Annotated[str | None, Query(max_length=30, description="Status of a cell, for example THIN.")]
Ledger = Annotated[
    str | None, Query(max_length=30, description="Status of a clause, for example implemented.")
]


@router.get("/cells", responses={200: {"content": {"text/csv": {}}}})
def cells(
    site: SiteOf,
    protocol: Protocol = None,
    status: Status = None,
    form: Annotated[Literal["json", "csv"], Query(alias="format", description="json or csv")] = "json",
    limit: Limit = 1000,
    offset: Offset = 0,
) -> Listing[Cell]:
    """Give the cells of the map with status, depth and evidence, uncovered ones too; as CSV always all of them."""
    analysis = site.analysis(protocol)
    wanted = known(status, STATUSES)
    found = [cell for cell in analysis.cells if wanted in (None, cell.status)]
    if form == "csv":
        chosen = analysis.model_copy(update={"cells": tuple(found)})
        return Response(  # type: ignore[return-value] # FastAPI sends a Response as it is
            render(chosen, site.manifest, "csv", "ja"),
            media_type=format_of("csv").media_type,
            headers={"Content-Disposition": f'attachment; filename="cells-{analysis.protocol.name}.csv"'},
        )
    return listing(site, found, limit, offset)


@router.get("/gaps")
def gaps(
    site: SiteOf,
    protocol: Protocol = None,
    gap_type: GapType = None,
    status: Status = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Listing[Gap]:
    """Give the gaps in the order of their rank."""
    kind, state = known(gap_type, GAP_TYPES), known(status, STATUSES)
    found = [
        gap
        for gap in site.analysis(protocol).gaps
        if kind in (None, gap.type) and state in (None, gap.status)
    ]
    return listing(site, found, limit, offset)


@router.get("/gaps/{gap_id}")
def gap(site: SiteOf, gap_id: str, protocol: Protocol = None) -> Gap:
    """Give one gap with its proof: rule, query, evidence, what closes it."""
    found = site.analysis(protocol).gap(gap_id)
    if found is None:
        raise NotFoundError(f"There is no gap {gap_id} under this protocol; list them: {PREFIX}/gaps.")
    return found


@router.get("/search-tasks")
def search_tasks(
    site: SiteOf, protocol: Protocol = None, limit: Limit = 100, offset: Offset = 0
) -> Listing[SearchTask]:
    """Give what is not recorded: where to look before anything is said about it."""
    return listing(site, site.analysis(protocol).search_list, limit, offset)


@router.get("/commitments")
def commitments(
    site: SiteOf,
    protocol: Protocol = None,
    instrument: Annotated[
        str | None, Query(max_length=200, description="Only this instrument, for example seoul-annex.")
    ] = None,
    status: Ledger = None,
    limit: Limit = 1000,
    offset: Offset = 0,
) -> Listing[Commitment]:
    """Give the commitments ledger: one row a clause, with what implements it."""
    state = known(status, COMMITMENT_WORDS)
    found = [
        row
        for row in site.analysis(protocol).commitments
        if (instrument is None or row.instrument.iri.rsplit("/", 1)[-1] == instrument)
        and state in (None, row.status)
    ]
    return listing(site, found, limit, offset)
