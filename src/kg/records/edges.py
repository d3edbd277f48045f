"""Edges of a record: coverage, implementation, membership, quantities, mappings."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.records.model import (
    CoverageEdge,
    Edge,
    ImplementationEdge,
    Labels,
    MappingEdge,
    MembershipEdge,
    Place,
    QuantityEdge,
    Ref,
)
from kg.records.rows import Places, labels_of, lang_of, places_by, ref_of, text_of
from kg.store import Row, Store
from kg.vocab import AISI, PREFIXES, compact

_ORG, _SSSOM = PREFIXES["org"], PREFIXES["sssom"]
_NOT_FOUND = _SSSOM + "NoTermFound"
_NOTES = (PREFIXES["skos"] + "editorialNote", _SSSOM + "comment")
AnyEdge = TypeVar("AnyEdge", bound=Edge)


@dataclass
class Node:
    """The rows of one edge, by property."""

    iri: str
    class_: str
    places: tuple[Place, ...]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def ref(self, name: str) -> Ref | None:
        """Give the one record that a property points to, if any."""
        return next(iter(self.refs(name)), None)

    def need(self, name: str) -> Ref:
        """Give the one record that a property of every such edge points to."""
        return ref_of(self.rows[name][0], "value")

    def refs(self, name: str) -> tuple[Ref, ...]:
        """Give the records that a property points to."""
        return tuple(ref_of(row, "value") for row in self.rows.get(name, ()))

    def text(self, name: str) -> str:
        """Give the one text of a property, empty where there is none."""
        return next((row["value"].value for row in self.rows.get(name, ())), "")

    def note(self) -> Labels:
        """Give the remark on the edge by language."""
        rows = [row for name in _NOTES for row in self.rows.get(name, ())]
        return {lang_of(row["value"]): row["value"].value for row in rows}


def read_edges(store: Store, record: NamedNode, places: Places) -> Iterator[Edge]:
    """Give every edge that a record has a part in."""
    for node in nodes(store.select(load_query("records/edges").bind(record=record)), places):
        yield _MAKERS[node.class_](node)


def read_mappings(store: Store) -> list[MappingEdge]:
    """Give all mappings with the scheme that each starts from."""
    places = places_by(store, load_query("records/mapping-places").text)
    found: dict[str, MappingEdge] = {}
    for row in store.select(load_query("records/mappings").text):
        found.setdefault(row["node"].value, _mapping_of_row(row, places))
    return list(found.values())


def _mapping_of_row(row: Row, places: Places) -> MappingEdge:
    return MappingEdge(
        iri=row["node"].value,
        places=places.get(row["node"].value, ()),
        note=labels_of(row, "note"),
        subject=ref_of(row, "subject"),
        subject_source=ref_of(row, "from"),
        predicate=compact(row["predicate"].value),
        object=None if row["object"].value == _NOT_FOUND else ref_of(row, "object"),
        object_source=ref_of(row, "source") if "source" in row else None,
        confidence=text_of(row, "confidence"),
        author=text_of(row, "author"),
        justification=compact(text_of(row, "justification")),
    )


def nodes(rows: Iterable[Row], places: Places) -> list[Node]:
    """Group rows by edge and property; a value that comes in several rows is taken once."""
    found: dict[str, Node] = {}
    for row in rows:
        iri = row["node"].value
        class_ = row["class"].value if "class" in row else ""
        node = found.setdefault(iri, Node(iri, class_, places.get(iri, ())))
        known = node.rows.setdefault(row["property"].value, [])
        if all(row["value"] != one["value"] for one in known):
            known.append(row)
    return list(found.values())


def of_kind(edges: Iterable[Edge], kind: type[AnyEdge]) -> tuple[AnyEdge, ...]:
    """Give the edges of one kind."""
    return tuple(edge for edge in edges if isinstance(edge, kind))


def _coverage(node: Node) -> Edge:
    return CoverageEdge(
        iri=node.iri,
        places=node.places,
        note=node.note(),
        by=node.need(AISI + "coverageBy"),
        area=node.need(AISI + "coverageOf"),
        role=node.ref(AISI + "coverageRole"),
        maturity=node.ref(AISI + "maturity"),
        grade=node.ref(AISI + "evidenceGrade"),
        review=node.ref(AISI + "reviewStatus"),
        score=node.text(AISI + "score"),
        asserted_on=node.text(AISI + "assertedOn"),
    )


def _implementation(node: Node) -> Edge:
    return ImplementationEdge(
        iri=node.iri,
        places=node.places,
        note=node.note(),
        activity=node.need(AISI + "implementedBy"),
        provision=node.need(AISI + "implementationOf"),
        extent=node.ref(AISI + "extent"),
        review=node.ref(AISI + "reviewStatus"),
    )


def _membership(node: Node) -> Edge:
    return MembershipEdge(
        iri=node.iri,
        places=node.places,
        note=node.note(),
        organization=node.need(_ORG + "organization"),
        member=node.need(_ORG + "member"),
        roles=node.refs(AISI + "role"),
        valid_from=node.text(AISI + "validFrom"),
        valid_until=node.text(AISI + "validUntil"),
        asserted_on=node.text(AISI + "assertedOn"),
    )


def _quantity(node: Node) -> Edge:
    return QuantityEdge(
        iri=node.iri,
        places=node.places,
        note=node.note(),
        of=node.need(AISI + "quantityOf"),
        kind=node.ref(AISI + "quantityKind"),
        value=node.text(AISI + "value"),
        approximate=node.text(AISI + "approximate") == "true",
        asserted_on=node.text(AISI + "assertedOn"),
    )


def _mapping(node: Node) -> MappingEdge:
    found = node.ref(_SSSOM + "object_id")
    return MappingEdge(
        iri=node.iri,
        places=node.places,
        note=node.note(),
        subject=node.need(_SSSOM + "subject_id"),
        predicate=compact(node.text(_SSSOM + "predicate_id")),
        object=None if found is None or found.iri == _NOT_FOUND else found,
        object_source=node.ref(_SSSOM + "object_source"),
        confidence=node.text(_SSSOM + "confidence"),
        author=node.text(_SSSOM + "author_label"),
        justification=compact(node.text(_SSSOM + "mapping_justification")),
    )


_MAKERS: dict[str, Callable[[Node], Edge]] = {
    AISI + "Coverage": _coverage,
    AISI + "Implementation": _implementation,
    AISI + "Membership": _membership,
    AISI + "Quantity": _quantity,
    AISI + "Mapping": _mapping,
}
