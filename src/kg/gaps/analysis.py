"""One analysis from the store to the result."""

from collections import Counter
from collections.abc import Sequence

from kg.catalog import load_query
from kg.gaps.access import Access
from kg.gaps.area_gaps import AreaGaps
from kg.gaps.asymmetry import NO_GROUPS, Asymmetry
from kg.gaps.cell_gaps import CellGaps
from kg.gaps.cells import CellMaker, links_by_cell, share_staying
from kg.gaps.clause_gaps import ClauseGaps
from kg.gaps.commitments import Ledger
from kg.gaps.demand import Demand
from kg.gaps.disagreements import disagreements
from kg.gaps.drafts import Draft
from kg.gaps.evidence import EvidenceBook
from kg.gaps.ground import Ground, lay_ground
from kg.gaps.group_cells import GroupCells
from kg.gaps.groups import read_groups
from kg.gaps.instruments import read_instruments
from kg.gaps.ledgers import NotTestable, SearchTask
from kg.gaps.links import within
from kg.gaps.model import GAP_TYPES, STATUSES, Fault
from kg.gaps.nearby_activities import NearbyActivities
from kg.gaps.overlooked import Overlooked
from kg.gaps.provisions import read_implementations, read_members, read_provisions
from kg.gaps.ranking import rank
from kg.gaps.recapture import recall
from kg.gaps.result import GapAnalysis, Ontology
from kg.gaps.saying import Speaker
from kg.gaps.search_tasks import cell_task, commitment_tasks
from kg.gaps.stale import Stale
from kg.gaps.statements import StatementBook
from kg.gaps.status import standing
from kg.gaps.structure import Structure
from kg.gaps.summary import notes, summary
from kg.gaps.surroundings import Surroundings
from kg.gaps.terminology import Terminology
from kg.gaps.terms import must, text_of
from kg.gaps.witnesses import Witnesses
from kg.store import Store


def analyse(store: Store, protocol: str | None = None, faults: Sequence[Fault] = ()) -> GapAnalysis:
    """Analyse a graph under a protocol (the default one if none is named), leaving faulty records out."""
    return _Analyst(lay_ground(store, protocol, faults)).result()


class _Analyst:
    """Holds the parts of one analysis while it is put together."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.standing = standing(ground)
        book = EvidenceBook(ground)
        self.statements = StatementBook(ground, self.standing, book)
        by_cell = links_by_cell(ground)
        stays = share_staying(ground, self.standing)
        self.maker = CellMaker(ground, self.standing, book, self.statements, by_cell, stays, Speaker(ground))
        self.cells = {number: self.maker.cell(number) for number in range(ground.cells)}
        self.instruments = read_instruments(ground)
        provisions = read_provisions(ground, self.instruments)
        self.demand = Demand(ground, tuple(p for p in provisions if p.iri not in ground.faults))
        self.around = Surroundings(ground, by_cell, book)
        members = read_members(ground)
        self.ledger = Ledger(
            ground=ground,
            standing=self.standing,
            nearby=NearbyActivities(ground, members),
            witnesses=Witnesses(ground, members),
            provisions=provisions,
            implementations=read_implementations(ground.store),
        )
        self.terminology = Terminology(ground, self.demand)
        self.groups = read_groups(ground)

    def result(self) -> GapAnalysis:
        """Find the gaps of all types, rank them and put everything together."""
        found, untestable = self._found()
        drafts = [each for each in found if isinstance(each, Draft)]
        tasks = [each for each in found if isinstance(each, SearchTask)]
        ground = self.ground
        gaps = rank(ground, self.demand, drafts)
        cells = tuple(self.cells.values())
        statuses, types = Counter(cell.status for cell in cells), Counter(gap.type for gap in gaps)
        estimates, why_none = recall(ground)
        unknown = [cell_task(ground, cell) for cell in cells if cell.status == "UNKNOWN"]
        groups = () if self.groups is None else GroupCells(ground, self.groups, self.maker)
        return GapAnalysis(
            protocol=ground.protocol,
            ontology=_ontology(ground.store),
            summary=summary(ground, statuses, gaps, cells),
            counts={status: statuses[status] for status in STATUSES},
            gap_counts={kind: types[kind] for kind in GAP_TYPES if types[kind]},
            areas=ground.rows.values,
            facets=ground.columns.values,
            groups=() if self.groups is None else self.groups.axis.values,
            cells=(*cells, *groups),
            gaps=gaps,
            search_list=(*unknown, *commitment_tasks(self.ledger), *tasks),
            commitments=self.ledger.rows,
            terminology=self.terminology.ledger(),
            not_testable=tuple(sorted(untestable, key=lambda note: GAP_TYPES.index(note.type))),
            recall=estimates,
            recall_note=why_none,
            faults=tuple(fault for record in sorted(ground.faults) for fault in ground.faults[record]),
            disagreements=tuple(disagreements(ground)),
            notes=notes(ground),
            counts_as=dict(sorted(ground.facts.counts_as.items())),
            members=_members(ground),
        )

    def _found(self) -> tuple[list[Draft | SearchTask], list[NotTestable]]:
        ground = self.ground
        single = CellGaps(ground, self.standing, self.maker, self.around, self.demand, self.cells)
        stale = Stale(ground, single, self.instruments)
        areas = AreaGaps(ground, self.maker, self.around, self.demand, self.cells)
        overlooked = Overlooked(ground, areas, self.demand)
        structure = Structure(ground, self.demand)
        access = Access(ground, self.standing, self.maker, self.instruments)
        asymmetry = None if self.groups is None else Asymmetry(ground, self.groups, self.demand)
        found: list[Draft | SearchTask] = [
            *single.absent(),
            *single.thin(),
            *single.single(),
            *stale.old_cells(),
            *stale.old_instruments(),
            *ClauseGaps(ground, self.ledger, self.statements, self.demand).drafts(),
            *self.terminology.drafts(),
            *areas.unevaluated(),
            *([] if asymmetry is None else asymmetry.drafts()),
            *structure.drafts(),
            *overlooked.overlooked(),
            *single.self_reported(),
            *access.single_language(),
            *areas.broken_chains(),
        ]
        notes_of = [
            stale.not_testable(),
            structure.not_testable(),
            access.not_testable(),
            overlooked.not_testable(),
        ]
        notes_of.append(NO_GROUPS if asymmetry is None else asymmetry.not_testable())
        return found, [*areas.not_testable(), *(note for note in notes_of if note is not None)]


def _members(ground: Ground) -> tuple[str, ...]:
    """Give the actors that belong to the population of the protocol, where it names one."""
    population = frozenset(ref.iri for ref in ground.protocol.population)
    known = {
        actor for actors in ground.facts.actors_of.values() for actor in actors
    } | ground.facts.above.keys()
    return tuple(sorted(actor for actor in known | population if within(actor, population, ground.facts)))


def _ontology(store: Store) -> Ontology | None:
    rows = store.select(load_query("gaps/ontology").bind())
    return Ontology(iri=must(rows[0], "ontology"), version=text_of(rows[0], "version")) if rows else None
