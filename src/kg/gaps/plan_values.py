"""What is said about a plan: what it would change on the map, and what would be the least that closes some gaps."""

from kg.gaps.model import CellKey, Figures, Owner, Ref, Status, Text, Value


class CellOutcome(Value):
    """A cell that a plan touches, before and after."""

    cell: CellKey
    before: Status
    after: Status
    figures_before: Figures
    figures_after: Figures
    planned_only: bool


class GapOutcome(Value):
    """What a plan does to one gap."""

    id: str
    type: str
    sentence: Text


class WhatIf(Value):
    """What would be, were a plan on record as it says; nothing of it is merged.

    `once_under_way` are the further gaps that would close once what is only planned has become work.
    """

    protocol: str
    activities: tuple[Ref, ...]
    cells: tuple[CellOutcome, ...]
    closed: tuple[GapOutcome, ...]
    reduced: tuple[GapOutcome, ...]
    unchanged: tuple[GapOutcome, ...]
    once_under_way: tuple[GapOutcome, ...] = ()
    untouched: int
    summary: Text


class Template(Value):
    """One activity to record: its area and kind, what it closes and who could do it."""

    cell: CellKey
    cost: float
    closes: tuple[str, ...]
    contributes: tuple[str, ...]
    owners: tuple[Owner, ...]
    turtle: str


class ClosingSet(Value):
    """A small set of activity templates that closes chosen gaps."""

    templates: tuple[Template, ...]
    cost: float
    closed: tuple[str, ...]
    open: tuple[str, ...]
    bound: float
    statement: Text
