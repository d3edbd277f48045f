"""What the map shows of an analysis: rows that unfold, cells that a filter keeps or leaves out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Cell
from kg.report.signs import SIGNS, key_of, mark_of
from kg.vocab import BASE
from kg_api.pages.filters import Filter

_MOST_ROWS_OPEN = 20
ALL = "all"


@dataclass(frozen=True)
class ShownCell:
    """A cell as it stands on the page: what is written in it, and whether a filter leaves it out."""

    cell: Cell
    facet: AxisValue
    mark: str
    out: bool


@dataclass(frozen=True)
class Row:
    """A row of the map; `below` counts its narrower areas and `opened` says whether they are shown."""

    area: AxisValue
    cells: tuple[ShownCell, ...]
    below: int
    opened: bool


@dataclass(frozen=True)
class MapView:
    """One analysis as rows."""

    analysis: GapAnalysis
    rows: tuple[Row, ...]
    counts: dict[str, int]
    hidden: int
    opened: tuple[str, ...]

    def toggled(self, row: Row) -> list[str]:
        """Give the names of the rows that are open once this one is switched."""
        name = short(row.area.iri)
        others = [one for one in self.opened if one != name]
        return others if row.opened else [*others, name]


def short(iri: str) -> str:
    """Give one of our IRIs without its base."""
    return iri.removeprefix(BASE)


def map_view(analysis: GapAnalysis, opened: Sequence[str], wanted: Filter) -> MapView:
    """Lay an analysis out as rows; long maps show their top areas first, `opened` names what to unfold."""
    children: dict[str, int] = {}
    for area in analysis.areas:
        for parent in area.parents:
            children[parent] = children.get(parent, 0) + 1
    parents = [short(iri) for iri in children]
    if ALL in opened or (not opened and len(analysis.areas) <= _MOST_ROWS_OPEN):
        opened = parents
    shown = _unfolded(analysis.areas, frozenset(opened))
    by_key = {(cell.area, cell.facet): cell for cell in analysis.cells if cell.group is None}
    rows = tuple(
        Row(
            area,
            tuple(_shown(by_key[area.iri, facet.iri], facet, wanted) for facet in analysis.facets),
            children.get(area.iri, 0),
            short(area.iri) in opened,
        )
        for area in shown
    )
    return MapView(
        analysis, rows, counts(by_key.values()), len(analysis.areas) - len(shown), tuple(sorted(opened))
    )


def counts(cells: Iterable[Cell]) -> dict[str, int]:
    """Count the cells by status, planned-only apart, in the order of the legend."""
    found = [key_of(cell) for cell in cells]
    return {key: found.count(key) for key in SIGNS}


def _unfolded(areas: Sequence[AxisValue], opened: frozenset[str]) -> list[AxisValue]:
    """Give the areas whose way up is open."""
    seen: set[str] = set()
    found = []
    for area in areas:
        if not area.parents or any(iri in seen and short(iri) in opened for iri in area.parents):
            seen.add(area.iri)
            found.append(area)
    return found


def _shown(cell: Cell, facet: AxisValue, wanted: Filter) -> ShownCell:
    if wanted.statuses and key_of(cell) not in wanted.statuses:
        return ShownCell(cell, facet, mark_of(cell), out=True)
    if not wanted.narrows:
        return ShownCell(cell, facet, mark_of(cell), out=False)
    n = len({one.activity.iri for one in cell.evidence if wanted.keeps(one)})
    return ShownCell(cell, facet, str(n) if n else "·", out=not n)
