"""Say of a cell what its status allows."""

from dataclasses import dataclass

from kg.gaps.ground import Ground
from kg.gaps.model import Figures, Statement, Status, Text
from kg.gaps.sentences import (
    absent_in_scope,
    absent_stated,
    conflict,
    covered,
    data_fault,
    not_applicable,
    planned_only,
    thin,
    topic,
    unknown,
)
from kg.gaps.sources import cited_text, searched
from kg.gaps.terms import day


@dataclass(frozen=True)
class Saying:
    """What there is to say about a cell."""

    area: Text
    facet: Text
    status: Status
    planned_only: bool
    figures: Figures
    target: float
    negative: tuple[Statement, ...]
    completeness: tuple[Statement, ...]
    excluded_because: Text | None
    group: Text | None = None


@dataclass(frozen=True)
class Speaker:
    """Writes the sentences of one analysis."""

    ground: Ground

    def of(self, said: Saying) -> Text:
        """Write the sentence of a cell."""
        what = topic(said.area, said.facet, said.group)
        match said.status:
            case "COVERED":
                return covered(what, said.figures, said.target)
            case "THIN" if said.planned_only:
                return planned_only(what, said.figures)
            case "THIN":
                return thin(what, said.figures, said.target)
            case "ABSENT-STATED":
                return absent_stated(what, _cited(said.negative), _as_of(said.negative))
            case "ABSENT-IN-SCOPE":
                return absent_in_scope(what, self.scope(said.completeness))
            case "UNKNOWN":
                return unknown(what)
            case "NOT-APPLICABLE":
                return not_applicable(what, said.excluded_because)
            case "CONFLICT":
                return conflict(what, said.figures, _cited(said.negative))
            case "DATA-FAULT":
                return data_fault(what)

    def scope(self, completeness: tuple[Statement, ...]) -> Text:
        """Name what was searched, and up to when the statements and the protocol say it was."""
        ground = self.ground
        return searched(
            ground.protocol.corpus, ground.protocol.cut_off, completeness, ground.facts, ground.labels
        )


def _cited(statements: tuple[Statement, ...]) -> Text:
    return cited_text(ref for statement in statements for ref in statement.citations)


def _as_of(statements: tuple[Statement, ...]) -> str | None:
    days = [known for statement in statements if (known := day(statement.as_of))]
    return max(days).written if days else None
