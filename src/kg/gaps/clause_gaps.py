"""Clauses that nothing puts into effect (G5): the gaps that the commitments ledger opens."""

from dataclasses import dataclass

from kg.gaps.closing import closes_if, dated, has_value, one_of, some
from kg.gaps.commitments import OPEN, Ledger
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.facts import is_a
from kg.gaps.ground import Ground
from kg.gaps.ledgers import Commitment
from kg.gaps.model import ClosesIf, Owner, Statement, Text
from kg.gaps.places import place_text
from kg.gaps.proof import in_order, proof
from kg.gaps.provisions import Provision
from kg.gaps.sentences import absent_in_scope, date_text, listed
from kg.gaps.sources import cited_text, searched
from kg.gaps.statements import StatementBook
from kg.vocab import BASE

_DOUBT = 2 / 3  # an activity that matches in everything but the source's word halves what we can be sure of


@dataclass(frozen=True)
class ClauseGaps:
    """Makes gaps of the clauses that the ledger finds open."""

    ground: Ground
    ledger: Ledger
    statements: StatementBook
    demand: Demand

    def drafts(self) -> list[Draft]:
        """Give the gaps of type G5."""
        by_iri = {provision.iri: provision for provision in self.ledger.provisions}
        return [
            self._draft(row, by_iri[row.provision.iri]) for row in self.ledger.rows if row.gap is not None
        ]

    def _draft(self, row: Commitment, provision: Provision) -> Draft:
        status = self.ledger.known(provision, row.status)
        priority, shortfall = row.priority, OPEN[row.status]
        closeness = self.ledger.nearby.closeness(provision)
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
            sentence=self._sentence(row, provision, statements),
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
        cells = [row * width + column for row, column in self.ledger.cells(provision)]
        return max(self.demand.need(cell, shortfall) for cell in cells)

    def _completeness(self, provision: Provision) -> tuple[Statement, ...]:
        found = {
            s.iri: s for cell in self.ledger.cells(provision) for s in self.statements.completeness(*cell)
        }
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
            Owner(actor=ref, reason=reason, activities=self.ledger.nearby.count(ref.iri))
            for ref in self.ground.labels.refs(actors)
        )

    def _sentence(self, row: Commitment, provision: Provision, statements: tuple[Statement, ...]) -> Text:
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
        where = searched(
            self.ledger.witnesses.of(provision),
            ground.protocol.cut_off,
            statements,
            ground.facts,
            ground.labels,
        )
        effect = Text(ja=f"{what.ja}の実施", en=f"Activities that put into effect {what.en}")
        if not row.announced:
            return absent_in_scope(effect, where)
        plans = listed([Text(ja=f"「{ref.label.ja}」", en=f"“{ref.label.en}”") for ref in row.announced])
        return Text(
            ja=f"{effect.ja}は、同じ箇所に計画({plans.ja})があるだけで、始まった活動は{where.ja}には"
            "見当たらない。",
            en=f"{effect.en}: the same passage announces {plans.en}; none that has begun was found in {where.en}.",
        )


def clause_text(row: Commitment) -> Text:
    """Name a clause: the instrument, the place and what it is about."""
    place = place_text(row.locator)
    place_ja = f" {place.ja}" if place.ja else ""
    place_en = f", {place.en}" if place.en else ""
    return Text(
        ja=f"「{row.instrument.label.ja}」{place_ja}「{row.provision.label.ja}」",
        en=f"“{row.provision.label.en}” ({row.instrument.label.en}{place_en})",
    )


def unknown_sentence(row: Commitment) -> Text:
    """Say that nothing is recorded of a clause, and no more."""
    what, due = clause_text(row), row.due_date
    by = Text(ja="", en="")
    if due is not None:
        by = Text(ja=f"(期限{date_text(due).ja})", en=f" (due {date_text(due).en})")
    if row.announced:
        plans = listed([Text(ja=f"「{ref.label.ja}」", en=f"“{ref.label.en}”") for ref in row.announced])
        return Text(
            ja=f"{what.ja}{by.ja}の実施は、同じ箇所に計画({plans.ja})があるが、始まったかどうかは未記録である。",
            en=f"{what.en}{by.en} comes with plans in the same passage ({plans.en}); whether they have begun is not "
            "recorded.",
        )
    return Text(
        ja=f"{what.ja}{by.ja}の実施は未記録であり、実施の有無は分からない。",
        en=f"Whether anything puts into effect {what.en}{by.en} is not recorded.",
    )


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
        found_from=(row.provision.iri, "[ sh:inversePath aisi:implementationOf ]"),
    )
