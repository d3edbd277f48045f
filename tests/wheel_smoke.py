"""Run the installed wheel away from the checkout: check, gaps and serve must work by themselves.

Called as `python tests/wheel_smoke.py PATH-OF-KG`; leaves with 1 and the reason when something does not.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PORT = "18431"


def main(kg: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOME": folder, "XDG_CACHE_HOME": f"{folder}/cache", "PYTHONPATH": ""}

        def run(*arguments: str) -> str:
            done = subprocess.run(
                [kg, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode:
                sys.exit(f"kg {' '.join(arguments)} left with {done.returncode}: {done.stderr[-2000:]}")
            return done.stdout

        run("check")
        gaps = json.loads(run("gaps", "--json"))
        assert gaps["total"] > 0, "the shipped graph has gaps"
        server = subprocess.Popen([kg, "serve", "--port", PORT], cwd=folder, env=environment)
        try:
            served = json.loads(ask("/api/v1/gaps"))
            assert 'data-editor="/static/editor.js"' in ask("/query"), "the query page takes the editor"
            assert "MIT License" in ask("/static/editor.js"), "the wheel holds the editor with its licences"
        finally:
            server.terminate()
            server.wait(30)
    assert served["total"] == gaps["total"], "command line and server count alike"
    print(f"The wheel checks, counts {gaps['total']} gaps and serves.")


def ask(path: str) -> str:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{path} did not answer")


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).absolute()))
