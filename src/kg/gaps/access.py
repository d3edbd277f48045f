"""Deliverables in one language only (G12)."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.gaps.cells import CellMaker
from kg.gaps.closing import closes_if, quoted
from kg.gaps.drafts import Draft
from kg.gaps.ground import Ground
from kg.gaps.identity import gap_id, task_id
from kg.gaps.instruments import Instrument
from kg.gaps.ledgers import NotTestable, SearchTask
from kg.gaps.model import Text
from kg.gaps.proof import in_order, proof
from kg.gaps.sentences import absent_in_scope
from kg.gaps.status import Standing

_ARTICLES = {"ja": "A", "en": "An"}
LANGUAGES = {"ja": Text(ja="日本語", en="Japanese"), "en": Text(ja="英語", en="English")}


@dataclass(frozen=True)
class Access:
    """Looks at the languages of deliverables."""

    ground: Ground
    standing: Standing
    maker: CellMaker
    instruments: dict[str, Instrument]

    def single_language(self) -> Iterator[Draft | SearchTask]:
        """Find deliverables, translations apart, of which an edition is recorded in one language only.

        A gap is claimed where the deliverable stands in a source of the corpus that was read to the end;
        elsewhere another edition may simply not be recorded.
        """
        for instrument in self.instruments.values():
            if len(instrument.languages) == 1 and not instrument.translated:
                other = "en" if instrument.languages[0] == "ja" else "ja"
                yield (
                    self._draft(instrument, other)
                    if self._read(instrument)
                    else self._task(instrument, other)
                )

    def _read(self, instrument: Instrument) -> bool:
        """Tell whether a corpus document that cites the instrument was read to the end."""
        facts = self.ground.facts
        documents = {
            whole
            for source in self.ground.protocol.corpus
            for whole in (source.iri, *facts.wholes_of(source.iri))
        }
        return bool(self.standing.scope.all()) and bool(documents & set(instrument.sources))

    def _what(self, instrument: Instrument, other: str) -> tuple[Text, Text]:
        label = self.ground.labels.text(instrument.iri)
        only = LANGUAGES.get(
            instrument.languages[0], Text(ja=instrument.languages[0], en=instrument.languages[0])
        )
        wanted = LANGUAGES[other]
        return (
            Text(
                ja=f"「{label.ja}」の{wanted.ja}版",
                en=f"{_ARTICLES[other]} {wanted.en} edition of “{label.en}”",
            ),
            Text(ja=f"記録されているのは{only.ja}版だけである。", en=f"Only one in {only.en} is recorded."),
        )

    def _draft(self, instrument: Instrument, other: str) -> Draft:
        ground = self.ground
        what, only = self._what(instrument, other)
        said = absent_in_scope(what, self.maker.saying.scope(self.maker.statements.used()), kind="")
        gap = gap_id("G12", ground.protocol, instrument.iri, other)
        name = Text(ja="版の言語", en="available in")
        return Draft(
            id=gap,
            type="G12",
            status="ABSENT-IN-SCOPE",
            record=ground.labels.ref(instrument.iri),
            sentence=Text(ja=said.ja + only.ja, en=f"{said.en} {only.en}"),
            query=proof("gaps/instrument-languages", {"instrument": instrument.iri}),
            bindings=in_order({"language": each} for each in instrument.languages),
            closes_if=closes_if(
                gap,
                Text(ja=f"{what.ja}を記録する。", en=f"Record {what.en[0].lower()}{what.en[1:]}."),
                [
                    f"sh:path aisi:availableIn ; sh:name {quoted(name.ja, 'ja')} , {quoted(name.en, 'en')} ; "
                    f'sh:hasValue "{other}"'
                ],
                target=instrument.iri,
            ),
            need=0.5,
            reach=0.0,
            closeness=0.5,
        )

    def _task(self, instrument: Instrument, other: str) -> SearchTask:
        what, only = self._what(instrument, other)
        record = self.ground.labels.ref(instrument.iri)
        return SearchTask(
            id=task_id("G12", self.ground.protocol, instrument.iri, other),
            type="G12",
            record=record,
            sentence=Text(
                ja=f"{what.ja}は未記録である。{only.ja}", en=f"{what.en} is not recorded. {only.en}"
            ),
            terms=record.label,
        )

    def not_testable(self) -> NotTestable | None:
        """Say why languages cannot be compared, where that is so."""
        if any(instrument.languages for instrument in self.instruments.values()):
            return None
        return NotTestable(
            type="G12",
            reason=Text(
                ja="どの文書にも版の言語が記録されていないため。",
                en="no instrument has the language of an edition on record.",
            ),
        )
