"""A gap before it is ranked: what its rule found, and what ranking needs to know."""

from dataclasses import dataclass, field

from kg.gaps.model import (
    CellKey,
    ClosesIf,
    Evidence,
    GapType,
    Nearest,
    Owner,
    QueryProof,
    Ref,
    Statement,
    Status,
    Text,
)
from kg.gaps.proof import Bindings


@dataclass(frozen=True)
class Draft:
    """One gap as its rule found it; `cell_number` is given where redrawn weights can change it."""

    id: str
    type: GapType
    status: Status
    sentence: Text
    query: QueryProof
    bindings: Bindings
    closes_if: ClosesIf
    need: float
    reach: float
    closeness: float
    cell: CellKey | None = None
    record: Ref | None = None
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    negative: tuple[Statement, ...] = ()
    completeness: tuple[Statement, ...] = ()
    owners: tuple[Owner, ...] = ()
    knowledge: float = 1.0
    soundness: float = 1.0
    cell_number: int | None = None
    figures: dict[str, float] = field(default_factory=dict)
