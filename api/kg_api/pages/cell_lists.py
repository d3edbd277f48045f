"""The cells of a map as lists: what is not covered, area by area, and what is not recorded, as tasks to search for."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Cell
from kg.report.signs import SIGNS, key_of
from kg_api.pages.context import page
from kg_api.pages.filters import Criteria, Filter, choices, filter_of, years
from kg_api.pages.map_view import counts
from kg_api.pages.paging import Paging
from kg_api.rest import Protocol, SiteOf

router = APIRouter(include_in_schema=False)

_COVERED = ("COVERED",)
_OUT_OF_QUESTION = "NOT-APPLICABLE"
_PER_PAGE = 100

Many = Annotated[list[str], Query(max_length=200)]
Offset = Annotated[int, Query(ge=0, le=10**9)]


@router.get("/uncovered")
def show_uncovered(
    request: Request,
    site: SiteOf,
    criteria: Annotated[Criteria, Depends()],
    protocol: Protocol = None,
    status: Many = [],  # noqa: B006 - FastAPI reads the default, nothing changes it
) -> HTMLResponse:
    """List the cells that are not covered, area by area, each with its sentence.

    Under a filter of evidence: those in which no activity that fits is on record, whatever their status.
    """
    analysis = site.analysis(protocol or None)
    wanted = filter_of(site, status, criteria)
    cells = [cell for cell in analysis.cells if cell.group is None]
    found = [cell for cell in cells if _is_listed(cell, wanted)]
    return page(
        request,
        site,
        "uncovered.html",
        analysis=analysis,
        protocols=site.protocols,
        counts=counts(cells),
        wanted=wanted,
        criteria=criteria,
        choices=choices(site, analysis, criteria),
        years=years(site),
        tab="covered" if wanted.statuses == _COVERED else "uncovered",
        listed=len(found),
        asked=sum(1 for cell in cells if key_of(cell) != _OUT_OF_QUESTION),
        by_area=_by_area(analysis, found),
        totals=Counter(cell.area for cell in cells),
        facets={value.iri: value for value in analysis.facets},
    )


def _is_listed(cell: Cell, wanted: Filter) -> bool:
    key = key_of(cell)
    if wanted.statuses and key not in wanted.statuses:
        return False
    if wanted.narrows:
        return key != _OUT_OF_QUESTION and bool(wanted.meets(cell)) == (wanted.statuses == _COVERED)
    return bool(wanted.statuses) or key not in (*_COVERED, _OUT_OF_QUESTION)


def _by_area(
    analysis: GapAnalysis, cells: list[Cell]
) -> list[tuple[AxisValue, list[tuple[str, list[Cell]]], int]]:
    """Group cells by area and status, the area with the most of them first."""
    found: dict[str, dict[str, list[Cell]]] = {}
    for cell in cells:
        found.setdefault(cell.area, {}).setdefault(key_of(cell), []).append(cell)
    groups = []
    for area in analysis.areas:
        by_status = found.get(area.iri, {})
        if by_status:
            ordered = [(key, by_status[key]) for key in reversed(SIGNS) if key in by_status]
            groups.append((area, ordered, sum(map(len, by_status.values()))))
    return sorted(groups, key=lambda group: -group[2])


@router.get("/unrecorded")
def show_unrecorded(
    request: Request, site: SiteOf, protocol: Protocol = None, offset: Offset = 0
) -> HTMLResponse:
    """List what is not recorded: where to look, and for which words, before anything is said about it."""
    analysis = site.analysis(protocol or None)
    return page(
        request,
        site,
        "unrecorded.html",
        analysis=analysis,
        protocols=site.protocols,
        tab="unknown",
        types=site.gap_types,
        paging=Paging.of(analysis.search_list, offset, _PER_PAGE),
    )
