"""A server on loopback for the tests of the SPARQL route, and ways to talk to it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parent.parent.parent


class Served:
    """A running server: where it is, how to ask it, what it costs."""

    def __init__(self, folder: Path, **settings: str) -> None:
        port_file = folder / "port"
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'api'}", **settings}
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-W",
                    "error",
                    Path(__file__).parent / "server.py",
                    folder / "store",
                    port_file,
                ],
                env=environment,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + 30
        while not port_file.exists():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, "The server does not start."
            time.sleep(0.02)
        self.port = int(port_file.read_text())
        self.url = f"http://127.0.0.1:{self.port}/sparql"
        self.client = httpx.Client(timeout=30)

    def ask(self, query: str, accept: str | None = None, **parameters: str) -> httpx.Response:
        """Send a query by GET."""
        headers = {} if accept is None else {"Accept": accept}
        return self.client.get(self.url, params={"query": query, **parameters}, headers=headers)

    def alive(self) -> bool:
        """Tell whether another request is answered."""
        answer = self.ask("ASK { <http://example.org/thing/1> ?p ?o }")
        return answer.status_code == 200 and answer.json()["boolean"] is True

    def workers(self) -> list[int]:
        """Give the numbers of the worker processes."""
        found = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid="], capture_output=True, text=True
        )
        return [int(number) for number in found.stdout.split()]

    def cpu(self) -> float:
        """Give the processor seconds that the server and its living workers have used."""
        total = 0
        for process in [self.process.pid, *self.workers()]:
            stat = Path(f"/proc/{process}/stat")
            if stat.exists():
                fields = stat.read_text().rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def stop(self) -> int:
        """End the server as an operator would, and give its exit status."""
        self.client.close()
        self.process.terminate()
        return self.process.wait(20)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the usual limits, but a deadline of two seconds."""
    server = Served(tmp_path_factory.mktemp("served"), KG_SPARQL_TIMEOUT="2", KG_SPARQL_MEMORY_MIB="256")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with limits so small that a test can reach them quickly."""
    server = Served(
        tmp_path_factory.mktemp("tight"),
        KG_SPARQL_TIMEOUT="1",
        KG_SPARQL_ROWS="50",
        KG_SPARQL_ANSWER_MIB="1",
        KG_SPARQL_BODY_MIB="1",
        KG_SPARQL_BODY_SECONDS="1",
        KG_SPARQL_LENGTH="5000",
        KG_SPARQL_PATTERNS="40",
        KG_SPARQL_CHAIN="30",
        KG_SPARQL_DEPTH="20",
        KG_SPARQL_CACHE_MIB="0",
    )
    yield server
    server.stop()
