"""SKOS-XL: plain SKOS with a node for every label, so that a label can carry its status and its source."""

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.skos import SKOS_PREFIXES
from kg.export.statements import descriptions
from kg.store import Row, Store
from kg.vocab import AISI, DCTERMS, PREFIXES, RDF_TYPE, SKOS

XL: Final = PREFIXES["skosxl"]
XL_PREFIXES: Final = {**SKOS_PREFIXES, "aisi": AISI, "skosxl": XL}
_KINDS: Final = {SKOS + name: XL + name for name in ("prefLabel", "altLabel", "hiddenLabel")}
_FORM: Final = ox.NamedNode(XL + "literalForm")
_LABEL: Final = ox.NamedNode(XL + "Label")
_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")

Records = dict[tuple[str, str], list[Row]]


def skosxl_triples(skos: Iterable[ox.Triple], store: Store) -> Iterator[ox.Triple]:
    """Give plain SKOS and after each concept the nodes of its labels."""
    records = _records(store)
    for subject, triples in descriptions(skos):
        labels = []
        if isinstance(subject, ox.NamedNode) and ox.Triple(subject, RDF_TYPE, _CONCEPT) in triples:
            labels = [triple for triple in triples if triple.predicate.value in _KINDS]
        nodes = [_node(triple, number, records) for number, triple in enumerate(labels, start=1)]
        yield from triples
        for triple, (node, _) in zip(labels, nodes, strict=True):
            yield ox.Triple(subject, ox.NamedNode(_KINDS[triple.predicate.value]), node)
        for _, described in nodes:
            yield from described


def _node(triple: ox.Triple, number: int, records: Records) -> tuple[ox.NamedNode, list[ox.Triple]]:
    """Give the node of a label, the recorded one where there is one, and what is said of it."""
    concept = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
    rows = records.get((concept, str(triple.object)), [])
    node = ox.NamedNode(rows[0]["label"].value if rows else f"{concept}#label-{number}")
    said = {ox.Triple(node, _FORM, triple.object)}
    for row in rows:
        if "status" in row:
            said.add(ox.Triple(node, ox.NamedNode(AISI + "labelStatus"), row["status"]))
        if "source" in row:
            said.add(ox.Triple(node, ox.NamedNode(DCTERMS + "source"), row["source"]))
    return node, [ox.Triple(node, RDF_TYPE, _LABEL), *sorted(said, key=str)]


def _records(store: Store) -> Records:
    found: Records = {}
    for row in store.select(load_query("export/label-records").text):
        found.setdefault((row["concept"].value, str(row["form"])), []).append(row)
    return found
