"""One worker process as the server sees it: start, ask, kill."""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path
from typing import cast

import kg
from kg.errors import StoreError
from kg.sparql.bounds import Bounds
from kg.sparql.confine import yield_to_others
from kg.sparql.messages import Answer, Frames, Hello, Question

_START_SECONDS = 30.0
_STDERR_KEPT = 2_000


class WorkerGoneError(Exception):
    """The process ended before it answered."""

    def __init__(self, stderr: str) -> None:
        super().__init__(stderr)
        self.out_of_memory = "memory allocation of" in stderr or "MemoryError" in stderr


class Process(asyncio.SubprocessProtocol):
    """A worker process: answers one question at a time, until it is killed or has had enough."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.alive = False
        self.aside = False
        self.demoted = False
        self._frames = Frames()
        self._stderr = b""
        loop = asyncio.get_running_loop()
        self._hello: asyncio.Future[Hello] = loop.create_future()
        self._answer: asyncio.Future[Answer] | None = None
        self._gone: asyncio.Future[None] = loop.create_future()
        self._transport: asyncio.SubprocessTransport | None = None
        self._input: asyncio.WriteTransport | None = None

    @classmethod
    async def start(cls, store: Path, version: str, bounds: Bounds) -> "Process":
        """Start a worker on a store and wait until it is ready."""
        command = [sys.executable, "-m", "kg.sparql.worker", str(store)]
        command += [json.dumps(bounds._asdict()), str(os.getpid())]
        loop = asyncio.get_running_loop()
        _, process = await loop.subprocess_exec(lambda: cls(version), *command, env=_environment())
        try:
            await asyncio.wait_for(asyncio.shield(process._hello), _START_SECONDS)
        except (WorkerGoneError, TimeoutError) as error:
            process.kill()
            raise StoreError(
                f"No query worker starts on {store}: {error}; build the snapshot again."
            ) from error
        except asyncio.CancelledError:
            process.kill()
            raise
        return process

    @property
    def hello(self) -> Hello:
        """Give what the worker said at its start."""
        return self._hello.result()

    @property
    def pid(self) -> int:
        """Give the process number."""
        return self._transport.get_pid() if self._transport else 0

    @property
    def gone(self) -> bool:
        """Tell whether the process has ended."""
        return self._gone.done()

    def ask(self, question: Question) -> "asyncio.Future[Answer]":
        """Send a question; the future ends with the answer or with WorkerGoneError."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._input is None or not self.alive:
            self._answer.set_exception(WorkerGoneError(""))
        else:
            self._input.write(question.frame())
        return self._answer

    def demote(self) -> None:
        """Let the other workers run first, from now on and for good."""
        self.demoted = True
        yield_to_others(self.hello.thread)

    def kill(self) -> None:
        """End the process at once."""
        self.alive = False
        if self._transport is not None:
            with contextlib.suppress(ProcessLookupError):
                self._transport.kill()

    async def wait_gone(self) -> None:
        """Wait until the process has ended and its pipes are closed."""
        await asyncio.shield(self._gone)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport: the process has been started."""
        self._transport = cast(asyncio.SubprocessTransport, transport)
        self._input = cast(asyncio.WriteTransport, self._transport.get_pipe_transport(0))
        self.alive = True

    def pipe_data_received(self, fd: int, data: bytes | str) -> None:
        """Take what the worker has written."""
        piece = cast(bytes, data)
        if fd != 1:
            self._stderr = (self._stderr + piece)[-_STDERR_KEPT:]
            return
        for header, body in self._frames.feed(piece):
            self._take(header, body)

    def _take(self, header: dict[str, object], body: bytes) -> None:
        if not self._hello.done():
            self._hello.set_result(Hello(**header))  # type: ignore[arg-type]  # written by the worker from a Hello
            return
        answer = Answer(body=body, **header)  # type: ignore[arg-type]  # written by Answer.frame
        if answer.last:
            self.alive = False
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def process_exited(self) -> None:
        """Give no more questions to a process that has ended."""
        self.alive = False

    def connection_lost(self, _: Exception | None) -> None:
        """Tell those who wait that no answer will come."""
        self.alive = False
        gone = WorkerGoneError(self._stderr.decode(errors="replace").strip())
        for future in (self._hello, self._answer):
            if future is not None and not future.done():
                future.set_exception(gone)
                future.exception()  # whoever waited may be gone as well
        if not self._gone.done():
            self._gone.set_result(None)
        if self._transport is not None:
            self._transport.close()


def _environment() -> dict[str, str]:
    """Let the worker find this package wherever it was imported from, and nothing of the caller's path."""
    return {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parent.parent), "PYTHONUNBUFFERED": "1"}
