"""Pass outside queries on to an endpoint, in a form that it cannot read in another way than we did."""

import re
from http.client import HTTPResponse
from typing import Final

import pyoxigraph as ox

from kg.endpoint import Endpoint
from kg.errors import CallerError, StoreError
from kg.remote import ROWS, TRIPLES, as_boolean, rows_of, triples_of
from kg.settings import StoreSettings
from kg.sparql.messages import Question
from kg.sparql.source import Results, StoreSource
from kg.sparql.tokens import spelled_out
from kg.vocab import BASE

_ESCAPE_LEFT: Final = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")


class EndpointSource:
    """Another engine: asked only what is SPARQL 1.1 by our own parser."""

    lasting = False  # whoever runs the engine may change its graphs

    def __init__(self, url: str) -> None:
        self._url = url
        self._settings = StoreSettings()
        self._parser = StoreSource(ox.Store())

    def query(self, text: str, question: Question) -> Results:
        """Check a query and send it on; the answer is read while it arrives."""
        understood = self._parser.query(
            text, question
        )  # over nothing: only to see that, and as what, it parses
        is_graph = isinstance(understood, ox.QueryTriples)
        response = self._ask(text, TRIPLES if is_graph else ROWS, question)
        if is_graph:
            return triples_of(response)
        rows = rows_of(response)
        return as_boolean(rows) if isinstance(understood, ox.QueryBoolean) else rows

    def _ask(self, text: str, accept: str, question: Question) -> HTTPResponse:
        seconds = min(question.seconds, self._settings.timeout)
        endpoint = Endpoint(self._url, self._settings.model_copy(update={"timeout": seconds}))
        try:
            return endpoint.read(_portable(text), accept, question.default_graphs, question.named_graphs)
        except (CallerError, StoreError) as error:  # where the engine is, is the operator's business
            raise type(error)(str(error).replace(self._url, "the engine")) from error


def _portable(text: str) -> str:
    plain = spelled_out(text)
    if _ESCAPE_LEFT.search(plain):  # engines differ in whether a backslash before it counts
        raise SyntaxError("a backslash stands before what may be read as a codepoint escape")
    return f"BASE <{BASE}>\n{plain}"
