"""Rows of answers as values: labels by language, records, citations' places."""

from collections.abc import Iterable

from pyoxigraph import Literal

from kg.records.model import Labels, Place, Ref
from kg.store import Row, Store, Term
from kg.vocab import compact

Places = dict[str, tuple[Place, ...]]


def text_of(row: Row, name: str) -> str:
    """Give one column of a row as text, empty where it is unbound."""
    return row[name].value if name in row else ""


def lang_of(term: Term) -> str:
    """Give the language of a text, empty where it has none."""
    return (term.language or "") if isinstance(term, Literal) else ""


def labels_of(row: Row, name: str) -> Labels:
    """Give the labels of one column by language; the query names them `nameJa` and `nameEn`."""
    return {
        lang: row[name + suffix].value
        for lang, suffix in (("ja", "Ja"), ("en", "En"))
        if name + suffix in row
    }


def ref_of(row: Row, name: str) -> Ref:
    """Give the record in one column; the query names its class `nameType`."""
    return Ref(iri=row[name].value, label=labels_of(row, name), type=compact(text_of(row, name + "Type")))


def places_by(store: Store, query: str) -> Places:
    """Give, for each record that a query names `node`, the places where it is cited."""
    found: dict[str, list[Place]] = {}
    for row in store.select(query):
        found.setdefault(row["node"].value, []).append(place_of(row))
    return {node: tuple(unique(places)) for node, places in found.items()}


def place_of(row: Row) -> Place:
    """Give the place that a row names."""
    return Place(
        citation=row["citation"].value, source=ref_of(row, "source"), locator=text_of(row, "locator")
    )


def unique(places: Iterable[Place]) -> list[Place]:
    """Leave out what comes again: the same section of the same document, in the order given."""
    found: dict[tuple[str, str], Place] = {}
    for place in places:
        found.setdefault((place.source.iri, place.locator), place)
    return list(found.values())
