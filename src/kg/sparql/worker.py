"""The process that runs outside queries: `python -m kg.sparql.worker`, spoken to over stdin and stdout.

It opens the snapshot read-only, gives up the network, memory and files as far as the host allows,
and answers one question after the other until the server closes the pipe or kills it.
"""

import json
import os
import signal
import sys
import threading
import time

import pyoxigraph as ox

from kg.sparql.bounds import Bounds
from kg.sparql.confine import die_with_parent, forbid_files, leave_network, limit_memory, peak_bytes
from kg.sparql.evaluate import answer
from kg.sparql.messages import Answer, Frames, Hello, Question, frame

_PIECE = 1 << 14
_GRACE_SECONDS = 2.0


class Worker:
    """One store, one pipe, one question at a time."""

    def __init__(self, store: str, bounds: Bounds, outgoing: int) -> None:
        self.bounds = bounds
        self.ends_at = float("inf")
        self._outgoing = outgoing
        self._no_network = leave_network()
        self._store = ox.Store.read_only(store)
        forbid_files()

    def serve(self) -> None:
        """Say hello and answer questions until the pipe ends; runs on the thread with the large stack."""
        limited = limit_memory(self.bounds.memory)
        self._enough = peak_bytes() + self.bounds.memory // 2
        hello = Hello(threading.get_native_id(), not self._no_network, limited)
        self._send(frame(hello._asdict()))
        frames = Frames()
        while piece := os.read(sys.stdin.fileno(), _PIECE):
            for header, body in frames.feed(piece):
                if self._reply(_question(header, body)).last:
                    return

    def _reply(self, question: Question) -> Answer:
        self.ends_at = time.monotonic() + question.seconds + _GRACE_SECONDS
        reply = answer(self._store, question, self.bounds)
        self.ends_at = float("inf")
        if peak_bytes() > self._enough > 0:
            reply = reply._replace(last=True)  # a fresh process has its memory in one piece
        self._send(reply.frame())
        return reply

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._outgoing, view) :]


def _question(header: dict[str, object], body: bytes) -> Question:
    return Question(text=body.decode(), **header)  # type: ignore[arg-type]  # written by Question.frame


def main(store: str, bounds: str, parent: int) -> None:
    """Run a worker, and end it when the server forgets it in the middle of a query."""
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when a worker ends
    outgoing = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that prints can garble an answer
    worker = Worker(store, Bounds(**json.loads(bounds)), outgoing)
    threading.stack_size(worker.bounds.stack)
    thread = threading.Thread(target=worker.serve, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(1.0)
        if time.monotonic() > worker.ends_at:
            os._exit(70)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
