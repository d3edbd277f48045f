"""The clock of one running query."""

import asyncio
import time
from collections.abc import Callable

from kg.sparql.messages import Answer
from kg.sparql.process import Process


class Watch:
    """Calls back after a time unless the answer comes first, and can end the work with another answer."""

    def __init__(self, asked: "asyncio.Future[Answer]", process: Process, seconds: float) -> None:
        self.process = process
        self.seconds = seconds
        self._asked = asked
        self._ends_at = time.monotonic() + seconds
        self._timer: asyncio.TimerHandle | None = None

    @property
    def left(self) -> float:
        """Give the seconds until the deadline."""
        return self._ends_at - time.monotonic()

    @property
    def over(self) -> bool:
        """Tell whether the deadline has come, to the millisecond."""
        return self.left < 0.001

    def start(self, seconds: float, then: Callable[[], None]) -> None:
        """Call back after some seconds."""
        self._timer = asyncio.get_running_loop().call_later(seconds, then)

    def stop(self) -> None:
        """Call back no more."""
        if self._timer is not None:
            self._timer.cancel()

    def end(self, instead: Answer) -> None:
        """End the work and give this answer instead."""
        self.process.kill()
        if not self._asked.done():
            self._asked.set_result(instead)
