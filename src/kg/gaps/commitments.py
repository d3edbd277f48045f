"""The commitments ledger: what each provision asks, what puts it into effect, and what comes nearest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.gaps.facts import is_a
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id
from kg.gaps.ledgers import Commitment, CommitmentStatus, ImplementationRef
from kg.gaps.model import Nearest, Status, Text
from kg.gaps.nearby_activities import NearbyActivities
from kg.gaps.provisions import Implementation, Provision
from kg.gaps.status import Standing
from kg.gaps.witnesses import Witnesses

_EXTENTS: tuple[tuple[str, CommitmentStatus], ...] = (
    ("full", "implemented"),
    ("partial", "in-part"),
    ("planned", "planned"),
)
_AWAITS_REVIEW = Text(
    ja="この条項を実施したものとして提案されているが、確認がまだ済んでいない。",
    en="It is proposed as what puts the provision into effect; the proposal awaits review.",
)
OPEN: Mapping[CommitmentStatus, float] = {"no-record": 1.0, "stated-not-done": 1.0, "planned": 0.5}


@dataclass(frozen=True)
class Ledger:
    """Judges provisions one by one."""

    ground: Ground
    standing: Standing
    nearby: NearbyActivities
    witnesses: Witnesses
    provisions: tuple[Provision, ...]
    implementations: Mapping[str, tuple[Implementation, ...]]

    @cached_property
    def rows(self) -> tuple[Commitment, ...]:
        """Give the ledger, instrument by instrument and clause by clause."""
        wanted = {ref.iri for ref in self.ground.protocol.commitment_instruments}
        chosen = [p for p in self.provisions if not wanted or p.instrument in wanted]
        rows = [self._row(provision) for provision in chosen]
        return tuple(
            sorted(rows, key=lambda row: (row.instrument.iri, _locator_key(row.locator), row.provision.iri))
        )

    def _row(self, provision: Provision) -> Commitment:
        ground, labels = self.ground, self.ground.labels
        status = self._status(provision)
        priority = self.priority(provision)
        row = Commitment(
            provision=labels.ref(provision.iri),
            instrument=labels.ref(provision.instrument or provision.iri),
            locator=provision.locator,
            addressees=labels.refs(provision.addressees),
            action_types=labels.refs(provision.actions),
            areas=labels.refs(provision.areas),
            verb_class=None if provision.verb is None else labels.ref(provision.verb),
            hedge=None if provision.hedge is None else labels.ref(provision.hedge),
            due_date=None if provision.due is None else provision.due.written,
            obliges=priority > 0,
            priority=priority,
            status=status,
            implementations=tuple(self._implementation(each) for each in self._sound(provision)),
            announced=self.nearby.announced(provision) if status == "no-record" else (),
            nearest=self._nearest(provision) if status in OPEN or status == "not-yet-due" else (),
            citations=ground.facts.citations.get(provision.iri, ()),
        )
        has_gap = priority > 0 and status in OPEN and self.known(provision, status) != "UNKNOWN"
        return (
            row.model_copy(update={"gap": gap_id("G5", ground.protocol, provision.iri)}) if has_gap else row
        )

    def priority(self, provision: Provision) -> float:
        """Give how strongly a provision obliges: the weights of its verb and of its hedge, 1 where none is set."""
        verb, hedge = (
            self.ground.protocol.weight(provision.verb),
            self.ground.protocol.weight(provision.hedge),
        )
        return (1.0 if verb is None else verb) * (1.0 if hedge is None else hedge)

    def _nearest(self, provision: Provision) -> tuple[Nearest, ...]:
        """Give what is proposed as putting a clause into effect, then what looks alike."""
        proposed = [
            Nearest(
                kind="activity",
                record=self.ground.labels.ref(each.activity),
                failed=("review",),
                reason=_AWAITS_REVIEW,
            )
            for each in self.implementations.get(provision.iri, ())
            if is_a(each.review, "proposed") and not self._is_faulty(each)
        ]
        known = {near.record.iri for near in proposed}
        return (*proposed, *(near for near in self.nearby.to(provision) if near.record.iri not in known))

    def _sound(self, provision: Provision) -> list[Implementation]:
        return [
            each
            for each in self.implementations.get(provision.iri, ())
            if (each.review is None or is_a(each.review, "accepted")) and not self._is_faulty(each)
        ]

    def _is_faulty(self, each: Implementation) -> bool:
        faulty, facts = frozenset(self.ground.faults), self.ground.facts
        records = (each.iri, each.activity, *facts.actors_of.get(each.activity, ()))
        return bool(faulty.intersection(records)) or any(
            facts.ungrounded(record, faulty) for record in (each.iri, each.activity)
        )

    def _status(self, provision: Provision) -> CommitmentStatus:
        every = self.implementations.get(provision.iri, ())
        extents = [each.extent for each in self._sound(provision)]
        done = next((status for name, status in _EXTENTS if any(is_a(e, name) for e in extents)), None)
        denied = any(is_a(extent, "stated-not-done") for extent in extents)
        if provision.iri in self.ground.faults or (
            not extents and any(self._is_faulty(each) for each in every)
        ):
            return "data-fault"
        if done in ("implemented", "in-part") and denied:
            return "conflict"
        if done is not None:
            return done
        if denied:
            return "stated-not-done"
        return "not-yet-due" if self._comes_later(provision) else "no-record"

    def _comes_later(self, provision: Provision) -> bool:
        """Tell whether a clause is due, or was first made, no earlier than the cut-off."""
        cut_off = date.fromisoformat(self.ground.protocol.cut_off)
        due = provision.due is not None and provision.due > cut_off
        return due or (provision.made is not None and provision.made >= cut_off)

    def _implementation(self, each: Implementation) -> ImplementationRef:
        labels = self.ground.labels
        return ImplementationRef(
            implementation=each.iri,
            activity=labels.ref(each.activity),
            extent=labels.ref(each.extent),
            citations=self.ground.facts.citations.get(each.iri, ()),
        )

    def cells(self, provision: Provision) -> list[tuple[int, int]]:
        """Give the cells that a provision names; everything on an axis that it says nothing about."""
        rows, columns = self.ground.rows, self.ground.columns
        named_rows = [rows.index[iri] for iri in provision.areas if iri in rows.index]
        named_columns = [
            columns.index[iri] for iri in (*provision.actions, *provision.areas) if iri in columns.index
        ]
        return [
            (row, column)
            for row in named_rows or range(len(rows))
            for column in named_columns or range(len(columns))
        ]

    def known(self, provision: Provision, status: CommitmentStatus) -> Status:
        """Say what is known: absence only where statements entail it for every cell that the clause names.

        And only where some document could have told of it: one younger than the clause.
        """
        if status == "stated-not-done":
            return "ABSENT-STATED"
        if status == "planned":
            return "THIN"
        scope = self.standing.scope.reshape(self.ground.shape)
        entailed = all(scope[cell] for cell in self.cells(provision))
        return "ABSENT-IN-SCOPE" if entailed and self.witnesses.of(provision) else "UNKNOWN"

    def unknown(self) -> list[Commitment]:
        """Give the obliging clauses of which nothing is recorded and nothing entails that there is nothing."""
        return [row for row in self.rows if row.status == "no-record" and row.obliges and row.gap is None]


def _locator_key(locator: str | None) -> tuple[tuple[int, int | str], ...]:
    parts = (locator or "").replace("-", ".").split(".")
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts)
