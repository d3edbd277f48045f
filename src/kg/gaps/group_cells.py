"""The cells of each group: the map split by institute, country or whatever the group axis names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kg.gaps.axes import Bools, Floats, Ints, Ragged
from kg.gaps.cells import CellMaker, figures_of
from kg.gaps.evidence import PLACES
from kg.gaps.facts import CARRIED_OUT_BY
from kg.gaps.ground import Ground
from kg.gaps.groups import Groups
from kg.gaps.knowledge import Completeness, in_scope
from kg.gaps.links import within
from kg.gaps.model import Cell, Statement, Status
from kg.gaps.saying import Saying
from kg.gaps.status import absence_mask
from kg.gaps.tally import by_group, tally

LIMIT = 20_000
_EXACT = 1e-9


@dataclass(frozen=True)
class GroupCells:
    """Makes the cells of the groups; on very large maps only those that have evidence."""

    ground: Ground
    groups: Groups
    maker: CellMaker

    def __iter__(self) -> Iterator[Cell]:
        total = len(self.groups.axis) * self.ground.cells
        numbers = range(total) if total <= LIMIT else np.flatnonzero(self.groups.tally.n > 0)
        for number in numbers:
            yield self._cell(int(number))

    @property
    def complete(self) -> bool:
        """Tell whether the empty cells are among them."""
        return len(self.groups.axis) * self.ground.cells <= LIMIT

    @cached_property
    def _direct(self) -> tuple[Ints, Ints, Floats]:
        found = self.ground.direct_occurrences
        keys = found.actor if self.groups.per_actor else self.ground.links.activity[found.link]
        cells = len(self.groups.axis) * self.ground.cells
        figures = tally(
            self.ground.links, by_group(found, keys, self.groups.members), cells, self.ground.of_combination
        )
        return figures.n, figures.actors, figures.depth

    @cached_property
    def _links(self) -> Ragged:
        found = self.groups.occurrences
        order = np.lexsort((found.link, found.cell))
        offsets = np.searchsorted(found.cell[order], np.arange(len(self.groups.axis) * self.ground.cells + 1))
        return Ragged(offsets.astype(np.int64), found.link[order])

    @cached_property
    def _scope(self) -> list[tuple[Bools, tuple[Completeness, ...]]]:
        """Mark for each group what the completeness statements entail for it."""
        spec = self.groups.axis.spec
        named = spec.property == CARRIED_OUT_BY and spec.through is None
        return [
            in_scope(
                self.ground.knowledge,
                self.ground.protocol,
                self.ground.facts,
                self.ground.shape,
                (value.iri if named else None,),
            )
            for value in self.groups.axis.values
        ]

    def _cell(self, number: int) -> Cell:
        ground = self.ground
        group, cell = divmod(number, ground.cells)
        row, column = divmod(cell, len(ground.columns))
        value = self.groups.axis.values[group]
        links = self._links[number]
        planned = len(links) > 0 and bool(ground.links.planned[links].all())
        scope, statements = self._scope[group]
        complete = tuple(
            self.maker.statements.of_completeness(s) for s in statements if s.rows[row] and s.columns[column]
        )
        negative = self._negative(cell, value.iri)
        figures = figures_of(self.groups.tally.n, self.groups.tally.actors, self.groups.tally.depth, number)
        status = self._status(
            cell, figures.depth, planned, bool(len(links)), bool(negative), bool(scope[row, column])
        )
        share = float(self.groups.tally.concentration[number])
        return Cell(
            area=ground.rows.iri(row),
            facet=ground.columns.iri(column),
            group=value.iri,
            status=status,
            planned_only=planned,
            direct=figures_of(*self._direct, number),
            rolled_up=figures,
            target=float(ground.targets[cell]),
            concentration=round(share, PLACES) if share > 0 else None,
            sentence=self.maker.saying.of(
                Saying(
                    area=ground.rows.values[row].label,
                    facet=ground.columns.values[column].label,
                    group=value.label,
                    status=status,
                    planned_only=planned,
                    figures=figures,
                    target=float(ground.targets[cell]),
                    negative=negative,
                    completeness=complete,
                    excluded_because=self.maker.exclusion(cell),
                )
            ),
            evidence=self.maker.book.all(links),
            negative=negative,
            completeness=complete,
            faults=self.maker.faults(cell),
            excluded_because=self.maker.exclusion(cell),
        )

    def _negative(self, cell: int, group: str) -> tuple[Statement, ...]:
        """Give the absences stated of everybody, or of just this group."""
        return tuple(
            self.maker.statements.of_absence(absence)
            for absence in self.ground.knowledge.absences
            if absence_mask(absence)[cell]
            and (not absence.actors or within(group, absence.actors, self.ground.facts))
        )

    def _status(
        self, cell: int, depth: float, planned: bool, has: bool, negative: bool, scope: bool
    ) -> Status:
        whole = self.maker.standing.status(cell)
        if whole in ("NOT-APPLICABLE", "DATA-FAULT"):
            return whole
        if has and negative:
            return "CONFLICT"
        if has:
            return "COVERED" if depth >= self.ground.targets[cell] - _EXACT and not planned else "THIN"
        if negative:
            return "ABSENT-STATED"
        return "ABSENT-IN-SCOPE" if scope else "UNKNOWN"
