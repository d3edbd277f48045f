"""Where the curated graph and the snapshots lie."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from kg.errors import CallerError


@dataclass(frozen=True)
class GraphPaths:
    """The three folders of a curated graph."""

    ontology: Path
    data: Path
    shapes: Path


def packaged_graph() -> GraphPaths:
    """Find the graph that ships: inside the wheel, or at the top of the checkout."""
    package = Path(__file__).resolve().parent
    wheel = package / "_graph"
    root = wheel if wheel.is_dir() else package.parents[1]
    return GraphPaths(root / "ontology", root / "data", root / "shapes")


def graph_paths(data: Path | None) -> GraphPaths:
    """Give the shipped graph, or with `data` that folder under the shipped ontology and shapes."""
    packaged = packaged_graph()
    if data is None:
        return packaged
    if not data.is_dir():
        raise CallerError(f"There is no folder {data}; give --data a folder of Turtle files.")
    return GraphPaths(packaged.ontology, data, packaged.shapes)


def snapshot_cache() -> Path:
    """Give the folder in which snapshots are kept when no other is named."""
    return Path(platformdirs.user_cache_dir("aisi-kg")) / "snapshots"


def findings_cache() -> Path:
    """Give the folder in which the findings of past checks are kept."""
    return Path(platformdirs.user_cache_dir("aisi-kg")) / "findings"


def environment_of_children() -> dict[str, str]:
    """Let a process that we start find this package wherever it was imported from."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
