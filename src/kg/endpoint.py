"""One read from a SPARQL 1.1 endpoint: who asks, how long, how often, and what its faults mean."""

import math
import re
import time
from ast import literal_eval
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from SPARQLWrapper import BASIC, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
)

from kg.errors import CallerError, StoreError
from kg.settings import StoreSettings

_BUSY: Final = frozenset({429, 502, 503, 504})
_FIRST_PAUSE: Final = 0.2
_SHOWN: Final = 300
_SCHEMES: Final = frozenset({"http", "https"})


def checked_address(url: str) -> str:
    """Give an endpoint's address, or say what is wrong with it."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, usable = None, False
    if parts is None or not usable:
        raise CallerError(f"{url} is no endpoint; give an address such as http://127.0.0.1:7878/query.")
    if "@" in parts.netloc:
        raise CallerError("Addresses hold no passwords; set KG_STORE_USER and KG_STORE_PASSWORD.")
    return url


@dataclass(frozen=True)
class Endpoint:
    """An endpoint and the way to ask it."""

    url: str
    settings: StoreSettings = field(default_factory=StoreSettings)

    def __post_init__(self) -> None:
        checked_address(self.url)

    def read(
        self, query: str, accept: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> HTTPResponse:
        """Give the answer to a query, open for reading; a read changes nothing, so it may be sent again."""
        request = self._request(query, accept, default_graphs, named_graphs)
        pause = _FIRST_PAUSE
        for left in reversed(range(self.settings.tries)):
            try:
                return request.query().response
            except (SPARQLWrapperException, OSError, HTTPException) as error:
                if not left or not _passes(error):
                    raise self._fault(error) from error
            time.sleep(pause)
            pause *= 2
        raise AssertionError("settings.tries is at least 1")

    def _request(
        self, query: str, accept: str, default_graphs: Sequence[str], named_graphs: Sequence[str]
    ) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.url)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)  # else parameters for other servers ask Virtuoso for another format
        wrapper.setTimeout(math.ceil(self.settings.timeout))
        wrapper.addCustomHttpHeader("Accept", accept)
        wrapper.setQuery(query)
        for graph in default_graphs:
            wrapper.addParameter("default-graph-uri", graph)
        for graph in named_graphs:
            wrapper.addParameter("named-graph-uri", graph)
        if self.settings.token.get_secret_value():
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {self.settings.token.get_secret_value()}")
        elif self.settings.user:
            wrapper.setHTTPAuth(BASIC)
            wrapper.setCredentials(self.settings.user, self.settings.password.get_secret_value())
        return wrapper

    def _fault(self, error: Exception) -> CallerError | StoreError:
        if isinstance(error, QueryBadFormed):
            return CallerError(f"{self.url} refuses the query: {_said(error)}.")
        if isinstance(error, Unauthorized) or (isinstance(error, HTTPError) and error.code == 403):
            return StoreError(
                f"{self.url} asks who we are; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN."
            )
        if isinstance(error, EndPointNotFound):
            return StoreError(f"There is no endpoint at {self.url}; check the address given with --store.")
        if _timed_out(error):
            return StoreError(
                f"{self.url} does not answer within {self.settings.timeout:g} seconds; "
                "ask for less, or raise KG_STORE_TIMEOUT."
            )
        if isinstance(error, EndPointInternalError | HTTPError):
            return StoreError(f"{self.url} failed: {_said(error)}; see its log and its limits.")
        return StoreError(f"{self.url} does not answer: {_said(error)}; check the address and the server.")


def _passes(error: Exception) -> bool:
    """Tell whether the same request may succeed in a moment; a slow answer would only be slow again."""
    if isinstance(error, HTTPError):
        return error.code in _BUSY
    return not isinstance(error, SPARQLWrapperException) and not _timed_out(error)


def _timed_out(error: Exception) -> bool:
    return isinstance(error, TimeoutError) or (
        isinstance(error, URLError) and isinstance(error.reason, TimeoutError)
    )


def _said(error: Exception) -> str:
    """Give the first words of what the endpoint said, on one line."""
    said = str(error).encode()
    quoted = re.search(r"Response:\n(b['\"].*)", str(error), re.DOTALL)
    if quoted:
        said = literal_eval(quoted[1])  # SPARQLWrapper shows the bytes as Python writes them
    if isinstance(error, HTTPError):
        said += b": " + error.read(_SHOWN)
    text = said.decode(errors="replace").partition("SPARQL query:")[0]  # Virtuoso repeats what it was asked
    return re.sub(r"\s+", " ", text)[:_SHOWN].strip(" .:")
