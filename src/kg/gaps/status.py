"""The status of each cell: what we know about it."""

from dataclasses import dataclass

import numpy as np

from kg.gaps.axes import Bools, Ints
from kg.gaps.ground import Ground
from kg.gaps.knowledge import Absence, Completeness, in_scope
from kg.gaps.links import State, within
from kg.gaps.model import STATUSES, Status
from kg.gaps.tally import touched

_EXACT = 1e-9
_CODE: dict[Status, int] = {status: code for code, status in enumerate(STATUSES)}


@dataclass(frozen=True)
class Standing:
    """Status of every cell and the marks it was derived from, in the order of the cells."""

    code: Ints
    planned_only: Bools
    scope: Bools
    statements: tuple[Completeness, ...]
    conflicts: dict[str, Bools]

    def status(self, cell: int) -> Status:
        """Give the status of a cell."""
        return STATUSES[int(self.code[cell])]

    def having(self, *statuses: Status) -> Ints:
        """Give the cells with one of these statuses."""
        return np.flatnonzero(np.isin(self.code, [_CODE[status] for status in statuses]))


def standing(ground: Ground) -> Standing:
    """Decide the status of every cell: the later a rule stands here, the more it outweighs."""
    has = ground.rolled.n > 0
    firm = ground.positive[~ground.links.planned[ground.positive]]
    planned_only = has & ~_touched(ground, firm, roll_up=True)
    deep = (ground.rolled.depth >= ground.targets - _EXACT) & ~planned_only
    whom: tuple[str | None, ...] = tuple(ref.iri for ref in ground.protocol.population) or (None,)
    scope, statements = in_scope(ground.knowledge, ground.protocol, ground.facts, ground.shape, whom)
    stated = _stated_absent(ground, whom) | _touched(
        ground, ground.links.in_state(State.NOT_DONE), roll_up=False
    )
    conflicts = _conflicts(ground, has)
    direct_fault, nearby_fault = _faulty(ground)
    half_placed = ground.strays.mask(ground.shape)
    code = np.full(ground.cells, _CODE["UNKNOWN"], dtype=np.int64)
    for status, mask in (
        ("ABSENT-IN-SCOPE", scope.ravel()),
        ("ABSENT-STATED", stated),
        ("THIN", has),
        ("COVERED", has & deep),
        ("CONFLICT", np.logical_or.reduce([np.zeros_like(has), *conflicts.values()])),
        ("DATA-FAULT", direct_fault | (nearby_fault & ~has) | (half_placed & ~has & ~stated)),
        ("NOT-APPLICABLE", ground.excluded[0]),
    ):
        code[mask] = _CODE[_status(status)]
    return Standing(code, planned_only, scope.ravel(), statements, conflicts)


def _status(name: str) -> Status:
    return next(status for status in STATUSES if status == name)


def _touched(ground: Ground, links: Ints, *, roll_up: bool) -> Bools:
    return touched(ground.links, links, ground.rows, ground.columns, roll_up=roll_up)


def absence_mask(absence: Absence) -> Bools:
    """Mark the cells of which a statement says that nothing is done there."""
    return np.outer(absence.rows, absence.columns).ravel()


def _stated_absent(ground: Ground, whom: tuple[str | None, ...]) -> Bools:
    """Mark what is stated not to be done by everybody who counts."""
    stated = np.ones(ground.cells, dtype=np.bool_)
    for actor in whom:
        mask = np.zeros(ground.cells, dtype=np.bool_)
        for absence in ground.knowledge.absences:
            if not absence.actors or (actor is not None and within(actor, absence.actors, ground.facts)):
                mask |= absence_mask(absence)
        stated &= mask
    return stated


def _conflicts(ground: Ground, has: Bools) -> dict[str, Bools]:
    """Mark the cells in which sources disagree, for each statement that makes them disagree."""
    found = {}
    for absence in ground.knowledge.absences:
        positive = has if not absence.actors else _touched(ground, _links_of(ground, absence), roll_up=True)
        found[absence.iri] = absence_mask(absence) & positive
    for iri, records in ground.knowledge.conflicts.items():
        found[iri] = _disputed(ground, records)
    return found


def _links_of(ground: Ground, absence: Absence) -> Ints:
    """Give the links that count and have one of the actors that a statement speaks of."""
    concerned = np.array(
        [
            any(within(a, absence.actors, ground.facts) for a in ground.facts.actors_of.get(activity, ()))
            for activity in ground.links.activities
        ],
        dtype=np.bool_,
    )
    return ground.positive[concerned[ground.links.activity[ground.positive]]]


def _disputed(ground: Ground, records: frozenset[str]) -> Bools:
    """Mark the cells on which two or more of the disagreeing records bear."""
    votes = np.zeros(ground.cells, dtype=np.int64)
    for record in records:
        mask = _touched(ground, _resting_on(ground, record), roll_up=False)
        for absence in ground.knowledge.absences:
            if record in _with_citations(ground, absence.iri):
                mask |= absence_mask(absence)
        votes += mask
    return votes >= 2


def _resting_on(ground: Ground, record: str) -> Ints:
    """Give the accepted links that are this record, belong to this activity or cite this place."""
    links = ground.links
    edges = [n for n, edge in enumerate(ground.facts.edges) if record in _with_citations(ground, edge.iri)]
    activities = [n for n, activity in enumerate(links.activities) if activity == record]
    bears = np.isin(links.row_edge, edges) | np.isin(links.column_edge, edges)
    bears |= np.isin(links.activity, activities)
    accepted = links.in_state(State.COUNTS, State.NOT_DONE)
    return accepted[bears[accepted]]


def _with_citations(ground: Ground, record: str) -> set[str]:
    return {record, *(ref.citation for ref in ground.facts.citations.get(record, ()))}


def _misplaced(ground: Ground) -> Bools:
    """Mark the cells that would have evidence if the place of a faulty area or facet were sound."""
    has = (ground.rolled.n > 0).reshape(ground.shape)
    found = np.zeros(ground.shape, dtype=np.bool_)
    for row, below in ground.rows.claimed.items():
        found[row, :] |= has[[ground.rows.index[iri] for iri in below], :].any(axis=0)
    for column, below in ground.columns.claimed.items():
        found[:, column] |= has[:, [ground.columns.index[iri] for iri in below]].any(axis=1)
    return found.ravel()


def _faulty(ground: Ground) -> tuple[Bools, Bools]:
    """Mark the cells that a fault touches itself, and those that it touches through something narrower."""
    links = ground.links.in_state(State.FAULTY)
    direct = _touched(ground, links, roll_up=False).reshape(ground.shape)
    for iri in ground.faults:
        if iri in ground.rows.index:
            direct[ground.rows.index[iri], :] = True
        if iri in ground.columns.index:
            direct[:, ground.columns.index[iri]] = True
    nearby = _touched(ground, links, roll_up=True) | _misplaced(ground)
    for absence in ground.knowledge.faulty_absences:
        nearby |= absence_mask(absence)
    return direct.ravel(), nearby
