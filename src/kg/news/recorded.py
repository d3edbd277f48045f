"""Terms, activities, commitments and gaps as records that can be compared and told of."""

from collections.abc import Iterator
from typing import Final

from kg.gaps import Gap
from kg.gaps.ledgers import Commitment
from kg.gaps.model import Text, Value
from kg.gaps.places import place_text
from kg.news.model import Kind
from kg.news.state import Facts, State
from kg.report.signs import COMMITMENT_WORDS
from kg.vocab import BASE

_MATCHES: Final = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch")
_ACTORS: Final = ("aisi:carriedOutBy", "aisi:participant", "aisi:host", "aisi:commissionedBy")
_SHOWN: Final = ("aisi:carriedOutBy", "aisi:activityType", "aisi:status")
_DEFINITION: Final = "skos:definition"


class Record(Value):
    """A record: its name, a sentence on it, what is said of it, and which areas and actors it concerns."""

    kind: Kind
    iri: str
    title: Text
    summary: Text
    day: str
    facts: Facts
    areas: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


def records(state: State) -> dict[str, Record]:
    """Give every record by its IRI, kind by kind."""
    found = [*_terms(state), *_activities(state), *_commitments(state), *_gaps(state)]
    return {record.iri: record for record in found}


def _terms(state: State) -> Iterator[Record]:
    for iri, facts in state.terms.items():
        matched = [area for name in _MATCHES for area in facts.get(name, ())]
        yield Record(
            kind="term",
            iri=iri,
            title=state.label(iri),
            summary=_in_both(facts, _DEFINITION),
            day=state.day(iri),
            facts=facts,
            areas=state.rolled_up([iri, *matched]),
        )


def _in_both(facts: Facts, name: str) -> Text:
    ja, en = (" ".join(facts.get(f"{name}@{lang}", ())) for lang in ("ja", "en"))
    return Text(ja=ja or en, en=en or ja)


def _activities(state: State) -> Iterator[Record]:
    for iri, facts in state.activities.items():
        parts = [[state.label(value) for value in facts.get(name, ())] for name in _SHOWN]
        yield Record(
            kind="activity",
            iri=iri,
            title=state.label(iri),
            summary=Text(
                ja=" / ".join("、".join(text.ja for text in part) for part in parts if part),
                en=" / ".join(", ".join(text.en for text in part) for part in parts if part),
            ),
            day=state.day(iri),
            facts=facts,
            areas=state.rolled_up(facts.get("aisi:covers", ())),
            actors=tuple(sorted({actor for name in _ACTORS for actor in facts.get(name, ())})),
        )


def _commitments(state: State) -> Iterator[Record]:
    for row in state.analysis.commitments if state.analysis else ():
        if row.obliges:
            yield _commitment(row, state)


def _commitment(row: Commitment, state: State) -> Record:
    words, document, place = COMMITMENT_WORDS[row.status], row.instrument.label, place_text(row.locator)
    facts = {
        "aisi:status": (row.status,),
        "aisi:dueDate": (row.due_date,) if row.due_date else (),
        "aisi:implementedBy": tuple(sorted(one.activity.iri for one in row.implementations)),
    }
    return Record(
        kind="commitment",
        iri=row.provision.iri,
        title=row.provision.label,
        summary=Text(
            ja=f"{document.ja} {place.ja}".rstrip() + f": {words['ja']}",
            en=f"{document.en} {place.en}".rstrip() + f": {words['en']}",
        ),
        day=state.day(row.provision.iri),
        facts={name: values for name, values in facts.items() if values},
        areas=state.rolled_up(area.iri for area in row.areas),
        actors=tuple(sorted(actor.iri for actor in row.addressees)),
    )


def _gaps(state: State) -> Iterator[Record]:
    rows = state.analysis.commitments if state.analysis else ()
    addressees = {row.provision.iri: {actor.iri for actor in row.addressees} for row in rows}
    for gap in sorted(state.analysis.gaps if state.analysis else (), key=lambda gap: gap.id):
        yield _gap(gap, addressees, state)


def _gap(gap: Gap, addressees: dict[str, set[str]], state: State) -> Record:
    """Give a gap; it concerns its area, the actors whose promise is open, and the group that it is about."""
    refs = [gap.record, gap.cell.area, gap.cell.group] if gap.cell else [gap.record]
    iris = {ref.iri for ref in refs if ref is not None}
    actors = {iri for iri in iris if iri.startswith(f"{BASE}actor/")}
    for iri in iris:
        actors |= addressees.get(iri, set())
    return Record(
        kind="gap",
        iri=gap_iri(gap.id),
        title=gap.sentence,
        summary=gap.rule,
        day=state.snapshot.manifest.data_as_of,
        facts={"aisi:status": (gap.status,)},
        areas=state.rolled_up(iri for iri in iris if iri in state.terms),
        actors=tuple(sorted(actors)),
    )


def gap_iri(name: str) -> str:
    """Give the address of a gap."""
    return f"{BASE}gaps/{name}"
