"""Two sides of the map beside each other: two actors, two times, or one actor at two times."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Cell
from kg.records.model import Entry
from kg_api.pages.context import page
from kg_api.pages.filters import Criteria, Filter, One, Year, filter_of, full_iri, years
from kg_api.problems import NotFoundError
from kg_api.rest import Protocol, SiteOf
from kg_api.site import Site

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Side:
    """One side: an actor (or all of them) up to a year (or to the cut-off), and how many activities that makes."""

    actor: Entry | None
    until: str
    kept: Filter
    total: int

    @property
    def is_chosen(self) -> bool:
        """Tell whether anything was chosen for this side."""
        return self.actor is not None or bool(self.until)

    def count(self, cell: Cell) -> int:
        """Count the activities of this side in a cell."""
        return self.kept.meets(cell)


@router.get("/compare")
def show_comparison(
    request: Request,
    site: SiteOf,
    a: One = "",
    b: One = "",
    until_a: Year = "",
    until_b: Year = "",
    protocol: Protocol = None,
) -> HTMLResponse:
    """Set two sides beside each other, cell by cell: who is on record where, or by when."""
    analysis = site.analysis(protocol or None)
    actors = _actors(analysis)
    sides = [_side(site, analysis, actors, name, until) for name, until in ((a, until_a), (b, until_b))]
    ready = any(side.is_chosen for side in sides) and (a, until_a) != (b, until_b)
    rows = _rows(analysis, *sides) if ready else []
    return page(
        request,
        site,
        "compare.html",
        analysis=analysis,
        protocols=site.protocols,
        actors=list(actors.values()),
        years=years(site),
        sides=sides,
        rows=rows,
        tally=_tally([pair for _, cells in rows for _, *pair in cells]),
    )


def _side(site: Site, analysis: GapAnalysis, actors: dict[str, Entry], name: str, until: str) -> Side:
    if name and full_iri(name) not in actors:
        raise NotFoundError(f"{name} has no activity on this map; choose an actor from the list: /compare.")
    kept = filter_of(site, [], Criteria(actor=name, until=until))
    found = {one.activity.iri for cell in analysis.cells for one in cell.evidence if kept.keeps(one)}
    return Side(actors.get(full_iri(name)), until, kept, len(found))


def _actors(analysis: GapAnalysis) -> dict[str, Entry]:
    refs = {actor.iri: actor for cell in analysis.cells for one in cell.evidence for actor in one.actors}
    return {iri: Entry(iri=iri, label=ref.label.model_dump()) for iri, ref in refs.items()}


def _rows(
    analysis: GapAnalysis, one: Side, other: Side
) -> list[tuple[AxisValue, list[tuple[Cell, int, int]]]]:
    """Give for every area and facet how many activities of each side are on record."""
    found: dict[str, list[tuple[Cell, int, int]]] = {area.iri: [] for area in analysis.areas}
    for cell in analysis.cells:
        if cell.group is None:
            found[cell.area].append((cell, one.count(cell), other.count(cell)))
    return [(area, found[area.iri]) for area in analysis.areas]


def _tally(pairs: list[list[int]]) -> dict[str, int]:
    """Count the cells in which both, only one or neither of the sides is on record."""
    return {
        "both": sum(1 for n, m in pairs if n and m),
        "a": sum(1 for n, m in pairs if n and not m),
        "b": sum(1 for n, m in pairs if m and not n),
        "neither": sum(1 for n, m in pairs if not n and not m),
    }
