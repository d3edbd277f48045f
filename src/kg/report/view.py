"""What a report shows of an analysis: counted, grouped and put in order once for all formats."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.gaps import GapAnalysis
from kg.gaps.change_values import Diff
from kg.gaps.ledgers import Commitment, SearchTask, TermRow
from kg.gaps.model import GAP_TYPES, AxisValue, Cell, Evidence, Gap, Ref, Statement
from kg.gaps.relation_values import Relations
from kg.report.signs import SIGNS, key_of
from kg.report.words import Words
from kg.snapshot import Manifest
from kg.vocab import BASE

FIRST_GAPS = 7


@dataclass(frozen=True)
class GapGroup:
    """The gaps of one type, the highest-ranked first."""

    type: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Ledger:
    """The clauses of one instrument."""

    instrument: Ref
    rows: tuple[Commitment, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Count the clauses by status."""
        return dict(sorted(Counter(row.status for row in self.rows).items()))


@dataclass(frozen=True)
class Glossary:
    """The terms of one scheme."""

    scheme: Ref
    rows: tuple[TermRow, ...]

    @property
    def lacking(self) -> tuple[TermRow, ...]:
        """Give the terms in which something is missing."""
        return tuple(row for row in self.rows if row.gaps)


@dataclass(frozen=True)
class Robust:
    """In how many draws the gaps of one type remain gaps: in all, in 95 of 100, in half, in fewer."""

    type: str
    always: int
    mostly: int
    half: int
    seldom: int


@dataclass(frozen=True)
class Report:
    """One analysis, the snapshot that it lies in, and the language that it is told in."""

    analysis: GapAnalysis
    manifest: Manifest
    words: Words
    relations: Relations | None = None
    diff: Diff | None = None

    @property
    def ours(self) -> bool:
        """Tell whether the map is one of this project's own, by the names of its protocol and areas."""
        iris = [self.analysis.protocol.iri, *(area.iri for area in self.analysis.areas)]
        return all(iri.startswith(BASE) for iri in iris)

    @cached_property
    def map(self) -> dict[tuple[str, str], Cell]:
        """Give the cells without a group by area and facet."""
        return {(cell.area, cell.facet): cell for cell in self.analysis.cells if cell.group is None}

    @cached_property
    def maps_of_groups(self) -> dict[str, dict[tuple[str, str], Cell]]:
        """Give the cells of each group by area and facet."""
        found: dict[str, dict[tuple[str, str], Cell]] = {value.iri: {} for value in self.analysis.groups}
        for cell in self.analysis.cells:
            if cell.group is not None:
                found[cell.group][cell.area, cell.facet] = cell
        return found

    @cached_property
    def axis_values(self) -> dict[str, AxisValue]:
        """Give areas, facets and groups by IRI."""
        analysis = self.analysis
        return {value.iri: value for value in (*analysis.areas, *analysis.facets, *analysis.groups)}

    @cached_property
    def status_counts(self) -> dict[str, int]:
        """Count the cells by status in the order of the grammar; planned-only is also part of thin."""
        counts = Counter(key_of(cell) for cell in self.map.values())
        counts["THIN"] += counts["PLANNED"]
        return {key: counts[key] for key in SIGNS if counts[key]}

    @property
    def applicable(self) -> int:
        """Count the cells that the protocol does not leave out."""
        return len(self.map) - self.status_counts.get("NOT-APPLICABLE", 0)

    @cached_property
    def gap_groups(self) -> tuple[GapGroup, ...]:
        """Give the gaps by type."""
        found: dict[str, list[Gap]] = defaultdict(list)
        for gap in self.analysis.gaps:
            found[gap.type].append(gap)
        return tuple(GapGroup(kind, tuple(found[kind])) for kind in GAP_TYPES if kind in found)

    @cached_property
    def first_gaps(self) -> tuple[GapGroup, ...]:
        """Give the types in the order of their highest-ranked gap."""
        return tuple(sorted(self.gap_groups, key=lambda group: group.gaps[0].rank.position))

    @cached_property
    def ledgers(self) -> tuple[Ledger, ...]:
        """Give the commitments by instrument, in the order of the analysis."""
        found: dict[str, list[Commitment]] = defaultdict(list)
        for row in self.analysis.commitments:
            found[row.instrument.iri].append(row)
        return tuple(Ledger(rows[0].instrument, tuple(rows)) for rows in found.values())

    @cached_property
    def glossaries(self) -> tuple[Glossary, ...]:
        """Give the terms by scheme, in the order of the analysis."""
        found: dict[str, list[TermRow]] = defaultdict(list)
        for row in self.analysis.terminology:
            found[row.scheme.iri].append(row)
        return tuple(Glossary(rows[0].scheme, tuple(rows)) for rows in found.values())

    @cached_property
    def robustness(self) -> tuple[Robust, ...]:
        """Say for each type how many of its gaps withstand other weights."""
        return tuple(_robust(group.type, group.gaps) for group in self.gap_groups)

    @property
    def robust_of_weighed(self) -> Robust:
        """Say the same of the gaps that rest on the weights: cells whose work has begun and falls short."""
        planned = {(cell.area, cell.facet) for cell in self.analysis.cells if cell.planned_only}
        return _robust("", (gap for gap in self.analysis.gaps if _is_weighed(gap, planned)))

    @cached_property
    def rank_ranges(self) -> tuple[int, ...]:
        """Say over how many places each gap moves when the weights are redrawn, the steadiest first."""
        return tuple(sorted(gap.rank.high - gap.rank.low + 1 for gap in self.analysis.gaps))

    @property
    def faulty_records(self) -> int:
        """Count the records that validation found fault with."""
        return len({fault.record for fault in self.analysis.faults})

    @cached_property
    def conflicts(self) -> tuple[Cell | Commitment, ...]:
        """Give the cells and clauses whose sources disagree."""
        cells = (cell for cell in self.analysis.cells if cell.status == "CONFLICT")
        return (*cells, *(row for row in self.analysis.commitments if row.status == "conflict"))

    @cached_property
    def gaps_of_cells(self) -> dict[tuple[str, str, str | None], tuple[Gap, ...]]:
        """Give the gaps of each cell."""
        found: dict[tuple[str, str, str | None], list[Gap]] = defaultdict(list)
        for gap in self.analysis.gaps:
            if gap.cell is not None and gap.cell.facet is not None:
                group = gap.cell.group.iri if gap.cell.group else None
                found[gap.cell.area.iri, gap.cell.facet.iri, group].append(gap)
        return {key: tuple(gaps) for key, gaps in found.items()}

    @cached_property
    def open_questions(self) -> int:
        """Count the search tasks that are not about a cell, but about a clause or another record."""
        return sum(task.cell is None for task in self.analysis.search_list)

    def look_in(self, task: SearchTask) -> tuple[Ref, ...]:
        """Give the documents to search; for a record these are none that were read to the end already."""
        read = {source.iri for one in self.completeness for source in one.sources}
        return tuple(ref for ref in task.sources if task.cell is not None or ref.iri not in read)

    @cached_property
    def completeness(self) -> tuple[Statement, ...]:
        """Give every completeness statement that an empty cell, a clause or a gap stands on, once."""
        found: dict[str, Statement] = {}
        holders: Iterable[Cell | Gap] = (*self.analysis.cells, *self.analysis.gaps)
        for holder in holders:
            found |= {statement.iri: statement for statement in holder.completeness}
        return tuple(found[iri] for iri in sorted(found))


def distinct(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Give each edge of an activity once: one of two narrower values counts in a broader cell only once too."""
    kept: dict[tuple[str, tuple[str, ...]], Evidence] = {}
    for item in found:
        kept.setdefault((item.activity.iri, item.edges), item)
    return tuple(kept.values())


def _is_weighed(gap: Gap, planned: set[tuple[str, str]]) -> bool:
    where = gap.cell
    if gap.type != "G2" or where is None or where.facet is None:
        return False
    return (where.area.iri, where.facet.iri) not in planned


def _robust(kind: str, gaps: Iterable[Gap]) -> Robust:
    shares = [gap.robustness.share for gap in gaps]
    return Robust(
        kind,
        always=sum(share >= 1 for share in shares),
        mostly=sum(0.95 <= share < 1 for share in shares),
        half=sum(0.5 <= share < 0.95 for share in shares),
        seldom=sum(share < 0.5 for share in shares),
    )
