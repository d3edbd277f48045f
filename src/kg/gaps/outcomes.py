"""What a plan does to the gaps that it touches: closes them, reduces them or leaves them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kg.gaps.cell_gaps import CONCENTRATED
from kg.gaps.facts import is_a
from kg.gaps.model import Cell, Figures, Gap, Status
from kg.gaps.plan_values import GapOutcome
from kg.gaps.provisions import Implementation
from kg.gaps.result import GapAnalysis

Fate = Literal["closed", "reduced", "unchanged"]
_EXACT = 1e-9
_FEW = 3


@dataclass(frozen=True)
class Overlay:
    """One cell with a plan laid over it."""

    cell: Cell
    figures: Figures
    status: Status
    planned_only: bool
    concentration: float
    grades: frozenset[str | None] = frozenset()
    fresh: bool = False

    @property
    def begun(self) -> bool:
        """Tell whether anything beyond plans would stand there."""
        return self.status in ("COVERED", "THIN") and not self.planned_only


@dataclass(frozen=True)
class Outcomes:
    """Judges the gaps of an analysis under a plan."""

    analysis: GapAnalysis
    overlays: Mapping[tuple[str, str], Overlay]
    implemented: Mapping[str, tuple[Implementation, ...]]

    @property
    def closed(self) -> tuple[GapOutcome, ...]:
        """Give the gaps that would close."""
        return self._with("closed")

    @property
    def reduced(self) -> tuple[GapOutcome, ...]:
        """Give the gaps that would shrink."""
        return self._with("reduced")

    @property
    def unchanged(self) -> tuple[GapOutcome, ...]:
        """Give the gaps that are touched and stay as they are."""
        return self._with("unchanged")

    @property
    def untouched(self) -> int:
        """Give the number of gaps that the plan does not touch."""
        return len(self.analysis.gaps) - len(self._fates)

    def _with(self, fate: Fate) -> tuple[GapOutcome, ...]:
        return tuple(
            GapOutcome(id=gap.id, type=gap.type, sentence=gap.sentence)
            for gap, each in self._fates
            if each == fate
        )

    @cached_property
    def _fates(self) -> tuple[tuple[Gap, Fate], ...]:
        return tuple((gap, fate) for gap in self.analysis.gaps if (fate := self._fate(gap)) is not None)

    @cached_property
    def _touched_areas(self) -> frozenset[str]:
        return frozenset(area for area, _ in self.overlays)

    def _fate(self, gap: Gap) -> Fate | None:
        """Judge a gap, or give None for one that the plan does not touch."""
        if gap.type == "G5" and gap.record is not None:
            return self._of_provision(gap.record.iri)
        if gap.cell is None or gap.cell.group is not None:
            return None
        if gap.cell.facet is not None:
            overlay = self.overlays.get((gap.cell.area.iri, gap.cell.facet.iri))
            return None if overlay is None else self._of_cell(gap, overlay)
        return self._of_area(gap) if gap.cell.area.iri in self._touched_areas else None

    def _of_provision(self, provision: str) -> Fate | None:
        extents = [each.extent for each in self.implemented.get(provision, ())]
        if any(is_a(extent, "full") or is_a(extent, "partial") for extent in extents):
            return "closed"
        return "reduced" if any(is_a(extent, "planned") for extent in extents) else None

    def _of_cell(self, gap: Gap, overlay: Overlay) -> Fate:
        figures, before = overlay.figures, overlay.cell.rolled_up
        if overlay.status in ("NOT-APPLICABLE", "DATA-FAULT", "CONFLICT"):
            return "unchanged"
        if gap.type == "G1":
            return "closed" if overlay.begun else "reduced"
        if gap.type == "G2":
            return "closed" if overlay.status == "COVERED" else _grown(figures.depth, before.depth)
        if gap.type == "G3":
            spread = figures.actors >= _FEW or overlay.concentration <= CONCENTRATED + _EXACT
            return "closed" if figures.actors > 1 and spread else _grown(figures.actors, before.actors)
        if gap.type == "G11":
            checked = any(grade is not None and not is_a(grade, "self-reported") for grade in overlay.grades)
            return "closed" if checked else "unchanged"
        return "closed" if gap.type == "G4" and overlay.fresh else "unchanged"

    def _of_area(self, gap: Gap) -> Fate:
        area = gap.cell.area.iri if gap.cell is not None else ""
        if gap.type == "G7":
            facets = {ref.iri for ref in self.analysis.protocol.evaluation_facets}
            return self._by_facets(area, facets)
        if gap.type == "G13":
            broken = next((step for step in self._chain if self._is_broken(area, step)), frozenset())
            return self._by_facets(area, set(broken))
        return "reduced" if gap.type == "G10" else "unchanged"

    def _by_facets(self, area: str, facets: set[str]) -> Fate:
        here = [overlay for (a, facet), overlay in self.overlays.items() if a == area and facet in facets]
        if any(overlay.begun for overlay in here):
            return "closed"
        return "reduced" if here else "unchanged"

    @cached_property
    def _chain(self) -> list[frozenset[str]]:
        known = {value.iri for value in self.analysis.facets}
        steps = [frozenset(step.facets) & known for step in self.analysis.protocol.chain]
        return [step for step in steps if step]

    def _is_broken(self, area: str, step: frozenset[str]) -> bool:
        cells = [cell for facet in step if (cell := self._cells.get((area, facet))) is not None]
        applies = any(cell.status != "NOT-APPLICABLE" for cell in cells)
        return applies and not any(self._begun_before(area, facet) for facet in step)

    def _begun_before(self, area: str, facet: str) -> bool:
        cell = self._cells.get((area, facet))
        return cell is not None and cell.status in ("COVERED", "THIN") and not cell.planned_only

    @cached_property
    def _cells(self) -> Mapping[tuple[str, str], Cell]:
        return {(cell.area, cell.facet): cell for cell in self._plain()}

    def _plain(self) -> Iterator[Cell]:
        return (cell for cell in self.analysis.cells if cell.group is None)


def _grown(now: float, before: float) -> Fate:
    return "reduced" if now > before + _EXACT else "unchanged"
