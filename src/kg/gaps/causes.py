"""Why a cell is another one now: what changed among all that it stands on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.gaps.change_values import CAUSES, Cause
from kg.gaps.facts import is_a
from kg.gaps.model import AxisValue, Cell, Evidence, Statement
from kg.gaps.result import GapAnalysis

Where = tuple[str, str, str | None]
_ENDED = ("completed", "superseded")
_EXACT = 1e-9


@dataclass(frozen=True)
class Side:
    """One of the two analyses, indexed."""

    analysis: GapAnalysis

    @cached_property
    def cells(self) -> Mapping[Where, Cell]:
        """Index the cells by coordinates."""
        return {(cell.area, cell.facet, cell.group): cell for cell in self.analysis.cells}

    @cached_property
    def activities(self) -> frozenset[str]:
        """Give all activities that bear on the map, counting or not."""
        return frozenset(
            e.activity.iri for cell in self.analysis.cells for e in (*cell.evidence, *cell.pending)
        )

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Give the broader values of every value of the axes."""
        axes: tuple[AxisValue, ...] = (*self.analysis.areas, *self.analysis.facets, *self.analysis.groups)
        return {value.iri: value.parents for value in axes}


def evidence_key(evidence: Evidence) -> tuple[str, ...]:
    """Name a piece of evidence across analyses."""
    return (evidence.activity.iri, *evidence.edges, evidence.area, evidence.facet)


def in_order(causes: set[Cause]) -> tuple[Cause, ...]:
    """Put causes into their fixed order."""
    return tuple(cause for cause in CAUSES if cause in causes)


_OF_STATEMENTS: Mapping[str, tuple[Cause, Cause, Cause]] = {
    "completeness": ("completeness-added", "completeness-withdrawn", "completeness-changed"),
    "absence": ("absence-stated", "absence-withdrawn", "absence-changed"),
}


def said_in(statements: Iterable[Statement]) -> dict[str, tuple[object, ...]]:
    """Give what statements say, without how anything is called."""
    return {
        each.iri: (each.kind, each.as_of, {ref.iri for ref in each.sources}, {ref.iri for ref in each.actors})
        for each in statements
    }


def came_went_or_changed(
    before: Iterable[Statement], after: Iterable[Statement], kind: str
) -> Iterator[Cause]:
    """Name what happened to statements of one kind."""
    old, new = said_in(before), said_in(after)
    added, withdrawn, changed = _OF_STATEMENTS[kind]
    if new.keys() - old.keys():
        yield added
    if old.keys() - new.keys():
        yield withdrawn
    if any(old[iri] != new[iri] for iri in old.keys() & new.keys()):
        yield changed


@dataclass(frozen=True)
class Comparer:
    """Finds the causes of the differences between two analyses."""

    old: Side
    new: Side

    @cached_property
    def protocol_changes(self) -> tuple[str, ...]:
        """Name the parts of the protocol that are not what they were; its version alone is none."""
        one, other = (
            side.analysis.protocol.model_dump(exclude={"iri", "name", "version", "label"})
            for side in (self.old, self.new)
        )
        return tuple(sorted(name for name in one if one[name] != other[name]))

    def causes(self, where: Where) -> set[Cause]:
        """Give everything that changed about one cell."""
        before, after = self.old.cells.get(where), self.new.cells.get(where)
        if before is None or after is None:
            return {"taxonomy-changed"}
        found: set[Cause] = set()
        found.update(self._evidence(before, after))
        found.update(self._statements(before, after))
        if before.target != after.target or before.excluded_because != after.excluded_because:
            found.add("protocol-changed")
        if found & {"evidence-added", "evidence-withdrawn", "activity-added"} and self._moved(before, after):
            found.add("taxonomy-changed")
        if not found and before.rolled_up.actors != after.rolled_up.actors:
            found.add("independence-changed")
        if not found and (before.status, before.rolled_up) != (after.status, after.rolled_up):
            found.add("protocol-changed" if self.protocol_changes else "record-changed")
        return found

    def _evidence(self, before: Cell, after: Cell) -> Iterator[Cause]:
        old = {evidence_key(e): e for e in before.evidence}
        new = {evidence_key(e): e for e in after.evidence}
        was_pending = {evidence_key(e) for e in before.pending}
        is_pending = {evidence_key(e) for e in after.pending}
        for key in new.keys() - old.keys():
            if key in was_pending:
                yield "review-decided"
            elif not before.faults:
                yield "evidence-added" if key[0] in self.old.activities else "activity-added"
        for key in old.keys() - new.keys():
            if key in is_pending:
                yield "review-decided"
            elif not after.faults:
                yield "evidence-withdrawn"
        for key in old.keys() & new.keys():
            yield from self._same_edge(old[key], new[key])

    def _same_edge(self, old: Evidence, new: Evidence) -> Iterator[Cause]:
        if _ended(new) and not _ended(old):
            yield "activity-ended"
        said = [(e.role, e.maturity, e.grade, e.score, e.asserted_on) for e in (old, new)]
        if said[0] != said[1]:
            yield "evidence-changed"
        elif any(
            abs(old.factors[name] - new.factors[name]) > _EXACT for name in ("role", "maturity", "grade")
        ):
            yield "protocol-changed"
        if old.asserted_on == new.asserted_on and abs(old.factors["age"] - new.factors["age"]) > _EXACT:
            yield "protocol-changed" if "halfLifeYears" in self.protocol_changes else "evidence-aged"

    def _statements(self, before: Cell, after: Cell) -> Iterator[Cause]:
        yield from came_went_or_changed(before.completeness, after.completeness, "completeness")
        yield from came_went_or_changed(before.negative, after.negative, "absence")
        old, new = ({fault.record for fault in cell.faults} for cell in (before, after))
        if new - old:
            yield "fault-found"
        if old - new:
            yield "fault-repaired"

    def _moved(self, before: Cell, after: Cell) -> bool:
        """Tell whether evidence came or went because an area or facet now stands elsewhere in its tree."""
        old, new = ({evidence_key(e) for e in cell.evidence} for cell in (before, after))
        coordinates = {iri for key in old ^ new for iri in key[-2:]}
        return any(self.old.parents.get(iri) != self.new.parents.get(iri) for iri in coordinates)


def _ended(evidence: Evidence) -> bool:
    return evidence.status is not None and any(is_a(evidence.status.iri, name) for name in _ENDED)
