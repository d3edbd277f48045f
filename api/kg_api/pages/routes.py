"""The addresses of the pages."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.catalog import load_query, query_names
from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Cell
from kg.report.signs import SIGNS, key_of
from kg.vocab import BASE, SKOS
from kg_api.pages.context import page, reader_of
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf, records
from kg_api.site import Site

router = APIRouter(include_in_schema=False)

ProtocolName = Annotated[str | None, Query(alias="protocol")]


@router.get("/")
def map_page(request: Request, site: SiteOf, protocol: ProtocolName = None) -> HTMLResponse:
    """Show the map: what is overlooked, as a sentence and as a matrix."""
    analysis = site.analysis(protocol)
    by_key = {(cell.area, cell.facet): cell for cell in analysis.cells if cell.group is None}
    return page(
        request,
        site,
        "map.html",
        analysis=analysis,
        protocols=site.analyses,
        chosen=protocol or next(iter(site.analyses)),
        by_key=by_key,
        counts=_counts(by_key.values()),
        short=_short,
    )


def _counts(cells: Iterable[Cell]) -> dict[str, int]:
    found = [key_of(cell) for cell in cells]
    return {key: found.count(key) for key in SIGNS if key in found}


def _short(iri: str) -> str:
    return iri.removeprefix(BASE)


def _long(name: str) -> str:
    return name if "://" in name else BASE + name


@router.get("/cell")
def cell_page(
    request: Request, site: SiteOf, area: str, facet: str, protocol: ProtocolName = None
) -> HTMLResponse:
    """Show one cell: what is known, by which evidence, and which gaps are here."""
    analysis = site.analysis(protocol)
    wanted = _long(area), _long(facet)
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


@router.get("/gaps")
def gaps_page(request: Request, site: SiteOf, protocol: ProtocolName = None) -> HTMLResponse:
    """List the gaps by rank, and apart from them what is merely not recorded."""
    return page(request, site, "gaps.html", analysis=site.analysis(protocol))


@router.get("/gaps/{gap_id}")
def gap_page(request: Request, site: SiteOf, gap_id: str, protocol: ProtocolName = None) -> HTMLResponse:
    """Show one gap with its proof."""
    analysis = site.analysis(protocol)
    for gap in analysis.gaps:
        if gap.id == gap_id:
            return page(request, site, "gap.html", analysis=analysis, gap=gap)
    raise NotFoundError(f"There is no gap {gap_id} under this protocol; see the list: /gaps.")


@router.get("/commitments")
def commitments_page(request: Request, site: SiteOf, protocol: ProtocolName = None) -> HTMLResponse:
    """Show the commitments ledger, instrument by instrument."""
    return page(request, site, "commitments.html", analysis=site.analysis(protocol))


@router.get("/search")
def search_page(request: Request, site: SiteOf, q: str = "") -> HTMLResponse:
    """Find records by any form of a name."""
    lang = reader_of(request).lang
    found = site.terms.search(q, lang, limit=50) if q.strip() else None
    near = site.terms.nearest(q, 5) if found is not None and not found.items else []
    return page(request, site, "search.html", q=q, found=found, near=near)


@router.get("/about")
def about_page(request: Request, site: SiteOf, protocol: ProtocolName = None) -> HTMLResponse:
    """Explain the map in plain words."""
    return page(request, site, "about.html", analysis=site.analysis(protocol))


@router.get("/terms")
def terms_page(request: Request, site: SiteOf) -> HTMLResponse:
    """List the concept schemes."""
    return page(request, site, "terms.html", schemes=records(site, SKOS + "ConceptScheme", None))


@router.get("/query")
def query_page(request: Request, site: SiteOf, query: str = "", example: str = "") -> HTMLResponse:
    """Offer a form for SPARQL queries, with the catalogue as examples."""
    text = query or load_query(example or "records/list").text
    examples = [load_query(name) for name in query_names() if not name.startswith(("rules/", "infer/"))]
    return page(request, site, "sparql.html", query=text, examples=examples)
