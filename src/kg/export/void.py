"""What the whole graph holds, in VoID: sizes, classes, properties, links to others, dumps."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.describe import SPACES, Value, day, described, number, texts
from kg.export.index import ExportFile
from kg.snapshot import Manifest
from kg.store import Row, Store
from kg.vocab import BASE, DCTERMS, compact

VOID_IRI: Final = BASE + ".well-known/void"
DATASET: Final = BASE + "dataset/graph"
_FEATURES: Final = ("Turtle", "RDF_XML", "JSON-LD", "N-Triples", "TriG", "N-Quads")
_EXAMPLES: Final = ("term/practice-area/security-controls", "actor/aisi-japan")


def void_triples(
    manifest: Manifest, store: Store, files: Iterable[ExportFile], rights: dict[str, list[Value]]
) -> list[ox.Triple]:
    """Give the description; `rights` are its licence, makers and day."""
    dumps = sorted(file.url for file in files if file.what == "graph")
    classes = store.select(load_query("export/class-counts").text)
    properties = store.select(load_query("export/property-counts").text)
    links = store.select(load_query("export/link-counts").text)
    said = described(
        VOID_IRI,
        ["void:DatasetDescription"],
        {
            "foaf:primaryTopic": [ox.NamedNode(DATASET)],
            "dcterms:creator": rights.get(DCTERMS + "creator", []),
        },
    )
    said += _dataset(manifest, dumps, classes, properties, links, rights)
    for row in classes:
        said += described(
            _node("class", row["class"].value),
            [],
            {"void:class": [ox.NamedNode(row["class"].value)], "void:entities": [_count(row, "records")]},
        )
    for row in properties:
        said += described(
            _node("property", row["property"].value),
            [],
            {
                "void:property": [ox.NamedNode(row["property"].value)],
                "void:triples": [_count(row, "triples")],
            },
        )
    for row in links:
        said += _linkset(row)
    return said


def _dataset(
    manifest: Manifest,
    dumps: Iterable[str],
    classes: list[Row],
    properties: list[Row],
    links: list[Row],
    rights: dict[str, list[Value]],
) -> list[ox.Triple]:
    total = sum(int(row["triples"].value) for row in properties)
    spaces = sorted({space for row in (*classes, *properties) if (space := _space(row))})
    facts: dict[str, list[Value]] = {
        "dcterms:title": list(texts({"ja": "aisi-kgのグラフ全体", "en": "The whole graph of aisi-kg"})),
        "void:triples": [number(total)],
        "void:classes": [number(len(classes))],
        "void:properties": [number(len(properties))],
        "void:uriSpace": [ox.Literal(BASE)],
        "void:sparqlEndpoint": [ox.NamedNode(BASE + "sparql")],
        "void:dataDump": [ox.NamedNode(url) for url in dumps],
        "void:exampleResource": [ox.NamedNode(BASE + path) for path in _EXAMPLES],
        "void:feature": [ox.NamedNode(f"http://www.w3.org/ns/formats/{name}") for name in _FEATURES],
        "void:vocabulary": [ox.NamedNode(space) for space in spaces],
        "void:classPartition": [ox.NamedNode(_node("class", row["class"].value)) for row in classes],
        "void:propertyPartition": [
            ox.NamedNode(_node("property", row["property"].value)) for row in properties
        ],
        "void:subset": [ox.NamedNode(_linkset_iri(row)) for row in links],
        "dcat:version": [ox.Literal(manifest.version)],
        "dcterms:modified": list(day(manifest.issued)),
        **rights,
    }
    return described(DATASET, ["void:Dataset", "dcat:Dataset"], facts)


def _linkset(row: Row) -> list[ox.Triple]:
    target = f"{_linkset_iri(row)}-target"
    facts: dict[str, list[Value]] = {
        "void:linkPredicate": [ox.NamedNode(row["match"].value)],
        "void:subjectsTarget": [ox.NamedNode(DATASET)],
        "void:objectsTarget": [ox.NamedNode(target)],
        "void:triples": [_count(row, "links")],
    }
    return described(_linkset_iri(row), ["void:Linkset"], facts) + described(
        target, ["void:Dataset"], {"void:uriSpace": [ox.Literal(row["space"].value)]}
    )


def _linkset_iri(row: Row) -> str:
    return _node("links", row["match"].value + "-" + row["space"].value)


def _node(kind: str, name: str) -> str:
    """Name a part of the description under the address of the description."""
    short = "".join(c if c.isalnum() or c in "-." else "-" for c in compact(name).removeprefix("https:"))
    return f"{VOID_IRI}#{kind}-{short.strip('-')}"


def _count(row: Row, name: str) -> ox.Literal:
    return number(int(row[name].value))


def _space(row: Row) -> str:
    iri = (row["class"] if "class" in row else row["property"]).value
    return next((space for space in SPACES.values() if iri.startswith(space)), "")
