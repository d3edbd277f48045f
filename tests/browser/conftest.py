"""One server and one browser for all tests of this folder; a visitor for each test.

They end with the folder: while Playwright's loop runs, no other test of the process could start one of its own.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kg.snapshot import Snapshot
from tests.browser.visits import Visitor
from tests.web.server import serving

_SWITCHES = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine, without a window."""
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=_SWITCHES, chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def origin(shipped: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site over the graph that ships is served."""
    with serving(shipped.path.parent, tmp_path_factory.mktemp("server") / "log") as found:
        yield found


@pytest.fixture
def visitor(chromium: Browser, origin: str) -> Iterator[Visitor]:
    """Somebody who visits; at the end the browser must have had nothing to complain of."""
    found = Visitor(chromium, origin)
    yield found
    assert found.complaints == []


@pytest.fixture
def page(visitor: Visitor) -> Iterator[Page]:
    """A wide window of a Japanese reader."""
    with visitor.window() as found:
        yield found


@pytest.fixture
def english(visitor: Visitor) -> Iterator[Page]:
    """A wide window of an English reader."""
    with visitor.window("en") as found:
        yield found
