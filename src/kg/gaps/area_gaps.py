"""Gaps of whole areas: no evaluation (G7), the first broken step of the chain (G13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.gaps.cell_shapes import row_shape
from kg.gaps.cells import CellMaker
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id, task_id
from kg.gaps.ledgers import NotTestable, SearchTask
from kg.gaps.model import Cell, CellKey, GapType, Owner, Statement, Status, Text
from kg.gaps.proof import Bindings, in_order, proof
from kg.gaps.sentences import absent_as_sources_say, absent_in_scope, count_en, enumerated
from kg.gaps.surroundings import Surroundings

_ABSENT: tuple[Status, ...] = ("ABSENT-STATED", "ABSENT-IN-SCOPE")
_OPEN: tuple[Status, ...] = (*_ABSENT, "NOT-APPLICABLE", "UNKNOWN")


@dataclass(frozen=True)
class _Lack:
    """What an area lacks: any activity in some columns; and in words, what that is and what would remedy it."""

    kind: GapType
    row: int
    columns: Sequence[int]
    what: Text
    remedy: Text


@dataclass(frozen=True)
class AreaGaps:
    """Finds the gaps of whole areas."""

    ground: Ground
    maker: CellMaker
    around: Surroundings
    demand: Demand
    cells: dict[int, Cell]

    @cached_property
    def _evaluation(self) -> list[int]:
        index = self.ground.columns.index
        return [index[ref.iri] for ref in self.ground.protocol.evaluation_facets if ref.iri in index]

    @cached_property
    def _steps(self) -> list[tuple[Text, list[int]]]:
        index = self.ground.columns.index
        steps = [
            (step.label, [index[facet] for facet in step.facets if facet in index])
            for step in self.ground.protocol.chain
        ]
        return [(label, columns) for label, columns in steps if columns]

    def of(self, row: int, columns: Sequence[int]) -> list[Cell]:
        """Give some cells of a row."""
        return [self.cells[row * len(self.ground.columns) + column] for column in columns]

    def unevaluated(self) -> Iterator[Draft | SearchTask]:
        """Find G7: areas with no activity of any kind of evaluation."""
        kinds = enumerated([self.ground.columns.values[column].label for column in self._evaluation])
        for row in range(len(self.ground.rows)) if self._evaluation else ():
            area = self.label(row)
            yield from self._missing(
                _Lack(
                    "G7",
                    row,
                    self._evaluation,
                    what=Text(
                        ja=f"「{area.ja}」の評価({kinds.ja})", en=f"Evaluation of “{area.en}” ({kinds.en})"
                    ),
                    remedy=Text(
                        ja=f"「{area.ja}」を評価する活動({kinds.ja})を、典拠とともに記録する。",
                        en=f"Record an evaluation of “{area.en}” ({kinds.en}), with its source.",
                    ),
                )
            )

    def broken_chains(self) -> Iterator[Draft | SearchTask]:
        """Find G13: the first step that is not taken on an area where another one is."""
        for row in range(len(self.ground.rows)) if len(self._steps) > 1 else ():
            steps = [step for step in self._steps if self._applies(row, step[1])]
            taken = [any(_begun(cell) for cell in self.of(row, columns)) for _, columns in steps]
            if any(taken) and not all(taken):
                step, columns = steps[taken.index(False)]
                done = enumerated([label for (label, _), yes in zip(steps, taken, strict=True) if yes])
                area = self.label(row)
                yield from self._missing(
                    _Lack(
                        "G13",
                        row,
                        columns,
                        what=Text(
                            ja=f"「{area.ja}」で最初に途切れる段階は「{step.ja}」(記録のある段階: {done.ja})で、これ",
                            en=f"On “{area.en}” the first broken step is “{step.en}” (on record: {done.en})",
                        ),
                        remedy=Text(
                            ja=f"「{area.ja}」で「{step.ja}」の段階にあたる活動を、典拠とともに記録する。",
                            en=f"Record an activity on “{area.en}” that takes the step “{step.en}”, with its source.",
                        ),
                    )
                )

    def _applies(self, row: int, columns: Sequence[int]) -> bool:
        return any(cell.status != "NOT-APPLICABLE" for cell in self.of(row, columns))

    def _missing(self, lack: _Lack) -> Iterator[Draft | SearchTask]:
        """Make a gap where absence is known or only plans exist, and a task where it is not known."""
        cells = self.of(lack.row, lack.columns)
        statuses = {cell.status for cell in cells}
        planned = any(cell.planned_only for cell in cells)
        if any(_begun(cell) for cell in cells) or not statuses - {"NOT-APPLICABLE"}:
            return
        if not statuses <= {*_OPEN, "THIN"}:
            return
        if "UNKNOWN" in statuses and not planned:
            yield self.task(lack.kind, lack.row, lack.what)
            return
        status: Status = "THIN" if planned else "ABSENT-IN-SCOPE"
        if not planned and statuses <= {"ABSENT-STATED", "NOT-APPLICABLE"}:
            status = "ABSENT-STATED"
        yield self._draft(lack, cells, status)

    def _draft(self, lack: _Lack, cells: Sequence[Cell], status: Status) -> Draft:
        ground, row, columns = self.ground, lack.row, lack.columns
        area = ground.rows.iri(row)
        gap = gap_id(lack.kind, ground.protocol, area)
        complete = {s.iri: s for cell in cells for s in cell.completeness}
        statements = tuple(complete[iri] for iri in sorted(complete))
        sentence = self._sentence(lack.what, status, statements, cells)
        return Draft(
            id=gap,
            type=lack.kind,
            status=status,
            cell=CellKey(area=ground.labels.ref(area)),
            sentence=sentence,
            query=proof("gaps/area-facets", {"protocol": ground.protocol.iri, "area": area}),
            bindings=self._facets(row),
            evidence=tuple(each for cell in cells for each in cell.evidence),
            nearest=self.around.nearest(row * len(ground.columns) + columns[0]),
            negative=tuple(s for cell in cells for s in cell.negative),
            completeness=statements,
            closes_if=row_shape(ground, gap, row, columns, lack.remedy),
            owners=self.owners(row, columns),
            need=self.demand.need_of_row(row, 0.5 if status == "THIN" else 1.0),
            reach=self.demand.reach([row]),
            closeness=max(self.around.closeness(row * len(ground.columns) + column) for column in columns),
        )

    def _sentence(
        self, what: Text, status: Status, statements: tuple[Statement, ...], cells: Sequence[Cell]
    ) -> Text:
        if status == "THIN":
            n = len({evidence.activity.iri for cell in cells for evidence in cell.evidence})
            return Text(
                ja=f"{what.ja}は計画のみ({n}件)で、始まった活動は記録にない。",
                en=f"{what.en}: planned only ({count_en(n, 'activity', 'activities')}); nothing on record has begun.",
            )
        if status == "ABSENT-STATED":
            return absent_as_sources_say(what)
        return absent_in_scope(what, self.maker.saying.scope(statements))

    def task(self, kind: GapType, row: int, what: Text) -> SearchTask:
        """Make a task of an area of which too little is recorded."""
        area = self.ground.labels.ref(self.ground.rows.iri(row))
        return SearchTask(
            id=task_id(kind, self.ground.protocol, area.iri),
            type=kind,
            cell=CellKey(area=area),
            sentence=Text(
                ja=f"{what.ja}は未記録であり、取組の有無は分からない。",
                en=f"{what.en}: not recorded, which leaves open whether anything is being done.",
            ),
            sources=self.ground.protocol.corpus,
            terms=area.label,
        )

    def not_testable(self) -> Iterator[NotTestable]:
        """Say which of these types the protocol or the data cannot support."""
        if not self._evaluation:
            yield NotTestable(
                type="G7",
                reason=Text(
                    ja="手順書の挙げる評価の種類が、地図の列にないため。",
                    en="the protocol names no kind of evaluation that is a column of this map.",
                ),
            )
        if len(self._steps) < 2:
            yield NotTestable(
                type="G13",
                reason=Text(
                    ja="手順書の定める段階が、地図の列に二つ以上ないため。",
                    en="the protocol names fewer than two steps that are columns of this map.",
                ),
            )

    def label(self, row: int) -> Text:
        """Give the label of a row."""
        return self.ground.rows.values[row].label

    def _facets(self, row: int) -> Bindings:
        """Reckon the facet values of an area's activities, as the query gives them."""
        ground = self.ground
        columns = {
            int(ground.links.column[link])
            for column in range(len(ground.columns))
            for link in self.maker.links.counting[row * len(ground.columns) + column]
        }
        return in_order({"narrowFacet": ground.columns.iri(column)} for column in columns)

    def owners(self, row: int, columns: Sequence[int]) -> tuple[Owner, ...]:
        """Give who could take up work on a row."""
        return self.around.owners(row * len(self.ground.columns) + columns[0])


def _begun(cell: Cell) -> bool:
    return cell.status in ("COVERED", "THIN") and not cell.planned_only
