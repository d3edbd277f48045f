"""Provisions and their implementations, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.catalog import load_query
from kg.gaps.ground import Ground
from kg.gaps.instruments import Instrument, not_before
from kg.gaps.terms import Day, day, groups_of, must, text_of
from kg.store import Store


@dataclass(frozen=True)
class Provision:
    """One clause: what it asks of whom, how strongly, until when; `made` is a lower bound where it is not `dated`."""

    iri: str
    instrument: str | None
    locator: str | None
    verb: str | None
    hedge: str | None
    due: Day | None
    made: date | None
    dated: bool
    addressees: tuple[str, ...]
    actions: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Implementation:
    """A source's word that an activity puts a provision into effect."""

    iri: str
    activity: str
    provision: str
    extent: str
    review: str | None


def read_provisions(ground: Ground, instruments: Mapping[str, Instrument]) -> tuple[Provision, ...]:
    """Read all provisions of the graph; one at fault is among them, its areas by faulty edges are not."""
    store = ground.store
    links = [
        row
        for row in store.select(load_query("gaps/provision-links").bind())
        if not ground.counts_for_nothing(text_of(row, "edge"))
    ]
    by_kind = {
        kind: groups_of((must(r, "provision"), must(r, "value")) for r in links if must(r, "link") == kind)
        for kind in ("addressee", "action", "area")
    }
    found: dict[str, Provision] = {}
    for row in store.select(load_query("gaps/provisions").bind()):
        iri, instrument = must(row, "provision"), text_of(row, "instrument") or ""
        found.setdefault(
            iri,
            Provision(
                iri=iri,
                instrument=instrument or None,
                locator=text_of(row, "locator"),
                verb=text_of(row, "verb"),
                hedge=text_of(row, "hedge"),
                due=day(text_of(row, "due")),
                made=not_before(instrument, instruments),
                dated=instrument in instruments and instruments[instrument].made is not None,
                addressees=by_kind["addressee"].get(iri, ()),
                actions=by_kind["action"].get(iri, ()),
                areas=by_kind["area"].get(iri, ()),
            ),
        )
    return tuple(found[iri] for iri in sorted(found))


def read_implementations(store: Store) -> dict[str, tuple[Implementation, ...]]:
    """Read the implementations of each provision."""
    found: dict[str, list[Implementation]] = {}
    for row in store.select(load_query("gaps/implementations").bind()):
        implementation = Implementation(
            iri=must(row, "implementation"),
            activity=must(row, "activity"),
            provision=must(row, "provision"),
            extent=must(row, "extent"),
            review=text_of(row, "review"),
        )
        found.setdefault(implementation.provision, []).append(implementation)
    return {provision: tuple(each) for provision, each in found.items()}


def read_members(ground: Ground) -> dict[str, tuple[str, ...]]:
    """Read who belongs to which group."""
    rows = ground.store.select(load_query("gaps/memberships").bind())
    sound = (row for row in rows if must(row, "membership") not in ground.faults)
    return groups_of((must(row, "group"), must(row, "member")) for row in sound)
