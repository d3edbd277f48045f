"""The clock of one running query."""

import asyncio
import time
from collections.abc import Callable

from kg.sparql.messages import Answer
from kg.sparql.process import Process


class Watch:
    """Calls back after a time unless the answer comes first, and can end the work with another answer."""

    def __init__(
        self, asked: "asyncio.Future[Answer]", process: Process, client: str, seconds: float
    ) -> None:
        self.process = process
        self.client = client
        self.seconds = seconds
        self.asked = asked
        self._began = time.monotonic()
        self._timers: list[asyncio.TimerHandle] = []

    @property
    def passed(self) -> float:
        """Give the seconds since the start."""
        return time.monotonic() - self._began

    def at(self, seconds: float, then: Callable[["Watch"], None]) -> None:
        """Call back some seconds after the start."""
        loop = asyncio.get_running_loop()
        self._timers.append(loop.call_later(max(0.0, seconds - self.passed), then, self))

    def stop(self) -> None:
        """Call back no more."""
        for timer in self._timers:
            timer.cancel()

    def end(self, instead: Answer) -> None:
        """End the work and give this answer instead."""
        self.process.kill()
        if not self.asked.done():
            self.asked.set_result(instead)
