"""Queries that wait for a worker; clients take turns."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable

from kg.sparql.process import Process

Place = asyncio.Future[Process]


class WaitingRoom:
    """A bounded room with one queue for each client, served one client after the other."""

    def __init__(
        self, size: int, patience: float, on_overdue: Callable[[], None], give_back: Callable[[Process], None]
    ) -> None:
        self.count = 0
        self._size = size
        self._patience = patience
        self._on_overdue = on_overdue
        self._give_back = give_back
        self._queues: OrderedDict[str, deque[Place]] = OrderedDict()
        self._overdue: set[Place] = set()

    @property
    def overdue(self) -> int:
        """Give the number of queries whose patience is at its end."""
        return len(self._overdue)

    async def wait(self, client: str, seconds: float) -> Process | None:
        """Wait for a worker; None when there is no room, or no worker in time."""
        if self.count >= self._size:
            return None
        loop = asyncio.get_running_loop()
        place: Place = loop.create_future()
        self._queues.setdefault(client, deque()).append(place)
        self.count += 1
        timer = loop.call_later(self._patience, self._press, place)
        try:
            async with asyncio.timeout(seconds):
                return await place
        except TimeoutError:
            return place.result() if place.done() and not place.cancelled() else None
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._give_back(place.result())  # served in the moment of leaving
            raise
        finally:
            timer.cancel()
            self._leave(client, place)

    def serve(self, process: Process) -> bool:
        """Give a worker to who comes next; tell whether somebody took it."""
        while self._queues:
            client, queue = self._queues.popitem(last=False)
            place = queue.popleft()
            self.count -= 1
            if queue:
                self._queues[client] = queue  # at the end: the others come first
            if not place.done():
                place.set_result(process)
                return True
        return False

    def _press(self, place: Place) -> None:
        if not place.done():
            self._overdue.add(place)
            self._on_overdue()

    def _leave(self, client: str, place: Place) -> None:
        self._overdue.discard(place)
        queue = self._queues.get(client)
        if queue is not None and place in queue:
            queue.remove(place)
            self.count -= 1
            if not queue:
                del self._queues[client]
