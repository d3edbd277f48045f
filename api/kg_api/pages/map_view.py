"""What the map shows of an analysis: rows that unfold, cells that a filter keeps or leaves out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Cell
from kg.report.signs import SIGNS, key_of, mark_of
from kg_api.pages.filters import Filter
from kg_api.pages.folding import Folding


@dataclass(frozen=True)
class ShownCell:
    """A cell as it stands on the page: what is written in it, and whether a filter leaves it out."""

    cell: Cell
    facet: AxisValue
    mark: str
    out: bool


@dataclass(frozen=True)
class MapView:
    """One analysis as rows."""

    analysis: GapAnalysis
    folding: Folding[AxisValue]
    rows: tuple[tuple[AxisValue, tuple[ShownCell, ...]], ...]
    counts: dict[str, int]


def map_view(analysis: GapAnalysis, opened: Sequence[str], wanted: Filter) -> MapView:
    """Lay an analysis out as rows, folded."""
    folding = Folding.of(analysis.areas, opened)
    by_key = {(cell.area, cell.facet): cell for cell in analysis.cells if cell.group is None}
    rows = tuple(
        (area, tuple(_shown(by_key[area.iri, facet.iri], facet, wanted) for facet in analysis.facets))
        for area in folding.shown
    )
    return MapView(analysis, folding, rows, counts(by_key.values()))


def counts(cells: Iterable[Cell]) -> dict[str, int]:
    """Count the cells by status, planned-only apart, in the order of the legend."""
    found = [key_of(cell) for cell in cells]
    return {key: found.count(key) for key in SIGNS}


def _shown(cell: Cell, facet: AxisValue, wanted: Filter) -> ShownCell:
    if wanted.statuses and key_of(cell) not in wanted.statuses:
        return ShownCell(cell, facet, mark_of(cell), out=True)
    if not wanted.narrows:
        return ShownCell(cell, facet, mark_of(cell), out=False)
    n = wanted.meets(cell)
    return ShownCell(cell, facet, str(n) if n else "·", out=not n)
