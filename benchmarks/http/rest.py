"""Compare our REST look-ups with an empty endpoint of FastAPI: processor time a request, and latency.

Run: kg build --snapshot DIR; python benchmarks/http/rest.py DIR [--seconds 5]. Needs wrk.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from compare import HERE, Result, Server, free_port, report

PATHS = {
    "look-up": "/api/v1/lookup?label=red%20teaming&lang=en",
    "search": "/api/v1/search?q=%E8%A9%95%E4%BE%A1&lang=ja&limit=10",
    "concept": "/api/v1/concepts/practice-area/technical-standards",
    "livez": "/livez",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kg-bench-"))
    results: dict[str, Result] = {}
    try:
        port = free_port()
        command = [
            sys.executable,
            "-c",
            "from kg.cli import main; main()",
            "serve",
            "--snapshot",
            str(arguments.snapshot),
        ]
        ours = Server("aisi-kg", [*command, "--port", str(port)], port, "/sparql")
        measure("", ours, PATHS, results, arguments.seconds, folder)
        port = free_port()
        empty = Server("FastAPI", [sys.executable, str(HERE / "empty.py"), str(port)], port, "/")
        measure("FastAPI ", empty, {"empty": "/"}, results, arguments.seconds, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report("REST look-ups; the last column is the empty endpoint's share", results, "FastAPI empty")


def measure(
    prefix: str, server: Server, paths: dict[str, str], results: dict[str, Result], seconds: int, folder: Path
) -> None:
    try:
        for name, path in paths.items():
            server.run_paths([path], 1, 4, folder)
            results[prefix + name] = server.run_paths([path], seconds, 4, folder)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
