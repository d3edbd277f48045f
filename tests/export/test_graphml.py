"""The network of activities as GraphML."""

import io

import networkx as nx

from kg.vocab import BASE
from tests.export.conftest import Exported


def test_the_network_reads_back(exported: Exported) -> None:
    assert "作業" in exported("graphml").decode()
    network = nx.read_graphml(io.BytesIO(exported("graphml")))
    assert network.nodes[BASE + "activity/work"]["label"] == "Work"
    assert network.nodes[BASE + "activity/work"]["label_ja"] == "作業"
    edges = {(start, end): data["property"] for start, end, data in network.edges(data=True)}
    assert edges[BASE + "activity/work", BASE + "actor/maker"] == "aisi:carriedOutBy"
    assert edges[BASE + "activity/work", BASE + "term/area/risk"] == "aisi:covers"


def test_every_activity_is_a_node(shipped_export: Exported) -> None:
    network = nx.read_graphml(io.BytesIO(shipped_export("graphml")))
    activities = shipped_export("ntriples", "activities").count(b"/ontology#Activity> .")
    assert sum(data["kind"] == "aisi:Activity" for _, data in network.nodes(data=True)) == activities > 0
