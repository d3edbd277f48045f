"""A graph with its own base, schemes and protocol passes all shapes and rules; it borrows only the closed lists."""

from pathlib import Path

import pytest

from kg.catalog import queries_in
from kg.load import CuratedFile, load_file, turtle_files
from kg.paths import packaged_graph
from kg.validate import Rule, check_shapes, n_triples, store_of
from kg.vocab import ONTOLOGY_GRAPH, SHAPES_GRAPH, data_graph

FOREIGN = Path(__file__).parent / "foreign.ttl"


@pytest.fixture(scope="module")
def foreign() -> list[CuratedFile]:
    ontology = load_file(packaged_graph().ontology / "kg.ttl", ONTOLOGY_GRAPH)
    return [ontology, load_file(FOREIGN, data_graph("foreign"))]


def test_shapes_have_nothing_to_say(foreign: list[CuratedFile]) -> None:
    shapes = [load_file(path, SHAPES_GRAPH) for path in turtle_files(packaged_graph().shapes)]
    assert [f.sentence() for f in check_shapes(n_triples(foreign), n_triples(shapes))] == []


def test_rules_have_nothing_to_say(foreign: list[CuratedFile]) -> None:
    store = store_of(foreign)
    rules = [Rule(name=q.name, query=q.text, severity="violation", message={}) for q in queries_in("rules")]
    assert [(rule.name, f.record, f.value) for rule in rules for f in rule.findings(store)] == []
