"""Time checking, building and starting the server on the shipped graph, beside plain parsing of the same files.

Ratios to the parse of the same Turtle by rdflib in the same run travel between machines; seconds do not.
Run: python benchmarks/pipeline/run.py
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

KG = Path(sys.executable).with_name("kg")
ROOT = Path(__file__).resolve().parents[2]
PARSE = (
    "import rdflib, pathlib; g = rdflib.Graph(); "
    f"[g.parse(p) for p in sorted(pathlib.Path({str(ROOT / 'data')!r}).rglob('*.ttl'))]"
)
RUNS = 3
PORT = "18433"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        cold = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        snapshot = f"{folder}/snapshot"

        def empty() -> None:
            shutil.rmtree(f"{folder}/cache", ignore_errors=True)
            shutil.rmtree(snapshot, ignore_errors=True)

        parse = timed([sys.executable, "-c", PARSE], cold)
        rows = {
            "parse the Turtle with rdflib": parse,
            "kg check, nothing kept": timed([KG, "check"], cold, before=empty),
            "kg check, unchanged": timed([KG, "check"], cold),
            "kg build after kg check": timed(
                [KG, "build", "--snapshot", snapshot],
                cold,
                before=lambda: shutil.rmtree(snapshot, ignore_errors=True),
            ),
            "kg build, unchanged": timed([KG, "build", "--snapshot", snapshot], cold),
            "kg gaps, from the snapshot": timed([KG, "gaps", "--snapshot", snapshot], cold),
        }
        ready, resident = serve(snapshot, cold)
    for name, seconds in (rows | {"kg serve until ready": ready}).items():
        print(f"{name:32} {seconds:7.2f} s {seconds / parse:7.2f} times the parse")
    print(f"{'kg serve, resident':32} {resident:7.0f} MB")


def timed(command: list[object], environment: dict[str, str], before: object = None) -> float:
    """Give the median wall seconds of a few runs."""
    seconds = []
    for _ in range(RUNS):
        if callable(before):
            before()
        start = time.perf_counter()
        subprocess.run(
            [str(part) for part in command], env=environment, capture_output=True, check=True, cwd="/"
        )
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def serve(snapshot: str, environment: dict[str, str]) -> tuple[float, float]:
    """Give the seconds until /readyz answers 200 and the resident megabytes of the web process then."""
    start = time.perf_counter()
    command = [str(KG), "serve", "--snapshot", snapshot, "--port", PORT]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=1):
                    return time.perf_counter() - start, resident(server.pid)
            except OSError:
                time.sleep(0.02)
    finally:
        server.terminate()
        server.wait(20)


def resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
