"""What stands around a cell: siblings, who works there, what is demanded of it, what comes nearest to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kg.gaps.axes import AxisTable, Floats, Ints, Ragged
from kg.gaps.cells import CellLinks
from kg.gaps.evidence import EvidenceBook
from kg.gaps.facts import is_a
from kg.gaps.ground import Ground
from kg.gaps.links import State
from kg.gaps.model import Evidence, Nearest, Owner, Text
from kg.gaps.sentences import count_en
from kg.gaps.tally import UNNAMED, starts_of

_NEAREST = 3
_OWNERS = 5


@dataclass(frozen=True)
class Surroundings:
    """Looks around the cells of a map."""

    ground: Ground
    links: CellLinks
    book: EvidenceBook

    @cached_property
    def siblings(self) -> Ragged:
        """Give for each row the rows under the same broader area; top rows are siblings of each other."""
        return _siblings(self.ground.rows)

    @cached_property
    def _workers(self) -> tuple[Ragged, Ints]:
        """Give the independent actors of each cell and how many of its activities each has."""
        found = self.ground.rolled_occurrences
        activity = self.ground.links.activity[found.link]
        order = np.lexsort((activity, found.actor, found.cell))
        cell, actor = found.cell[order], found.actor[order]
        single = starts_of(cell, actor, activity[order])
        cell, actor = cell[single], actor[single]
        starts = starts_of(cell, actor)
        counts = np.diff(np.append(starts, len(cell)))
        offsets = np.searchsorted(cell[starts], np.arange(self.ground.cells + 1))
        return Ragged(offsets.astype(np.int64), actor[starts]), counts

    def actors(self, number: int) -> list[str]:
        """Give the independent actors that are active in a cell."""
        names = self.ground.actor_names
        return [names[actor] for actor in self._workers[0][number] if names[actor] != UNNAMED]

    def _activities_by_actor(self, cells: Sequence[int]) -> Ints:
        workers, counts = self._workers
        totals = np.zeros(len(self.ground.actor_names), dtype=np.int64)
        for cell in cells:
            here = slice(workers.offsets[cell], workers.offsets[cell + 1])
            np.add.at(totals, workers.values[here], counts[here])
        return totals

    def owners(self, number: int) -> tuple[Owner, ...]:
        """Give the actors that are active in sibling cells and not yet in this one, the busiest first."""
        row, column = divmod(number, len(self.ground.columns))
        same_row = self._activities_by_actor(
            [row * len(self.ground.columns) + c for c in self._others(column)]
        )
        same_column = self._activities_by_actor(
            [int(r) * len(self.ground.columns) + column for r in self.siblings[row]]
        )
        score = 2 * same_row + same_column
        score[self._workers[0][number]] = 0
        names = self.ground.actor_names
        busy = np.flatnonzero(score)
        ranked = busy[np.lexsort((busy, -score[busy]))]  # names are sorted, so their positions break ties
        named = [actor for actor in ranked[: _OWNERS + 1] if names[actor] != UNNAMED][:_OWNERS]
        return tuple(
            Owner(
                actor=self.ground.labels.ref(names[actor]),
                reason=_owner_reason(int(same_row[actor]), int(same_column[actor])),
                activities=int(same_row[actor] + same_column[actor]),
            )
            for actor in named
        )

    def _others(self, column: int) -> list[int]:
        return [other for other in range(len(self.ground.columns)) if other != column]

    def closeness(self, number: int) -> float:
        """Give how near the work around a cell comes to it: 1 with an edge awaiting review, else a share."""
        if len(self.links.pending[number]):
            return 1.0
        row, column = divmod(number, len(self.ground.columns))
        n = self.ground.rolled.n.reshape(self.ground.shape)
        beside, around = n[row, self._others(column)], n[self.siblings[row], column]
        shares = [float((part > 0).mean()) for part in (beside, around) if len(part)]
        return sum(shares) / len(shares) if shares else 0.0

    def nearest(self, number: int) -> tuple[Nearest, ...]:
        """Give what almost counts in a cell, and which factor keeps it from counting."""
        row, column = divmod(number, len(self.ground.columns))
        found = [_pending(self.ground, self.book, int(link)) for link in self.links.pending[number]]
        for other, failed in self._candidate_cells(row, column):
            found.append(self._beside(self.book.best(self.links.counting[other]), failed))
        unique: dict[tuple[str, tuple[str, ...]], Nearest] = {}
        for each in found:
            unique.setdefault((each.record.iri, each.failed), each)
        return tuple(unique.values())[:_NEAREST]

    def _candidate_cells(self, row: int, column: int) -> list[tuple[int, str]]:
        """Choose the deepest cells with one coordinate off: a broader area, another facet, a sibling area."""
        ground, width = self.ground, len(self.ground.columns)
        broader = [int(r) for r in ground.rows.ancestors[row] if r != row]
        choices = [
            ("broader-area", [r * width + column for r in broader]),
            ("facet", [row * width + c for c in self._others(column)]),
            ("area", [int(r) * width + column for r in self.siblings[row]]),
        ]
        picked = []
        for failed, cells in choices:
            filled = [cell for cell in cells if ground.rolled.n[cell] > 0]
            if filled:
                picked.append((min(filled, key=lambda cell: (-ground.rolled.depth[cell], cell)), failed))
        return picked

    def _beside(self, evidence: Evidence, failed: str) -> Nearest:
        labels = self.ground.labels
        area, facet = labels.text(evidence.area), labels.text(evidence.facet)
        reasons = {
            "broader-area": Text(
                ja=f"広い領域「{area.ja}」に対応しているが、広い領域の活動は狭い領域には数えない。",
                en=f"It covers the broader area “{area.en}”, and broader work does not count downward.",
            ),
            "facet": Text(
                ja=f"同じ領域の活動だが、種類が「{facet.ja}」である。",
                en=f"It is on the same area but of another kind: “{facet.en}”.",
            ),
            "area": Text(
                ja=f"同じ種類の活動だが、領域が「{area.ja}」である。",
                en=f"It is of the same kind but on “{area.en}”.",
            ),
        }
        return Nearest(
            kind="evidence",
            record=evidence.activity,
            evidence=evidence,
            failed=(failed,),
            reason=reasons[failed],
        )


def _siblings(axis: AxisTable) -> Ragged:
    families: dict[str, list[int]] = {}
    for position, value in enumerate(axis.values):
        for parent in value.parents or ("",):
            families.setdefault(parent, []).append(position)
    return Ragged.of(
        [
            sorted({s for parent in value.parents or ("",) for s in families[parent] if s != position})
            for position, value in enumerate(axis.values)
        ]
    )


def _owner_reason(same_row: int, same_column: int) -> Text:
    parts_ja = [
        *([f"同じ領域で{same_row}件"] if same_row else []),
        *([f"隣の領域の同じ種類で{same_column}件"] if same_column else []),
    ]
    parts_en = [
        *([f"{count_en(same_row, 'activity', 'activities')} on the same area"] if same_row else []),
        *(
            [f"{count_en(same_column, 'activity', 'activities')} of this kind on neighbouring areas"]
            if same_column
            else []
        ),
    ]
    return Text(ja="、".join(parts_ja) + "の活動がある", en=" and ".join(parts_en))


_STATES = {
    State.PROPOSED: (
        "review-status",
        Text(ja="提案の段階で、まだ採択されていない。", en="It is proposed and not accepted yet."),
    ),
    State.REJECTED: ("review-status", Text(ja="査読で却下された。", en="It was rejected in review.")),
}


def _pending(ground: Ground, book: EvidenceBook, link: int) -> Nearest:
    failed, reason = _STATES[State(int(ground.links.state[link]))]
    evidence = book.of(link)
    return Nearest(
        kind="evidence", record=evidence.activity, evidence=evidence, failed=(failed,), reason=reason
    )


def weakest_factors(evidence: Sequence[Evidence]) -> tuple[Nearest, ...]:
    """Say of the weightiest evidence which factor holds it back most."""
    return tuple(_held_back(each) for each in evidence[:_NEAREST] if min(each.factors.values()) < 1)


def _held_back(evidence: Evidence) -> Nearest:
    name = min(evidence.factors, key=lambda factor: (evidence.factors[factor], factor))
    value = {"role": evidence.role, "maturity": evidence.maturity, "grade": evidence.grade}.get(name)
    said = Text(ja="未記載", en="not stated") if value is None else value.label
    if name == "age":
        said = Text(ja=evidence.asserted_on or "", en=evidence.asserted_on or "")
    if name == "score":
        said = Text(ja=str(evidence.score), en=str(evidence.score))
    word = _FACTORS[name]
    return Nearest(
        kind="evidence",
        record=evidence.activity,
        evidence=evidence,
        failed=(name,),
        reason=Text(
            ja=f"{word.ja}が「{said.ja}」で、重みは{evidence.factors[name]:.2f}にとどまる。",
            en=f"Its {word.en} is “{said.en}”, which weighs only {evidence.factors[name]:.2f}.",
        ),
    )


_FACTORS: Mapping[str, Text] = {
    "role": Text(ja="対応の役割", en="role"),
    "maturity": Text(ja="成熟度", en="maturity"),
    "grade": Text(ja="証拠の等級", en="evidence grade"),
    "score": Text(ja="評点", en="score"),
    "age": Text(ja="表明日", en="date"),
}


def self_reported_only(evidence: Sequence[Evidence]) -> bool:
    """Tell whether all evidence is graded as self-reported."""
    grades = [each.grade.iri if each.grade else None for each in evidence]
    return bool(grades) and all(is_a(grade, "self-reported") for grade in grades)


def shares_of_largest(values: Floats) -> Floats:
    """Scale figures so that the largest is 1."""
    largest = float(values.max(initial=0.0))
    return values / largest if largest > 0 else values
