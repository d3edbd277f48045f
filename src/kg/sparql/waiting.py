"""Queries that wait for a worker; clients take turns, and nobody fills the room for others."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable

from kg.sparql.process import Process

Place = asyncio.Future[Process | None]


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
        """Wait for a worker; None when there is no room, no worker in time, or when others need the room."""
        if self.count >= self._size:
            if not self._queues:
                return None
            self._send_away()
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
            served = place.result() if place.done() and not place.cancelled() else None
            if served is not None:
                self._give_back(served)  # in the moment of leaving
            raise
        finally:
            timer.cancel()
            self._leave(client, place)

    def serve(self, process: Process) -> bool:
        """Give a worker to who comes next; tell whether somebody took it.

        When some wait too long, a client's newest query is first: its oldest will be gone before their turn.
        """
        while self._queues:
            client, queue = self._queues.popitem(last=False)
            place = queue.pop() if self._overdue else queue.popleft()
            self.count -= 1
            if queue:
                self._queues[client] = queue  # at the end: the others come first
            if not place.done():
                place.set_result(process)
                return True
        return False

    def _send_away(self) -> None:
        """Refuse the oldest query of the client that has the most of them here."""
        client, queue = max(self._queues.items(), key=lambda item: len(item[1]))
        place = queue.popleft()
        self.count -= 1
        if not queue:
            del self._queues[client]
        if not place.done():
            place.set_result(None)

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
