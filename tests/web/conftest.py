"""The site over the graph that ships, asked as a browser and as a program would ask it."""

from collections.abc import Iterator

import httpx
import pytest

from kg.snapshot import Snapshot
from tests.web.server import serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="session")
def origin(shipped: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served."""
    with serving(shipped.path.parent, tmp_path_factory.mktemp("server") / "log") as found:
        yield found


@pytest.fixture(scope="session")
def client(origin: str) -> Iterator[httpx.Client]:
    """A program that takes anything."""
    with httpx.Client(base_url=origin, timeout=30) as found:
        yield found


@pytest.fixture
def browser(origin: str) -> Iterator[httpx.Client]:
    """A browser that prefers pages and remembers nothing from the test before."""
    with httpx.Client(base_url=origin, timeout=30, headers={"Accept": BROWSER}) as found:
        yield found
