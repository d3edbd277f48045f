"""Put a snapshot into another engine, graph by graph, and see that it is there."""

import gzip
import re
from collections.abc import Callable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.catalog import load_query
from kg.errors import StoreError
from kg.snapshot import N_QUADS, Snapshot
from kg.store import Store
from kg.vocab import GRAPH, SHAPES_GRAPH
from kg.writing import Lines, Writer

Say = Callable[[str], None]
_QUAD: Final = re.compile(rb"(.*) <([^<>]*)> \.\n")
_PROBE: Final = ox.NamedNode(f"{GRAPH}probe")


def graph_sizes(store: Store) -> dict[str, int]:
    """Give the number of statements of every named graph of a store."""
    rows = store.select(load_query("load/graph-sizes").text)
    return {row["graph"].value: int(row["size"].value) for row in rows if "graph" in row}


def upload(snapshot: Snapshot, store: Store, writer: Writer, batch: int, say: Say) -> int:
    """Replace the graphs of ours in an engine by those of a snapshot; give the number of statements written.

    Where the default graph of the engine is no union of its named graphs, that one is written as well.
    """
    graphs = _graphs(snapshot)
    unites = _unites(store, writer)
    for name in sorted(set(graph_sizes(store)) - set(graphs)):
        if name.startswith(GRAPH):
            say(f"removing {name}")
            writer.drop(name)
    for name, lines in sorted(graphs.items()):
        say(f"writing {name}")
        _write(writer, name, lines, batch)
    written = sum(map(len, graphs.values()))
    if not unites:
        say("writing the default graph")
        union = sorted(
            {line for name, lines in graphs.items() if name != SHAPES_GRAPH.value for line in lines}
        )
        _write(writer, None, union, batch)
        written += len(union)
    _verify(store, graphs)
    return written


def _graphs(snapshot: Snapshot) -> dict[str, list[bytes]]:
    """Read the canonical N-Quads as N-Triples lines by graph."""
    graphs: dict[str, list[bytes]] = {}
    for line in gzip.decompress(snapshot.read(N_QUADS)).splitlines(keepends=True):
        found = _QUAD.fullmatch(line)
        if found is None:
            raise StoreError(f"{snapshot.path / N_QUADS} has a line of no graph; build it again: kg build.")
        graphs.setdefault(found[2].decode(), []).append(found[1] + b" .\n")
    return graphs


def _unites(store: Store, writer: Writer) -> bool:
    """Find out whether the engine's default graph shows what stands in named graphs."""
    writer.put(_PROBE.value, [f"{_PROBE} {_PROBE} {_PROBE} .\n".encode()])
    try:
        return store.ask(load_query("records/exists").bind(record=_PROBE))
    finally:
        writer.drop(_PROBE.value)


def _write(writer: Writer, name: str | None, lines: Lines, batch: int) -> None:
    first, *others = _batches(lines, batch)
    writer.put(name, first)
    for lot in others:
        writer.add(name, lot)


def _batches(lines: Lines, batch: int) -> Iterator[Lines]:
    """Cut the statements of a graph into lots; those with blank nodes stay together, as names hold for one lot."""
    blank = [line for line in lines if b"_:" in line]
    named = [line for line in lines if b"_:" not in line]
    head = max(0, batch - len(blank))
    yield [*blank, *named[:head]]
    for start in range(head, len(named), batch):
        yield named[start : start + batch]


def _verify(store: Store, graphs: dict[str, list[bytes]]) -> None:
    held = graph_sizes(store)
    for name, lines in graphs.items():
        if held.get(name) != len(lines):
            raise StoreError(
                f"The engine holds {held.get(name, 0)} statements of <{name}> instead of {len(lines)}; "
                "see its log and load again."
            )
