"""Instruments with their dates, versions, languages and what they build on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.catalog import load_query
from kg.gaps.facts import is_a
from kg.gaps.ground import Ground
from kg.gaps.terms import Day, day, must


@dataclass(frozen=True)
class Instrument:
    """One instrument; `family` holds its versions and what they replace, itself included."""

    iri: str
    made: Day | None
    family: frozenset[str]
    bases: tuple[str, ...]
    references: tuple[str, ...]
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    translated: bool

    @property
    def work(self) -> str:
        """Give the shortest name of the family: the work of which the others are versions."""
        return min(self.family, key=lambda iri: (len(iri), iri))


def read_instruments(ground: Ground) -> dict[str, Instrument]:
    """Read all instruments but those at fault."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in ground.store.select(load_query("gaps/instruments").bind()):
        if must(row, "instrument") in ground.faults:
            continue
        links = found.setdefault(must(row, "instrument"), {})
        links.setdefault(must(row, "link"), set()).add(must(row, "value"))
    families = _families(found)
    return {
        iri: Instrument(
            iri=iri,
            made=_earliest(links.get("date", set())),
            family=families[iri],
            bases=tuple(sorted(links.get("base", ()))),
            references=tuple(sorted(links.get("reference", ()))),
            languages=tuple(sorted(links.get("language", ()))),
            sources=tuple(sorted(links.get("source", ()))),
            translated=any(is_a(kind, "translation") for kind in links.get("kind", ())),
        )
        for iri, links in sorted(found.items())
    }


def _earliest(values: set[str]) -> Day | None:
    return min((known for value in values if (known := day(value)) is not None), default=None)


def _families(found: Mapping[str, Mapping[str, set[str]]]) -> dict[str, frozenset[str]]:
    """Join instruments that are versions of each other or replace each other."""
    members: dict[str, set[str]] = {iri: {iri} for iri in found}
    for iri, links in sorted(found.items()):
        for other in sorted(links.get("family", ())):
            joined = members.setdefault(iri, {iri}) | members.setdefault(other, {other})
            for each in joined:
                members[each] = joined
    return {iri: frozenset(joined) for iri, joined in members.items()}


def not_before(iri: str, instruments: Mapping[str, Instrument]) -> date | None:
    """Give the date before which an instrument cannot have been made: its own, else that of what it refers to."""
    known = instruments.get(iri)
    if known is None or known.made is not None:
        return None if known is None else known.made
    dates = [instruments[each].made for each in (*known.references, *known.bases) if each in instruments]
    return max((made for made in dates if made is not None), default=None)
