"""What the server and its workers say to each other, and the frames in which it travels."""

import json
import struct
from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

Outcome = Literal[
    "ok", "syntax", "update", "service", "complex", "long", "dataset", "evaluation", "format",
    "timeout", "memory", "crash", "store", "busy", "budget", "stopping", "left",
]  # fmt: skip
Cut = Literal["", "rows", "bytes"]

_SIZES: Final = struct.Struct("!II")


class Question(NamedTuple):
    """One query with everything that decides its answer except the snapshot."""

    text: str
    rows_type: str | None = "application/sparql-results+json"
    graph_type: str | None = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    gzip: bool = False
    seconds: float = 10.0

    def frame(self) -> bytes:
        """Give the bytes that carry this question to a worker."""
        return frame(self)


class Answer(NamedTuple):
    """What became of a question; the body is whole, or marked as cut."""

    outcome: Outcome
    body: bytes = b""
    media_type: str = ""
    form: str = ""
    rows: int = 0
    cut: Cut = ""
    volatile: bool = False
    gzip: bool = False
    message: str = ""
    line: int = 0
    column: int = 0
    last: bool = False

    def frame(self) -> bytes:
        """Give the bytes that carry this answer to the server."""
        return frame((self.outcome, *self[2:]), self.body)

    @classmethod
    def read(cls, header: Sequence[Any], body: bytes) -> "Answer":
        """Make the answer of a frame."""
        return cls(header[0], body, *header[1:])


class Hello(NamedTuple):
    """What a worker says once it is ready: how far the host let it be confined, or why it cannot work."""

    thread: int = 0
    network: bool = False
    memory_limited: bool = False
    fault: str = ""


def frame(header: Sequence[object], body: bytes = b"") -> bytes:
    """Put a small header and a body into one frame."""
    head = json.dumps(header).encode()
    return _SIZES.pack(len(head), len(body)) + head + body


class Frames:
    """Put frames together again from the pieces in which they arrive."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._needed = _SIZES.size

    def feed(self, data: bytes) -> list[tuple[list[Any], bytes]]:
        """Take a piece and give the frames that are now complete."""
        self._buffer += data
        complete: list[tuple[list[Any], bytes]] = []
        while len(self._buffer) >= self._needed:
            head_size, body_size = _SIZES.unpack_from(self._buffer)
            self._needed = _SIZES.size + head_size + body_size
            if len(self._buffer) < self._needed:
                break
            start = _SIZES.size + head_size
            header = json.loads(self._buffer[_SIZES.size : start])
            complete.append((header, bytes(memoryview(self._buffer)[start : self._needed])))
            del self._buffer[: self._needed]
            self._needed = _SIZES.size
        return complete
