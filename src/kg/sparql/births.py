"""Where workers come from: forked by the nursery, or started one by one where the system has no fork."""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import sys
from typing import Protocol

from kg.errors import StoreError
from kg.paths import environment_of_children
from kg.sparql.bounds import Bounds
from kg.sparql.source import Place

HAS_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
_START_SECONDS = 30.0


class Birth:
    """A worker just started: the server's end of its socket, and how to end it."""

    def __init__(self, connection: socket.socket, pid: int, ended: "asyncio.Future[int]") -> None:
        self.connection = connection
        self.pid = pid
        self.ended = ended
        self._handle: int | None = None
        if hasattr(os, "pidfd_open") and HAS_FORK:
            with contextlib.suppress(ProcessLookupError):  # it has ended already
                self._handle = os.pidfd_open(pid)
        ended.add_done_callback(self._forget)

    def kill(self) -> None:
        """End the process at once, if it has not ended."""
        if self.ended.done():
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            else:
                os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def _forget(self, _: "asyncio.Future[int]") -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Births(Protocol):
    """A source of workers on one graph."""

    async def bear(self, bounds: Bounds) -> Birth:
        """Start a worker."""
        ...

    async def retire(self) -> None:
        """Start no more, and return when the last worker has ended."""
        ...

    async def close(self) -> None:
        """Start no more; workers that have not ended may be ended."""
        ...


def births(place: Place) -> Births:
    """Give the quickest source that this system has."""
    return ForkedBirths(place) if HAS_FORK else SpawnedBirths(place)


class ForkedBirths:
    """Workers forked by one nursery process, which is started when it is first needed or has gone."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = asyncio.Lock()
        self._control: socket.socket | None = None
        self._reader: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._born: asyncio.Future[tuple[int, asyncio.Future[int]]] | None = None
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._retired = False

    async def bear(self, bounds: Bounds) -> Birth:
        """Order a worker and wait until it is born."""
        try:
            async with self._lock:
                return await self._bear(bounds)
        except OSError as error:
            raise StoreError(f"No query worker starts: {error}.") from error

    async def _bear(self, bounds: Bounds) -> Birth:
        mine, its = socket.socketpair()
        with contextlib.ExitStack() as opened:
            opened.callback(mine.close)
            with its:
                pid, ended = await self._order(json.dumps(bounds._asdict()).encode(), its)
            mine.setblocking(False)
            birth = Birth(mine, pid, ended)
            opened.pop_all()
            return birth

    async def _order(self, order: bytes, its: socket.socket) -> "tuple[int, asyncio.Future[int]]":
        control = await self._nursery()
        self._born = asyncio.get_running_loop().create_future()
        socket.send_fds(control, [order], [its.fileno()])
        try:
            return await asyncio.wait_for(self._born, _START_SECONDS)
        except TimeoutError as error:
            self._kill()  # a late report would be taken for the answer to the next order
            raise StoreError("No query worker starts: the nursery does not answer.") from error

    async def retire(self) -> None:
        """Start no more; the nursery ends when the last of its workers has ended."""
        self._retired = True
        async with self._lock:  # an order may be waiting for a nursery that is just being started
            if self._control is not None:
                with contextlib.suppress(OSError):
                    self._control.shutdown(socket.SHUT_WR)
        await self._see_out()

    async def close(self) -> None:
        """End the nursery, and with it all workers."""
        self._retired = True
        self._kill()
        await self._see_out()

    def _kill(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def _see_out(self) -> None:
        if self._process is not None:
            await self._process.wait()
        if self._reader is not None:
            await self._reader

    async def _nursery(self) -> socket.socket:
        if self._retired:
            raise StoreError("No query worker starts here any more: others have taken over.")
        if self._control is None:
            mine, its = socket.socketpair()
            mine.setblocking(False)
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "kg.sparql.nursery", str(os.getpid()), json.dumps(self._place)),
                stdin=its.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                env=environment_of_children(),
            )
            its.close()
            self._control = mine
            self._reader = asyncio.get_running_loop().create_task(self._read(mine))
        return self._control

    async def _read(self, control: socket.socket) -> None:
        """Take the nursery's reports until it goes; its workers go with it."""
        loop = asyncio.get_running_loop()
        rest = b""
        with contextlib.suppress(ConnectionError):
            while piece := await loop.sock_recv(control, 1 << 14):
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    self._take(json.loads(line))
        control.close()
        self._control = None
        for ended in self._ends.values():
            if not ended.done():
                ended.set_result(-signal.SIGKILL)
        self._ends.clear()
        if self._born is not None and not self._born.done():
            self._born.set_exception(ConnectionError("the nursery has ended"))

    def _take(self, event: dict[str, int]) -> None:
        if "born" in event:
            ending = self._ends[event["born"]] = asyncio.get_running_loop().create_future()
            if self._born is not None and not self._born.done():
                self._born.set_result((event["born"], ending))
            return
        ended = self._ends.pop(event["dead"], None)
        if ended is not None and not ended.done():
            ended.set_result(event["status"])


class SpawnedBirths:
    """Workers started one by one; each connects back over loopback and shows a token."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._waits: set[asyncio.Task[None]] = set()

    async def bear(self, bounds: Bounds) -> Birth:
        """Start a process and wait until it has connected."""
        loop = asyncio.get_running_loop()
        token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.setblocking(False)
            arguments = [self._place.at, json.dumps(bounds._asdict()), str(listening.getsockname()[1]), token]
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "kg.sparql.worker", *arguments, env=environment_of_children()
            )
            try:
                async with asyncio.timeout(_START_SECONDS):
                    connection = await _accept(listening, token)
            except TimeoutError as error:
                process.kill()
                raise StoreError("No query worker can be started: it does not connect.") from error
        ended: asyncio.Future[int] = loop.create_future()

        async def wait() -> None:
            ended.set_result(await process.wait())

        task = loop.create_task(wait())
        self._waits.add(task)
        task.add_done_callback(self._waits.discard)
        return Birth(connection, process.pid, ended)

    async def retire(self) -> None:
        """Wait for the workers that still run."""
        await asyncio.gather(*self._waits)

    close = retire


async def _accept(listening: socket.socket, token: str) -> socket.socket:
    """Take the first connection that shows the token."""
    loop = asyncio.get_running_loop()
    while True:
        connection, _ = await loop.sock_accept(listening)
        connection.setblocking(False)
        shown = b""
        while len(shown) < len(token) and (
            piece := await loop.sock_recv(connection, len(token) - len(shown))
        ):
            shown += piece
        if secrets.compare_digest(shown, token.encode()):
            return connection
        connection.close()
