"""A small town's graph, released, changed and released again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build import build
from kg.checking import Checked
from kg.load import load_graph
from kg.news.release import release
from kg.paths import graph_paths
from kg.snapshot import Snapshot

TOWN = Path(__file__).parents[1] / "rules" / "foreign.ttl"
BASE = "https://example.org/map/"
FLOOD = """
<Flood> a skos:Concept ;
    skos:prefLabel "洪水"@ja , "flood"@en ;
    skos:inScheme <Hazards> ;
    skos:topConceptOf <Hazards> ;
    aisi:citation <Cite> .
"""

Town = Callable[..., Snapshot]


def town_snapshot(folder: Path, added: str = "", *changes: tuple[str, str]) -> Snapshot:
    """Build the town's graph with something added and texts replaced."""
    text = TOWN.read_text(encoding="utf-8") + added
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    data = folder / "data"
    data.mkdir(parents=True)
    (data / "town.ttl").write_text(text, encoding="utf-8")
    return build(Checked(load_graph(graph_paths(data)), ()), folder / "snapshot", lambda _: None)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The town as it was."""
    return town_snapshot(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The town with a new hazard, another name for fire, and its drill ended."""
    return town_snapshot(
        tmp_path_factory.mktemp("second"),
        FLOOD,
        ('"fire"@en', '"blaze"@en'),
        ("activity-status/ongoing>", "activity-status/completed>"),
    )


@pytest.fixture(scope="session")
def releases(first: Snapshot, second: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases."""
    folder = tmp_path_factory.mktemp("releases")
    release(first, folder)
    release(second, folder, "2026-11-26")
    return folder
