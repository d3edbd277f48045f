"""The small graph, and files of others compared with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.export.content import Content
from kg.intake.current import Current
from kg.intake.kinds import Order, read_file
from kg.intake.model import Reading
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from tests.export.conftest import exported, small
from tests.pipeline.conftest import kg

__all__ = ["exported", "kg", "small"]

DAY = "2026-11-22"
Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def current(small: Snapshot) -> Current:
    """The small graph as it is."""
    return Current(Content(small, EmbeddedStore.open(small.store)))


@pytest.fixture
def read(current: Current, tmp_path: Path) -> Read:
    """Write a file and read it as an import."""

    def run(name: str, content: bytes | str, activity: str | None = None) -> Reading:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(Order(file, None, DAY, activity), current)

    return run
