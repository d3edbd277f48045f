"""Questions from outside, answered by killable workers: queue, deadline, long queries, budgets."""

import asyncio
import logging
import math
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.sparql.births import HAS_FORK
from kg.sparql.budget import Budgets
from kg.sparql.cache import AnswerCache
from kg.sparql.crew import Crew
from kg.sparql.journal import Journal
from kg.sparql.limits import SparqlLimits
from kg.sparql.messages import Answer, Outcome, Question
from kg.sparql.metrics import Metrics
from kg.sparql.order import with_kinds_first
from kg.sparql.process import Process, WorkerGoneError
from kg.sparql.source import Place
from kg.sparql.waiting import WaitingRoom
from kg.sparql.watch import Watch

_ENDED: Final[frozenset[Outcome]] = frozenset({"timeout", "memory", "crash", "budget", "busy", "left"})
_FAILED: Final[frozenset[Outcome]] = frozenset({"timeout", "memory", "crash", "left"})
_TICK: Final = 0.01
_RETRY_AFTER: Final[dict[Outcome, int]] = {"busy": 2, "budget": 10}
_log = logging.getLogger("kg")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with what the server adds to it: the snapshot it came from, and when to come back."""

    answer: Answer
    version: str
    retry_after: int = 0
    cached: bool = False


class Pool:
    """Runs outside queries on one snapshot; one object for the life of the server."""

    def __init__(self, limits: SparqlLimits) -> None:
        self.limits = limits
        self.metrics = Metrics()
        self._journal = Journal()
        self._budgets = Budgets(limits)
        self._cache = AnswerCache(limits.cache_mib << 20)
        self._crew = Crew(limits.workers, limits.bounds(), self._serve_next, self._demand)
        self._waiting = WaitingRoom(limits.queue, limits.crowded / 2, self._crew.fill, self._crew.give_back)
        self._lingering: dict[Watch, None] = {}
        self._aside: Counter[str] = Counter()
        self._running = 0
        self._stopping = False
        self._copying: asyncio.Task[None] | None = None

    @property
    def version(self) -> str:
        """Give the version of the snapshot that is served."""
        return self._crew.version

    @property
    def fault(self) -> str:
        """Say why no worker starts, or nothing."""
        return self._crew.fault

    async def start(self, store: Path | str, version: str) -> None:
        """Serve a store, or the endpoint at an address: at the start, and again for a new snapshot.

        Workers begin on the disk; once a copy of the store is in memory, others that share it take over.
        """
        await self._crew.switch(Place(str(store)), version)
        self._cache.clear()
        await self._stop_copying()
        if isinstance(store, Path) and HAS_FORK:
            self._copying = asyncio.get_running_loop().create_task(self._share(store, version))

    async def _share(self, store: Path, version: str) -> None:
        try:
            if self.limits.copies(store):
                await self._crew.switch(Place(str(store), in_memory=True), version)
        except (StoreError, OSError) as error:
            _log.warning("Query workers go on reading from the disk: %s", error)

    async def _stop_copying(self) -> None:
        if self._copying is not None:
            self._copying.cancel()
            await asyncio.gather(self._copying, return_exceptions=True)

    async def stop(self) -> None:
        """Refuse new queries, let the running ones end, then end the workers."""
        self._stopping = True
        await self._stop_copying()
        until = time.monotonic() + self.limits.drain
        while (self._running or self._waiting.count) and time.monotonic() < until:
            await asyncio.sleep(0.05)
        await self._crew.close()

    def confinement(self) -> str:
        """Say for the start message how far the host lets workers be confined."""
        process = self._crew.sample
        if process is None:
            return "no query worker runs"
        network = "have the network of this host" if process.hello.network else "have no network"
        memory = "limited" if process.hello.memory_limited else "not limited by this system"
        return f"query workers {network}; their memory is {memory}"

    def gauges(self) -> dict[str, int]:
        """Give the state of the pool as numbers for the metrics."""
        return {
            "workers_ready": self._crew.ready,
            "workers_busy": self._crew.busy,
            "workers_started": self._crew.started,
            "workers_share_memory": int(self._crew.place.in_memory),
            "queries_waiting": self._waiting.count,
            "queries_long": self._aside.total(),
        }

    async def ask(self, question: Question, client: str) -> Reply:
        """Give the reply to a question; cancelling the call ends the work."""
        began = time.monotonic()
        kept = self._cache.get((self.version, question))
        if kept is not None:
            reply = Reply(kept, self.version, cached=True)
        else:
            try:
                reply = await self._admit(question, client, began)
                if reply.answer.outcome == "memory":
                    reply = await self._once_more(question, client, began) or reply
            except asyncio.CancelledError:
                self._record(question, Reply(Answer("left"), self.version), client, began)
                raise
            self._cache.put((reply.version, question), reply.answer, len(question.text))
        self._record(question, reply, client, began)
        return reply

    async def _once_more(self, question: Question, client: str, began: float) -> Reply | None:
        """Ask by kinds first: what looks like too little memory may be values that the engine cannot order."""
        text = with_kinds_first(question.text)
        seconds = question.seconds - (time.monotonic() - began)
        if text == question.text or seconds <= 0:
            return None
        return await self._admit(question._replace(text=text, seconds=seconds), client, time.monotonic())

    def _record(self, question: Question, reply: Reply, client: str, began: float) -> None:
        seconds = time.monotonic() - began
        self.metrics.count(reply.answer, seconds, cached=reply.cached)
        self._journal.write(question, reply.answer, client, seconds)

    async def _admit(self, question: Question, client: str, began: float) -> Reply:
        if self._stopping:
            return self._refusal("stopping", "The server is stopping; ask again in a moment.")
        pause = self._budgets.retry_after(client, began)
        if pause:
            message = "Too many of your queries had to be ended; wait before the next one."
            return self._refusal("budget", message, math.ceil(pause))
        process = self._crew.take()
        self._make_way()
        process = process or await self._waiting.wait(client, self.limits.wait)
        if process is None:
            return self._refusal("busy", f"All query workers are busy. {self.fault}".strip())
        self._running += 1
        try:
            return await self._run(process, question, client)
        finally:
            self._running -= 1

    def _refusal(self, outcome: Outcome, message: str, retry_after: int = 2) -> Reply:
        return Reply(Answer(outcome, message=message), self.version, retry_after)

    def _demand(self) -> int:
        """Give the number of workers wanted beside the usual ones: some for those who wait too long."""
        return min(self._waiting.overdue, self.limits.long_queries)

    def _serve_next(self) -> None:
        """Hand ready workers to those who wait."""
        while self._waiting.count:
            process = self._crew.take()
            if process is None:
                return
            if not self._waiting.serve(process):
                self._crew.give_back(process)

    async def _run(self, process: Process, question: Question, client: str) -> Reply:
        watch = Watch(process.ask(question), process, client, question.seconds)
        watch.at(self.limits.crowded, self._linger)
        outcome: Outcome = "left"  # unless an answer comes: when the caller leaves, the work ends here
        try:
            answer = await self._answer(watch)
            outcome = answer.outcome
        finally:
            self._finish(watch, outcome)
        return Reply(answer, process.version, _RETRY_AFTER.get(answer.outcome, 0))

    async def _answer(self, watch: Watch) -> Answer:
        try:
            return await watch.asked
        except WorkerGoneError as error:
            return _death(error)

    def _finish(self, watch: Watch, outcome: Outcome) -> None:
        ended = outcome in _ENDED
        watch.stop()
        self._lingering.pop(watch, None)
        passed = watch.passed
        if watch.process.aside:
            self._aside -= Counter([watch.client])
        if ended or passed > self.limits.short:
            self._budgets.charge(watch.client, time.monotonic(), seconds=passed, errors=outcome in _FAILED)
        if ended:
            watch.process.kill()
        self._crew.give_back(watch.process)

    def _linger(self, watch: Watch) -> None:
        """Note that a query is not the shortest: from now on it makes way when others come."""
        self._lingering[watch] = None
        watch.at(self.limits.short, self._grow_long)
        watch.at(watch.seconds, _expire)
        self._make_way()

    def _grow_long(self, watch: Watch) -> None:
        if watch.process.aside:
            watch.process.set_last()
        else:
            self._make_way()

    def _make_way(self) -> None:
        """When no worker is ready, let the queries that have run for a while give up their places."""
        if self._crew.ready:
            return
        for watch in list(self._lingering):
            refusal = self._no_room(watch.client)
            is_long = watch.passed > self.limits.short - _TICK
            if refusal is None:
                del self._lingering[watch]
                self._aside[watch.client] += 1
                self._crew.set_aside(watch.process)
                if is_long:
                    watch.process.set_last()
            elif is_long:
                del self._lingering[watch]
                watch.end(refusal)

    def _no_room(self, client: str) -> Answer | None:
        """Say why a query that is not short cannot go on."""
        if self._aside.total() >= self.limits.long_queries:
            return Answer("busy", message="Too many long queries run; ask again in a moment.")
        if self._aside[client] >= self.limits.long_per_client:
            return Answer("budget", message="Too many long queries of yours run; wait for them.")
        if not self._budgets.may_run_long(client, time.monotonic()):
            return Answer("budget", message="Your time for long queries is used up; it grows again.")
        return None


def _expire(watch: Watch) -> None:
    watch.end(_timeout(watch.seconds))


def _timeout(seconds: float) -> Answer:
    message = f"The query was ended after {seconds:g} seconds; ask for less, or add LIMIT."
    return Answer("timeout", message=message)


def _death(error: WorkerGoneError) -> Answer:
    if error.out_of_memory:
        return Answer("memory", message="The query needs more memory than it may use; ask for less.")
    return Answer("crash", message="The query brought its worker down; the service goes on.")
