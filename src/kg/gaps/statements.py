"""Turn statements about knowledge into what a cell shows of them."""

from dataclasses import dataclass, field

from kg.gaps.axes import Bools, Ints
from kg.gaps.evidence import EvidenceBook
from kg.gaps.ground import Ground
from kg.gaps.knowledge import Absence, Completeness
from kg.gaps.model import Statement
from kg.gaps.status import Standing, absence_mask


@dataclass(frozen=True)
class StatementBook:
    """Makes each statement once and finds those that bear on a cell."""

    ground: Ground
    standing: Standing
    book: EvidenceBook
    _complete: dict[str, Statement] = field(default_factory=dict)
    _masks: dict[str, Bools] = field(default_factory=dict)

    def used(self) -> tuple[Statement, ...]:
        """Give all completeness statements that were used."""
        return tuple(self.of_completeness(each) for each in self.standing.statements)

    def completeness(self, row: int, column: int) -> tuple[Statement, ...]:
        """Give the completeness statements that were used and speak of a cell."""
        return tuple(
            self.of_completeness(each)
            for each in self.standing.statements
            if each.rows[row] and each.columns[column]
        )

    def negative(self, number: int, not_done: Ints) -> tuple[Statement, ...]:
        """Give what speaks against a cell: absences, disagreements, activities stated not to be done."""
        absent = [
            self.of_absence(absence)
            for absence in self.ground.knowledge.absences
            if self._mask(absence)[number]
        ]
        disputed = [
            self._conflict(iri)
            for iri in self.ground.knowledge.conflicts
            if self.standing.conflicts[iri][number]
        ]
        undone = {
            self.ground.links.activities[self.ground.links.activity[link]]: int(link) for link in not_done
        }
        return (*absent, *disputed, *(self._undone(link) for _, link in sorted(undone.items())))

    def faulty_absences(self, number: int) -> set[str]:
        """Give the faulty absence statements that speak of a cell."""
        faulty = self.ground.knowledge.faulty_absences
        return {absence.iri for absence in faulty if self._mask(absence)[number]}

    def _mask(self, absence: Absence) -> Bools:
        if absence.iri not in self._masks:
            self._masks[absence.iri] = absence_mask(absence)
        return self._masks[absence.iri]

    def of_completeness(self, each: Completeness) -> Statement:
        """Give one completeness statement."""
        if each.iri not in self._complete:
            self._complete[each.iri] = Statement(
                iri=each.iri,
                kind="completeness",
                sources=self.ground.labels.refs(sorted(each.sources)),
                actors=self.ground.labels.refs(sorted(each.actors)),
                as_of=None if each.as_of is None else each.as_of.written,
                citations=self.ground.facts.citations.get(each.iri, ()),
            )
        return self._complete[each.iri]

    def of_absence(self, absence: Absence) -> Statement:
        """Give one absence statement."""
        return Statement(
            iri=absence.iri,
            kind="absence",
            actors=self.ground.labels.refs(sorted(absence.actors)),
            as_of=None if absence.as_of is None else absence.as_of.written,
            citations=self.ground.facts.citations.get(absence.iri, ()),
        )

    def _conflict(self, iri: str) -> Statement:
        return Statement(iri=iri, kind="conflict", citations=self.ground.facts.citations.get(iri, ()))

    def _undone(self, link: int) -> Statement:
        evidence = self.book.of(link)
        return Statement(
            iri=evidence.activity.iri,
            kind="stated-not-done",
            actors=evidence.actors,
            as_of=evidence.asserted_on,
            citations=evidence.citations,
        )
