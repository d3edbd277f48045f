"""One analysis from the store to the result."""

from collections import Counter
from collections.abc import Sequence

from kg.catalog import load_query
from kg.gaps.cell_gaps import CellGaps
from kg.gaps.cells import CellMaker, links_by_cell, share_staying
from kg.gaps.commitments import Ledger
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.evidence import EvidenceBook
from kg.gaps.ground import Ground, lay_ground
from kg.gaps.model import GAP_TYPES, STATUSES, Cell, Fault, Gap
from kg.gaps.nearby_activities import NearbyActivities
from kg.gaps.provisions import read_implementations, read_members, read_provisions
from kg.gaps.ranking import rank
from kg.gaps.result import GapAnalysis, Ontology
from kg.gaps.search_tasks import cell_task, commitment_tasks
from kg.gaps.statements import StatementBook
from kg.gaps.status import standing
from kg.gaps.summary import notes, summary
from kg.gaps.surroundings import Surroundings
from kg.gaps.terms import must, text_of
from kg.store import Store


def analyse(store: Store, protocol: str | None = None, faults: Sequence[Fault] = ()) -> GapAnalysis:
    """Analyse a graph under a protocol (the default one if none is named), leaving faulty records out."""
    ground = lay_ground(store, protocol, faults)
    status = standing(ground)
    book = EvidenceBook(ground)
    statements = StatementBook(ground, status, book)
    by_cell = links_by_cell(ground)
    maker = CellMaker(ground, status, book, statements, by_cell, share_staying(ground, status))
    cells = {number: maker.cell(number) for number in range(ground.cells)}
    provisions = read_provisions(store)
    demand = Demand(ground, provisions)
    around = Surroundings(ground, by_cell, book)
    nearby = NearbyActivities(ground, read_members(store))
    ledger = Ledger(ground, status, statements, demand, nearby, provisions, read_implementations(store))
    single = CellGaps(ground, status, maker, around, demand, cells)
    drafts: list[Draft] = [*single.absent(), *single.thin(), *single.single(), *ledger.drafts()]
    gaps = rank(ground, demand, drafts)
    return _result(ground, tuple(cells.values()), gaps, ledger)


def _result(ground: Ground, cells: tuple[Cell, ...], gaps: tuple[Gap, ...], ledger: Ledger) -> GapAnalysis:
    statuses = Counter(cell.status for cell in cells if cell.group is None)
    types = Counter(gap.type for gap in gaps)
    unknown = [cell_task(ground, cell) for cell in cells if cell.status == "UNKNOWN" and cell.group is None]
    return GapAnalysis(
        protocol=ground.protocol,
        ontology=_ontology(ground.store),
        summary=summary(ground, statuses, gaps, cells),
        counts={status: statuses[status] for status in STATUSES},
        gap_counts={kind: types[kind] for kind in GAP_TYPES if types[kind]},
        areas=ground.rows.values,
        facets=ground.columns.values,
        cells=cells,
        gaps=gaps,
        search_list=(*unknown, *commitment_tasks(ledger)),
        commitments=ledger.rows,
        faults=tuple(fault for record in sorted(ground.faults) for fault in ground.faults[record]),
        notes=notes(ground),
        counts_as=dict(sorted(ground.facts.counts_as.items())),
    )


def _ontology(store: Store) -> Ontology | None:
    rows = store.select(load_query("gaps/ontology").bind())
    return Ontology(iri=must(rows[0], "ontology"), version=text_of(rows[0], "version")) if rows else None
