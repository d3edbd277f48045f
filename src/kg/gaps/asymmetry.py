"""Differences between groups (G8), only where their completeness is comparable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from kg.gaps.axes import Bools, Ints
from kg.gaps.closing import closes_if, has_value, nested, one_of, some
from kg.gaps.demand import Demand, read_quantities
from kg.gaps.drafts import Draft
from kg.gaps.evidence import PLACES
from kg.gaps.facts import is_a
from kg.gaps.ground import Ground
from kg.gaps.groups import Groups
from kg.gaps.identity import gap_id
from kg.gaps.knowledge import Completeness, holds_for
from kg.gaps.ledgers import NotTestable
from kg.gaps.links import within
from kg.gaps.model import CellKey, ClosesIf, Text
from kg.gaps.proof import in_order, proof
from kg.gaps.tally import UNNAMED
from kg.gaps.terms import must, number

Table = tuple[tuple[int, int], tuple[int, int]]


NO_GROUPS = NotTestable(
    type="G8",
    reason=Text(ja="手順書に群の軸がないため。", en="the protocol has no group axis."),
)


@dataclass(frozen=True)
class Comparison:
    """One area and two groups: how much of each group's work is on the area."""

    row: int
    first: int
    second: int
    table: Table
    p: float
    q: float
    log_odds: tuple[float, float, float]


@dataclass(frozen=True)
class Asymmetry:
    """Compares groups area by area."""

    ground: Ground
    groups: Groups
    demand: Demand

    @cached_property
    def _activities(self) -> tuple[Ints, Ints]:
        """Give the number of activities of each group, on each row and in all."""
        found, ground = self.groups.occurrences, self.ground
        group, cell = np.divmod(found.cell, ground.cells)
        row = cell // len(ground.columns)
        activity = ground.links.activity[found.link]
        span = len(ground.links.activities) + 1
        shape = (len(self.groups.axis), len(ground.rows))
        on_row = np.unique((group * len(ground.rows) + row) * span + activity) // span
        in_all = np.unique(group * span + activity) // span
        counted = np.bincount(on_row, minlength=shape[0] * shape[1]).reshape(shape)
        return counted, np.bincount(in_all, minlength=shape[0])

    @cached_property
    def comparable(self) -> Bools:
        """Mark for each group the rows for which its own activities were listed to the end.

        For groups of actors statements must name every actor of the group: that everything a document reports was
        recorded does not mean that it reports on everybody alike.
        """
        holding = [each for each in self.ground.knowledge.completeness if self._holds(each)]
        shape = (len(self.groups.axis), len(self.ground.rows))
        if not self.groups.per_actor:
            everybody = [each.rows for each in holding if not each.actors]
            return np.broadcast_to(np.logical_or.reduce([np.zeros(shape[1], np.bool_), *everybody]), shape)
        lacking, active = np.zeros(shape, dtype=np.bool_), np.zeros(shape[0], dtype=np.bool_)
        for actor, name in enumerate(self.ground.actor_names):
            for group in self.groups.members[actor]:
                active[group] = True
                lacking[group] |= ~self._listed(name, holding)
        return ~lacking & active[:, None]

    def _holds(self, statement: Completeness) -> bool:
        """Tell whether a statement speaks of all columns and of a document of the corpus up to the cut-off."""
        ground = self.ground
        return bool(statement.columns.all()) and any(
            holds_for(statement, source.iri, ground.protocol, ground.facts)
            for source in ground.protocol.corpus
        )

    def _listed(self, actor: str, holding: Sequence[Completeness]) -> Bools:
        """Mark the rows on which what one actor does was listed to the end."""
        facts = self.ground.facts
        rows = [e.rows for e in holding if actor != UNNAMED and e.actors and within(actor, e.actors, facts)]
        return np.asarray(np.logical_or.reduce([np.zeros(len(self.ground.rows), np.bool_), *rows]))

    def _tables(self) -> Iterator[tuple[int, int, int, Table]]:
        on_row, in_all = self._activities
        for first, second in combinations(range(len(self.groups.axis)), 2):
            both = self.comparable[first] & self.comparable[second]
            for row in np.flatnonzero(both & (on_row[first] + on_row[second] > 0)):
                one, other = int(on_row[first, row]), int(on_row[second, row])
                rest = int(in_all[first]) - one, int(in_all[second]) - other
                yield int(row), first, second, ((one, rest[0]), (other, rest[1]))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Test every area and pair of comparable groups; p values are adjusted over all of them."""
        tables = list(self._tables())
        if not tables:
            return ()
        from kg.gaps import exact  # slow to load, and only maps with comparable groups need it

        p = np.array([exact.fisher(table) for *_, table in tables])
        q = exact.adjusted(p)
        return tuple(
            Comparison(row, first, second, table, float(p[i]), float(q[i]), exact.log_odds(table))
            for i, (row, first, second, table) in enumerate(tables)
        )

    def drafts(self) -> Iterator[Draft]:
        """Find the differences that hold after adjustment."""
        for each in self.comparisons:
            if each.q <= 0.05:
                yield self._draft(each)

    def not_testable(self) -> NotTestable | None:
        """Say why nothing can be compared, where that is so."""
        if self.comparisons:
            return None
        return NotTestable(
            type="G8",
            reason=Text(
                ja="網羅性の言明が群ごとの活動について揃っておらず、比べられる群の組がないため。",
                en="no two groups have completeness statements of their own on the same area, so none can be compared.",
            ),
        )

    def _draft(self, each: Comparison) -> Draft:
        ground, axis = self.ground, self.groups.axis
        more, less, table, log_odds = each.first, each.second, each.table, each.log_odds
        if log_odds[0] < 0:
            more, less, table = less, more, (table[1], table[0])
            log_odds = (-log_odds[0], -log_odds[2], -log_odds[1])
        area = ground.rows.iri(each.row)
        gap = gap_id("G8", ground.protocol, area, axis.iri(each.first), axis.iri(each.second))
        key = CellKey(area=ground.labels.ref(area), group=ground.labels.ref(axis.iri(less)))
        return Draft(
            id=gap,
            type="G8",
            status="THIN" if table[1][0] else "ABSENT-IN-SCOPE",
            cell=key,
            sentence=self._sentence(each, more, less, table),
            query=proof("gaps/area-activities", {"protocol": ground.protocol.iri, "area": area}),
            bindings=self._bindings(each.row),
            closes_if=self._shape(gap, each.row, less),
            need=self.demand.need_of_row(each.row, 1 - _share(table[1]) / max(_share(table[0]), 1e-9)),
            reach=self.demand.reach([each.row]),
            closeness=1.0 if table[1][0] else 0.5,
            figures={
                "p": round(each.p, PLACES),
                "q": round(each.q, PLACES),
                "logOdds": round(log_odds[0], PLACES),
                "low": round(log_odds[1], PLACES),
                "high": round(log_odds[2], PLACES),
            },
        )

    def _sentence(self, each: Comparison, more: int, less: int, table: Table) -> Text:
        area, axis = self.ground.rows.values[each.row].label, self.groups.axis
        strong, weak = axis.values[more].label, axis.values[less].label
        staff = self._staff(more, less)
        ((a, b), (c, d)) = table
        return Text(
            ja=f"「{area.ja}」に関する活動は、{strong.ja}では{a + b}件中{a}件、{weak.ja}では{c + d}件中{c}件で、"
            f"差がある(補正後p={each.q:.3f})。{staff.ja}",
            en=f"On “{area.en}” work differs: {a} of {a + b} activities of {strong.en} against {c} of {c + d} of "
            f"{weak.en} (adjusted p={each.q:.3f}). {staff.en}",
        )

    def _staff(self, more: int, less: int) -> Text:
        """Put activities in proportion to staff where both figures are on record, else call them raw."""
        heads = [self._heads.get(self.groups.axis.iri(group)) for group in (more, less)]
        if heads[0] is None or heads[1] is None:
            return Text(
                ja="件数は人員規模で割り引いていない生の値である。",
                en="The counts are raw: staff figures are not on record for both.",
            )
        rates = [
            10 * int(self._activities[1][g]) / (h or 1) for g, h in zip((more, less), heads, strict=True)
        ]
        return Text(
            ja=f"人員10人当たりの活動は{rates[0]:.1f}件と{rates[1]:.1f}件である。",
            en=f"Per ten staff that is {rates[0]:.1f} against {rates[1]:.1f} activities in all.",
        )

    @cached_property
    def _heads(self) -> dict[str, float | None]:
        return {
            must(row, "record"): number(must(row, "value"))
            for row in read_quantities(self.ground)
            if is_a(must(row, "kind"), "staff")
        }

    def _bindings(self, row: int) -> tuple[dict[str, str], ...]:
        ground = self.ground
        here = ground.rolled_occurrences.cell // len(ground.columns) == row
        activities = np.unique(ground.links.activity[ground.rolled_occurrences.link[here]])
        return in_order({"activity": ground.links.activities[activity]} for activity in activities)

    def _shape(self, gap: str, row: int, group: int) -> ClosesIf:
        axis = self.ground.rows
        areas = [axis.iri(int(each)) for each in axis.descendants[row]]
        spec, value = self.groups.axis.spec, self.groups.axis.values[group]
        inner = (
            has_value(spec.property, value.iri, Text(ja="群", en="group"))
            if spec.property is not None and spec.through is None
            else some("carriedOutBy", "aisi:Actor", Text(ja=value.label.ja, en=value.label.en))
        )
        label = axis.values[row].label
        return closes_if(
            gap,
            Text(
                ja=f"「{label.ja}」に関する{value.label.ja}の活動を記録する。",
                en=f"Record work of {value.label.en} on “{label.en}”.",
            ),
            [
                one_of("coverageOf", areas, Text(ja="領域", en="area")),
                nested("coverageBy", [inner], Text(ja="活動", en="activity")),
                some("citation", "aisi:Citation", Text(ja="典拠", en="citation")),
            ],
        )


def _share(row: tuple[int, int]) -> float:
    return row[0] / max(sum(row), 1)
