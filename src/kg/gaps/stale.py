"""Stale work (G4): cells whose last evidence is old, and instruments older than what they build on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.gaps.cell_gaps import CellGaps
from kg.gaps.closing import closes_if, has_value, some
from kg.gaps.drafts import Draft
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id
from kg.gaps.instruments import Instrument
from kg.gaps.ledgers import NotTestable
from kg.gaps.model import ClosesIf, Nearest, Text
from kg.gaps.proof import in_order, proof
from kg.gaps.sentences import date_text
from kg.gaps.terms import Day, day, years_between
from kg.vocab import DCTERMS, PROV


@dataclass(frozen=True)
class Stale:
    """Finds what has grown old by the cut-off."""

    ground: Ground
    cells: CellGaps
    instruments: dict[str, Instrument]

    @cached_property
    def _cut_off(self) -> date:
        return date.fromisoformat(self.ground.protocol.cut_off)

    def old_cells(self) -> Iterator[Draft]:
        """Find covered cells whose last dated evidence is older than the protocol allows; undated ones are left."""
        limit = self.ground.protocol.stale_after_years
        for each in self.cells.standing.having("COVERED", "THIN") if limit is not None else ():
            evidence = self.cells.cells[int(each)].evidence
            dates = [known for e in evidence if (known := day(e.asserted_on))]
            if len(dates) == len(evidence) and limit is not None:
                age = years_between(max(dates), self._cut_off)
                if age > limit:
                    yield self.cells.old(int(each), max(dates).written, age, limit)

    def old_instruments(self) -> Iterator[Draft]:
        """Find instruments that are older than the newest version of what they build on."""
        for iri, instrument in sorted(self.instruments.items()):
            own = self._newest(iri)
            for base in instrument.bases:
                newer = self._newest(base)
                if own is not None and newer is not None and own[0] < newer[0] and own[1] == iri:
                    yield self._draft(instrument, own[0], base, newer)

    def _newest(self, iri: str) -> tuple[Day, str] | None:
        """Give the newest version of an instrument that was out by the cut-off."""
        family = self.instruments[iri].family if iri in self.instruments else frozenset({iri})
        known = [
            (made, each)
            for each in family
            if each in self.instruments
            and (made := self.instruments[each].made) is not None
            and made <= self._cut_off
        ]
        return max(known, default=None)

    def _draft(self, instrument: Instrument, own: Day, base: str, newer: tuple[Day, str]) -> Draft:
        labels = self.ground.labels
        gap = gap_id("G4", self.ground.protocol, instrument.iri, base)
        this, that = labels.text(instrument.iri), labels.text(newer[1])
        made, since = date_text(own.written), date_text(newer[0].written)
        return Draft(
            id=gap,
            type="G4",
            status="THIN",
            record=labels.ref(instrument.iri),
            sentence=Text(
                ja=f"「{this.ja}」({made.ja})は、基にした文書の新しい版「{that.ja}」({since.ja})より古い。",
                en=f"“{this.en}” of {made.en} is older than the newest version of what it builds on, “{that.en}” of "
                f"{since.en}.",
            ),
            query=proof("gaps/derived-from", {"instrument": instrument.iri}),
            bindings=in_order({"base": each} for each in instrument.bases),
            nearest=(
                Nearest(
                    kind="record",
                    record=labels.ref(newer[1]),
                    failed=("date",),
                    reason=Text(
                        ja=f"{since.ja}の版は、これを踏まえた改訂がまだ記録にない。",
                        en=f"No revision on record takes up the version of {since.en}.",
                    ),
                ),
            ),
            closes_if=_shape(gap, instrument, newer[1], this, that),
            need=0.5,
            reach=0.0,
            closeness=0.5,
            figures={"years": round(years_between(own, newer[0]), 3)},
        )

    def not_testable(self) -> NotTestable | None:
        """Say why age cannot be judged, where that is so."""
        dated = any(e.asserted_on for cell in self.cells.cells.values() for e in cell.evidence)
        derived = any(instrument.bases for instrument in self.instruments.values())
        if (self.ground.protocol.stale_after_years is not None and dated) or derived:
            return None
        return NotTestable(
            type="G4",
            reason=Text(
                ja="手順書に年数の定めがないか根拠に日付がなく、文書が何を基にしたかも記録されていないため。",
                en="the protocol names no age or the evidence has no dates, and no instrument says what it builds on.",
            ),
        )


def _shape(gap: str, instrument: Instrument, newer: str, this: Text, that: Text) -> ClosesIf:
    revision, base = Text(ja="版の元", en="version of"), Text(ja="基にした版", en="builds on")
    return closes_if(
        gap,
        Text(
            ja=f"「{that.ja}」を踏まえた「{this.ja}」の改訂を記録する。",
            en=f"Record a revision of “{this.en}” that takes up “{that.en}”.",
        ),
        [
            has_value(DCTERMS + "isVersionOf", instrument.work, revision),
            has_value(PROV + "wasDerivedFrom", newer, base),
            some("citation", "aisi:Citation", Text(ja="典拠", en="citation")),
        ],
        found_from=(instrument.work, f"[ sh:inversePath <{DCTERMS}isVersionOf> ]"),
    )
