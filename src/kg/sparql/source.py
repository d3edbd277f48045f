"""What a worker asks: the store of a snapshot, or an endpoint that holds the same graph."""

import os
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

import pyoxigraph as ox

from kg.errors import StoreError
from kg.sparql.messages import Question
from kg.vocab import BASE

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterator[ox.Triple]
_ADDRESSES: Final = ("http://", "https://")


class Place(NamedTuple):
    """Where the graph is: the folder of a store or the address of an endpoint."""

    at: str
    in_memory: bool = False  # the workers of a server share a copy of the folder's store

    @property
    def is_address(self) -> bool:
        """Tell an endpoint's address from the folder of a store."""
        return self.at.startswith(_ADDRESSES)


class Source(Protocol):
    """Something that answers inspected queries."""

    lasting: bool  # whether the same question has the same answer as long as the snapshot is served

    def query(self, text: str, question: Question) -> Results:
        """Begin to answer; SyntaxError and ValueError are faults of the question."""
        ...


class StoreSource:
    """The read-only store of a snapshot."""

    lasting = True

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def query(self, text: str, question: Question) -> Results:
        """Answer from the store, over the dataset that the question names."""
        if not question.default_graphs and not question.named_graphs:
            return self._store.query(text, base_iri=BASE)
        default = [ox.NamedNode(iri) for iri in question.default_graphs]
        named = [ox.NamedNode(iri) for iri in question.named_graphs]
        return self._store.query(text, base_iri=BASE, default_graph=list(default), named_graphs=list(named))


def open_source(place: Place) -> Source:
    """Open the store of a folder, read it into memory, or prepare to ask the endpoint at an address."""
    if place.is_address:
        from kg.sparql.forward import EndpointSource  # slow to import, and most servers never need it

        return EndpointSource(place.at)
    return StoreSource(_copy(place.at) if place.in_memory else ox.Store.read_only(place.at))


def _copy(folder: str) -> ox.Store:
    """Read the store of a folder into memory.

    A process of its own reads the disk: the library that does leaves threads behind, and who has
    threads had better not fork.
    """
    reading, writing = os.pipe()
    reader = os.fork()
    if reader == 0:
        os.close(reading)
        _dump(folder, writing)
    os.close(writing)
    store = ox.Store()
    with open(reading, "rb") as quads:  # noqa: PTH123  # there is no path
        # parsed on its own, since loading would give every blank node another name in every copy
        store.bulk_extend(ox.parse(quads, ox.RdfFormat.N_QUADS, lenient=True))
    if os.waitpid(reader, 0)[1]:
        raise StoreError(f"The store {folder} cannot be read whole; build the snapshot again: kg build.")
    return store


def _dump(folder: str, writing: int) -> None:
    """Write all quads of a store and end this process."""
    status = 1
    try:
        with open(writing, "wb") as quads:
            ox.Store.read_only(folder).dump(quads, ox.RdfFormat.N_QUADS)
        status = 0
    finally:
        os._exit(status)
