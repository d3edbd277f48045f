"""The server as people start it: a process of its own that says where it listens."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

import kg
import kg_api

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_START = "from kg.cli import main; main()"


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[str]:
    """Serve a snapshot folder while the block runs, and give the address; a traceback in the log is a failure."""
    command = [sys.executable, "-c", _START, "serve", "--snapshot", str(folder), "--port", "0"]
    sources = [str(Path(str(package.__file__)).parents[1]) for package in (kg, kg_api)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sources)}
    with log.open("w+", encoding="utf-8") as file:
        process = subprocess.Popen(command, stderr=file, env=environment)
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait(20)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    while process.poll() is None:
        found = _ADDRESS.search(log.read_text(encoding="utf-8"))
        if found and _answers(found[0]):
            return found[0]
    raise AssertionError(log.read_text(encoding="utf-8"))


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == 200
    except httpx.TransportError:
        return False
