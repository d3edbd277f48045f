"""The process that runs outside queries, spoken to over a socket.

It has the store of a snapshot, on the disk or shared in memory, or asks an endpoint; it gives up the network
(unless it needs it), memory and files as far as the host allows, and answers one question after the other
until the server closes the socket or kills it.
"""

import json
import os
import signal
import socket
import sys
import threading
import time

from kg.sparql.bounds import Bounds
from kg.sparql.confine import forbid_files, limit_memory, peak_bytes
from kg.sparql.evaluate import answer
from kg.sparql.messages import Answer, Frames, Hello, Question, frame
from kg.sparql.source import Place, Source, open_source

_PIECE = 1 << 14
_GRACE_SECONDS = 2.0
_QUICK_SECONDS = 0.02  # too short to take much memory
_FORGOTTEN = 70


class Worker:
    """One source, one socket, one question at a time."""

    def __init__(self, source: Source, bounds: Bounds, connection: socket.socket, *, network: bool) -> None:
        self.ends_at = float("inf")
        self._source = source
        self._bounds = bounds
        self._connection = connection
        self._network = network

    def serve(self) -> None:
        """Say hello and answer questions until the socket closes; runs on the thread with the large stack."""
        limited = limit_memory(self._bounds.memory)
        self._enough = peak_bytes() + self._bounds.memory // 2
        self._connection.sendall(frame(Hello(threading.get_native_id(), self._network, limited)))
        frames = Frames()
        while piece := self._connection.recv(_PIECE):
            for header, _ in frames.feed(piece):
                if self._reply(Question(*header)).last:
                    return

    def _reply(self, question: Question) -> Answer:
        began = time.monotonic()
        self.ends_at = began + question.seconds + _GRACE_SECONDS
        reply = answer(self._source, question, self._bounds)
        self.ends_at = float("inf")
        if time.monotonic() - began > _QUICK_SECONDS and peak_bytes() > self._enough > 0:
            reply = reply._replace(last=True)  # a fresh process has its memory in one piece
        self._connection.sendall(reply.frame())
        return reply


def run_at(place: Place, bounds: Bounds, connection: socket.socket, *, network: bool) -> None:
    """Be a worker with a source of its own, or say why it cannot be opened."""
    try:
        source = open_source(place)
    except (OSError, ValueError, RuntimeError) as error:
        connection.sendall(frame(Hello(fault=str(error))))
        return
    run(source, bounds, connection, network=network)


def run(source: Source, bounds: Bounds, connection: socket.socket, *, network: bool) -> None:
    """Be a worker until the end, and end when the server forgets a query."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when a worker ends
    forbid_files()
    worker = Worker(source, bounds, connection, network=network)
    threading.stack_size(bounds.stack)
    thread = threading.Thread(target=worker.serve, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(1.0)
        if time.monotonic() > worker.ends_at:
            os._exit(_FORGOTTEN)


def main(at: str, bounds: str, port: int, token: str) -> None:
    """Be a worker of a server on a system without fork: connect back to it and show the token."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(token.encode())
    run_at(Place(at), Bounds(**json.loads(bounds)), connection, network=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
