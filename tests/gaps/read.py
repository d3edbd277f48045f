"""Short ways to ask an analysis of a mini graph."""

from kg.gaps.model import Cell, Gap
from kg.gaps.result import GapAnalysis

from .mini import ex


def cell(analysis: GapAnalysis, area: str, facet: str, group: str | None = None) -> Cell:
    wanted = (ex(area), ex(facet), ex(group) if group else None)
    return next(c for c in analysis.cells if (c.area, c.facet, c.group) == wanted)


def gap(analysis: GapAnalysis, kind: str, area: str | None = None, facet: str | None = None) -> Gap | None:
    for found in analysis.gaps:
        where = found.cell
        here = area is None or (where is not None and where.area.iri == ex(area))
        there = facet is None or (
            where is not None and where.facet is not None and where.facet.iri == ex(facet)
        )
        if found.type == kind and here and there:
            return found
    return None


def kinds(analysis: GapAnalysis, area: str, facet: str) -> set[str]:
    return {
        g.type
        for g in analysis.gaps
        if g.cell and g.cell.facet and (g.cell.area.iri, g.cell.facet.iri) == (ex(area), ex(facet))
    }
