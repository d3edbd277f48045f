"""What a gap analysis says: frozen values whose `model_dump` is the JSON of the API and of the command line."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Status = Literal[
    "COVERED",
    "THIN",
    "ABSENT-STATED",
    "ABSENT-IN-SCOPE",
    "UNKNOWN",
    "NOT-APPLICABLE",
    "CONFLICT",
    "DATA-FAULT",
]
STATUSES: tuple[Status, ...] = (
    "COVERED",
    "THIN",
    "ABSENT-STATED",
    "ABSENT-IN-SCOPE",
    "UNKNOWN",
    "NOT-APPLICABLE",
    "CONFLICT",
    "DATA-FAULT",
)
GapType = Literal["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G12", "G13"]
GAP_TYPES: tuple[GapType, ...] = (
    "G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G12", "G13",
)  # fmt: skip


class Value(BaseModel):
    """A frozen value; Python names are snake_case, JSON names camelCase."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


class Text(Value):
    """One text in Japanese and in English."""

    ja: str
    en: str

    def in_lang(self, lang: str) -> str:
        """Give the text in the language asked for, English for everything that is not Japanese."""
        return self.ja if lang.split("-")[0] == "ja" else self.en


class Ref(Value):
    """A record: its IRI and its label."""

    iri: str
    label: Text


class Fault(Value):
    """A record that validation found fault with; it counts for nothing."""

    record: str
    rule: str
    message: Text


class CitationRef(Value):
    """Where something stands: the citation record, the document and the place in it."""

    citation: str
    document: Ref
    locator: str | None = None


class Evidence(Value):
    """What one accepted, proposed or rejected edge says about one area and one facet value."""

    edges: tuple[str, ...]
    activity: Ref
    actors: tuple[Ref, ...]
    area: str
    facet: str
    status: Ref | None = None
    role: Ref | None = None
    maturity: Ref | None = None
    grade: Ref | None = None
    score: float | None = None
    asserted_on: str | None = None
    after_cut_off: bool = False
    factors: dict[str, float]
    weight: float
    citations: tuple[CitationRef, ...] = ()


class Statement(Value):
    """A completeness, absence or conflict statement, as far as it bears on a cell."""

    iri: str
    kind: Literal["completeness", "absence", "conflict", "stated-not-done"]
    sources: tuple[Ref, ...] = ()
    actors: tuple[Ref, ...] = ()
    as_of: str | None = None
    citations: tuple[CitationRef, ...] = ()


class Figures(Value):
    """Number of activities, number of independent actors and depth, always together."""

    n: int = 0
    actors: int = 0
    depth: float = 0.0


class Cell(Value):
    """One cell of the map: what is known about an area and a facet value (and a group)."""

    area: str
    facet: str
    group: str | None = None
    status: Status
    planned_only: bool = False
    direct: Figures
    rolled_up: Figures
    target: float
    stays: float | None = None
    concentration: float | None = None
    sentence: Text
    evidence: tuple[Evidence, ...] = ()
    pending: tuple[Evidence, ...] = ()
    negative: tuple[Statement, ...] = ()
    completeness: tuple[Statement, ...] = ()
    faults: tuple[Fault, ...] = ()
    excluded_because: Text | None = None


class AxisValue(Value):
    """One row, column or group of the map, in the order in which it is shown."""

    iri: str
    label: Text
    notation: str | None = None
    parents: tuple[str, ...] = ()
    depth: int = 0
    order: int = 0


class QueryProof(Value):
    """The catalogue query that finds a gap: name, parameters as bound, text and hash of the text."""

    name: str
    params: dict[str, str]
    text: str
    sha256: str


class Nearest(Value):
    """Something that almost closes the gap, and what it fails in."""

    kind: Literal["evidence", "activity", "provision", "record"]
    record: Ref
    evidence: Evidence | None = None
    matched: tuple[str, ...] = ()
    failed: tuple[str, ...]
    reason: Text


class ClosesIf(Value):
    """A SHACL shape that the missing edge would have to fit; also the template for entering it."""

    shape: str
    turtle: str
    needed: int = 1


class Owner(Value):
    """An actor that could close the gap, and why we think so."""

    actor: Ref
    reason: Text
    activities: int


class Confidence(Value):
    """How sure we are, in parts: what is known, what the data lack, what the weights do."""

    knowledge: float
    soundness: float
    robustness: float


class Rank(Value):
    """Where a gap stands in the list and the parts that put it there."""

    position: int
    low: int
    high: int
    need: float
    reach: float
    actionability: float
    confidence: float


class Robustness(Value):
    """In what share of redraws of the weights the gap stays a gap."""

    draws: int
    share: float


class CellKey(Value):
    """The coordinates of a cell with their labels."""

    area: Ref
    facet: Ref | None = None
    group: Ref | None = None


class Gap(Value):
    """A gap that proves itself."""

    id: str
    type: GapType
    status: Status
    cell: CellKey | None = None
    record: Ref | None = None
    sentence: Text
    rule: Text
    query: QueryProof
    bindings: tuple[dict[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    negative: tuple[Statement, ...] = ()
    completeness: tuple[Statement, ...] = ()
    closes_if: ClosesIf
    confidence: Confidence
    owners: tuple[Owner, ...] = ()
    rank: Rank
    robustness: Robustness
    figures: dict[str, float] = Field(default_factory=dict)
    protocol: str
    protocol_version: str | None = None
    first_seen: str | None = None
    last_changed: str | None = None
