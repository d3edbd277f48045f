"""The search list: what is not recorded, as tasks that say where to look."""

from kg.gaps.clause_gaps import unknown_sentence
from kg.gaps.commitments import Ledger
from kg.gaps.ground import Ground
from kg.gaps.identity import task_id
from kg.gaps.ledgers import SearchTask
from kg.gaps.model import Cell, CellKey, Text


def cell_task(ground: Ground, cell: Cell) -> SearchTask:
    """Make a task of a cell of which nothing is recorded."""
    area, facet = ground.labels.ref(cell.area), ground.labels.ref(cell.facet)
    return SearchTask(
        id=task_id("G1", ground.protocol, cell.area, cell.facet),
        type="G1",
        cell=CellKey(area=area, facet=facet),
        sentence=cell.sentence,
        sources=ground.protocol.corpus,
        terms=Text(ja=f"{area.label.ja} {facet.label.ja}", en=f"{area.label.en} {facet.label.en}"),
    )


def commitment_tasks(ledger: Ledger) -> list[SearchTask]:
    """Make tasks of the obliging clauses of which nothing is recorded."""
    protocol = ledger.ground.protocol
    return [
        SearchTask(
            id=task_id("G5", protocol, row.provision.iri),
            type="G5",
            record=row.provision,
            sentence=unknown_sentence(row),
            sources=protocol.corpus,
            terms=row.provision.label,
        )
        for row in ledger.unknown()
    ]
