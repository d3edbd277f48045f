"""Compare our /sparql with the oxigraph server and rdflib-endpoint: processor time a request, and latency.

Run: python benchmarks/http/compare.py [--seconds 5]. Needs wrk; installs the two others into a temporary
virtual environment of their own.
"""

import argparse
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import venv
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BENCH = "https://example.org/bench/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
CONCEPTS = 5_000
ACTIVITIES = 3_000
TICKS = os.sysconf("SC_CLK_TCK")
HOSTILE = "SELECT ?a WHERE {?a ?b ?c . ?d ?e ?f . ?g ?h ?i} ORDER BY ?c ?f ?i"


@dataclass(frozen=True)
class Result:
    """What one run of wrk has shown."""

    requests: int
    cpu_ms: float
    per_second: float
    p50_ms: float
    p99_ms: float
    errors: int


def write_data(path: Path) -> None:
    """Write concepts with labels in two languages, and activities with coverage edges."""
    dice = random.Random(7)  # noqa: S311  # the same data at every run
    lines = []
    for number in range(CONCEPTS):
        concept = f"<{BENCH}concept/{number}>"
        lines.append(f'{concept} <{SKOS}prefLabel> "concept number {number}"@en .')
        lines.append(f'{concept} <{SKOS}prefLabel> "概念 {number}"@ja .')
        lines.append(f"{concept} <{SKOS}inScheme> <{BENCH}scheme/{number % 12}> .")
    for number in range(ACTIVITIES):
        activity = f"<{BENCH}activity/{number}>"
        lines.append(f"{activity} <{BENCH}activityType> <{BENCH}type/{dice.randrange(12)}> .")
        date = f"20{dice.randrange(20, 27)}-0{dice.randrange(1, 10)}-1{dice.randrange(10)}"
        lines.append(f'{activity} <{BENCH}startDate> "{date}"^^<http://www.w3.org/2001/XMLSchema#date> .')
        for edge in range(3):
            name = f"<{BENCH}edge/{number}-{edge}>"
            lines.append(f"{name} <{BENCH}coverageBy> {activity} .")
            lines.append(f"{name} <{BENCH}coverageOf> <{BENCH}area/{dice.randrange(24)}> .")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def cpu_seconds(pid: int) -> float:
    """Give the processor time of a process and of all it has started, also of those that have ended.

    A worker that ends while we read is in no table; two equal readings show that none did.
    """
    before = -1.0
    while abs((now := _cpu_seconds(pid)) - before) > 0.05:
        before = now
        time.sleep(0.2)
    return now


def _cpu_seconds(pid: int) -> float:
    children: dict[int, list[int]] = {}
    times: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
            times[int(entry.name)] = sum(int(value) for value in fields[11:15]) / TICKS
    total, todo = 0.0, [pid]
    while todo:
        process = todo.pop()
        total += times.get(process, 0.0)
        todo += children.get(process, [])
    return total


class Server:
    """A server process with its own SPARQL path."""

    def __init__(self, name: str, command: list[str], port: int, path: str) -> None:
        self.name = name
        self.base = f"http://127.0.0.1:{port}"
        self.path = path
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}/src:{ROOT}/api"}
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.url("ASK {}"), timeout=2):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.name} does not answer.")

    def url(self, query: str) -> str:
        return f"{self.base}{self.path}?query={quote(query)}"

    def run(self, queries: list[str], seconds: int, connections: int, folder: Path) -> Result:
        """Ask the queries round and round for some seconds."""
        paths = [f"{self.path}?query={quote(query)}" for query in queries]
        return self.run_paths(paths, seconds, connections, folder)

    def run_paths(self, paths: list[str], seconds: int, connections: int, folder: Path) -> Result:
        """Get the paths round and round for some seconds."""
        listed = folder / "paths.txt"
        listed.write_text("\n".join(paths) + "\n")
        before = cpu_seconds(self.process.pid)
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "--latency"]
        text = subprocess.run(
            [*command, "-s", str(HERE / "requests.lua"), self.base],
            env={**os.environ, "BENCH_PATHS": str(listed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        used = cpu_seconds(self.process.pid) - before
        return read_wrk(text, used)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def read_wrk(text: str, used: float) -> Result:
    """Take the numbers from what wrk prints."""
    requests = int(match(r"(\d+) requests in", text))
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Result(
        requests,
        1000 * used / max(1, requests),
        float(match(r"Requests/sec:\s+([\d.]+)", text)),
        milliseconds(match(r"\n\s+50%\s+(\S+)", text)),
        milliseconds(match(r"\n\s+99%\s+(\S+)", text)),
        int(errors.group(1)) if errors else 0,
    )


def match(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise SystemExit(f"wrk said something unexpected:\n{text}")
    return found.group(1)


def milliseconds(text: str) -> float:
    for unit, factor in (("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)):
        if text.endswith(unit):
            return float(text.removesuffix(unit)) * factor
    return float(text)


def others(folder: Path) -> Path:
    """Install the two other servers and give the folder of their commands."""
    home = folder / "others"
    venv.create(home, with_pip=True)
    packages = ["oxigraph", "rdflib-endpoint[cli]"]
    subprocess.run([home / "bin" / "pip", "install", "--quiet", *packages], check=True, capture_output=True)
    return home / "bin"


def besiege(server: Server, seconds: float) -> list[threading.Thread]:
    """Send eight hostile queries at a time until the time is over."""
    until = time.monotonic() + seconds

    def send() -> None:
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(server.url(HOSTILE), timeout=seconds + 20) as answer:  # noqa: S310
                    answer.read()
            except (urllib.error.HTTPError, OSError):
                time.sleep(0.01)

    threads = [threading.Thread(target=send, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    return threads


def report(title: str, results: dict[str, Result], ours: str = "aisi-kg") -> None:
    """Print the results and how ours compares with each."""
    heads = "".join(f"{head:>10}" for head in ("CPU ms", "req/s", "p50 ms", "p99 ms", "errors", "ours/it"))
    print(f"\n{title}\n{'server':18}{heads}")
    for name, result in results.items():
        ratio = results[ours].cpu_ms / result.cpu_ms if result.cpu_ms else float("nan")
        print(
            f"{name:18}{result.cpu_ms:10.3f}{result.per_second:10.0f}{result.p50_ms:10.2f}"
            f"{result.p99_ms:10.2f}{result.errors:10d}{ratio:10.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run")
    parser.add_argument("--others", type=Path, help="bin folder with oxigraph and rdflib-endpoint")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kg-bench-"))
    try:
        compare(folder, arguments.seconds, arguments.others or others(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def compare(folder: Path, seconds: int, commands: Path) -> None:
    data, store = folder / "data.nt", folder / "store"
    write_data(data)
    loaded = ox.Store(str(store))
    loaded.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
    loaded.optimize()
    loaded.flush()
    del loaded
    lookup = (HERE / "lookup.rq").read_text()
    lookups = [lookup.replace("LABEL", f"concept number {number}") for number in range(CONCEPTS)]
    matrix = [f"# {number}\n{(HERE / 'matrix.rq').read_text()}" for number in range(CONCEPTS)]
    runs: dict[str, dict[str, Result]] = {"lookup": {}, "one": {}, "matrix": {}, "same": {}}
    for name in ("aisi-kg", "aisi-kg, no cache", "oxigraph", "rdflib-endpoint"):
        server = start(name, commands, data, store)
        try:
            server.run(lookups[:50], 2, 4, folder)
            runs["lookup"][name] = server.run(lookups, seconds, 4, folder)
            runs["one"][name] = server.run(lookups[:1], seconds, 4, folder)
            runs["matrix"][name] = server.run(matrix, seconds, 1, folder)
            runs["same"][name] = server.run(matrix[:1], seconds, 1, folder)
            if name.startswith("aisi-kg"):
                siege(server, lookups, folder, max(12, seconds))
        finally:
            server.stop()
    report("Label look-up, 5,000 different queries", runs["lookup"])
    report("Label look-up, one query again and again", runs["one"])
    report("Gap matrix (24 areas x 12 types over 9,000 edges), a different text each time", runs["matrix"])
    report("Gap matrix, one query again and again", runs["same"])


def siege(server: Server, lookups: list[str], folder: Path, seconds: int) -> None:
    threads = besiege(server, seconds + 2)
    time.sleep(1)
    result = server.run(lookups, seconds, 4, folder)
    print(
        f"{server.name}: cheap queries while eight hostile ones run: p50 {result.p50_ms:.1f} ms, "
        f"p99 {result.p99_ms:.1f} ms, {result.per_second:.0f}/s, errors {result.errors}"
    )
    for thread in threads:
        thread.join()


def start(name: str, commands: Path, data: Path, store: Path) -> Server:
    port = free_port()
    if name.startswith("aisi-kg"):
        os.environ["KG_SPARQL_CACHE_MIB"] = "0" if "no cache" in name else "32"
        return Server(name, [sys.executable, str(HERE / "ours.py"), str(store), str(port)], port, "/sparql")
    if name == "oxigraph":
        bind = ["--bind", f"127.0.0.1:{port}"]
        command = [str(commands / "oxigraph"), "serve-read-only", "--location", str(store), *bind]
        return Server(name, command, port, "/query")
    command = [
        str(commands / "rdflib-endpoint"),
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        str(data),
    ]
    return Server(name, command, port, "/")


if __name__ == "__main__":
    main()
