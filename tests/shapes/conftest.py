"""The mini graphs of the shapes: each lies in a little world and says itself which shapes its records break."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from kg.load import load_file, parse_turtle, turtle_files
from kg.paths import packaged_graph
from kg.validate import n_triples
from kg.vocab import BASE, SHAPES_GRAPH

SHAPE = BASE + "shape/"
BREAKS = NamedNode("https://example.org/test#breaks")
WORLD = Path(__file__).parent / "graphs" / "world.ttl"


@dataclass(frozen=True)
class MiniGraph:
    """The data of one fixture file, and the pairs of record and shape that it says it breaks."""

    data: bytes
    breaks: set[tuple[str, str]]


@pytest.fixture(scope="session")
def shapes() -> bytes:
    return n_triples(load_file(path, SHAPES_GRAPH) for path in turtle_files(packaged_graph().shapes))


@pytest.fixture
def mini_graph(file: Path) -> MiniGraph:
    """The mini graph of the file that the test is run for; a blank node among the records stays one."""
    triples = _parsed(file)
    data = [triple for triple in _parsed(WORLD) + triples if triple.predicate != BREAKS]
    breaks = {(_name(t.subject), _name(t.object)) for t in triples if t.predicate == BREAKS}
    return MiniGraph(serialize(data, format=RdfFormat.N_TRIPLES) or b"", breaks)


def _parsed(path: Path) -> list[Triple]:
    return parse_turtle(path.read_bytes(), str(path))


def _name(term: object) -> str:
    if isinstance(term, BlankNode):
        return "blank node"  # engines rename them, so all of these get one name
    assert isinstance(term, NamedNode)
    return term.value
