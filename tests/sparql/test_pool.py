"""The pool of workers by itself: new snapshots, faults, budgets, cancelled calls, other ways to start workers."""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.sparql import births
from kg.sparql.bounds import Bounds
from kg.sparql.budget import Budgets
from kg.sparql.cache import AnswerCache
from kg.sparql.evaluate import answer
from kg.sparql.limits import SparqlLimits
from kg.sparql.messages import Answer, Frames, Question, frame
from kg.sparql.order import with_kinds_first
from kg.sparql.pool import Pool
from kg.sparql.process import Process, WorkerGoneError
from kg.sparql.source import Place, StoreSource, open_source

WHICH = "SELECT ?v (COUNT(?s) AS ?n) { ?s <x:version> ?v } GROUP BY ?v"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def build(folder: Path, version: str) -> Path:
    """Write a store whose 200 records all name its version."""
    store = ox.Store(str(folder))
    for number in range(200):
        store.add(ox.Quad(ox.NamedNode(f"x:{number}"), ox.NamedNode("x:version"), ox.Literal(version)))
    store.flush()
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("first"), "one")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("second"), "two")


def with_pool(store: Path, job: Callable[[Pool], Awaitable[None]], **limits: float) -> None:
    """Run a job on a pool of its own."""

    async def run() -> None:
        pool = Pool(SparqlLimits.model_validate({"timeout": 5, "drain": 1, "cache_mib": 0, **limits}))
        await pool.start(store, store.name)
        try:
            await job(pool)
        finally:
            await pool.stop()

    asyncio.run(run())


async def outcome(pool: Pool, query: str, client: str = "me", seconds: float = 5.0) -> str:
    return (await pool.ask(Question(query, seconds=seconds), client)).answer.outcome


def test_a_new_snapshot_under_load_is_never_mixed_with_the_old(first: Path, second: Path) -> None:
    async def job(pool: Pool) -> None:
        seen: list[tuple[str, bytes]] = []
        going = True

        async def ask() -> None:
            number = 0
            while going:
                number += 1
                reply = await pool.ask(Question(f"{WHICH} # {number}"), "me")
                assert reply.answer.outcome == "ok"
                seen.append((reply.version, reply.answer.body))

        askers = [asyncio.create_task(ask()) for _ in range(6)]
        for store in (second, first, second):
            await asyncio.sleep(0.15)
            await pool.start(store, store.name)
            assert pool.version == store.name
        await asyncio.sleep(0.15)
        going = False
        await asyncio.gather(*askers)
        assert {version for version, _ in seen} == {first.name, second.name}
        for version, body in seen:
            value = b'"one"' if version == first.name else b'"two"'
            assert value in body
            assert b'"200"' in body

    with_pool(first, job)


def test_the_cache_does_not_outlive_its_snapshot(first: Path, second: Path) -> None:
    async def job(pool: Pool) -> None:
        assert b'"one"' in (await pool.ask(Question(WHICH), "me")).answer.body
        assert (await pool.ask(Question(WHICH), "you")).cached
        await pool.start(second, second.name)
        reply = await pool.ask(Question(WHICH), "me")
        assert not reply.cached
        assert b'"two"' in reply.answer.body

    with_pool(first, job, cache_mib=4)


def test_a_bad_snapshot_leaves_the_old_one_serving(first: Path, tmp_path: Path) -> None:
    async def job(pool: Pool) -> None:
        for bad in (tmp_path / "missing", tmp_path):
            with pytest.raises(StoreError, match="build the snapshot again"):
                await pool.start(bad, "bad")
        assert pool.version == first.name
        assert await outcome(pool, "ASK { ?s ?p ?o }") == "ok"

    with_pool(first, job)


def test_a_running_query_ends_on_its_own_snapshot(first: Path, second: Path) -> None:
    async def job(pool: Pool) -> None:
        running = asyncio.create_task(pool.ask(Question(ENDLESS, seconds=0.6), "me"))
        await asyncio.sleep(0.2)
        await pool.start(second, second.name)
        reply = await running
        assert (reply.version, reply.answer.outcome) == (first.name, "timeout")

    with_pool(first, job)


def test_a_cancelled_call_frees_its_worker(first: Path) -> None:
    async def job(pool: Pool) -> None:
        for _ in range(3):
            running = asyncio.create_task(pool.ask(Question(ENDLESS), "me"))
            async with asyncio.timeout(10):
                while pool.gauges()["workers_busy"] != 1:
                    await asyncio.sleep(0.01)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            assert pool.gauges()["workers_busy"] == 0
        assert await outcome(pool, "ASK { ?s ?p ?o }") == "ok"
        assert pool.metrics.outcomes["left"] == 3

    with_pool(first, job)


def test_a_full_room_is_busy(first: Path) -> None:
    async def job(pool: Pool) -> None:
        running = [asyncio.create_task(outcome(pool, f"{ENDLESS} # {n}", seconds=1)) for n in range(8)]
        outcomes = sorted(await asyncio.gather(*running))
        assert outcomes.count("timeout") >= 1
        assert outcomes.count("busy") >= 4

    with_pool(first, job, workers=1, queue=1, long_queries=1, wait=0.3)


def test_who_fills_the_room_keeps_no_one_out(first: Path) -> None:
    async def job(pool: Pool) -> None:
        running = [asyncio.create_task(outcome(pool, f"{ENDLESS} # {n}", seconds=1)) for n in range(12)]
        await asyncio.sleep(0.1)
        assert await outcome(pool, "ASK {}", "you") == "ok"
        assert (
            await outcome(pool, "ASK {} # again") == "ok"
        )  # the newest of the same client comes first as well
        assert set(await asyncio.gather(*running)) <= {"timeout", "busy"}

    with_pool(first, job, workers=1, queue=3, long_queries=1, wait=3)


def test_long_queries_make_way_for_short_ones(first: Path) -> None:
    async def job(pool: Pool) -> None:
        running = [asyncio.create_task(outcome(pool, f"{ENDLESS} # {n}", seconds=2)) for n in range(4)]
        await asyncio.sleep(1)
        for number in range(5):
            assert await asyncio.wait_for(outcome(pool, f"ASK {{}} # {number}"), 0.5) == "ok"
        assert pool.gauges()["queries_long"] >= 3
        assert await asyncio.gather(*running) == ["timeout"] * 4

    with_pool(first, job, workers=2)


def test_who_has_used_up_the_time_for_long_queries_keeps_the_short_ones(first: Path) -> None:
    async def job(pool: Pool) -> None:
        assert await outcome(pool, ENDLESS, seconds=1) == "timeout"
        running = asyncio.create_task(pool.ask(Question(ENDLESS), "me"))
        await asyncio.sleep(0.3)
        assert await outcome(pool, "ASK {}") == "ok"
        reply = await running
        assert reply.answer.outcome == "budget"
        assert reply.retry_after > 0
        assert await outcome(pool, f"{ENDLESS} # another", "you", seconds=0.8) == "timeout"

    with_pool(first, job, workers=1, client_seconds=0.5, client_refill=0.01)


def test_who_brings_down_too_many_workers_must_wait(first: Path) -> None:
    async def job(pool: Pool) -> None:
        for number in range(3):
            assert await outcome(pool, f"{ENDLESS} # {number}", seconds=0.1) == "timeout"
        reply = await pool.ask(Question("ASK {}"), "me")
        assert (reply.answer.outcome, reply.retry_after) == ("budget", 10)
        assert await outcome(pool, "ASK {}", "you") == "ok"

    with_pool(first, job, client_errors=3, client_error_refill=0.1)


@pytest.mark.parametrize("sign", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_dying_worker_costs_one_answer(first: Path, sign: signal.Signals) -> None:
    async def job(pool: Pool) -> None:
        running = asyncio.create_task(outcome(pool, ENDLESS))
        await asyncio.sleep(0.15)
        for process in pool._crew._busy:
            os.kill(process.birth.pid, sign)
        assert await running == ("memory" if sign == signal.SIGABRT else "crash")
        assert await outcome(pool, "ASK {}") == "ok"

    with_pool(first, job)


def test_a_stop_sent_to_the_whole_group_lets_running_queries_end(first: Path) -> None:
    async def job(pool: Pool) -> None:
        running = asyncio.create_task(outcome(pool, ENDLESS, seconds=0.6))
        await asyncio.sleep(0.2)
        for child in _nurseries() | {process.birth.pid for process in pool._crew._busy}:
            os.kill(child, signal.SIGTERM)
        assert await running == "timeout"

    with_pool(first, job, copy_mib=0)


def mixed(count: int) -> ox.Store:
    """Give a store of numbers, strings, words of a language and names, stirred."""
    values = [value for n in range(count) for value in (f"{n}", f'"{n}a"', f'"{n}"@en', f"<x:{n}>", f"{n}.5")]
    lines = [f"<x:s{n}> <x:p> {values[n * 7919 % len(values)]} ." for n in range(len(values))]
    store = ox.Store()
    store.load("\n".join(lines).encode(), ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("order", ["?o", "DESC(?o) ?s", "?p ASC ( ?o )"])
@pytest.mark.parametrize("count", [100, 300])
def test_values_of_mixed_kinds_are_ordered_by_kind_and_then_by_value(order: str, count: int) -> None:
    query = f"SELECT ?o {{ ?s ?p ?o }} ORDER BY {order}"
    reply = answer(StoreSource(mixed(count)), Question(with_kinds_first(query)), Bounds())
    rows = [row["o"] for row in json.loads(reply.body)["results"]["bindings"]]
    kinds = [(row["type"], row.get("xml:lang"), "datatype" in row) for row in rows]
    assert len(rows) == 5 * count
    assert sum(one != other for one, other in pairwise(kinds)) == 3
    numbers = [float(row["value"]) for row in rows if "datatype" in row]
    assert numbers == sorted(numbers, reverse=order.startswith("DESC"))


def test_a_worker_that_dies_ordering_is_followed_by_one_that_orders_by_kind(first: Path) -> None:
    async def job(pool: Pool) -> None:
        running = asyncio.create_task(outcome(pool, f"{ENDLESS} ORDER BY ?n", seconds=2))
        await asyncio.sleep(0.3)
        for process in pool._crew._busy:
            os.kill(process.birth.pid, signal.SIGABRT)
        assert await running == "timeout"
        assert pool.metrics.outcomes["timeout"] == 1
        assert pool.metrics.outcomes["memory"] == 0

    with_pool(first, job, copy_mib=0)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ORDER BY STR(?o) DESC(?a + 1) (?b) LIMIT 5",
        "SELECT ?order { ?order ?by ?o . BIND('ORDER BY ?o' AS ?x) } # ORDER BY ?o",
        "SELECT * { ?s ?p ?o } ORDER BY",
        "SELECT * { ?s ?p ?o } ORDER BY DESC(?o",
    ],
)
def test_what_orders_by_no_variable_stays_as_it_is(query: str) -> None:
    assert with_kinds_first(query) == query


def test_a_memory_bomb_is_named_as_such(first: Path) -> None:
    doubling = "".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) " for i in range(20))
    bomb = f"SELECT (STRLEN(?x20) AS ?n) {{ BIND('{'y' * 1000}' AS ?x0) {doubling} }}"

    async def job(pool: Pool) -> None:
        reply = await pool.ask(Question(bomb, seconds=60), "me")
        assert (reply.answer.outcome, "memory" in reply.answer.message) == ("memory", True)

    with_pool(first, job, memory_mib=64)


def test_the_nursery_is_replaced_when_it_dies(first: Path) -> None:
    async def job(pool: Pool) -> None:
        source = pool._crew._births
        assert isinstance(source, births.ForkedBirths)
        for number in range(2):
            assert source._process is not None
            source._process.kill()
            await asyncio.sleep(0.3)
            assert await outcome(pool, f"ASK {{}} # {number}") == "ok"

    with_pool(first, job, copy_mib=0)


async def shared(pool: Pool) -> None:
    """Wait until the workers share a copy of the store in memory."""
    async with asyncio.timeout(20):
        while not pool.gauges()["workers_share_memory"]:
            await asyncio.sleep(0.02)


def test_workers_share_a_copy_of_the_store_that_outlives_its_folder(tmp_path: Path) -> None:
    store = build(tmp_path / "store", "one")

    async def job(pool: Pool) -> None:
        on_disk = await pool.ask(Question(WHICH), "me")
        await shared(pool)
        shutil.rmtree(store)
        for number in range(20):
            reply = await pool.ask(Question(f"{WHICH} # {number}"), "me")
            assert (reply.answer.body, reply.version) == (on_disk.answer.body, "store")
        assert await outcome(pool, ENDLESS, seconds=0.2) == "timeout"
        assert await outcome(pool, WHICH) == "ok"

    with_pool(store, job)


def test_a_running_query_ends_on_the_disk_while_others_share_the_copy(first: Path) -> None:
    async def job(pool: Pool) -> None:
        running = asyncio.create_task(outcome(pool, ENDLESS, seconds=3))
        await shared(pool)
        assert await outcome(pool, WHICH) == "ok"
        assert not running.done()
        assert await running == "timeout"
        assert await outcome(pool, WHICH) == "ok"

    with_pool(first, job)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_a_memory_bomb_is_named_as_such_beside_a_copy_in_memory(first: Path) -> None:
    bomb = (
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    )

    async def job(pool: Pool) -> None:
        await shared(pool)
        assert await outcome(pool, bomb, seconds=60) == "memory"
        assert await outcome(pool, WHICH) == "ok"

    with_pool(first, job, memory_mib=64)


def test_the_nursery_that_holds_a_copy_is_replaced_when_it_dies(first: Path) -> None:
    async def job(pool: Pool) -> None:
        await shared(pool)
        source = pool._crew._births
        assert isinstance(source, births.ForkedBirths)
        assert source._process is not None
        source._process.kill()
        await asyncio.sleep(0.1)
        assert await outcome(pool, WHICH) == "ok"

    with_pool(first, job)


@pytest.mark.parametrize("copy_mib", [0, 1])
def test_a_store_beyond_the_bound_stays_on_the_disk(tmp_path: Path, copy_mib: int) -> None:
    store = build(tmp_path / "store", "one")
    (store / "large").write_bytes(bytes(1 << 20))

    async def job(pool: Pool) -> None:
        await asyncio.sleep(0.5)
        assert pool.gauges()["workers_share_memory"] == 0
        assert await outcome(pool, WHICH) == "ok"

    with_pool(store, job, copy_mib=copy_mib)


def test_without_a_copy_the_disk_goes_on_serving(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = build(tmp_path / "store", "one")

    async def job(pool: Pool) -> None:
        await pool._share(tmp_path / "nowhere", "one")
        assert "go on reading from the disk" in caplog.text
        assert await outcome(pool, WHICH) == "ok"

    with_pool(store, job, copy_mib=0)


def test_no_nursery_is_left_over(first: Path, second: Path) -> None:
    """The nurseries of earlier stores end with the last of their workers, also when copies are cut short."""

    async def job(pool: Pool) -> None:
        for store in (second, first, second, first):
            await pool.start(store, store.name)
        await shared(pool)
        async with asyncio.timeout(10):
            while len(_nurseries()) > 1:
                await asyncio.sleep(0.05)

    with_pool(first, job)
    assert _nurseries() == set()


def test_a_copy_answers_as_the_disk_does_down_to_the_names_of_blank_nodes(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    values = ["<x:o>", "01", "1.50", "1e2", '"P12M"^^<x:own>', '"a"@ja-Kana', "[]", '"2026-11-26"^^<x:date>']
    for number, value in enumerate(values):
        store.load(
            f"<x:{number}> <x:p> {value} .".encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("x:g")
        )
    store.flush()
    del store
    question = Question("SELECT ?g ?s ?o { GRAPH ?g { ?s <x:p> ?o } } ORDER BY ?s")
    places = [Place(str(tmp_path / "store"), in_memory=copied) for copied in (False, True, True)]
    bodies = {answer(open_source(place), question, Bounds()).body for place in places}
    assert len(bodies) == 1
    assert bodies.pop().count(b'"s":') == len(values)


class Scripted(births.ForkedBirths):
    """Births whose nursery gives the same reports to every order."""

    reports: tuple[dict[str, int], ...] = ()

    async def _nursery(self) -> socket.socket:
        mine, its = socket.socketpair()
        mine.setblocking(False)
        its.sendall(b"".join(json.dumps(report).encode() + b"\n" for report in self.reports))
        self._its, self._reader = its, asyncio.create_task(self._read(mine))
        return mine

    async def close(self) -> None:
        self._its.close()
        await super().close()


def test_a_worker_may_die_at_its_birth() -> None:
    async def job() -> None:
        source = Scripted(Place("nowhere"))
        source.reports = ({"born": os.getpid()}, {"dead": os.getpid(), "status": -9})
        birth = await source.bear(Bounds())
        assert birth.ended.result() == -9
        birth.kill()  # nobody: the number may be another's by now
        birth.connection.close()
        await source.close()

    asyncio.run(job())


def test_a_nursery_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(births, "_START_SECONDS", 0.05)

    async def job() -> None:
        source = Scripted(Place("nowhere"))
        with pytest.raises(StoreError, match="does not answer"):
            await source.bear(Bounds())
        await source.close()

    asyncio.run(job())


def test_a_nursery_that_is_just_being_started_retires_as_well(first: Path) -> None:
    async def job() -> None:
        source = births.ForkedBirths(Place(str(first)))
        bearing = asyncio.create_task(source.bear(Bounds()))
        await asyncio.sleep(0)
        retiring = asyncio.create_task(source.retire())
        birth = await bearing
        birth.kill()
        birth.connection.close()
        await asyncio.wait_for(retiring, 20)
        assert _nurseries() == set()

    asyncio.run(job())


def test_a_nursery_that_hangs_does_not_keep_the_server_from_stopping(first: Path, second: Path) -> None:
    async def job(pool: Pool) -> None:
        for nursery in _nurseries():
            os.kill(nursery, signal.SIGSTOP)
        await pool.start(second, second.name)
        await asyncio.wait_for(pool.stop(), 20)
        assert _nurseries() == set()

    with_pool(first, job, copy_mib=0)


def test_a_store_that_loses_a_file_while_it_is_measured_is_not_copied(tmp_path: Path) -> None:
    store = build(tmp_path / "store", "one")
    (store / "lost").symlink_to(tmp_path / "nowhere")

    async def job(pool: Pool) -> None:
        assert pool._copying is not None
        await pool._copying
        assert pool.gauges()["workers_share_memory"] == 0
        assert await outcome(pool, WHICH) == "ok"

    with_pool(store, job)


def _nurseries() -> set[int]:
    """Find the nurseries that this process has started."""
    found = set()
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().split(b"\0")
            parent = int((line.parent / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if b"kg.sparql.nursery" in words and parent == os.getpid():
            found.add(int(line.parent.name))
    return found


def test_without_fork_workers_are_started_one_by_one(first: Path) -> None:
    async def job() -> None:
        source = births.SpawnedBirths(Place(str(first)))
        process = await Process.start(source, "v", Bounds())
        reply = await process.ask(Question(WHICH))
        assert b'"one"' in reply.body
        asked = process.ask(Question(ENDLESS))
        await asyncio.sleep(0.1)
        process.kill()
        with pytest.raises(WorkerGoneError):
            await asked
        await source.close()

    asyncio.run(job())


def test_a_worker_ends_when_the_server_forgets_a_query(first: Path) -> None:
    async def job() -> None:
        source = births.SpawnedBirths(Place(str(first)))
        process = await Process.start(source, "v", Bounds())
        with pytest.raises(WorkerGoneError):
            await asyncio.wait_for(process.ask(Question(ENDLESS, seconds=-1.5)), 10)
        await source.close()

    asyncio.run(job())


def test_a_stopping_pool_lets_running_queries_end(first: Path) -> None:
    async def job(pool: Pool) -> None:
        running = asyncio.create_task(outcome(pool, ENDLESS, seconds=0.4))
        await asyncio.sleep(0.1)
        stopping = asyncio.create_task(pool.stop())
        await asyncio.sleep(0.05)
        assert await outcome(pool, "ASK {}") == "stopping"
        assert await running == "timeout"
        await stopping

    with_pool(first, job)


def test_the_pool_says_how_far_its_workers_are_confined(first: Path) -> None:
    async def job(pool: Pool) -> None:
        assert pool.confinement() in {
            "query workers have no network; their memory is limited",
            "query workers have the network of this host; their memory is limited",
        }

    with_pool(first, job)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has network namespaces")
def test_workers_without_network_have_a_namespace_of_their_own(first: Path) -> None:
    async def job(pool: Pool) -> None:
        process = pool._crew.sample
        assert process is not None
        own, its = (Path(f"/proc/{pid}/ns/net").readlink() for pid in ("self", process.birth.pid))
        assert (own == its) is process.hello.network

    with_pool(first, job)


def test_metrics_are_prometheus_text(first: Path) -> None:
    async def job(pool: Pool) -> None:
        await outcome(pool, "ASK {}")
        await outcome(pool, "ASK {")
        text = pool.metrics.render(pool.gauges())
        assert 'kg_sparql_queries_total{outcome="ok"} 1\n' in text
        assert 'kg_sparql_queries_total{outcome="syntax"} 1\n' in text
        assert 'kg_sparql_query_seconds_bucket{le="+Inf"} 2\n' in text
        names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
        assert len(names) == len(set(names))

    with_pool(first, job)


def test_a_query_that_had_to_make_room_is_no_fault_of_the_client(first: Path) -> None:
    async def job(pool: Pool) -> None:
        running = asyncio.create_task(pool.ask(Question(ENDLESS, seconds=5), "you"))
        await asyncio.sleep(0.2)
        refused = [pool.ask(Question(f"{ENDLESS} # {number}"), "me") for number in range(3)]
        replies = await asyncio.gather(*refused)
        assert {reply.answer.outcome for reply in replies} == {"busy"}
        assert await outcome(pool, "ASK {}") == "ok"
        running.cancel()

    with_pool(first, job, workers=1, long_queries=1, client_errors=2, client_error_refill=0.01)


def test_a_budget_fills_up_again() -> None:
    budgets = Budgets(
        SparqlLimits(client_seconds=10, client_refill=2, client_errors=2, client_error_refill=1)
    )
    budgets.charge("me", 0, seconds=12, errors=3)
    assert not budgets.may_run_long("me", 0)
    assert budgets.may_run_long("you", 0)
    assert budgets.retry_after("me", 0) == 2
    assert budgets.retry_after("me", 2.5) == 0
    assert budgets.may_run_long("me", 2.5)


def test_the_cache_keeps_within_its_size() -> None:
    cache = AnswerCache(100_000)
    for number in range(100):
        cache.put(number, Answer("ok", b"x" * 1_000), 10)
    kept = [number for number in range(100) if cache.get(number)]
    assert 0 < len(kept) < 60
    assert kept[-1] == 99
    cache.put("large", Answer("ok", b"x" * 50_000), 10)
    cache.put("random", Answer("ok", b"", volatile=True), 10)
    cache.put("fault", Answer("syntax"), 10)
    assert not any(cache.get(key) for key in ("large", "random", "fault"))


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_frames_come_together_from_any_pieces(size: int) -> None:
    sent: list[tuple[list[object], bytes]] = [([1], b""), (["ö", None], b"x" * 300), ([], bytes(range(256)))]
    data = b"".join(frame(header, body) for header, body in sent)
    frames = Frames()
    received = [
        item for start in range(0, len(data), size) for item in frames.feed(data[start : start + size])
    ]
    assert received == sent


def test_every_limit_is_documented_and_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_SPARQL_TIMEOUT", "3.5")
    assert SparqlLimits().timeout == 3.5
    assert all(field.description for field in SparqlLimits.model_fields.values())


def test_the_documentation_lists_every_limit_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sparql.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `KG_SPARQL_")]
    assert len(rows) == len(SparqlLimits.model_fields)
    for row, (name, field) in zip(rows, SparqlLimits.model_fields.items(), strict=True):
        _, setting, default, meaning, _ = (cell.strip() for cell in row.split("|"))
        assert setting == f"`KG_SPARQL_{name.upper()}`"
        assert meaning == field.description
        if field.default_factory is None:
            assert float(default.replace(",", "")) == field.default
