"""Pages of the map: the matrix and one cell."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Cell, Gap
from kg_api.pages.chosen_axes import chosen_axes
from kg_api.pages.context import page
from kg_api.pages.cross_view import cross_view
from kg_api.pages.filters import Criteria, One, choices, filter_of, full_iri, years
from kg_api.pages.folding import ALL
from kg_api.pages.map_view import map_view
from kg_api.problems import NotFoundError
from kg_api.rest import Protocol, SiteOf
from kg_api.site import Site

router = APIRouter(include_in_schema=False)

_TOP_GAPS = 7
_NEWS = 6

Many = Annotated[list[str], Query(max_length=200)]


@router.get("/")
def show_map(
    request: Request,
    site: SiteOf,
    criteria: Annotated[Criteria, Depends()],
    protocol: Protocol = None,
    status: Many = [],  # noqa: B006 - FastAPI reads the default, nothing changes it
    unfold: Many = [],  # noqa: B006
    rows: One = "",
    columns: One = "",
) -> HTMLResponse:
    """Show the map: what is overlooked, as a sentence and as a matrix."""
    if not site.analyses:
        return page(request, site, "no_map.html")
    axes = chosen_axes(site, protocol, rows, columns)
    analysis = axes.analysis
    if analysis is None:
        cross = cross_view(site, axes.rows, axes.columns, unfold)
        return page(request, site, "cross.html", axes=axes, view=cross, all=ALL)
    wanted = filter_of(site, status, criteria)
    return page(
        request,
        site,
        "map.html",
        analysis=analysis,
        axes=axes,
        view=map_view(analysis, unfold, wanted),
        wanted=wanted,
        criteria=criteria,
        choices=choices(site, analysis, criteria),
        years=years(site),
        top=_best_of_each_type(analysis.gaps),
        news=site.lately[:_NEWS],
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
    wanted = full_iri(area), full_iri(facet)
    for cell in analysis.cells:
        if (cell.area, cell.facet) == wanted and cell.group is None:
            return _cell(request, site, analysis, cell)
    raise NotFoundError(f"There is no cell {area} by {facet} under this protocol; choose one on the map: /.")


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
