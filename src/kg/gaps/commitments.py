"""The commitments ledger: what each provision asks, what puts it into effect, and what comes nearest (G5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.gaps.closing import closes_if, dated, has_value, one_of, some
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.facts import is_a
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id
from kg.gaps.ledgers import Commitment, CommitmentStatus, ImplementationRef
from kg.gaps.model import ClosesIf, Owner, Statement, Status, Text
from kg.gaps.nearby_activities import NearbyActivities
from kg.gaps.proof import in_order, proof
from kg.gaps.provisions import Implementation, Provision
from kg.gaps.sentences import absent_in_scope, date_text
from kg.gaps.sources import cited_text, searched
from kg.gaps.statements import StatementBook
from kg.gaps.status import Standing
from kg.vocab import BASE

_EXTENTS: tuple[tuple[str, CommitmentStatus], ...] = (
    ("full", "implemented"),
    ("partial", "in-part"),
    ("planned", "planned"),
)
_OPEN: Mapping[CommitmentStatus, float] = {"no-record": 1.0, "stated-not-done": 1.0, "planned": 0.5}
_DOUBT = 2 / 3  # an activity that matches in everything but the source's word halves what we can be sure of


@dataclass(frozen=True)
class Ledger:
    """Judges provisions one by one."""

    ground: Ground
    standing: Standing
    statements: StatementBook
    demand: Demand
    nearby: NearbyActivities
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
            due_date=None if provision.due is None else provision.due.isoformat(),
            obliges=priority > 0,
            priority=priority,
            status=status,
            implementations=tuple(self._implementation(each) for each in self._sound(provision)),
            nearest=self.nearby.to(provision) if status in _OPEN or status == "not-yet-due" else (),
            citations=ground.facts.citations.get(provision.iri, ()),
        )
        has_gap = priority > 0 and status in _OPEN and self._cell_status(provision, status) != "UNKNOWN"
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

    def _cell_status(self, provision: Provision, status: CommitmentStatus) -> Status:
        """Say what is known: absence only where statements entail it for every cell that the clause names."""
        if status == "stated-not-done":
            return "ABSENT-STATED"
        if status == "planned":
            return "THIN"
        scope = self.standing.scope.reshape(self.ground.shape)
        return "ABSENT-IN-SCOPE" if all(scope[cell] for cell in self.cells(provision)) else "UNKNOWN"

    def drafts(self) -> list[Draft]:
        """Give the gaps of type G5."""
        by_iri = {provision.iri: provision for provision in self.provisions}
        return [self._draft(row, by_iri[row.provision.iri]) for row in self.rows if row.gap is not None]

    def unknown(self) -> list[Commitment]:
        """Give the obliging clauses of which nothing is recorded and nothing entails that there is nothing."""
        return [row for row in self.rows if row.status == "no-record" and row.obliges and row.gap is None]

    def _draft(self, row: Commitment, provision: Provision) -> Draft:
        status = self._cell_status(provision, row.status)
        priority, shortfall = row.priority, _OPEN[row.status]
        closeness = self.nearby.closeness(provision)
        statements = self._completeness(provision) if status == "ABSENT-IN-SCOPE" else ()
        answer = (
            {"activity": each.activity.iri, "extent": each.extent.iri, "implementation": each.implementation}
            for each in row.implementations
        )
        gap = row.gap or ""
        return Draft(
            id=gap,
            type="G5",
            status=status,
            record=row.provision,
            sentence=self._sentence(row, statements),
            query=proof("gaps/implementations-of", {"provision": provision.iri}),
            bindings=in_order(answer),
            nearest=row.nearest,
            negative=self._denials(row),
            completeness=statements,
            closes_if=_shape(gap, row),
            owners=self._owners(provision),
            need=self._need(provision, priority * shortfall),
            reach=self.demand.reach(self.demand.rows_of(provision)),
            closeness=closeness,
            knowledge=1 - _DOUBT * closeness,
            figures={"priority": priority},
        )

    def _need(self, provision: Provision, shortfall: float) -> float:
        """Mix what is missing with how much is asked for where the clause belongs, as for cells."""
        width = len(self.ground.columns)
        cells = [row * width + column for row, column in self.cells(provision)]
        return max(self.demand.need(cell, shortfall) for cell in cells)

    def _completeness(self, provision: Provision) -> tuple[Statement, ...]:
        found = {s.iri: s for cell in self.cells(provision) for s in self.statements.completeness(*cell)}
        return tuple(found[iri] for iri in sorted(found))

    def _denials(self, row: Commitment) -> tuple[Statement, ...]:
        return tuple(
            Statement(iri=each.implementation, kind="stated-not-done", citations=each.citations)
            for each in row.implementations
            if is_a(each.extent.iri, "stated-not-done")
        )

    def _owners(self, provision: Provision) -> tuple[Owner, ...]:
        reason = Text(ja="条項の名宛人である", en="the provision is addressed to it")
        actors = [iri for iri in provision.addressees if "/term/" not in iri]
        return tuple(
            Owner(actor=ref, reason=reason, activities=self.nearby.count(ref.iri))
            for ref in self.ground.labels.refs(actors)
        )

    def _sentence(self, row: Commitment, statements: tuple[Statement, ...]) -> Text:
        what = clause_text(row)
        if row.status == "stated-not-done":
            sources = cited_text(ref for each in row.implementations for ref in each.citations)
            return Text(
                ja=f"{sources.ja}によれば、{what.ja}は実施されていない。",
                en=f"{what.en} is known absent, according to {sources.en}.",
            )
        if row.status == "planned":
            names = [each.activity.label for each in row.implementations]
            return Text(
                ja=f"{what.ja}の実施は計画のみ(「{names[0].ja}」)で、始まった活動は記録にない。",
                en=f"{what.en} is planned only (“{names[0].en}”); nothing on record has begun.",
            )
        ground = self.ground
        where, as_of = searched(
            ground.protocol.corpus, ground.protocol.cut_off, statements, ground.facts, ground.labels
        )
        effect = Text(ja=f"{what.ja}の実施", en=f"Activities that put into effect {what.en}")
        return absent_in_scope(effect, where, as_of)


def clause_text(row: Commitment) -> Text:
    """Name a clause: the instrument, the place and what it is about."""
    place_ja = f" {row.locator}" if row.locator else ""
    place_en = f", {row.locator}" if row.locator else ""
    return Text(
        ja=f"「{row.instrument.label.ja}」{place_ja}「{row.provision.label.ja}」",
        en=f"“{row.provision.label.en}” ({row.instrument.label.en}{place_en})",
    )


def unknown_sentence(row: Commitment) -> Text:
    """Say that nothing is recorded of a clause, and no more."""
    what, due = clause_text(row), row.due_date
    by = (
        Text(ja="", en="")
        if due is None
        else Text(ja=f"(期限{date_text(due).ja})", en=f" (due {date_text(due).en})")
    )
    return Text(
        ja=f"{what.ja}{by.ja}の実施は未記録であり、実施の有無は分からない。",
        en=f"Whether anything puts into effect {what.en}{by.en} is not recorded.",
    )


def _locator_key(locator: str | None) -> tuple[tuple[int, int | str], ...]:
    parts = (locator or "").replace("-", ".").split(".")
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts)


def _shape(gap: str, row: Commitment) -> ClosesIf:
    extents = [f"{BASE}term/extent/full", f"{BASE}term/extent/partial"]
    what = clause_text(row)
    return closes_if(
        gap,
        Text(
            ja=f"{what.ja}を実施した活動を、そう述べる典拠とともに記録する。",
            en=f"Record an activity that put into effect {what.en}, with a source that says so.",
        ),
        [
            has_value("implementationOf", row.provision.iri, Text(ja="条項", en="provision")),
            some("implementedBy", "aisi:Activity", Text(ja="活動", en="activity")),
            one_of("extent", extents, Text(ja="実施の程度", en="extent")),
            dated("assertedOn", Text(ja="表明日", en="asserted on")),
            some("citation", "aisi:Citation", Text(ja="典拠", en="citation")),
        ],
    )
