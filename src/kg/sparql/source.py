"""What a worker asks: the store of a snapshot, or an endpoint that holds the same graph."""

from collections.abc import Iterator
from typing import Final, Protocol

import pyoxigraph as ox

from kg.sparql.messages import Question
from kg.vocab import BASE

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterator[ox.Triple]
_ADDRESSES: Final = ("http://", "https://")


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


def is_address(place: str) -> bool:
    """Tell an endpoint's address from the folder of a store."""
    return place.startswith(_ADDRESSES)


def open_source(place: str) -> Source:
    """Open the folder of a store, or prepare to ask the endpoint at an address."""
    if is_address(place):
        from kg.sparql.forward import EndpointSource  # slow to import, and most servers never need it

        return EndpointSource(place)
    return StoreSource(ox.Store.read_only(place))
