"""Ask a graph: one protocol, answered by the embedded store or by any SPARQL 1.1 endpoint."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

import pyoxigraph as ox

from kg.errors import CallerError, StoreError
from kg.vocab import PREFIXES

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = dict[str, Term]
Format = TypeVar("Format")

RESULT_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


class Store(Protocol):
    """What every store can do; answers are whole lists, never iterators."""

    def select(self, query: str) -> list[Row]:
        """Give the rows of a SELECT; unbound variables are left out of a row."""
        ...

    def ask(self, query: str) -> bool:
        """Give the answer of an ASK."""
        ...

    def construct(self, query: str) -> list[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE."""
        ...

    def raw(self, query: str, accept: str) -> bytes:
        """Give the answer serialised as the media type `accept`."""
        ...


@dataclass(frozen=True)
class EmbeddedStore:
    """A store in this process: the read-only store of a snapshot, or one in memory."""

    inner: ox.Store

    @classmethod
    def open(cls, folder: Path) -> "EmbeddedStore":
        """Open the Oxigraph folder of a snapshot, read-only."""
        try:
            return cls(ox.Store.read_only(str(folder)))
        except (OSError, RuntimeError) as error:  # the engine's word for damaged files is RuntimeError
            raise StoreError(
                f"The store {folder} cannot be opened: {error}; build it again: kg build."
            ) from error

    def select(self, query: str) -> list[Row]:
        """Give the rows of a SELECT."""
        solutions = self._run(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise CallerError("This query is no SELECT; give one that selects rows.")
        names = [variable.value for variable in solutions.variables]
        return [row_of(names, solution) for solution in solutions]

    def ask(self, query: str) -> bool:
        """Give the answer of an ASK."""
        answer = self._run(query)
        if not isinstance(answer, ox.QueryBoolean):
            raise CallerError("This query is no ASK; give one that asks yes or no.")
        return bool(answer)

    def construct(self, query: str) -> list[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE."""
        triples = self._run(query)
        if not isinstance(triples, ox.QueryTriples):
            raise CallerError("This query is no CONSTRUCT; give one that builds triples.")
        return list(triples)

    def raw(self, query: str, accept: str) -> bytes:
        """Give the answer serialised as `accept`."""
        answer = self._run(query)
        if isinstance(answer, ox.QueryTriples):
            form = _format(GRAPH_FORMATS, accept, "graphs")
            return ox.serialize(answer, format=form, prefixes=PREFIXES) or b""
        return bytes(answer.serialize(format=_format(RESULT_FORMATS, accept, "rows")) or b"")

    def _run(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self.inner.query(query)
        except SyntaxError as error:
            raise CallerError(f"The query does not parse: {error}.") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"The store could not answer: {error}; build it again: kg build.") from error


def row_of(names: list[str], solution: ox.QuerySolution) -> Row:
    """Give one solution as a row; unbound variables are left out."""
    named = zip(names, solution, strict=True)
    return {name: value for name, value in named if value is not None and not isinstance(value, ox.Triple)}


def _format(formats: dict[str, Format], accept: str, what: str) -> Format:
    if accept not in formats:
        raise CallerError(f"{what.capitalize()} are not given as {accept}; ask for {', '.join(formats)}.")
    return formats[accept]


@dataclass(frozen=True)
class ReadOnce:
    """A store that does not change and remembers its answers: analyses of one graph ask much of the same."""

    inner: Store
    _rows: dict[str, list[Row]] = field(default_factory=dict)
    _raw: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def select(self, query: str) -> list[Row]:
        """Give the rows of a SELECT."""
        if query not in self._rows:
            self._rows[query] = self.inner.select(query)
        return self._rows[query]

    def ask(self, query: str) -> bool:
        """Give the answer of an ASK."""
        return self.inner.ask(query)

    def construct(self, query: str) -> list[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE."""
        return self.inner.construct(query)

    def raw(self, query: str, accept: str) -> bytes:
        """Give the answer serialised as `accept`."""
        if (query, accept) not in self._raw:
            self._raw[query, accept] = self.inner.raw(query, accept)
        return self._raw[query, accept]
