"""Other SPARQL engines on loopback, each with a folder of its own and gone after the tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kg.settings import StoreSettings

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
VIRTUOSO = shutil.which("virtuoso-t") or ""
_START_SECONDS = 60
_INI = Path(__file__).parent / "virtuoso.ini"


@dataclass(frozen=True)
class Engine:
    """A running engine: where it is asked, where it is written to, and who may write."""

    query: str
    graph_store: str
    update: str
    settings: StoreSettings = field(default_factory=StoreSettings)


@contextmanager
def oxigraph() -> Iterator[Engine]:
    """Run the oxigraph server on an empty store in memory."""
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    with _running([str(OXIGRAPH), "serve", "--bind", f"127.0.0.1:{port}"], Path.cwd(), f"{base}/query"):
        yield Engine(f"{base}/query", f"{base}/store?", f"{base}/update")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Engine]:
    """Run Virtuoso 7 on an empty database in a folder; the password is the one that it starts with."""
    port = _free_port()
    settings = _INI.read_text().replace("SQL_PORT", str(_free_port())).replace("HTTP_PORT", str(port))
    (folder / "virtuoso.ini").write_text(settings)
    base = f"http://127.0.0.1:{port}"
    command = [VIRTUOSO, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with _running(command, folder, f"{base}/sparql"):
        yield Engine(
            f"{base}/sparql",
            f"{base}/sparql-graph-crud-auth",
            f"{base}/sparql-auth",
            StoreSettings.model_validate({"user": "dba", "password": "dba"}),
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    server = subprocess.Popen(
        command, cwd=folder, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(server, f"{url}?query=ASK%7B%7D")
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, f"{server.args!r} has ended"
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")
