"""Lists of records: concepts, schemes, actors, activities, instruments."""

from collections.abc import Sequence

from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.records.edges import Node
from kg.records.model import ActivityEntry, ActorEntry, ConceptNode, Entry, InstrumentEntry, Ref, SourceEntry
from kg.records.rows import labels_of, ref_of, text_of
from kg.store import Row, Store
from kg.vocab import AISI, DCTERMS, SKOS, compact


def read_entries(store: Store, class_: str) -> list[Entry]:
    """List the records of a class."""
    return _entries(store, load_query("records/entries").bind(**{"class": NamedNode(class_)}))


def _entries(store: Store, query: str) -> list[Entry]:
    found = {
        row["record"].value: Entry(
            iri=row["record"].value, label=labels_of(row, "record"), notation=text_of(row, "notation")
        )
        for row in store.select(query)
    }
    return list(found.values())


def read_schemes(store: Store) -> list[Entry]:
    """List the concept schemes."""
    return read_entries(store, SKOS + "ConceptScheme")


def read_model_lists(store: Store) -> set[str]:
    """Name the concept schemes that belong to the model of the graph: the lists of values of its records."""
    return {row["scheme"].value for row in store.select(load_query("records/model-lists").text)}


def read_concepts(store: Store, scheme: str | None) -> list[Entry]:
    """List the concepts of a scheme, or of all."""
    if scheme is None:
        return read_entries(store, SKOS + "Concept")
    return _entries(store, load_query("records/scheme-entries").bind(scheme=NamedNode(scheme)))


def read_actors(store: Store) -> list[ActorEntry]:
    """List the actors with their kind and place."""
    return [
        ActorEntry(
            iri=entry.iri,
            label=entry.label,
            kinds=node.refs(AISI + "actorKind"),
            jurisdictions=node.refs(AISI + "jurisdiction"),
            part_of=node.refs(AISI + "partOf"),
            established=node.text(AISI + "established"),
        )
        for entry, node in _with_values(store, AISI + "Actor")
    ]


def read_activities(store: Store) -> list[ActivityEntry]:
    """List the activities with who, what and when."""
    return [
        ActivityEntry(
            iri=entry.iri,
            label=entry.label,
            types=node.refs(AISI + "activityType"),
            status=node.refs(AISI + "status"),
            start=node.text(AISI + "startDate"),
            end=node.text(AISI + "endDate"),
            asserted_on=node.text(AISI + "assertedOn"),
            carried_out_by=node.refs(AISI + "carriedOutBy"),
            participants=node.refs(AISI + "participant"),
            hosts=node.refs(AISI + "host"),
            commissioned_by=node.refs(AISI + "commissionedBy"),
            part_of=node.refs(AISI + "partOf"),
        )
        for entry, node in _with_values(store, AISI + "Activity")
    ]


def read_instruments(store: Store) -> list[InstrumentEntry]:
    """List the instruments with kind, issuer, dates and version."""
    return [
        InstrumentEntry(
            iri=entry.iri,
            label=entry.label,
            types=node.refs(AISI + "instrumentType"),
            binding=node.refs(AISI + "bindingStatus"),
            creators=node.refs(DCTERMS + "creator"),
            publishers=node.refs(DCTERMS + "publisher"),
            adopted=node.text(AISI + "adopted"),
            issued=node.text(DCTERMS + "issued"),
            created=node.text(DCTERMS + "created"),
            version=node.text(AISI + "version"),
            version_of=node.refs(DCTERMS + "isVersionOf"),
            part_of=node.refs(DCTERMS + "isPartOf"),
        )
        for entry, node in _with_values(store, AISI + "Instrument")
    ]


def _with_values(store: Store, class_: str) -> list[tuple[Entry, Node]]:
    """Give the records of a class with the values that lists show."""
    found: dict[str, Node] = {}
    for row in store.select(load_query("records/entry-values").bind(**{"class": NamedNode(class_)})):
        node = found.setdefault(row["record"].value, Node(row["record"].value, class_, ()))
        known = node.rows.setdefault(row["property"].value, [])
        if all(row["value"] != one["value"] for one in known):
            known.append(row)
    empty = Node("", class_, ())
    return [(entry, found.get(entry.iri, empty)) for entry in read_entries(store, class_)]


def read_concept_tree(store: Store, scheme: str) -> list[ConceptNode]:
    """List the concepts of a scheme with what is above each, in the order of notation and IRI."""
    rows: dict[str, list[Row]] = {}
    for row in store.select(load_query("records/scheme-concepts").bind(scheme=NamedNode(scheme))):
        rows.setdefault(row["record"].value, []).append(row)
    found = [_concept(iri, of_one) for iri, of_one in rows.items()]
    return sorted(found, key=lambda one: (_natural(one.notation), one.iri))


def _concept(iri: str, rows: Sequence[Row]) -> ConceptNode:
    first = rows[0]
    return ConceptNode(
        iri=iri,
        label=labels_of(first, "record"),
        notation=text_of(first, "notation"),
        broader=tuple(sorted({row["broader"].value for row in rows if "broader" in row})),
        reading=text_of(first, "reading"),
        deprecated=text_of(first, "deprecated") == "true",
    )


def _natural(notation: str) -> list[tuple[int, str]]:
    """Sort numbers in a notation as numbers: 2 comes before 10."""
    parts = notation.replace("-", ".").split(".")
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def read_cited_from(store: Store, source: NamedNode) -> dict[str, list[Ref]]:
    """Give the records that a document is cited for, by section."""
    found: dict[str, list[Ref]] = {}
    for row in store.select(load_query("records/cited-from").bind(source=source)):
        found.setdefault(row["locator"].value, []).append(ref_of(row, "record"))
    return dict(sorted(found.items(), key=lambda item: _natural(item[0])))


def read_cited_for(store: Store, citation: NamedNode) -> list[tuple[Ref, Ref]]:
    """Give what a citation is given for, each with the record that this is about."""
    rows = store.select(load_query("records/cited-for").bind(citation=citation))
    return [
        (Ref(iri=row["node"].value, type=compact(row["class"].value)), ref_of(row, "about")) for row in rows
    ]


def read_covered(store: Store) -> list[tuple[str, Ref]]:
    """Give which activity covers which concept by accepted edges."""
    rows = store.select(load_query("records/covered").text)
    return [(row["activity"].value, ref_of(row, "concept")) for row in rows]


def read_sources(store: Store) -> list[SourceEntry]:
    """List the documents, those cited most often first."""
    found = {
        row["record"].value: SourceEntry(
            iri=row["record"].value,
            label=labels_of(row, "record"),
            issued=text_of(row, "issued"),
            date_read=text_of(row, "dateRead"),
            citations=int(row["count"].value),
        )
        for row in store.select(load_query("records/sources").text)
    }
    return sorted(found.values(), key=lambda one: (-one.citations, one.iri))


def read_scheme_sizes(store: Store) -> dict[str, int]:
    """Give the number of concepts of every scheme by its IRI."""
    rows = store.select(load_query("records/scheme-sizes").text)
    return {row["scheme"].value: int(row["count"].value) for row in rows}
