"""Areas of which much is asked and on which little is done (G10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kg.gaps.area_gaps import AreaGaps
from kg.gaps.axes import Floats
from kg.gaps.cell_shapes import row_shape
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id
from kg.gaps.ledgers import NotTestable, SearchTask
from kg.gaps.model import CellKey, Statement, Status, Text
from kg.gaps.proof import in_order, proof
from kg.gaps.sentences import absent_as_sources_say, absent_in_scope, count_en, depth_text, listed
from kg.gaps.tally import Occurrences, tally

_QUARTILES = (0.25, 0.75)
_LEAST = 8


@dataclass(frozen=True)
class Overlooked:
    """Sets what is asked of areas against what is done on them."""

    ground: Ground
    areas: AreaGaps
    demand: Demand

    def overlooked(self) -> Iterator[Draft | SearchTask]:
        """Find G10: areas in the top quarter by demand and in the bottom quarter by depth of activity."""
        if self._reason() is not None:
            return
        leaves = self._leaves
        demand, supply = self.demand.asked[leaves], self._supply[leaves]
        high, low = float(np.quantile(demand, _QUARTILES[1])), float(np.quantile(supply, _QUARTILES[0]))
        middle = float(np.median(supply))  # where most areas are alike, the lowest quarter is no contrast
        for row, asked, done in zip(leaves, demand, supply, strict=True):
            if asked > 0 and asked >= high and done <= low and done < middle:
                yield from self._overlooked(row, float(done))

    def _overlooked(self, row: int, done: float) -> Iterator[Draft | SearchTask]:
        ground, area = self.ground, self.ground.rows.iri(row)
        columns = list(range(len(ground.columns)))
        cells = self.areas.of(row, columns)
        statuses = {cell.status for cell in cells}
        if "DATA-FAULT" in statuses:
            return
        begun = any(cell.evidence for cell in cells)
        provisions, incidents = int(self.demand.by_area[row]), self.demand.incidents[row]
        reasons = _demand_text(provisions, incidents)
        what = Text(
            ja=f"需要が上位にある「{self.areas.label(row).ja}」({reasons.ja})の取組",
            en=f"Work on “{self.areas.label(row).en}”, high in demand ({reasons.en})",
        )
        if not begun and "UNKNOWN" in statuses:
            yield self.areas.task("G10", row, what)
            return
        status = self._status(begun, statuses)
        complete = {s.iri: s for cell in cells for s in cell.completeness}
        statements = tuple(complete[iri] for iri in sorted(complete))
        sentence = self._sentence(what, status, done, statements)
        gap = gap_id("G10", ground.protocol, area)
        yield Draft(
            id=gap,
            type="G10",
            status=status,
            cell=CellKey(area=ground.labels.ref(area)),
            sentence=sentence,
            query=proof("gaps/area-demand", {"area": area}),
            bindings=in_order(
                [
                    *({"provision": iri} for iri in self.demand.provisions_on(row)),
                    *self.demand.reports_on(row),
                ]
            ),
            evidence=tuple(each for cell in cells for each in cell.evidence)[:_LEAST],
            negative=tuple(s for cell in cells for s in cell.negative),
            completeness=statements,
            closes_if=row_shape(ground, gap, row, columns, _remedy(self.areas.label(row))),
            owners=self.areas.owners(row, columns),
            need=self.demand.need_of_row(row, 1 - done),
            reach=self.demand.reach([row]),
            closeness=max(
                self.areas.around.closeness(row * len(ground.columns) + column) for column in columns
            ),
            figures={"provisions": provisions, "incidents": float(incidents), "depth": round(done, 6)},
        )

    def _status(self, begun: bool, statuses: set[Status]) -> Status:
        if begun:
            return "THIN"
        return "ABSENT-STATED" if statuses <= {"ABSENT-STATED", "NOT-APPLICABLE"} else "ABSENT-IN-SCOPE"

    def _sentence(self, what: Text, status: Status, done: float, statements: tuple[Statement, ...]) -> Text:
        if status == "THIN":
            return Text(
                ja=f"{what.ja}は手薄である(深さ{depth_text(done)})。",
                en=f"{what.en}, is thinly covered (depth {depth_text(done)}).",
            )
        if status == "ABSENT-STATED":
            return absent_as_sources_say(what)
        return absent_in_scope(what, self.areas.maker.saying.scope(statements), kind="")

    def _reason(self) -> Text | None:
        """Say why demand cannot be set against supply, where that is so."""
        areas, asked = len(self._leaves), int(sum(self.demand.asked[self._leaves] > 0))
        if areas >= _LEAST and asked >= _LEAST // 2:
            return None
        few = _LEAST // 2
        return Text(
            ja=f"四分位に分けるには領域が{_LEAST}以上、うち需要のあるものが{few}以上要るが、{areas}と{asked}しかないため。",
            en=f"quarters need at least {_LEAST} areas, {few} of them with a demand; there are {areas} and {asked}.",
        )

    def not_testable(self) -> NotTestable | None:
        """Say why demand cannot be judged, where that is so."""
        reason = self._reason()
        return None if reason is None else NotTestable(type="G10", reason=reason)

    @cached_property
    def _leaves(self) -> list[int]:
        """Give the areas that nothing narrower stands below and to which some column applies."""
        rows, columns = self.ground.rows, range(len(self.ground.columns))
        return [
            row
            for row in range(len(rows))
            if len(rows.descendants[row]) == 1
            and any(cell.status != "NOT-APPLICABLE" for cell in self.areas.of(row, columns))
        ]

    @cached_property
    def _supply(self) -> Floats:
        """Give the depth of each row over all its columns."""
        found = self.ground.rolled_occurrences
        rows = Occurrences(
            found.link, found.cell // len(self.ground.columns), found.actor, len(self.ground.rows)
        )
        return tally(self.ground.links, rows, len(self.ground.rows), self.ground.of_combination).depth


def _demand_text(provisions: int, incidents: float) -> Text:
    """Say how often an area is asked for, by whatever asks for it at all."""
    parts = []
    if provisions:
        parts.append(Text(ja=f"条項{provisions}件", en=count_en(provisions, "provision", "provisions")))
    if incidents:
        plural = "incident" if incidents == 1 else "incidents"
        parts.append(Text(ja=f"報告された事案{incidents:g}件", en=f"{incidents:g} reported {plural}"))
    return listed(parts)


def _remedy(area: Text) -> Text:
    return Text(
        ja=f"「{area.ja}」に関する活動を、典拠とともに記録する。",
        en=f"Record work on “{area.en}”, with its source.",
    )
