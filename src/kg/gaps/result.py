"""The whole of an analysis: what the API serves, the report prints and a snapshot keeps."""

from pydantic import Field

from kg.gaps.ledgers import Commitment, Disagreement, NotTestable, Recall, SearchTask, TermRow
from kg.gaps.model import AxisValue, Cell, Fault, Gap, Status, Text, Value
from kg.gaps.protocol import Protocol


class Ontology(Value):
    """The ontology that the graph is written in."""

    iri: str
    version: str | None = None


class GapAnalysis(Value):
    """One graph under one protocol."""

    protocol: Protocol
    ontology: Ontology | None = None
    summary: Text
    counts: dict[Status, int]
    gap_counts: dict[str, int]
    areas: tuple[AxisValue, ...]
    facets: tuple[AxisValue, ...]
    groups: tuple[AxisValue, ...] = ()
    cells: tuple[Cell, ...]
    gaps: tuple[Gap, ...]
    search_list: tuple[SearchTask, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    terminology: tuple[TermRow, ...] = ()
    not_testable: tuple[NotTestable, ...] = ()
    recall: tuple[Recall, ...] = ()
    recall_note: Text | None = None
    faults: tuple[Fault, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    notes: tuple[Text, ...] = ()
    counts_as: dict[str, str] = Field(default_factory=dict)
    members: tuple[str, ...] = ()

    def gap(self, wanted: str) -> Gap | None:
        """Give the gap with this id, or None."""
        return next((gap for gap in self.gaps if gap.id == wanted), None)
