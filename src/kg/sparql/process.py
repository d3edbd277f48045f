"""One worker process as the server sees it: start, ask, kill."""

import asyncio
import signal
from typing import Any, cast

from kg.errors import StoreError
from kg.sparql.births import Birth, Births
from kg.sparql.bounds import Bounds
from kg.sparql.confine import yield_to_others
from kg.sparql.messages import Answer, Frames, Hello, Question

_START_SECONDS = 30.0
_NICE = 8
_NICER = 15


class WorkerGoneError(Exception):
    """The process ended before it answered."""

    def __init__(self, status: int) -> None:
        super().__init__(f"it ended with status {status}")
        self.out_of_memory = status == -getattr(signal, "SIGABRT", 6)


class Process(asyncio.Protocol):
    """A worker process: answers one question at a time, until it is killed or has had enough."""

    def __init__(self, version: str, birth: Birth, origin: Births) -> None:
        self.version = version
        self.origin = origin
        self.alive = True
        self.aside = False
        self.birth = birth
        self._frames = Frames()
        self._hello: asyncio.Future[Hello] = asyncio.get_running_loop().create_future()
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def start(cls, births: Births, version: str, bounds: Bounds) -> "Process":
        """Start a worker and wait until it is ready."""
        birth = await births.bear(bounds)
        process = cls(version, birth, births)
        started = False
        try:
            await asyncio.get_running_loop().create_connection(lambda: process, sock=birth.connection)
            await asyncio.wait_for(asyncio.shield(process._hello), _START_SECONDS)
            started = True
        except (WorkerGoneError, TimeoutError) as error:
            raise StoreError(
                f"No query worker starts on {version}: {error}; build the snapshot again."
            ) from error
        finally:
            if not started:
                process.kill()
        return process

    @property
    def hello(self) -> Hello:
        """Give what the worker said at its start."""
        return self._hello.result()

    @property
    def gone(self) -> bool:
        """Tell whether the process has ended."""
        return self.birth.ended.done()

    def ask(self, question: Question) -> "asyncio.Future[Answer]":
        """Send a question; the future ends with the answer or with WorkerGoneError."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None or not self.alive:
            self._answer.set_exception(WorkerGoneError(0))
        else:
            self._transport.write(question.frame())
        return self._answer

    def set_aside(self) -> None:
        """Let the other workers run first, from now on and for good: a priority can only be lowered."""
        self.aside = True
        yield_to_others(self.hello.thread, _NICE)

    def set_last(self) -> None:
        """Let a worker that was set aside run after all others, without starving it on a busy machine."""
        yield_to_others(self.hello.thread, _NICER)

    def kill(self) -> None:
        """End the process at once."""
        self.alive = False
        self.birth.kill()
        if self._transport is not None:
            self._transport.abort()
        else:
            self.birth.connection.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the worker."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take what the worker has written."""
        for header, body in self._frames.feed(data):
            self._take(header, body)

    def _take(self, header: list[Any], body: bytes) -> None:
        if not self._hello.done():
            self._greet(Hello(*header))
            return
        answer = Answer.read(header, body)
        self.alive = self.alive and not answer.last
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def _greet(self, hello: Hello) -> None:
        if hello.fault:
            self._fail(StoreError(f"The store cannot be opened: {hello.fault}; build the snapshot again."))
        else:
            self._hello.set_result(hello)

    def connection_lost(self, _: Exception | None) -> None:
        """Tell those who wait that no answer will come, as soon as it is known why."""
        self.alive = False
        self.birth.ended.add_done_callback(lambda ended: self._fail(WorkerGoneError(ended.result())))

    def _fail(self, error: Exception) -> None:
        for future in (self._hello, self._answer):
            if future is not None and not future.done():
                future.set_exception(error)
                future.exception()  # whoever waited may be gone as well
