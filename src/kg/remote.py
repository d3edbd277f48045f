"""A store behind any SPARQL 1.1 endpoint, and what engines do in their own way put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Final

import pyoxigraph as ox

from kg.endpoint import Endpoint
from kg.errors import CallerError, StoreError
from kg.settings import StoreSettings
from kg.store import GRAPH_FORMATS, RESULT_FORMATS, Row, row_of
from kg.vocab import PREFIXES

ROWS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_YES, _NO = b'{"head":{},"boolean":true}', b'{"head":{},"boolean":false}'
# so Virtuoso names blank nodes; inside a text the quotation marks would be escaped
_ODD_NODE: Final = b'"bnode", "value": "nodeID://'
_NODE: Final = b'"bnode", "value": "'


@dataclass(frozen=True)
class RemoteStore:
    """Ask an endpoint and read its answers whole."""

    endpoint: Endpoint

    @classmethod
    def at(cls, url: str, settings: StoreSettings | None = None) -> "RemoteStore":
        """Give the store at an address."""
        return cls(Endpoint(url, settings or StoreSettings()))

    def select(self, query: str) -> list[Row]:
        """Give the rows of a SELECT."""
        solutions = self._rows(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise CallerError("This query is no SELECT; give one that selects rows.")
        names = [variable.value for variable in solutions.variables]
        with _Reading(self.endpoint):
            return [row_of(names, solution) for solution in solutions]

    def ask(self, query: str) -> bool:
        """Give the answer of an ASK."""
        with _Reading(self.endpoint):
            return bool(as_boolean(self._rows(query)))

    def construct(self, query: str) -> list[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE."""
        with _Reading(self.endpoint):
            return list(triples_of(self._answer(query, TRIPLES)))

    def raw(self, query: str, accept: str) -> bytes:
        """Give the answer as the media type `accept`, written as the embedded store writes it."""
        if accept in GRAPH_FORMATS:
            return ox.serialize(self.construct(query), format=GRAPH_FORMATS[accept], prefixes=PREFIXES) or b""
        if accept not in RESULT_FORMATS:
            offered = ", ".join([*RESULT_FORMATS, *GRAPH_FORMATS])
            raise CallerError(f"Answers are not given as {accept}; ask for {offered}.")
        with _Reading(self.endpoint):
            return bytes(self._rows(query).serialize(format=RESULT_FORMATS[accept]) or b"")

    def _rows(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean:
        with _Reading(self.endpoint):
            return rows_of(self._answer(query, ROWS))

    def _answer(self, query: str, accept: str) -> HTTPResponse:
        try:
            return self.endpoint.read(query, accept)
        except CallerError as refusal:
            if _parses(query):
                raise StoreError(
                    f"{refusal} It is SPARQL 1.1 all the same: this engine cannot run it."
                ) from refusal
            raise


def _parses(query: str) -> bool:
    try:
        ox.Store().query(query)
    except SyntaxError:
        return False
    return True


def rows_of(response: HTTPResponse) -> ox.QuerySolutions | ox.QueryBoolean:
    """Read rows, or a yes or no, while they arrive."""
    return ox.parse_query_results(_NamedAnew(response), ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]  # it has read()


def as_boolean(answer: ox.QuerySolutions | ox.QueryBoolean) -> ox.QueryBoolean:
    """Give a yes or no; Virtuoso answers an ASK with one row or none."""
    if isinstance(answer, ox.QueryBoolean):
        return answer
    found = ox.parse_query_results(_YES if any(True for _ in answer) else _NO, ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QueryBoolean):
        raise TypeError("a boolean document is read as a boolean")
    return found


def triples_of(response: HTTPResponse) -> Iterator[ox.Triple]:
    """Read triples while they arrive, in whichever format the endpoint chose."""
    media_type = response.headers.get_content_type()
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise SyntaxError(f"a graph came as {media_type}")
    return (quad.triple for quad in ox.parse(response, format=form))


class _NamedAnew:
    """A response whose blank nodes have names that every parser reads."""

    def __init__(self, response: HTTPResponse) -> None:
        self._response = response
        self._rest = b""

    def read(self, size: int = 1 << 16) -> bytes:
        """Give the next bytes; what may be the beginning of such a name waits for its end."""
        more = self._response.read1(max(1, size - len(self._rest)))
        data = (self._rest + more).replace(_ODD_NODE, _NODE)
        kept = _beginning_of_name(data) if more else 0
        self._rest = data[len(data) - kept :]
        given = data[: len(data) - kept]
        return given if given or not more else self.read(size)


def _beginning_of_name(data: bytes) -> int:
    lengths = range(min(len(data), len(_ODD_NODE) - 1), 0, -1)
    return next((length for length in lengths if data.endswith(_ODD_NODE[:length])), 0)


class _Reading:
    """Turns what goes wrong while an answer is read into one sentence."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._url = endpoint.url

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, SyntaxError | OSError):
            raise StoreError(
                f"{self._url} gave something else than an answer to SPARQL: {error}; check the address."
            ) from error
