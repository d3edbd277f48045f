"""Read one record whole."""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.records.edges import of_kind, read_edges
from kg.records.model import (
    Cited,
    CoverageEdge,
    DatedName,
    Defined,
    ImplementationEdge,
    Label,
    Labels,
    MappingEdge,
    MembershipEdge,
    QuantityEdge,
    Record,
    Statement,
    Tally,
    Term,
)
from kg.records.rows import Places, labels_of, lang_of, place_of, places_by, ref_of, text_of
from kg.store import Row, Store
from kg.vocab import AISI, PREFIXES, RDF_TYPE, RDFS, SKOS, compact

_LABELS = {
    SKOS + "prefLabel": "pref",
    SKOS + "altLabel": "alt",
    SKOS + "hiddenLabel": "hidden",
}
_XL = PREFIXES["skosxl"]
_TOLD_ELSEWHERE = {
    *_LABELS,
    AISI + "citation",
    RDFS + "label",
    RDF_TYPE.value,
    _XL + "prefLabel",
    _XL + "altLabel",
    _XL + "hiddenLabel",
}


def read_record(store: Store, record: NamedNode) -> Record:
    """Read one record that is known to be there."""
    rows = store.select(load_query("records/statements").bind(record=record))
    wider = _wider(store)
    narrowest = _narrowest(rows, wider)
    labels = {_label(row) for row in rows if row["property"].value in _LABELS}
    places = places_by(store, load_query("records/edge-places").bind(record=record))
    edges = list(read_edges(store, record, places))
    return Record(
        iri=record.value,
        types=tuple(sorted({compact(row["value"].value) for row in rows if row["property"] == RDF_TYPE})),
        title={label.lang: label.text for label in sorted(labels, key=_label_order) if label.kind == "pref"},
        labels=tuple(sorted(labels, key=_label_order)),
        names=_names(store, record),
        definitions=_definitions(store, record, places),
        statements=_statements(row for row in narrowest if row["property"].value not in _TOLD_ELSEWHERE),
        links=_statements(
            _narrowest(store.select(load_query("records/backlinks").bind(record=record)), wider)
        ),
        tallies=_tallies(store, record, wider),
        coverage=of_kind(edges, CoverageEdge),
        implementations=of_kind(edges, ImplementationEdge),
        memberships=of_kind(edges, MembershipEdge),
        quantities=of_kind(edges, QuantityEdge),
        mappings=of_kind(edges, MappingEdge),
        citations=_citations(store, record),
    )


def _wider(store: Store) -> dict[str, set[str]]:
    """Give for each property those that are narrower."""
    found: dict[str, set[str]] = {}
    for row in store.select(load_query("records/wider-properties").text):
        found.setdefault(row["wider"].value, set()).add(row["narrower"].value)
    return found


def _narrowest(rows: list[Row], wider: dict[str, set[str]]) -> list[Row]:
    """Leave out what only repeats under a wider property what a narrower one says of the same value."""
    said = {(row["property"].value, row["value"]) for row in rows}
    return [
        row
        for row in rows
        if not any((name, row["value"]) in said for name in wider.get(row["property"].value, ()))
    ]


def _label_order(label: Label) -> tuple[bool, str, str, str]:
    return label.kind != "pref", label.lang, label.kind, label.text


def _label(row: Row) -> Label:
    return Label(text=row["value"].value, lang=lang_of(row["value"]), kind=_LABELS[row["property"].value])


def _names(store: Store, record: NamedNode) -> tuple[DatedName, ...]:
    return tuple(
        DatedName(
            iri=row["name"].value,
            text=row["form"].value,
            lang=lang_of(row["form"]),
            status=ref_of(row, "status") if "status" in row else None,
            valid_from=text_of(row, "from"),
            valid_until=text_of(row, "until"),
        )
        for row in store.select(load_query("records/names").bind(record=record))
    )


def _statements(rows: Iterable[Row]) -> tuple[Statement, ...]:
    """Group rows by property; a value that comes in several rows is taken once."""
    found: dict[str, tuple[Labels, dict[tuple[str, str], Term]]] = {}
    for row in rows:
        _, values = found.setdefault(row["property"].value, (labels_of(row, "property"), {}))
        term = _term(row)
        values.setdefault((term.value, term.lang), term)
    return tuple(
        Statement(property=name, label=label, values=tuple(values.values()))
        for name, (label, values) in sorted(found.items(), key=lambda item: _reading_order(item[0]))
    )


def _reading_order(name: str) -> tuple[int, str]:
    """Put our own properties first, then those of the vocabularies that we reuse."""
    spaces = [AISI, *(space for space in PREFIXES.values() if space != AISI)]
    return next((i for i, space in enumerate(spaces) if name.startswith(space)), len(spaces)), name


def _term(row: Row) -> Term:
    term = row["value"]
    return Term(
        value=term.value,
        iri=isinstance(term, NamedNode),
        lang=lang_of(term),
        label=labels_of(row, "value"),
        type=compact(text_of(row, "type")),
    )


def _tallies(store: Store, record: NamedNode, wider: dict[str, set[str]]) -> tuple[Tally, ...]:
    rows = store.select(load_query("records/backlink-counts").bind(record=record))
    said = {row["property"].value for row in rows}
    return tuple(
        Tally(
            property=row["property"].value,
            label=labels_of(row, "property"),
            type=compact(row["type"].value),
            count=int(row["count"].value),
        )
        for row in rows
        if not wider.get(row["property"].value, set()) & said
    )


def _citations(store: Store, record: NamedNode) -> tuple[Cited, ...]:
    """Read the citations of a record, in the order of document and section."""
    found: dict[str, Cited] = {}
    for row in store.select(load_query("records/citations").bind(record=record)):
        iri = row["citation"].value
        cited = found.get(iri) or Cited(**dict(place_of(row)), date_read=text_of(row, "dateRead"))
        if "attestedForm" in row:
            form = Label(text=row["attestedForm"].value, lang=lang_of(row["attestedForm"]), kind="attested")
            if form not in cited.attested:
                cited = cited.model_copy(update={"attested": (*cited.attested, form)})
        found[iri] = cited
    return tuple(found.values())


def _definitions(store: Store, record: NamedNode, places: Places) -> tuple[Defined, ...]:
    found: dict[str, Defined] = {}
    for row in store.select(load_query("records/definitions").bind(record=record)):
        iri = row["definition"].value
        found[iri] = Defined(
            iri=iri,
            text=row["text"].value,
            lang=lang_of(row["text"]),
            kind=text_of(row, "kind").rsplit("/", 1)[-1],
            relation=text_of(row, "relation").rsplit("/", 1)[-1],
            defined_by=ref_of(row, "definedBy") if "definedBy" in row else None,
            places=places.get(iri, ()),
        )
    return tuple(found.values())
