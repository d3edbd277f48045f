"""Rows that fold: which of the values of an axis are shown, and what a click on one of them leads to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kg.vocab import BASE

ALL = "all"
_MOST_ROWS_OPEN = 20


class Placed(Protocol):
    """A value of an axis that knows the values directly above it."""

    @property
    def iri(self) -> str:
        """Give the IRI of the value."""

    @property
    def parents(self) -> tuple[str, ...]:
        """Give the IRIs directly above."""


Row = TypeVar("Row", bound=Placed)


def short(iri: str) -> str:
    """Give one of our IRIs without its base."""
    return iri.removeprefix(BASE)


@dataclass(frozen=True)
class Folding(Generic[Row]):
    """The rows that are shown, in order; `opened` names those whose narrower rows are."""

    shown: tuple[Row, ...]
    hidden: int
    opened: tuple[str, ...]
    below: dict[str, int]

    @classmethod
    def of(cls, rows: Sequence[Row], opened: Sequence[str]) -> "Folding[Row]":
        """Fold the rows; long maps show their top rows first, `opened` names what to unfold."""
        below: dict[str, int] = {}
        for row in rows:
            for parent in row.parents:
                below[parent] = below.get(parent, 0) + 1
        parents = [short(iri) for iri in below]
        if ALL in opened or (not opened and len(rows) <= _MOST_ROWS_OPEN):
            opened = parents
        shown = _unfolded(rows, frozenset(opened))
        return cls(shown, len(rows) - len(shown), tuple(sorted(opened)), below)

    def is_open(self, row: Row) -> bool:
        """Tell whether the narrower rows of a row are shown."""
        return short(row.iri) in self.opened

    def toggled(self, row: Row) -> list[str]:
        """Give the names of the rows that are open once this one is switched."""
        name = short(row.iri)
        return [one for one in self.opened if one != name] if self.is_open(row) else [*self.opened, name]


def _unfolded(rows: Sequence[Row], opened: frozenset[str]) -> tuple[Row, ...]:
    """Give the rows whose way up is open."""
    seen: set[str] = set()
    found = []
    for row in rows:
        if not row.parents or any(iri in seen and short(iri) in opened for iri in row.parents):
            seen.add(row.iri)
            found.append(row)
    return tuple(found)
