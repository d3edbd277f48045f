"""What-if: lay planned activities over an analysis and reckon again only what they touch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pyoxigraph as ox
from rapidfuzz import process

from kg.errors import DataError
from kg.gaps.axes import AxisTable, Floats, table_of
from kg.gaps.facts import Edge, Facts, is_a, read_facts
from kg.gaps.links import NO_EDGE, Links, State, dated, make_links, read_values
from kg.gaps.model import Cell, CellKey, Figures, Status, Text
from kg.gaps.outcomes import Outcomes, Overlay
from kg.gaps.plan_values import CellOutcome, WhatIf
from kg.gaps.protocol import AxisSpec
from kg.gaps.provisions import Implementation, read_implementations
from kg.gaps.result import GapAnalysis
from kg.gaps.sentences import count_en
from kg.gaps.tally import UNNAMED, cells_of
from kg.gaps.terms import Labels, years_between
from kg.gaps.weights import FOLDERS, products, weight_table
from kg.store import EmbeddedStore, Store
from kg.vocab import BASE, compact

_EXACT = 1e-9
_OPERATING = FOLDERS["maturity"] + "operating"
_PARTIAL = BASE + "term/extent/partial"
_FIXED: tuple[Status, ...] = ("NOT-APPLICABLE", "DATA-FAULT", "CONFLICT")


def plan_store(turtle: bytes, name: str = "the plan") -> EmbeddedStore:
    """Read a plan into a store of its own."""
    store = ox.Store()
    try:
        store.load(turtle, format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise DataError(f"{name}, line {error.lineno or 1}: {error.msg}; write it as Turtle.") from error
    return EmbeddedStore(store)


def whatif(analysis: GapAnalysis, plan: Store) -> WhatIf:
    """Say which gaps a plan would close, reduce or leave as they are; the analysis itself stays as it is."""
    return _Plan(analysis, plan).outcome()


@dataclass(frozen=True)
class _Plan:
    """One plan over one analysis."""

    analysis: GapAnalysis
    store: Store

    @cached_property
    def _labels(self) -> Labels:
        known = Labels.read(self.store).texts
        return Labels({v.iri: v.label for v in (*self.analysis.areas, *self.analysis.facets)} | known)

    @cached_property
    def _facts(self) -> Facts:
        facts = read_facts(self.store, self._labels)
        population = tuple(ref.iri for ref in self.analysis.protocol.population)
        known = dict.fromkeys(self.analysis.members, population)
        return replace(
            facts,
            counts_as={**self.analysis.counts_as, **facts.counts_as},
            above={
                actor: (*known.get(actor, ()), *facts.above.get(actor, ()))
                for actor in {*known, *facts.above}
            },
        )

    def _axis(self, spec: AxisSpec, *, rows: bool) -> AxisTable:
        values = self.analysis.areas if rows else self.analysis.facets
        notations = {value.iri: value.notation for value in values}
        return table_of(spec, notations, {value.iri: value.parents for value in values}, self._labels)

    def outcome(self) -> WhatIf:
        """Check the plan, lay it over the cells that it touches, and judge the gaps there."""
        rows, columns = (
            self._axis(self.analysis.protocol.rows, rows=True),
            self._axis(self.analysis.protocol.columns, rows=False),
        )
        _check(self._facts, self.analysis, rows, columns)
        implemented = read_implementations(self.store)
        found = self._judged(self._facts, implemented, rows, columns)
        if not found.overlays and not implemented:
            raise DataError(
                "The plan touches no cell of the map; give its activities a kind and a coverage edge each."
            )
        begun = self._judged(_under_way(self._facts), _under_way_of(implemented), rows, columns)
        closed = {gap.id for gap in found.closed}
        later = tuple(gap for gap in begun.closed if gap.id not in closed)
        return WhatIf(
            protocol=self.analysis.protocol.iri,
            activities=self._labels.refs(sorted(self._facts.activities)),
            cells=tuple(self._cell(overlay) for overlay in found.overlays.values()),
            closed=found.closed,
            reduced=found.reduced,
            unchanged=found.unchanged,
            once_under_way=later,
            untouched=found.untouched,
            summary=plan_summary(len(found.closed), len(found.reduced), len(found.unchanged), len(later)),
        )

    def _judged(
        self,
        facts: Facts,
        implemented: Mapping[str, tuple[Implementation, ...]],
        rows: AxisTable,
        columns: AxisTable,
    ) -> Outcomes:
        table = weight_table(self.analysis.protocol, facts.edges)
        readings = read_values(self.store, facts, rows), read_values(self.store, facts, columns)
        links = make_links(facts, self.analysis.protocol, table, *readings, frozenset())
        overlays = self._overlays(links, rows, columns, products(table.values, links.combinations))
        return Outcomes(self.analysis, overlays, implemented)

    def _overlays(
        self,
        links: Links,
        rows: AxisTable,
        columns: AxisTable,
        of_combination: Floats,
    ) -> dict[tuple[str, str], Overlay]:
        """Reckon the touched cells again: what stands there and what the plan adds."""
        link, number = cells_of(links, links.in_state(State.COUNTS), rows, columns, roll_up=True)
        first = of_combination[links.row_combination[link]] * links.row_constant[link]
        second = of_combination[links.column_combination[link]] * links.column_constant[link]
        weights = np.minimum(first, second)
        existing = {(cell.area, cell.facet): cell for cell in self.analysis.cells if cell.group is None}
        overlays = {}
        for cell in np.unique(number):
            row, column = divmod(int(cell), len(columns))
            where = rows.iri(row), columns.iri(column)
            here = np.flatnonzero(number == cell)
            added = [(links.activities[links.activity[link[i]]], float(weights[i])) for i in here]
            planned = bool(links.planned[link[here]].all())
            overlays[where] = replace(
                self._overlay(existing[where], added, planned=planned),
                grades=frozenset(edge.grade for each in here for edge in self._edges(links, int(link[each]))),
                fresh=any(self._is_fresh(links, int(link[each])) for each in here),
            )
        return overlays

    def _edges(self, links: Links, link: int) -> list[Edge]:
        """Give the edges that a link stands on."""
        positions = (int(links.row_edge[link]), int(links.column_edge[link]))
        return [self._facts.edges[position] for position in positions if position != NO_EDGE]

    def _is_fresh(self, links: Links, link: int) -> bool:
        """Tell whether work has begun and is young enough for the protocol; without a date it is yet to come."""
        if links.planned[link]:
            return False
        edges, protocol = self._edges(links, link), self.analysis.protocol
        activity = self._facts.activities[links.activities[links.activity[link]]]
        said = [dated(edge, self._facts) for edge in edges] or [activity.asserted]
        cut_off, limit = date.fromisoformat(protocol.cut_off), protocol.stale_after_years
        return limit is None or all(day is None or years_between(day, cut_off) <= limit for day in said)

    def _overlay(self, cell: Cell, added: list[tuple[str, float]], *, planned: bool) -> Overlay:
        counts_as = self.analysis.counts_as
        best: dict[str, float] = {}
        activities: dict[str, set[str]] = {}
        for evidence in cell.evidence:
            actors = {counts_as.get(ref.iri, ref.iri) for ref in evidence.actors} or {UNNAMED}
            _raise(best, activities, actors, evidence.activity.iri, evidence.weight)
        for activity, weight in added:
            actors = {self._facts.independent(a) for a in self._facts.actors_of.get(activity, ())} or {
                UNNAMED
            }
            _raise(best, activities, actors, activity, weight)
        depth = 1 - float(np.prod([1 - weight for weight in best.values()]))
        every = set().union(*activities.values())
        figures = Figures(n=len(every), actors=len(best), depth=round(depth, 6))
        only = planned and (cell.planned_only or not cell.evidence)
        counts = [len(each) for each in activities.values()]
        return Overlay(
            cell=cell,
            figures=figures,
            status=_status(cell, depth, planned_only=only),
            planned_only=only,
            concentration=sum(n * n for n in counts) / sum(counts) ** 2,
        )

    def _cell(self, overlay: Overlay) -> CellOutcome:
        cell = overlay.cell
        return CellOutcome(
            cell=CellKey(area=self._labels.ref(cell.area), facet=self._labels.ref(cell.facet)),
            before=cell.status,
            after=overlay.status,
            figures_before=cell.rolled_up,
            figures_after=overlay.figures,
            planned_only=overlay.planned_only,
        )


def _under_way(facts: Facts) -> Facts:
    """Give the facts as they would be once what is only planned has become work."""
    edges = (replace(e, maturity=_OPERATING) if is_a(e.maturity, "planned") else e for e in facts.edges)
    activities = {
        iri: replace(known, status=None) if is_a(known.status, "planned") else known
        for iri, known in facts.activities.items()
    }
    return replace(facts, edges=tuple(edges), activities=activities)


def _under_way_of(
    implemented: Mapping[str, tuple[Implementation, ...]],
) -> dict[str, tuple[Implementation, ...]]:
    return {
        provision: tuple(replace(e, extent=_PARTIAL) if is_a(e.extent, "planned") else e for e in every)
        for provision, every in implemented.items()
    }


def _raise(
    best: dict[str, float],
    activities: dict[str, set[str]],
    actors: Iterable[str],
    activity: str,
    weight: float,
) -> None:
    for actor in actors:
        best[actor] = max(best.get(actor, 0.0), weight)
        activities.setdefault(actor, set()).add(activity)


def _status(cell: Cell, depth: float, *, planned_only: bool) -> Status:
    if cell.status in _FIXED:
        return cell.status
    return "COVERED" if depth >= cell.target - _EXACT and not planned_only else "THIN"


def _check(facts: Facts, analysis: GapAnalysis, rows: AxisTable, columns: AxisTable) -> None:
    """Refuse what cannot be meant: nothing planned, edges off the map, factors without a weight, bad scores."""
    if not facts.activities:
        raise DataError("The plan holds no aisi:Activity; describe at least one planned activity.")
    known = {weight.concept.iri for weight in analysis.protocol.weights}
    for edge in facts.edges:
        factors: Mapping[str, str | None] = {
            "role": edge.role,
            "maturity": edge.maturity,
            "grade": edge.grade,
        }
        for kind, value in factors.items():
            if any(iri.startswith(FOLDERS[kind]) for iri in known) and value not in known:
                raise DataError(
                    f"In the plan, <{edge.iri}> has {compact(value) if value else 'no value'} as its {kind}, for which "
                    f"the protocol has no weight; use one of {_names(known, FOLDERS[kind])}."
                )
        if edge.score is not None and not 0 <= edge.score <= 1:
            raise DataError(f"In the plan, <{edge.iri}> has the score {edge.score}; give one from 0 to 1.")
    edges_used = analysis.protocol.rows.property is None or analysis.protocol.columns.property is None
    inside = {*rows.index, *columns.index}
    if edges_used and facts.edges and not any(edge.concept in inside for edge in facts.edges):
        concept = facts.edges[0].concept
        near = ", ".join(compact(hit[0]) for hit in process.extract(concept, sorted(inside), limit=3))
        raise DataError(f"In the plan, {compact(concept)} is no value of this map; the nearest are {near}.")


def _names(known: Iterable[str], folder: str) -> str:
    return ", ".join(sorted(compact(iri) for iri in known if iri.startswith(folder)))


def plan_summary(closed: int, reduced: int, unchanged: int, later: int) -> Text:
    """Say what a plan does to how many gaps, and nothing of those of which there are none."""
    close, shrink = count_en(closed, "gap", "gaps"), count_en(reduced, "gap", "gaps")
    ja, en = {
        (True, True): (
            f"ギャップ{closed}件が解消し、{reduced}件が縮小する。",
            f"{close} would close and {shrink} shrink.",
        ),
        (True, False): (f"ギャップ{closed}件が解消する。", f"{close} would close."),
        (False, True): (f"ギャップ{reduced}件が縮小する。", f"{shrink} would shrink."),
        (False, False): ("解消するギャップも縮小するギャップもない。", "no gap would close or shrink."),
    }[closed > 0, reduced > 0]
    if unchanged:
        ja += f"関係するギャップ{unchanged}件は変わらない。"
        en += f" It touches {count_en(unchanged, 'gap', 'gaps')} without a change."
    if later:
        ja += f"計画が実施に移れば、さらに{later}件が解消する。"
        en += f" Once what is planned is under way, {later} more would close."
    return Text(ja=f"この計画が記録されれば、{ja}", en=f"With this plan on record, {en}")
