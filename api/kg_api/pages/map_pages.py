"""Pages of the map: the matrix, one cell, the list of what is not covered."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Cell, Gap
from kg.report.signs import SIGNS, key_of
from kg.vocab import BASE
from kg_api.pages.context import page
from kg_api.pages.filters import choices, filter_of, statuses_of
from kg_api.pages.map_view import ALL, counts, map_view
from kg_api.problems import NotFoundError
from kg_api.rest import Protocol, SiteOf
from kg_api.site import Site

router = APIRouter(include_in_schema=False)

_TOP_GAPS = 7
_NOT_UNCOVERED = ("COVERED", "NOT-APPLICABLE")

Many = Annotated[list[str], Query(max_length=200)]
One = Annotated[str, Query(max_length=300)]


@router.get("/")
def show_map(
    request: Request,
    site: SiteOf,
    protocol: Protocol = None,
    status: Many = [],  # noqa: B006 - FastAPI reads the default, nothing changes it
    unfold: Many = [],  # noqa: B006
    actor: One = "",
    country: One = "",
    sector: One = "",
    stage: One = "",
    grade: One = "",
) -> HTMLResponse:
    """Show the map: what is overlooked, as a sentence and as a matrix."""
    if not site.analyses:
        return page(request, site, "no_map.html")
    analysis = site.analysis(protocol or None)
    chosen = {"actor": actor, "country": country, "sector": sector, "stage": stage, "grade": grade}
    wanted = filter_of(site, status, chosen)
    return page(
        request,
        site,
        "map.html",
        analysis=analysis,
        protocols=site.protocols,
        view=map_view(analysis, unfold, wanted),
        wanted=wanted,
        choices=choices(site, analysis, chosen),
        top=_best_of_each_type(analysis.gaps),
        all=ALL,
    )


def _best_of_each_type(gaps: Sequence[Gap]) -> list[Gap]:
    """Give the gap that ranks first in each type, so that one type does not hide the others."""
    best: dict[str, Gap] = {}
    for gap in gaps:
        best.setdefault(gap.type, gap)
    return list(best.values())[:_TOP_GAPS]


@router.get("/cell")
def show_cell(
    request: Request, site: SiteOf, area: One, facet: One, protocol: Protocol = None
) -> HTMLResponse:
    """Show one cell: what is known, by which evidence, and which gaps are here."""
    analysis = site.analysis(protocol or None)
    wanted = _long(area), _long(facet)
    for cell in analysis.cells:
        if (cell.area, cell.facet) == wanted and cell.group is None:
            return _cell(request, site, analysis, cell)
    raise NotFoundError(f"There is no cell {area} by {facet} under this protocol; choose one on the map: /.")


def _long(name: str) -> str:
    return name if "://" in name else BASE + name


def _cell(request: Request, site: Site, analysis: GapAnalysis, cell: Cell) -> HTMLResponse:
    here = [
        gap
        for gap in analysis.gaps
        if gap.cell and gap.cell.facet and (gap.cell.area.iri, gap.cell.facet.iri) == (cell.area, cell.facet)
    ]
    return page(
        request,
        site,
        "cell.html",
        analysis=analysis,
        cell=cell,
        area=_axis_value(analysis.areas, cell.area),
        facet=_axis_value(analysis.facets, cell.facet),
        gaps=here,
    )


def _axis_value(values: tuple[AxisValue, ...], iri: str) -> AxisValue:
    return next(value for value in values if value.iri == iri)


@router.get("/uncovered")
def show_uncovered(
    request: Request,
    site: SiteOf,
    protocol: Protocol = None,
    status: Many = [],  # noqa: B006 - FastAPI reads the default, nothing changes it
) -> HTMLResponse:
    """List the cells that are not covered, area by area, each with its sentence."""
    analysis = site.analysis(protocol or None)
    statuses = statuses_of(status)
    cells = [cell for cell in analysis.cells if cell.group is None]
    found = [cell for cell in cells if _is_wanted(cell, statuses)]
    return page(
        request,
        site,
        "uncovered.html",
        analysis=analysis,
        protocols=site.protocols,
        counts=counts(cells),
        statuses=statuses,
        uncovered=[key for key in SIGNS if key not in _NOT_UNCOVERED],
        by_area=_by_area(analysis, found),
        totals=Counter(cell.area for cell in cells),
        facets={value.iri: value for value in analysis.facets},
    )


def _is_wanted(cell: Cell, statuses: tuple[str, ...]) -> bool:
    return key_of(cell) in statuses if statuses else key_of(cell) not in _NOT_UNCOVERED


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
