"""Put the cells of the map together: status, figures, evidence and a sentence each."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kg.gaps.axes import Bools, Floats, Ints, Ragged
from kg.gaps.evidence import PLACES, EvidenceBook
from kg.gaps.ground import Ground
from kg.gaps.links import State
from kg.gaps.model import Cell, Fault, Figures, Text
from kg.gaps.saying import Saying, Speaker
from kg.gaps.statements import StatementBook
from kg.gaps.status import Standing
from kg.gaps.tally import cells_of

_EXACT = 1e-9


@dataclass(frozen=True)
class CellLinks:
    """Which links bear on which cell, by the reason why they count or do not."""

    counting: Ragged
    pending: Ragged
    not_done: Ragged
    faulty: Ragged


def links_by_cell(ground: Ground) -> CellLinks:
    """Sort the links into the cells they bear on; what does not count is not rolled up, but for faults."""
    return CellLinks(
        counting=_sorted_in(ground, ground.positive, roll_up=True),
        pending=_sorted_in(ground, ground.links.in_state(State.PROPOSED, State.REJECTED), roll_up=False),
        not_done=_sorted_in(ground, ground.links.in_state(State.NOT_DONE), roll_up=False),
        faulty=_sorted_in(ground, ground.links.in_state(State.FAULTY), roll_up=True),
    )


def _sorted_in(ground: Ground, chosen: Ints, *, roll_up: bool) -> Ragged:
    link, cell = cells_of(ground.links, chosen, ground.rows, ground.columns, roll_up=roll_up)
    order = np.lexsort((link, cell))
    offsets = np.searchsorted(cell[order], np.arange(ground.cells + 1))
    return Ragged(offsets.astype(np.int64), link[order])


@dataclass(frozen=True)
class CellMaker:
    """Makes cells of what was counted."""

    ground: Ground
    standing: Standing
    book: EvidenceBook
    statements: StatementBook
    links: CellLinks
    stays: Floats
    saying: Speaker

    def cell(self, number: int) -> Cell:
        """Make one cell."""
        ground = self.ground
        row, column = divmod(number, len(ground.columns))
        negative = self.statements.negative(number, self.links.not_done[number])
        completeness = self.statements.completeness(row, column)
        figures = figures_of(ground.rolled.n, ground.rolled.actors, ground.rolled.depth, number)
        return Cell(
            area=ground.rows.iri(row),
            facet=ground.columns.iri(column),
            status=self.standing.status(number),
            planned_only=bool(self.standing.planned_only[number]),
            direct=figures_of(ground.direct.n, ground.direct.actors, ground.direct.depth, number),
            rolled_up=figures,
            target=float(ground.targets[number]),
            stays=round(float(self.stays[number]), PLACES),
            concentration=_concentration(ground, number),
            sentence=self.saying.of(
                Saying(
                    area=ground.rows.values[row].label,
                    facet=ground.columns.values[column].label,
                    status=self.standing.status(number),
                    planned_only=bool(self.standing.planned_only[number]),
                    figures=figures,
                    target=float(ground.targets[number]),
                    negative=negative,
                    completeness=completeness,
                    excluded_because=self.exclusion(number),
                )
            ),
            evidence=self.book.all(self.links.counting[number]),
            pending=self.book.all(self.links.pending[number]),
            negative=negative,
            completeness=completeness,
            faults=self.faults(number),
            excluded_because=self.exclusion(number),
        )

    def faults(self, number: int) -> tuple[Fault, ...]:
        """Give the faults that touch a cell, itself or through something narrower."""
        row, column = divmod(number, len(self.ground.columns))
        records = {self.ground.rows.iri(row), self.ground.columns.iri(column)}
        for link in self.links.faulty[number]:
            records |= self._records_behind(int(link))
        records |= self.ground.rows.claimed.get(row, frozenset())
        records |= self.ground.columns.claimed.get(column, frozenset())
        records |= self.statements.faulty_absences(number) | self.ground.strays.at(row, column)
        return tuple(fault for record in sorted(records) for fault in self.ground.faults.get(record, ()))

    def _records_behind(self, link: int) -> set[str]:
        evidence, facts = self.book.of(link), self.ground.facts
        records = {evidence.activity.iri, *evidence.edges}
        cited = [ref for record in records for ref in facts.citations.get(record, ())]
        grounds = {iri for ref in cited for iri in (ref.citation, ref.document.iri)}
        return records | grounds | set(facts.actors_of.get(evidence.activity.iri, ()))

    def exclusion(self, number: int) -> Text | None:
        """Give the reason why a cell does not apply, or None."""
        position = int(self.ground.excluded[1][number])
        return None if position < 0 else self.ground.protocol.exclusions[position].reason


def figures_of(n: Ints, actors: Ints, depth: Floats, number: int) -> Figures:
    """Give the three figures of a cell."""
    return Figures(n=int(n[number]), actors=int(actors[number]), depth=round(float(depth[number]), PLACES))


def _concentration(ground: Ground, number: int) -> float | None:
    share = float(ground.rolled.concentration[number])
    return round(share, PLACES) if share > 0 else None


def share_staying(ground: Ground, standing: Standing) -> Floats:
    """Give the share of redraws in which a cell keeps its status; only COVERED and THIN stand on weights."""
    stays = np.ones(ground.cells)
    weighed: Bools = np.isin(np.arange(ground.cells), standing.having("COVERED", "THIN"))
    weighed &= ~standing.planned_only
    deep = ground.depths_drawn >= ground.targets - _EXACT
    was_deep = ground.rolled.depth >= ground.targets - _EXACT
    stays[weighed] = (deep == was_deep).mean(axis=0)[weighed]
    return stays


def by_area(cells: tuple[Cell, ...]) -> Mapping[tuple[str, str], Cell]:
    """Index cells without groups by their coordinates."""
    return {(cell.area, cell.facet): cell for cell in cells if cell.group is None}
