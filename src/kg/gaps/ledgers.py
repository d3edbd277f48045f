"""What stands beside the map: search tasks, commitments, terms, what cannot be tested, what may be missing."""

from typing import Literal

from kg.gaps.model import CellKey, CitationRef, GapType, Nearest, Ref, Text, Value


class SearchTask(Value):
    """Something not recorded: where to look before anything is said about it."""

    id: str
    type: GapType
    cell: CellKey | None = None
    record: Ref | None = None
    sentence: Text
    sources: tuple[Ref, ...] = ()
    terms: Text


CommitmentStatus = Literal[
    "implemented",
    "in-part",
    "planned",
    "no-record",
    "not-yet-due",
    "stated-not-done",
    "conflict",
    "data-fault",
]


class ImplementationRef(Value):
    """A source's word that an activity puts a provision into effect."""

    implementation: str
    activity: Ref
    extent: Ref
    citations: tuple[CitationRef, ...] = ()


class Commitment(Value):
    """One row of the commitments ledger."""

    provision: Ref
    instrument: Ref
    locator: str | None = None
    addressees: tuple[Ref, ...] = ()
    action_types: tuple[Ref, ...] = ()
    areas: tuple[Ref, ...] = ()
    verb_class: Ref | None = None
    hedge: Ref | None = None
    due_date: str | None = None
    obliges: bool = True
    priority: float
    status: CommitmentStatus
    implementations: tuple[ImplementationRef, ...] = ()
    announced: tuple[Ref, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    citations: tuple[CitationRef, ...] = ()
    gap: str | None = None


class TermMapping(Value):
    """One crosswalk edge of a term."""

    target: Ref
    relation: str


class TermRow(Value):
    """One row of the terminology ledger: what is on record about a term, and the gaps in it."""

    concept: Ref
    scheme: Ref
    labels: tuple[str, ...]
    definitions: tuple[str, ...]
    bodies: tuple[Ref, ...] = ()
    mappings: tuple[TermMapping, ...] = ()
    no_match: tuple[Ref, ...] = ()
    gaps: tuple[str, ...] = ()


class NotTestable(Value):
    """A gap type that these data cannot support, and why."""

    type: GapType
    reason: Text


class Disagreement(Value):
    """A statement that records or places contradict each other, and what it explains."""

    statement: str
    records: tuple[Ref, ...]
    reason: Text | None = None
    citations: tuple[CitationRef, ...] = ()


class Recall(Value):
    """Capture-recapture estimate of how many activities there are, from two independent listings."""

    first: Ref
    second: Ref
    in_first: int
    in_second: int
    in_both: int
    estimate: float
    low: float
    high: float
    recorded: int
