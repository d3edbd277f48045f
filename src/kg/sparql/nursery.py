"""A small process that bears workers by fork, so that a new one is ready in some 20 milliseconds.

It has loaded what workers need, holds no store and no thread, and has left the network before the
first birth, unless its workers ask an endpoint. The server orders a worker over a control socket and
sends the worker's own socket along.
"""

import gc
import json
import os
import signal
import socket
import sys
from importlib import import_module
from types import FrameType

from kg.sparql.bounds import Bounds
from kg.sparql.confine import die_with_parent, leave_network
from kg.sparql.source import is_address
from kg.sparql.worker import run

_ORDER = 1 << 16


class Nursery:
    """Takes orders, bears workers, reports births and deaths."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._network: bool | None = None
        signal.signal(signal.SIGCHLD, self._collect)

    def serve(self) -> None:
        """Bear a worker for each order until the server goes."""
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._control, _ORDER, 1)
            if not message:
                return
            order = json.loads(message)
            if self._network is None:
                self._network = _prepare(order["store"])
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # no death is told before its birth
            process = os.fork()
            if process == 0:
                self._be_worker(order, descriptors[0])
            os.close(descriptors[0])
            self._report({"born": process})
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})

    def _be_worker(self, order: dict[str, object], descriptor: int) -> None:
        """Turn this new process into a worker; it never comes back from here."""
        status = 1
        try:
            die_with_parent(os.getppid())
            self._control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            bounds = Bounds(**order["bounds"])  # type: ignore[arg-type]  # written from Bounds by the server
            run(str(order["store"]), bounds, socket.socket(fileno=descriptor), network=bool(self._network))
            status = 0
        finally:
            os._exit(status)

    def _collect(self, _signal: int, _frame: FrameType | None) -> None:
        """Report the workers that have ended."""
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            self._report({"dead": process, "status": os.waitstatus_to_exitcode(status)})

    def _report(self, event: dict[str, int]) -> None:
        self._control.sendall(json.dumps(event).encode() + b"\n")


def _prepare(store: str) -> bool:
    """Get ready to bear workers for this kind of store; tell whether they have a network."""
    if is_address(store):
        import_module("kg.sparql.forward")  # once here instead of once in every worker
        return True
    return not leave_network()


def main(parent: int) -> None:
    """Be the nursery of the server that has started this process; the control socket is standard input."""
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    gc.freeze()
    Nursery(control).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
