"""The smallest set of activities that would close chosen gaps: greedy weighted set cover, with its bound."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush

from rapidfuzz import process

from kg.errors import CallerError
from kg.gaps.model import AxisValue, CellKey, Gap, Owner, Ref, Text
from kg.gaps.plan_values import ClosingSet, Template
from kg.gaps.result import GapAnalysis
from kg.gaps.sentences import count_en

CLOSABLE = ("G1", "G2", "G3", "G4", "G7", "G11", "G13")
_UNFAMILIAR = 2.0
Where = tuple[str, str]


def closing_set(
    analysis: GapAnalysis, gaps: Sequence[str] | None = None, budget: float | None = None
) -> ClosingSet:
    """Choose activities (area and kind) that close the given gaps, or all that activities can close.

    An activity costs 1 where somebody already works nearby and 2 where nobody does; with `budget` the choice
    ends before it is exceeded.
    """
    return _Cover(analysis, _chosen(analysis, gaps), budget).solution()


def _chosen(analysis: GapAnalysis, wanted: Sequence[str] | None) -> list[Gap]:
    by_id = {gap.id: gap for gap in analysis.gaps}
    for name in wanted or ():
        if name not in by_id:
            near = ", ".join(hit[0] for hit in process.extract(name, sorted(by_id), limit=3)) or "none"
            raise CallerError(f"There is no gap {name} under this protocol; the nearest are {near}.")
    return [by_id[name] for name in wanted] if wanted else [g for g in analysis.gaps if _is_closable(g)]


def _is_closable(gap: Gap) -> bool:
    return gap.type in CLOSABLE and gap.cell is not None and gap.cell.group is None


@dataclass
class _Cover:
    """Covers gaps by activities, one greedy choice after the other."""

    analysis: GapAnalysis
    gaps: list[Gap]
    budget: float | None
    open: dict[str, int] = field(default_factory=dict)
    spent: float = 0.0

    def solution(self) -> ClosingSet:
        """Choose until nothing is open, nothing helps or the budget is spent."""
        covers = self._candidates()
        self.open = {gap.id: gap.closes_if.needed for gap in self.gaps}
        largest = max((len(ids) for ids in covers.values()), default=0)
        chosen: list[Template] = []
        prices = ((self._price(where, names), where) for where, names in covers.items())
        queue = sorted((price, where) for price, where in prices if price is not None)
        while (best := self._best(queue, covers)) is not None:
            chosen.append(self._take(best, covers[best]))
            self.spent += chosen[-1].cost
        bound = sum(1 / n for n in range(1, largest + 1))
        closed = tuple(gap.id for gap in self.gaps if not self.open[gap.id])
        whole = not any(self.open[name] for names in covers.values() for name in names)
        return ClosingSet(
            templates=tuple(chosen),
            cost=self.spent,
            closed=closed,
            open=tuple(gap.id for gap in self.gaps if self.open[gap.id]),
            bound=round(bound, 6),
            statement=_statement(
                len(chosen), self.spent, len(closed), len(self.gaps), bound if whole else None
            ),
        )

    def _candidates(self) -> dict[Where, tuple[str, ...]]:
        """Give for each area and facet of the gaps which of them an activity there would help to close."""
        above = {**_ancestors(self.analysis.areas), **_ancestors(self.analysis.facets)}
        needs = {gap.id: self._facets(gap) for gap in self.gaps if _is_closable(gap)}
        where = {gap.id: gap.cell.area.iri for gap in self.gaps if gap.id in needs and gap.cell is not None}
        by_area: dict[str, list[str]] = {}
        for name, area in where.items():
            by_area.setdefault(area, []).append(name)
        facets = _named_or_shared({facet for each in needs.values() for facet in each}, self.analysis.facets)
        covers = {}
        for area in _named_or_shared(set(by_area), self.analysis.areas):
            reached = [name for broader in sorted(above[area]) for name in by_area.get(broader, ())]
            for facet in facets:
                names = tuple(sorted(name for name in reached if needs[name] & above[facet]))
                if names and (area, facet) not in self._excluded:
                    covers[area, facet] = names
        return covers

    @cached_property
    def _excluded(self) -> frozenset[Where]:
        return frozenset((c.area, c.facet) for c in self.analysis.cells if c.status == "NOT-APPLICABLE")

    def _facets(self, gap: Gap) -> frozenset[str]:
        """Give the facet values of which any would do."""
        if gap.cell is not None and gap.cell.facet is not None:
            return frozenset({gap.cell.facet.iri})
        known = {value.iri for value in self.analysis.facets}
        if gap.type == "G7":
            return frozenset(ref.iri for ref in self.analysis.protocol.evaluation_facets) & known
        here = [c for c in self.analysis.cells if gap.cell is not None and c.area == gap.cell.area.iri]
        begun = {c.facet for c in here if c.status in ("COVERED", "THIN") and not c.planned_only}
        excluded = {c.facet for c in here if c.status == "NOT-APPLICABLE"}
        steps = [frozenset(step.facets) & known for step in self.analysis.protocol.chain]
        return next((step for step in steps if step - excluded and not step & begun), frozenset())

    def _best(
        self, queue: list[tuple[float, Where]], covers: Mapping[Where, tuple[str, ...]]
    ) -> Where | None:
        """Choose what costs least for each gap that it helps with.

        What an activity would help with only shrinks, so a price that still holds when it comes up is the best.
        """
        while queue:
            price, where = heappop(queue)
            now = self._price(where, covers[where])
            if now is None or not self._affordable(where):
                continue
            if now == price:
                heappush(queue, (price, where))
                return where
            heappush(queue, (now, where))
        return None

    def _price(self, where: Where, names: Iterable[str]) -> float | None:
        gain = sum(1 for name in names if self.open[name])
        return self._cost(where) / gain if gain else None

    def _affordable(self, where: Where) -> bool:
        return self.budget is None or self.spent + self._cost(where) <= self.budget

    def _cost(self, where: Where) -> float:
        return 1.0 if self._owners(where) or where in self._worked_on else _UNFAMILIAR

    @cached_property
    def _worked_on(self) -> frozenset[Where]:
        return frozenset((c.area, c.facet) for c in self.analysis.cells if c.rolled_up.n and c.group is None)

    def _owners(self, where: Where) -> tuple[Owner, ...]:
        return self._owners_by_cell.get(where, ())

    @cached_property
    def _owners_by_cell(self) -> dict[Where, tuple[Owner, ...]]:
        return {
            (gap.cell.area.iri, gap.cell.facet.iri): gap.owners
            for gap in self.analysis.gaps
            if gap.cell is not None and gap.cell.facet is not None
        }

    def _take(self, where: Where, names: Iterable[str]) -> Template:
        helped = [name for name in names if self.open[name]]
        for name in helped:
            self.open[name] -= 1
        labels = {v.iri: v.label for v in (*self.analysis.areas, *self.analysis.facets)}
        area, facet = (Ref(iri=iri, label=labels[iri]) for iri in where)
        shapes = {gap.id: gap.closes_if.turtle for gap in self.gaps}
        return Template(
            cell=CellKey(area=area, facet=facet),
            cost=self._cost(where),
            closes=tuple(name for name in helped if not self.open[name]),
            contributes=tuple(name for name in helped if self.open[name]),
            owners=self._owners(where),
            turtle=shapes[helped[0]],
        )


def _named_or_shared(named: set[str], values: Sequence[AxisValue]) -> list[str]:
    """Give some values, and those narrower than two of them that do not lie one above the other."""
    above = _ancestors(values)
    found = set(named)
    for value in values:
        over = above[value.iri] & named
        if not any(over <= above[each] for each in over):
            found |= {value.iri} if over else set()
    return sorted(found)


def _ancestors(values: Sequence[AxisValue]) -> dict[str, frozenset[str]]:
    parents = {value.iri: value.parents for value in values}

    def reach(iri: str) -> frozenset[str]:
        seen, stack = {iri}, [iri]
        while stack:
            fresh = [above for above in parents[stack.pop()] if above not in seen]
            seen.update(fresh)
            stack.extend(fresh)
        return frozenset(seen)

    return {iri: reach(iri) for iri in parents}


def _statement(templates: int, cost: float, closed: int, gaps: int, bound: float | None) -> Text:
    """Say what is closed and how good the choice is; cut short by a budget, it may have begun what it does not end."""
    quality = Text(
        ja="貪欲法による選択であり、途中で打ち切ったため、費用の上限は示せない。",
        en="The choice is greedy and was cut short, so no bound on its cost is claimed.",
    )
    if bound is not None:
        quality = Text(
            ja=f"貪欲法による選択であり、これらの領域と種類の活動で同じギャップを解消する最小の費用の{bound:.2f}倍を"
            "超えない。",
            en=f"The choice is greedy: it costs at most {bound:.2f} times the least for which activities on these "
            "areas and of these kinds close the same gaps.",
        )
    some = f"{closed} of the {count_en(gaps, 'gap', 'gaps')}"
    if closed == gaps:
        some = "the gap" if gaps == 1 else f"all {count_en(gaps, 'gap', 'gaps')}"
    return Text(
        ja=f"活動{templates}件(費用{cost:g})で、選んだギャップ{gaps}件のうち{closed}件が解消する。{quality.ja}",
        en=f"{count_en(templates, 'activity', 'activities').capitalize()} (cost {cost:g}) would close {some} chosen. "
        f"{quality.en}",
    )
