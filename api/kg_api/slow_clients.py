"""An HTTP protocol for uvicorn that does not wait for ever for a request's head, nor read one without end."""

import asyncio
import json
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.sparql.limits import SparqlLimits
from kg_api.problems import MEDIA_TYPE

_LONGEST_ADDRESS: Final = (1 << 16) - 1  # the parser counts in two bytes


class PatientProtocol(HttpToolsProtocol):
    """Ends connections whose request head comes too slowly or grows too large."""

    _timer: asyncio.TimerHandle | None = None
    _head: int | None = 0

    def __init__(self, limits: SparqlLimits, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._seconds = limits.head_seconds
        self._bytes = limits.head_kib << 10

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect the head of the first request."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head has grown too large."""
        super().data_received(_encoded(data) if self._head == 0 else data)
        if self._head is not None:
            self._head += len(data)
            if self._head > self._bytes:
                self._refuse(
                    431, f"The head of a request may have {self._bytes >> 10} KiB (KG_SPARQL_HEAD_KIB)."
                )

    def on_message_begin(self) -> None:
        """Expect the head of a further request on the same connection."""
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        """Stop the clock: the head is whole; it must name one host."""
        self._stop_clock()
        self._head = None
        if self.parser.get_http_version() == "1.1" and sum(name == b"host" for name, _ in self.headers) != 1:
            self._refuse(400, "A request names one host.")  # as RFC 9112 has it
            return
        if any(name == b"transfer-encoding" and value.lower() != b"chunked" for name, value in self.headers):
            self._refuse(501, "Of transfer codings this server reads chunked alone.")
            return
        if len(self.url) > _LONGEST_ADDRESS:
            self._refuse(414, f"An address may have {_LONGEST_ADDRESS} bytes: send a long text with POST.")
            return
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock: nobody sends any more."""
        self._stop_clock()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._stop_clock()
        self._head = 0
        said = f"The head of a request must arrive within {self._seconds:g} seconds."
        self._timer = self.loop.call_later(self._seconds, self._refuse, 408, said)

    def _stop_clock(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: int, detail: str) -> None:
        if self.transport.is_closing():
            return
        title = HTTPStatus(status).phrase
        said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        body = json.dumps(said).encode()
        head = (
            f"HTTP/1.1 {status} {title}\r\nconnection: close\r\ncontent-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()


def _encoded(head: bytes) -> bytes:
    """Percent-encode what a person typed into an address as it is: curl sends 安全 so, and the parser refuses it."""
    line, end, rest = head.partition(b"\r\n")
    if line.isascii():
        return head
    try:
        line.decode()
    except UnicodeDecodeError:
        return head  # the parser says what is wrong
    return b"".join(b"%%%02X" % byte if byte > 0x7F else bytes([byte]) for byte in line) + end + rest
