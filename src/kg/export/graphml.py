"""The network of actors, activities, documents and areas as GraphML."""

from typing import IO, Final

import networkx as nx

from kg.catalog import load_query
from kg.export.entries import slug_of
from kg.export.rdf import require_xml
from kg.export.rights import rights_of_graph
from kg.snapshot import Manifest
from kg.store import Row, Store
from kg.vocab import compact

_NODE: Final = {"ja": "label_ja", "en": "label", "status": "status", "start": "start", "end": "end"}
_EDGE: Final = ("role", "maturity", "grade")


def write_graphml(store: Store, manifest: Manifest, out: IO[bytes]) -> None:
    """Write the network; an edge says by which property its first node points to its second."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=f"aisi-kg {manifest.version}")
    rights = rights_of_graph(store)
    stated = {"license": rights.licence, "publisher": rights.publisher}
    network.graph |= {name: value for name, value in stated.items() if value}
    for row in store.select(load_query("export/network-nodes").text):
        if row["node"].value not in network:
            network.add_node(row["node"].value, **_xml(_node(row), row["node"].value))
    for row in store.select(load_query("export/network-edges").text):
        start, end = row["from"].value, row["to"].value
        if start in network and end in network:
            network.add_edge(start, end, property=compact(row["property"].value), **_edge(row))
    nx.write_graphml_xml(network, out)  # not write_graphml, whose bytes depend on whether lxml is installed
    out.write(b"\n")


def _xml(said: dict[str, str], where: str) -> dict[str, str]:
    return {name: require_xml(value, where) for name, value in said.items()}


def _node(row: Row) -> dict[str, str]:
    said = {name: _short(row[key].value) for key, name in _NODE.items() if key in row}
    return {"kind": compact(row["type"].value), **said}


def _edge(row: Row) -> dict[str, str]:
    return {name: _short(row[name].value) for name in _EDGE if name in row}


def _short(value: str) -> str:
    return slug_of(value).rsplit("/", 1)[-1] if value.startswith("http") else value
