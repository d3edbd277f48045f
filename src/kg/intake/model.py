"""What is read from a file of others: rows with what they would add and remove, or why they cannot be taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal as OneOf

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict

Outcome = OneOf["taken", "unchanged", "refused"]
Words = dict[str, str]


@dataclass(frozen=True)
class Row:
    """One row, entry or record of a file, and what would become of it.

    `remarks` name parts of the row that have no place in the graph; a refused row is left out as a whole.
    """

    where: str
    about: str
    adds: tuple[ox.Triple, ...] = ()
    removes: tuple[ox.Triple, ...] = ()
    remarks: tuple[Words, ...] = ()
    refused: Words | None = None

    @property
    def outcome(self) -> Outcome:
        """Tell what became of it."""
        if self.refused is not None:
            return "refused"
        return "taken" if self.adds or self.removes else "unchanged"


@dataclass(frozen=True)
class Reading:
    """A file as it was read: its rows, what was said of the whole, and the mark by which it is cited."""

    kind: str
    rows: tuple[Row, ...]
    remarks: tuple[Words, ...] = ()
    context: tuple[ox.Triple, ...] = field(default=())

    def of(self, outcome: Outcome) -> list[Row]:
        """Give the rows with one outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def adds(self) -> list[ox.Triple]:
        """Give every statement that would be added, with what the additions rest on, each once."""
        added = [triple for row in self.of("taken") for triple in row.adds]
        return list(dict.fromkeys([*self.context, *added])) if added else []

    @property
    def removes(self) -> list[ox.Triple]:
        """Give every statement that would be taken away, each once."""
        return list(dict.fromkeys(triple for row in self.of("taken") for triple in row.removes))


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Change(_Value):
    """One line of the diff: a statement that comes or goes, and where the file says so."""

    sign: OneOf["+", "-"]
    subject: str
    property: str
    value: str
    where: str


class Report(_Value):
    """A row that was refused, or a remark on one that was taken."""

    where: str
    about: str
    refused: bool
    message: Words


def changes(rows: Iterable[Row]) -> list[Change]:
    """Give the diff of the rows, in the order of the file, what goes before what comes."""
    return [
        Change(
            sign="+" if sign == "+" else "-",
            subject=_word(triple.subject),
            property=triple.predicate.value,
            value=str(triple.object),
            where=row.where,
        )
        for row in rows
        if row.refused is None
        for sign, triples in (("-", row.removes), ("+", row.adds))
        for triple in triples
    ]


def reports(reading: Reading) -> list[Report]:
    """Give everything that was refused or remarked, in the order of the file."""
    found = [Report(where="", about="", refused=False, message=remark) for remark in reading.remarks]
    for row in reading.rows:
        if row.refused is not None:
            found.append(Report(where=row.where, about=row.about, refused=True, message=row.refused))
        found += [
            Report(where=row.where, about=row.about, refused=False, message=remark) for remark in row.remarks
        ]
    return found


def _word(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
