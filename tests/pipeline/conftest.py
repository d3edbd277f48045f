"""A small graph of one actor and one activity, and the command line run on it as its users run it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

WORLD = Path(__file__).parents[1] / "shapes" / "graphs" / "world.ttl"

Kg = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of curated Turtle that is without fault."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(WORLD, folder / "world.ttl")
    return folder


@pytest.fixture
def kg(tmp_path: Path) -> Kg:
    """Run `kg` in a folder of its own, with a cache of its own."""

    def run(*arguments: object, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(Path(sys.executable).parent / "kg"), *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
