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
from kg.gaps.sentences import chance
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
    def _work(self) -> tuple[Ints, Ints, Ints]:
        """Give which group has which activity on which row, each once."""
        found, ground = self.groups.occurrences, self.ground
        group, cell = np.divmod(found.cell, ground.cells)
        span = len(ground.links.activities) + 1
        key = (group * len(ground.rows) + cell // len(ground.columns)) * span + ground.links.activity[
            found.link
        ]
        place, activity = np.divmod(np.unique(key), span)
        return (*np.divmod(place, len(ground.rows)), activity)

    @cached_property
    def _on_row(self) -> Ints:
        """Give the number of activities of each group on each row."""
        group, row, _ = self._work
        shape = (len(self.groups.axis), len(self.ground.rows))
        return np.bincount(group * shape[1] + row, minlength=shape[0] * shape[1]).reshape(shape)

    def _in_all(self, number: int, rows: Bools) -> int:
        """Give the number of activities of a group on some rows together."""
        group, row, activity = self._work
        return len(np.unique(activity[(group == number) & rows[row]]))

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
        """Count work on each row against all work on rows that were listed to the end for both groups."""
        for first, second in combinations(range(len(self.groups.axis)), 2):
            both = self.comparable[first] & self.comparable[second]
            all_one, all_other = self._in_all(first, both), self._in_all(second, both)
            for row in np.flatnonzero(both) if all_one and all_other else ():
                one, other = int(self._on_row[first, row]), int(self._on_row[second, row])
                if one or other:
                    yield int(row), first, second, ((one, all_one - one), (other, all_other - other))

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
        staff = self._staff(more, less, table)
        ((a, b), (c, d)) = table
        return Text(
            ja=f"「{area.ja}」に関する活動は、双方について最後まで記録した領域での活動のうち、"
            f"{strong.ja}では{a + b}件中{a}件、{weak.ja}では{c + d}件中{c}件で、差がある"
            f"(補正後{chance(each.q)})。{staff.ja}",
            en=f"On “{area.en}” work differs: of the activities on areas listed to the end for both, {a} of {a + b} of "
            f"{strong.en} are on it against {c} of {c + d} of {weak.en} (adjusted {chance(each.q)}). {staff.en}",
        )

    def _staff(self, more: int, less: int, table: Table) -> Text:
        """Put activities in proportion to staff where both figures are on record, else call them raw."""
        heads = [self._heads.get(self.groups.axis.iri(group)) for group in (more, less)]
        if heads[0] is None or heads[1] is None:
            return Text(
                ja="件数は人員規模で割り引いていない生の値である。",
                en="The counts are raw: staff figures are not on record for both.",
            )
        rates = [10 * sum(counts) / (h or 1) for counts, h in zip(table, heads, strict=True)]
        return Text(
            ja=f"人員10人当たりの活動は、これらの領域全体で{rates[0]:.1f}件と{rates[1]:.1f}件である。",
            en=f"Per ten staff that is {rates[0]:.1f} against {rates[1]:.1f} activities on those areas.",
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
