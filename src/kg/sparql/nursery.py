"""A small process that bears workers by fork, so that a new one is ready in some 20 milliseconds.

It has loaded what workers need, the graph as well where they share it in memory, holds no thread, and has
left the network before the first birth, unless its workers ask an endpoint. The server orders a worker over
a control socket and sends the worker's own socket along.
"""

import gc
import json
import os
import signal
import socket
import sys

from kg.sparql.bounds import Bounds
from kg.sparql.confine import die_with_parent, leave_network
from kg.sparql.source import Place, Source, open_source
from kg.sparql.worker import run, run_at

_ORDER = 1 << 16


class Nursery:
    """Takes orders, bears workers on one graph, reports births and deaths."""

    def __init__(self, control: socket.socket, place: Place) -> None:
        self._control = control
        self._place = place
        self._pid = os.getpid()
        self._network = place.is_address or not leave_network()
        self._shared: Source | None = open_source(place) if place.is_address or place.in_memory else None
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: self._collect())

    def serve(self) -> None:
        """Bear a worker for each order; when none will follow, wait for those that still work."""
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._control, _ORDER, 1)
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # no death is told before its birth
            if not message:
                break
            process = os.fork()
            if process == 0:
                self._be_worker(Bounds(**json.loads(message)), descriptors[0])
            os.close(descriptors[0])
            self._report({"born": process})
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        while self._collect():
            signal.sigwait({signal.SIGCHLD})

    def _be_worker(self, bounds: Bounds, descriptor: int) -> None:
        """Turn this new process into a worker; it never comes back from here."""
        status = 1
        try:
            die_with_parent(self._pid)
            self._control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            connection = socket.socket(fileno=descriptor)
            if self._shared is None:
                run_at(self._place, bounds, connection, network=self._network)
            else:
                run(self._shared, bounds, connection, network=self._network)
            status = 0
        finally:
            os._exit(status)

    def _collect(self) -> bool:
        """Report the workers that have ended; tell whether others live."""
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if process == 0:
                return True
            self._report({"dead": process, "status": os.waitstatus_to_exitcode(status)})

    def _report(self, event: dict[str, int]) -> None:
        self._control.sendall(json.dumps(event).encode() + b"\n")


def main(parent: int, place: Place) -> None:
    """Be the nursery of the server that has started this process; the control socket is standard input."""
    die_with_parent(parent)
    for stop in (signal.SIGINT, signal.SIGTERM):  # sent to the whole group; the server lets queries end
        signal.signal(stop, signal.SIG_IGN)
    control = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    nursery = Nursery(control, place)
    gc.freeze()
    nursery.serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), Place(*json.loads(sys.argv[2])))
