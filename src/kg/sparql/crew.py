"""The worker processes of one server: ready, at work, starting; replaced as they go."""

import asyncio
from collections import deque
from collections.abc import Callable

from kg.errors import StoreError
from kg.sparql.births import Births, births
from kg.sparql.bounds import Bounds
from kg.sparql.process import Process
from kg.sparql.source import Place

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0


class Crew:
    """Keeps a number of workers ready for short queries; workers set aside for long queries do not count."""

    def __init__(
        self, size: int, bounds: Bounds, on_ready: Callable[[], None], demand: Callable[[], int]
    ) -> None:
        self.place = Place("")
        self.version = ""
        self.started = 0
        self.fault = ""
        self._size = size
        self._bounds = bounds
        self._on_ready = on_ready
        self._demand = demand
        self._births: Births | None = None
        self._retiring: dict[asyncio.Task[None], Births] = {}
        self._ready: deque[Process] = deque()
        self._busy: set[Process] = set()
        self._all: set[Process] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._pause = 0.0
        self._closing = False

    @property
    def ready(self) -> int:
        """Give the number of workers that wait for a query."""
        return len(self._ready)

    @property
    def busy(self) -> int:
        """Give the number of workers that run a query."""
        return len(self._busy)

    @property
    def sample(self) -> Process | None:
        """Give any living worker, to see how far it is confined."""
        return next((process for process in self._all if process.alive), None)

    async def switch(self, place: Place, version: str) -> None:
        """Serve from another place from now on; nothing changes when no worker starts there."""
        coming = births(place)
        try:
            first = await Process.start(coming, version, self._bounds)
        except BaseException:
            await coming.close()
            raise
        self._retire()
        self._births = coming
        self.place, self.version, self._pause, self.fault = place, version, 0.0, ""
        for process in self._ready:
            process.kill()
        self._ready.clear()
        self._admit(first)
        self.fill()

    def _retire(self) -> None:
        """Let the workers that have served so far end in their own time."""
        if self._births is not None:
            task = asyncio.get_running_loop().create_task(self._births.retire())
            self._retiring[task] = self._births
            task.add_done_callback(self._retiring.pop)

    def take(self) -> Process | None:
        """Give a ready worker of the current version, if there is one."""
        while self._ready:
            process = self._ready.popleft()
            if process.alive:
                self._busy.add(process)
                return process
        self.fill()
        return None

    def give_back(self, process: Process) -> None:
        """Take a worker back after its query; used up, old and surplus ones and those set aside end."""
        self._busy.discard(process)
        fit = process.alive and not process.aside and process.origin is self._births
        if fit and self._missing() > 0 and not self._closing:
            self._ready.appendleft(process)  # the warmest first
            self._on_ready()
        else:
            process.kill()
        self.fill()

    def set_aside(self, process: Process) -> None:
        """Let a worker go on with a long query behind the others, and start one in its place."""
        process.set_aside()
        self.fill()

    def fill(self) -> None:
        """Start as many workers as are missing."""
        while self._births and not self._closing and self._missing() > len(self._starting):
            task = asyncio.get_running_loop().create_task(self._start(self._births, self._pause))
            self._starting.add(task)
            task.add_done_callback(self._tried)

    def _tried(self, task: asyncio.Task[None]) -> None:
        self._starting.discard(task)
        self.fill()

    def _missing(self) -> int:
        wanted = self._size + self._demand()
        return wanted - len(self._ready) - sum(not process.aside for process in self._busy)

    async def close(self) -> None:
        """End all workers and wait until they are gone."""
        self._closing = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for process in self._all:
            process.kill()
        origins = [origin for origin in (self._births, *self._retiring.values()) if origin is not None]
        await asyncio.gather(*(origin.close() for origin in origins), *self._retiring)
        self._ready.clear()
        self._busy.clear()
        self._all.clear()

    async def _start(self, origin: Births, pause: float) -> None:
        await asyncio.sleep(pause)
        try:
            process = await Process.start(origin, self.version, self._bounds)
        except (StoreError, OSError) as error:
            if origin is self._births:
                self.fault = str(error)
                self._pause = min(_LONGEST_PAUSE, max(_FIRST_PAUSE, 2 * self._pause))
            return
        if origin is self._births and self._missing() > 0 and not self._closing:
            self._pause, self.fault = 0.0, ""
            self._admit(process)
        else:
            process.kill()

    def _admit(self, process: Process) -> None:
        self.started += 1
        self._all = {other for other in self._all if not other.gone}
        self._all.add(process)
        self._ready.append(process)
        self._on_ready()
