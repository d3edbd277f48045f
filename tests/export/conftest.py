"""A small graph with one awkward case of everything, and exports of it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build import build
from kg.checking import Checked
from kg.export.content import Content
from kg.export.forms import export_of
from kg.export.write import write_export
from kg.load import load_graph
from kg.news.add import add_exports
from kg.paths import graph_paths
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore

WORLD = Path(__file__).parent / "world.ttl"

Exported = Callable[..., bytes]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The snapshot of the small graph."""
    return built(tmp_path_factory.mktemp("small"))


def built(folder: Path, more: str = "") -> Snapshot:
    """Build the small graph, with more Turtle at its end, and its published files."""
    data = folder / "data"
    data.mkdir()
    (data / "world.ttl").write_text(WORLD.read_text(encoding="utf-8") + more, encoding="utf-8")
    unchecked = Checked(load_graph(graph_paths(data)), ())  # it holds labels that our own rules would refuse
    snapshot = build(unchecked, folder / "snapshot", lambda _: None)
    add_exports(snapshot, lambda _: None)
    return snapshot


def exported_from(snapshot: Snapshot) -> Exported:
    content = Content(snapshot, EmbeddedStore.open(snapshot.store))

    def export(
        form: str, what: str | None = None, scheme: str | None = None, actor: str | None = None
    ) -> bytes:
        out = io.BytesIO()
        write_export(export_of(form, what, scheme, actor), content, out)
        return out.getvalue()

    return export


@pytest.fixture(scope="session")
def exported(small: Snapshot) -> Exported:
    """Export the small graph."""
    return exported_from(small)


@pytest.fixture(scope="session")
def shipped_export(shipped: Snapshot) -> Exported:
    """Export the graph that ships."""
    return exported_from(shipped)
