"""Gaps of single cells: absent (G1), thin (G2), resting on one actor (G3), self-reported only (G11)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.gaps.axes import Bools, Floats
from kg.gaps.cell_shapes import cell_shape
from kg.gaps.cells import CellMaker
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id
from kg.gaps.model import Cell, CellKey, GapType, Nearest, QueryProof, Text
from kg.gaps.proof import Bindings, in_order, proof
from kg.gaps.sentences import count_en, date_text, topic
from kg.gaps.status import Standing
from kg.gaps.surroundings import Surroundings, self_reported_only, weakest_factors
from kg.gaps.wanted import wanted_by

CONCENTRATED = 0.5
_FEW = 3
_EXACT = 1e-9


@dataclass(frozen=True)
class CellGaps:
    """Finds the gaps of single cells."""

    ground: Ground
    standing: Standing
    maker: CellMaker
    around: Surroundings
    demand: Demand
    cells: dict[int, Cell]

    def absent(self) -> Iterator[Draft]:
        """Find G1: cells known to be absent."""
        for number in self.standing.having("ABSENT-STATED", "ABSENT-IN-SCOPE"):
            yield self._draft("G1", int(number), self.cells[int(number)].sentence, shortfall=1.0)

    def thin(self) -> Iterator[Draft]:
        """Find G2: cells that fall short of their target."""
        for each in self.standing.having("THIN"):
            number = int(each)
            target, depth = self.ground.targets[number], self.ground.rolled.depth[number]
            short = 1.0 if self.standing.planned_only[number] else 1 - float(depth / target)
            yield self._draft(
                "G2", number, self.cells[number].sentence, shortfall=short, nearest=self._held_back(number)
            )

    def single(self) -> Iterator[Draft]:
        """Find G3: cells that rest on one actor, or on two of which one does most."""
        rolled = self.ground.rolled
        alone = rolled.actors == 1  # plans are left out: nothing stands there yet that could fail
        uneven = (rolled.actors > 0) & (rolled.actors < _FEW) & (rolled.concentration > CONCENTRATED + _EXACT)
        for each in self.standing.having("COVERED", "THIN"):
            if (alone[each] or uneven[each]) and not self.standing.planned_only[each]:
                yield self._draft("G3", int(each), self._single_sentence(int(each)), shortfall=0.5)

    def self_reported(self) -> Iterator[Draft]:
        """Find G11: cells whose evidence is self-reported only."""
        for each in self.standing.having("COVERED", "THIN"):
            number = int(each)
            if self_reported_only(self.cells[number].evidence):
                yield self._draft("G11", number, self._assurance_sentence(number), shortfall=0.5)

    def old(self, number: int, last: str, age: float, limit: float) -> Draft:
        """Make a gap of type G4 of a cell whose last evidence is `age` years old."""
        what, when = self._topic(number), date_text(last)
        sentence = Text(
            ja=f"{what.ja}の最後の根拠は{when.ja}のもので、手順書の定める{limit:g}年より古い({age:.1f}年前)。",
            en=f"The last evidence of {what.en} is of {when.en}, {age:.1f} years before the cut-off and older than the "
            f"{limit:g} years that the protocol allows.",
        )
        return self._draft("G4", number, sentence, shortfall=0.5)

    def _assurance_sentence(self, number: int) -> Text:
        what, n = self._topic(number), int(self.ground.rolled.n[number])
        return Text(
            ja=f"{what.ja}の根拠は、当事者の自己申告{n}件だけである。",
            en=f"{what.en} rests on self-reported evidence alone ({count_en(n, 'activity', 'activities')}).",
        )

    def _topic(self, number: int) -> Text:
        row, column = divmod(number, len(self.ground.columns))
        return topic(self.ground.rows.values[row].label, self.ground.columns.values[column].label)

    def _single_sentence(self, number: int) -> Text:
        what = self._topic(number)
        n, share = int(self.ground.rolled.n[number]), float(self.ground.rolled.concentration[number])
        if self.ground.rolled.actors[number] > 1:
            return Text(
                ja=f"{what.ja}は2主体だけに支えられ、その一方に偏っている(集中度{share:.2f})。",
                en=f"{what.en} rests on two actors, one of which does most of it (concentration {share:.2f}).",
            )
        named = self.around.actors(number)
        who = (
            self.ground.labels.text(named[0])
            if named
            else Text(ja="名前の記録がない主体", en="an actor not named")
        )
        return Text(
            ja=f"{what.ja}を支えるのは{who.ja}だけである(活動{n}件)。",
            en=f"{what.en} rests on {who.en} alone ({count_en(n, 'activity', 'activities')}).",
        )

    def _held_back(self, number: int) -> tuple[Nearest, ...]:
        return weakest_factors(self.cells[number].evidence)

    def _draft(
        self,
        kind: GapType,
        number: int,
        sentence: Text,
        *,
        shortfall: float,
        nearest: tuple[Nearest, ...] = (),
    ) -> Draft:
        ground, cell = self.ground, self.cells[number]
        gap = gap_id(kind, ground.protocol, cell.area, cell.facet)
        has = kind != "G1"
        present = self.around.actors(number) if has else []
        query, bindings = self._proof(kind, number)
        return Draft(
            id=gap,
            type=kind,
            status=cell.status,
            cell=self.key(number),
            sentence=sentence,
            query=query,
            bindings=bindings,
            evidence=cell.evidence,
            nearest=(nearest + self.around.nearest(number))[:5],
            negative=cell.negative,
            completeness=cell.completeness,
            closes_if=cell_shape(
                ground,
                gap,
                number,
                _closing_text(self.key(number)),
                wanted_by(ground, kind, number, present, begun=not cell.planned_only),
            ),
            owners=self.around.owners(number),
            need=self.demand.need(number, shortfall),
            reach=self.demand.reach([number // len(ground.columns)]),
            closeness=self.around.closeness(number),
            knowledge=1.0 if not has or self.standing.scope[number] else 0.5,
            soundness=self.soundness(number),
            cell_number=number if kind == "G2" and not cell.planned_only else None,
            figures=_figures(cell),
        )

    def key(self, number: int) -> CellKey:
        """Give the coordinates of a cell with labels."""
        row, column = divmod(number, len(self.ground.columns))
        labels = self.ground.labels
        return CellKey(
            area=labels.ref(self.ground.rows.iri(row)), facet=labels.ref(self.ground.columns.iri(column))
        )

    def soundness(self, number: int) -> float:
        """Give the share of what bears on a cell that is neither faulty nor waiting for review."""
        sound = len(self.maker.links.counting[number])
        unsound = len(self.maker.links.pending[number]) + len(self.maker.links.faulty[number])
        return (sound + 1) / (sound + unsound + 1)

    def _proof(self, kind: GapType, number: int) -> tuple[QueryProof, Bindings]:
        cell = self.cells[number]
        params = {"protocol": self.ground.protocol.iri, "area": cell.area, "facet": cell.facet}
        if kind == "G1":
            return proof("gaps/cell-count", params), ({"activities": "0", "actors": "0"},)
        return proof("gaps/cell-evidence", params), self._rows(number)

    def _rows(self, number: int) -> Bindings:
        """Reckon the rows that the evidence query gives, from the arrays."""
        ground, rows = self.ground, []
        for link in self.maker.links.counting[number]:
            row = {"activity": ground.links.activities[ground.links.activity[link]]}
            for name, position in (
                ("rowEdge", ground.links.row_edge[link]),
                ("columnEdge", ground.links.column_edge[link]),
            ):
                row |= {name: ground.facts.edges[position].iri} if position >= 0 else {}
            for actor in ground.actors[int(ground.links.activity[link])]:
                rows.append(row | {"independent": ground.actor_names[actor] or "unnamed"})
        return in_order({tuple(sorted(row.items())): row for row in rows}.values())


def _closing_text(key: CellKey) -> Text:
    what = topic(key.area.label, key.facet.label if key.facet else Text(ja="", en=""))
    return Text(
        ja=f"{what.ja}の活動を、典拠とともに記録する。",
        en=f"Record an activity of the kind {what.en}, with its source.",
    )


def _figures(cell: Cell) -> dict[str, float]:
    return {
        "n": cell.rolled_up.n,
        "actors": cell.rolled_up.actors,
        "depth": cell.rolled_up.depth,
        "target": cell.target,
    }


def shortfalls(ground: Ground, numbers: list[int]) -> tuple[Floats, Bools]:
    """Give how far cells fall short under each redraw, and whether they do at all."""
    targets = ground.targets[numbers]
    depths = ground.depths_drawn[:, numbers]
    with np.errstate(divide="ignore", invalid="ignore"):
        short = np.where(targets > 0, 1 - depths / targets, 0.0)
    return np.clip(short, 0.0, 1.0), depths < targets - _EXACT
