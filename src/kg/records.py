"""One record whole, as the API answers it and the pages show it."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict
from pyoxigraph import Literal, NamedNode

from kg.catalog import load_query
from kg.store import Row, Store, Term
from kg.vocab import AISI, PREFIXES, RDF_TYPE, RDFS, SKOS, compact

_LABELS = {
    SKOS + "prefLabel": "pref",
    SKOS + "altLabel": "alt",
    SKOS + "hiddenLabel": "hidden",
}
_TOLD_ELSEWHERE = {*_LABELS, AISI + "citation", SKOS + "definition", RDFS + "label", RDF_TYPE.value}
_NODES = {AISI + name for name in ("Citation", "Definition")}


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Label(_Value):
    """A label with its language and its kind: pref, alt or hidden."""

    text: str
    lang: str
    kind: str


class Value(_Value):
    """A value of a property: a record with its labels, or a literal."""

    value: str
    iri: bool
    lang: str = ""
    label: dict[str, str] = {}
    type: str = ""


class Statement(_Value):
    """A property with its values."""

    property: str
    label: dict[str, str]
    values: tuple[Value, ...]


class Cited(_Value):
    """A citation: document, section, the names as they stand there, the day it was read."""

    iri: str
    source: str
    source_label: dict[str, str]
    locator: str
    attested: tuple[str, ...] = ()
    date_read: str = ""


class Defined(_Value):
    """A definition with its language, kind and source."""

    iri: str
    text: str
    lang: str
    kind: str
    relation: str = ""
    defined_by: str = ""
    source: str = ""
    source_label: dict[str, str] = {}
    locator: str = ""


class Record(_Value):
    """Everything that the graph says of one record."""

    iri: str
    types: tuple[str, ...]
    title: dict[str, str]
    labels: tuple[Label, ...]
    definitions: tuple[Defined, ...]
    statements: tuple[Statement, ...]
    links: tuple[Statement, ...]
    citations: tuple[Cited, ...]

    def statement(self, name: str) -> Statement | None:
        """Give the statement of one property, named as in `skos:broader`."""
        return next((s for s in self.statements if compact(s.property) == name), None)

    def linked(self, name: str) -> tuple[Value, ...]:
        """Give the records that point here by one property, named as in `skos:broader`."""
        return next((s.values for s in self.links if compact(s.property) == name), ())


def read_record(store: Store, record: NamedNode) -> Record:
    """Read one record that is known to be there."""
    rows = store.select(load_query("records/statements").bind(record=record))
    labels = [_label(row) for row in rows if row["property"].value in _LABELS]
    return Record(
        iri=record.value,
        types=tuple(sorted({compact(row["value"].value) for row in rows if row["property"] == RDF_TYPE})),
        title={label.lang: label.text for label in labels if label.kind == "pref"},
        labels=tuple(
            sorted(set(labels), key=lambda label: (label.kind != "pref", label.lang, label.kind, label.text))
        ),
        definitions=_definitions(store, record),
        statements=_statements(row for row in rows if row["property"].value not in _TOLD_ELSEWHERE),
        links=_statements(_backlinks(store, record)),
        citations=read_citations(store, record),
    )


def _label(row: Row) -> Label:
    return Label(text=row["value"].value, lang=_lang(row["value"]), kind=_LABELS[row["property"].value])


def _lang(term: Term) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""


def _backlinks(store: Store, record: NamedNode) -> list[Row]:
    rows = store.select(load_query("records/backlinks").bind(record=record))
    return [row for row in rows if row["type"].value not in _NODES]


def _statements(rows: Iterable[Row]) -> tuple[Statement, ...]:
    """Group rows by property; a value that comes in several rows is taken once."""
    found: dict[str, tuple[dict[str, str], dict[Term, Value]]] = {}
    for row in rows:
        name = row["property"].value
        _, values = found.setdefault(name, (_labels(row, "property") or {"en": compact(name)}, {}))
        values.setdefault(row["value"], _value(row))
    return tuple(
        Statement(property=name, label=label, values=tuple(values.values()))
        for name, (label, values) in sorted(found.items(), key=_reading_order)
    )


def _reading_order(item: tuple[str, object]) -> tuple[int, str]:
    """Put our own properties first, then those of the vocabularies that we reuse."""
    name = item[0]
    spaces = [AISI, *(space for space in PREFIXES.values() if space != AISI)]
    return next((i for i, space in enumerate(spaces) if name.startswith(space)), len(spaces)), name


def _value(row: Row) -> Value:
    term = row["value"]
    return Value(
        value=term.value,
        iri=isinstance(term, NamedNode),
        lang=_lang(term),
        label=_labels(row, "value"),
        type=compact(row["type"].value) if "type" in row else "",
    )


def _labels(row: Row, name: str) -> dict[str, str]:
    return {
        lang: row[name + suffix].value
        for lang, suffix in (("ja", "Ja"), ("en", "En"))
        if name + suffix in row
    }


def read_citations(store: Store, record: NamedNode) -> tuple[Cited, ...]:
    """Read the citations of a record, in the order of document and section."""
    found: dict[str, Cited] = {}
    for row in store.select(load_query("records/citations").bind(record=record)):
        iri = row["citation"].value
        cited = found.get(iri) or Cited(
            iri=iri,
            source=row["source"].value,
            source_label=_labels(row, "source"),
            locator=row["locator"].value,
            date_read=row["dateRead"].value if "dateRead" in row else "",
        )
        if "attestedForm" in row and row["attestedForm"].value not in cited.attested:
            cited = cited.model_copy(update={"attested": (*cited.attested, row["attestedForm"].value)})
        found[iri] = cited
    return tuple(found.values())


def _definitions(store: Store, record: NamedNode) -> tuple[Defined, ...]:
    rows = store.select(load_query("records/definitions").bind(record=record))
    found = {row["definition"].value: _defined(row) for row in rows}
    return tuple(found.values())


def _defined(row: Row) -> Defined:
    def text(name: str) -> str:
        return row[name].value if name in row else ""

    return Defined(
        iri=row["definition"].value,
        text=text("text"),
        lang=_lang(row["text"]),
        kind=text("kind").rsplit("/", 1)[-1],
        relation=text("relation").rsplit("/", 1)[-1],
        defined_by=text("definedBy"),
        source=text("source"),
        source_label=_labels(row, "source"),
        locator=text("locator"),
    )
