"""Turns for work that takes seconds of processor time: few at once, so that others are served meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, Request

from kg.errors import StoreError
from kg.settings import TextSettings


class Turns:
    """Gives turns; who waits too long, or comes when too many wait, hears that the service is busy."""

    def __init__(self, settings: TextSettings) -> None:
        self._settings = settings
        self._free = asyncio.Semaphore(settings.at_once)
        self._waiting = 0

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait for a turn, and give it back at the end."""
        if self._free.locked() and self._waiting >= self._settings.waiting:
            raise _busy()
        await self._wait()
        try:
            yield
        finally:
            self._free.release()

    async def _wait(self) -> None:
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.wait):
                await self._free.acquire()
        except TimeoutError as error:
            raise _busy() from error
        finally:
            self._waiting -= 1


async def _turn(request: Request) -> AsyncIterator[None]:
    async with request.app.state.turns.take():
        yield


async def _turn_of_batch(request: Request) -> AsyncIterator[None]:
    if request.method == "GET" and not request.query_params:
        yield
        return
    async with request.app.state.turns.take():
        yield


TURN: Any = Depends(_turn, scope="function")
"""For a route that must wait for its turn; the turn ends before the answer is sent."""

TURN_OF_BATCH: Any = Depends(_turn_of_batch, scope="function")
"""The same for a route that without parameters only tells what it offers."""


def _busy() -> StoreError:
    return StoreError(
        "As many texts or batches are being read as may be at once (KG_TEXT_AT_ONCE): send it again in a moment."
    )
