"""What is said about relations between areas."""

from typing import Literal

from kg.gaps.model import Ref, Text, Value

Verdict = Literal["together", "apart", "no-difference", "not-testable"]
Unit = Literal["activity", "actor"]


class Interval(Value):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class Association(Value):
    """Two areas: how many activities (or actors) they share, and whether that is more or fewer than chance.

    Where an area holds everything there is no `phi`.
    """

    first: Ref
    second: Ref
    in_first: int
    in_second: int
    in_both: int
    expected: float
    lift: Interval
    phi: Interval | None
    p_together: float
    p_apart: float
    q_together: float
    q_apart: float
    null_mean: float
    null_sd: float
    verdict: Verdict
    sentence: Text
    shared: tuple[Ref, ...] = ()


class Connection(Value):
    """Two clusters and the activities that reach into both, against random tables with the same degrees."""

    first: int
    second: int
    seen: int
    expected: float
    p: float
    testable: bool


class Connector(Value):
    """An activity or actor that reaches into several clusters."""

    member: Ref
    clusters: int
    areas: int


class Nestedness(Value):
    """How far the smaller areas' members are among the larger areas' members (0 to 100), and by chance."""

    nodf: float
    null_mean: float
    z: float | None
    p: float


class Relations(Value):
    """The relations of one map."""

    unit: Unit
    areas: int
    members: int
    pairs: int
    tested: int
    margin_single: int | None
    margin_all: int | None
    associations: tuple[Association, ...]
    clusters: tuple[tuple[Ref, ...], ...]
    connections: tuple[Connection, ...]
    connectors: tuple[Connector, ...]
    nestedness: Nestedness | None
    note: Text
