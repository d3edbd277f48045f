"""Pages of gaps: the list by rank, one gap with its proof, the commitments ledger."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.gaps.ledgers import Commitment
from kg.gaps.model import GAP_TYPES
from kg.gaps.model import Ref as GapRef
from kg.gaps.templates import CLOSABLE
from kg.report.signs import COMMITMENT_WORDS
from kg_api.pages.context import page
from kg_api.pages.paging import Paging
from kg_api.problems import NotFoundError
from kg_api.rest import Protocol, SiteOf, known

router = APIRouter(include_in_schema=False)

_PER_PAGE = 50

Offset = Annotated[int, Query(ge=0, le=10**9)]
Name = Annotated[str | None, Query(max_length=300)]


@router.get("/gaps")
def list_gaps(
    request: Request,
    site: SiteOf,
    protocol: Protocol = None,
    gap_type: Annotated[Name, Query(alias="type")] = None,
    offset: Offset = 0,
) -> HTMLResponse:
    """List the gaps by rank, and apart from them what is merely not recorded."""
    analysis = site.analysis(protocol or None)
    kind = known(gap_type, GAP_TYPES)
    found = [gap for gap in analysis.gaps if kind in (None, gap.type)]
    return page(
        request,
        site,
        "gaps.html",
        analysis=analysis,
        protocols=site.protocols,
        kind=kind,
        types=site.gap_types,
        paging=Paging.of(found, offset, _PER_PAGE),
    )


@router.get("/gaps/{gap_id}")
def show_gap(request: Request, site: SiteOf, gap_id: str, protocol: Protocol = None) -> HTMLResponse:
    """Show one gap with its proof; without a protocol, under the first that has it."""
    wanted = [site.analysis(protocol)] if protocol else list(site.analyses.values())
    for analysis in wanted:
        gap = analysis.gap(gap_id)
        if gap is not None:
            return page(
                request,
                site,
                "gap.html",
                analysis=analysis,
                gap=gap,
                types=site.gap_types,
                closable=CLOSABLE,
            )
    raise NotFoundError(f"There is no gap {gap_id} in this snapshot; see the list: /gaps.")


@router.get("/commitments")
def show_commitments(
    request: Request, site: SiteOf, protocol: Protocol = None, status: Name = None, instrument: Name = None
) -> HTMLResponse:
    """Show the commitments ledger, instrument by instrument."""
    analysis = site.analysis(protocol or None)
    state = known(status, COMMITMENT_WORDS)
    instruments = _instruments(analysis.commitments)
    if instrument and all(_name(ref) != instrument for ref, _ in instruments):
        raise NotFoundError(f"The ledger has no instrument {instrument}; see all of them: /commitments.")
    return page(
        request,
        site,
        "commitments.html",
        analysis=analysis,
        instruments=instruments,
        states=[state for state in COMMITMENT_WORDS if any(tally[state] for _, tally in instruments)],
        state=state,
        instrument=instrument,
        rows=_rows(analysis.commitments, state, instrument),
    )


def _instruments(rows: Sequence[Commitment]) -> list[tuple[GapRef, Counter[str]]]:
    """Give the instruments of the ledger with the number of their clauses by status."""
    found: dict[str, tuple[GapRef, Counter[str]]] = {}
    for row in rows:
        found.setdefault(row.instrument.iri, (row.instrument, Counter()))[1][row.status] += 1
    return list(found.values())


def _rows(
    rows: Sequence[Commitment], state: str | None, instrument: str | None
) -> list[tuple[GapRef, list[Commitment]]]:
    found: dict[str, tuple[GapRef, list[Commitment]]] = {}
    for row in rows:
        if state in (None, row.status) and instrument in (None, "", _name(row.instrument)):
            found.setdefault(row.instrument.iri, (row.instrument, []))[1].append(row)
    return list(found.values())


def _name(instrument: GapRef) -> str:
    return instrument.iri.rsplit("/", 1)[-1]
