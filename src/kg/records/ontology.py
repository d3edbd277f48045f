"""The ontology's classes and properties, as a reader of its page wants them."""

from pydantic import Field

from kg.catalog import load_query
from kg.records.model import Entry, Labels
from kg.records.rows import labels_of
from kg.store import Row, Store
from kg.vocab import compact


class OntologyTerm(Entry):
    """A class or property of ours."""

    kind: str = Field(description="owl:Class, owl:ObjectProperty or owl:DatatypeProperty")
    definition: Labels = Field(default_factory=dict)
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()


def read_ontology(store: Store) -> list[OntologyTerm]:
    """List the classes and properties, in the order of kind and name."""
    rows: dict[str, list[Row]] = {}
    for row in store.select(load_query("records/ontology-terms").text):
        rows.setdefault(row["term"].value, []).append(row)
    found = [_term(iri, of_one) for iri, of_one in rows.items()]
    return sorted(found, key=lambda one: (one.kind, one.iri.lower()))


def _term(iri: str, rows: list[Row]) -> OntologyTerm:
    def values(name: str) -> tuple[str, ...]:
        return tuple(sorted({row[name].value for row in rows if name in row}))

    return OntologyTerm(
        iri=iri,
        label=labels_of(rows[0], "term"),
        kind=compact(rows[0]["kind"].value),
        definition=labels_of(rows[0], "definition"),
        domain=values("domain"),
        range=values("range"),
        wider=values("wider"),
    )
