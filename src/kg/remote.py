"""A store behind any SPARQL 1.1 endpoint."""

import os
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError

import pyoxigraph as ox
from SPARQLWrapper import BASIC, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from kg.errors import CallerError, StoreError
from kg.store import Row, row_of

USER, PASSWORD = "KG_STORE_USER", "KG_STORE_PASSWORD"
_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


@dataclass(frozen=True)
class RemoteStore:
    """Ask an endpoint; reads that fail on the way are tried again, answers that it gives are not."""

    url: str
    timeout_seconds: int = 30
    tries: int = 3

    def select(self, query: str) -> list[Row]:
        """Give the rows of a SELECT."""
        solutions = ox.parse_query_results(self.raw(query, _ROWS), ox.QueryResultsFormat.JSON)
        if not isinstance(solutions, ox.QuerySolutions):
            raise CallerError("This query is no SELECT; give one that selects rows.")
        names = [variable.value for variable in solutions.variables]
        return [row_of(names, solution) for solution in solutions]

    def ask(self, query: str) -> bool:
        """Give the answer of an ASK."""
        answer = ox.parse_query_results(self.raw(query, _ROWS), ox.QueryResultsFormat.JSON)
        if not isinstance(answer, ox.QueryBoolean):
            raise CallerError("This query is no ASK; give one that asks yes or no.")
        return bool(answer)

    def construct(self, query: str) -> list[ox.Triple]:
        """Give the triples of a CONSTRUCT or DESCRIBE."""
        content = self.raw(query, _TRIPLES)
        try:
            return [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)]
        except SyntaxError as error:
            raise StoreError(
                f"{self.url} answered something else than N-Triples; check the endpoint."
            ) from error

    def raw(self, query: str, accept: str) -> bytes:
        """Give the endpoint's own answer as the media type `accept`."""
        for left in reversed(range(self.tries)):
            try:
                return self._once(query, accept)
            except (URLError, TimeoutError, HTTPException, ConnectionError) as error:
                if isinstance(error, HTTPError) or not left:
                    raise StoreError(
                        f"{self.url} does not answer: {error}; check the address and --store."
                    ) from error
        raise StoreError(f"{self.url} was never asked; set tries to 1 or more.")

    def _once(self, query: str, accept: str) -> bytes:
        wrapper = SPARQLWrapper(self.url)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self.timeout_seconds)
        wrapper.addCustomHttpHeader("Accept", accept)
        wrapper.setQuery(query)
        if USER in os.environ:
            wrapper.setHTTPAuth(BASIC)
            wrapper.setCredentials(os.environ[USER], os.environ.get(PASSWORD, ""))
        try:
            return bytes(wrapper.query().response.read())
        except QueryBadFormed as error:
            raise CallerError(f"{self.url} refused the query: {error}.") from error
        except SPARQLWrapperException as error:
            raise StoreError(f"{self.url} failed: {error}; check the endpoint and its limits.") from error
