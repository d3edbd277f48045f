"""Two standard ways to write graphs into another engine: Graph Store Protocol and SPARQL Update."""

import urllib.request
from base64 import b64encode
from collections.abc import Sequence
from functools import cached_property
from http.client import HTTPException, HTTPResponse
from importlib import resources
from typing import Final, Protocol
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

from kg.endpoint import checked_address
from kg.errors import StoreError
from kg.settings import StoreSettings

Lines = Sequence[bytes]
_SHOWN: Final = 300


class Writer(Protocol):
    """Writes N-Triples lines into graphs; None is the default graph."""

    def put(self, graph: str | None, lines: Lines) -> None:
        """Make these the statements of a graph, in place of all others."""
        ...

    def add(self, graph: str | None, lines: Lines) -> None:
        """Add statements to a graph."""
        ...

    def drop(self, graph: str | None) -> None:
        """Remove a graph, if it is there."""
        ...


class GraphStoreWriter:
    """Writes by the SPARQL 1.1 Graph Store HTTP Protocol."""

    def __init__(self, url: str, settings: StoreSettings) -> None:
        self._channel = _Channel(url, settings)

    def put(self, graph: str | None, lines: Lines) -> None:
        """Make these the statements of a graph, in place of all others."""
        self._send("PUT", graph, lines)

    def add(self, graph: str | None, lines: Lines) -> None:
        """Add statements to a graph."""
        self._send("POST", graph, lines)

    def drop(self, graph: str | None) -> None:
        """Remove a graph, if it is there."""
        self._channel.send("DELETE", _named(graph), missing_is_fine=True)

    def _send(self, method: str, graph: str | None, lines: Lines) -> None:
        # N-Triples is Turtle, and Turtle is the format that every graph store must take
        self._channel.send(method, _named(graph), b"".join(lines), "text/turtle; charset=utf-8")


class UpdateWriter:
    """Writes by SPARQL 1.1 Update."""

    def __init__(self, url: str, settings: StoreSettings) -> None:
        self._channel = _Channel(url, settings)

    def put(self, graph: str | None, lines: Lines) -> None:
        """Make these the statements of a graph, in place of all others."""
        self.drop(graph)
        self.add(graph, lines)

    def add(self, graph: str | None, lines: Lines) -> None:
        """Add statements to a graph."""
        self._update("insert", graph, lines)

    def drop(self, graph: str | None) -> None:
        """Remove a graph, if it is there."""
        self._update("drop", graph)

    def _update(self, name: str, graph: str | None, lines: Lines = ()) -> None:
        template = _template(name if graph else f"{name}-default")
        text = template.replace(b"<urn:graph>", f"<{graph}>".encode()).replace(
            b"# statements\n", b"".join(lines)
        )
        self._channel.send("POST", "", text, "application/sparql-update")


def update_address(query: str) -> str:
    """Give the address where the engine behind a query address takes updates, by the custom of the engines."""
    path = urlsplit(query).path.rstrip("/")
    if path.endswith("/query"):
        return query.rstrip("/").removesuffix("/query") + "/update"
    if "/repositories/" in path:
        return query.rstrip("/") + "/statements"
    return query


class _Channel:
    """Sends requests to one address and says who sends them."""

    def __init__(self, url: str, settings: StoreSettings) -> None:
        self._url = checked_address(url)
        self._settings = settings
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, url, settings.user, settings.password.get_secret_value())
        self._digest = urllib.request.HTTPDigestAuthHandler(known)

    def send(
        self,
        method: str,
        query: str,
        body: bytes | None = None,
        kind: str = "",
        *,
        missing_is_fine: bool = False,
    ) -> None:
        """Send one request and wait until it is done."""
        separator = "&" if "?" in self._url else "?"
        address = f"{self._url}{separator}{query}" if query else self._url
        request = urllib.request.Request(address, body, method=method)  # noqa: S310 - checked: http(s)
        if kind:
            request.add_header("Content-Type", kind)
        try:
            self._sign(request)
            with _open(request, self._settings.timeout) as answer:
                answer.read()
        except HTTPError as error:
            if not (missing_is_fine and error.code == 404):
                raise StoreError(f"{self._url} does not take the graph: {_said(error)}") from error
        except (OSError, HTTPException) as error:
            raise StoreError(
                f"{self._url} does not answer: {error}; check the address and the server."
            ) from error

    def _sign(self, request: urllib.request.Request) -> None:
        """Say who sends, before the body: some servers close the connection on a body that they will refuse."""
        token, user = self._settings.token.get_secret_value(), self._settings.user
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        elif user and self._challenge:
            answer = self._digest.get_authorization(request, self._challenge)
            request.add_header("Authorization", f"Digest {answer}")
        elif user:
            pair = f"{user}:{self._settings.password.get_secret_value()}".encode()
            request.add_header("Authorization", f"Basic {b64encode(pair).decode()}")

    @cached_property
    def _challenge(self) -> dict[str, str]:
        """Give what a server that wants Digest asks; others get Basic."""
        try:
            with _open(urllib.request.Request(self._url), self._settings.timeout):  # noqa: S310 - checked: http(s)
                return {}
        except HTTPError as error:
            scheme, _, asked = error.headers.get("WWW-Authenticate", "").partition(" ")
            if scheme.lower() != "digest":
                return {}
            return urllib.request.parse_keqv_list(urllib.request.parse_http_list(asked))


def _open(request: urllib.request.Request, timeout: float) -> HTTPResponse:
    return urllib.request.urlopen(request, timeout=timeout)  # type: ignore[no-any-return]  # noqa: S310 - checked


def _said(error: HTTPError) -> str:
    if error.code in {401, 403}:
        return f"status {error.code}; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN."
    if error.code in {404, 405}:
        return f"status {error.code}; name the address that writes with --graph-store or --update."
    text = " ".join(error.read(_SHOWN).decode(errors="replace").split())
    return f"status {error.code}, {text or 'no reason given'}; see its log."


def _named(graph: str | None) -> str:
    return f"graph={quote(graph, safe='')}" if graph else "default"


def _template(name: str) -> bytes:
    return (resources.files("kg") / "queries" / "load" / f"{name}.ru").read_bytes()
