"""Options that several commands share, and the graph or snapshot that they choose.

What checks and builds is imported where it is used: a command that reads a snapshot should not wait for it.
"""

import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import CallerError
from kg.load import CuratedGraph, load_graph
from kg.paths import GraphPaths, findings_cache, graph_paths, snapshot_cache
from kg.snapshot import Snapshot

if TYPE_CHECKING:
    from kg.checking import Checked

Command = Callable[..., Any]

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder of curated Turtle instead of the graph that ships.",
)
snapshot_option = click.option(
    "--snapshot", type=click.Path(path_type=Path), help="Snapshot folder; without it one is made and kept."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output.")
lang_option = click.option(
    "--lang", type=click.Choice(["ja", "en"]), default="en", show_default=True, help="Language of the text."
)
protocol_option = click.option(
    "--protocol", help="Gap protocol: its name, its series or an IRI; without it the default one."
)


def graph_options(command: Command) -> Command:
    """Add --data and --snapshot."""
    return data_option(snapshot_option(command))


class Progress:
    """Talk on standard error: each step that took over a second, and on a terminal the step under way."""

    def __init__(self) -> None:
        self._step = ""
        self._since = time.monotonic()

    def __call__(self, step: str) -> None:
        """Name the step that begins now."""
        self.done()
        self._step, self._since = step, time.monotonic()
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{step} ...", nl=False, err=True)

    def done(self) -> None:
        """Close the last step."""
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)
        seconds = time.monotonic() - self._since
        if self._step and seconds > 1:
            click.echo(f"{self._step}: {seconds:.1f} s", err=True)
        self._step = ""


def checked_graph(paths: GraphPaths, loaded: CuratedGraph | None = None) -> "Checked":
    """Load and validate, or validate what is loaded already, with progress."""
    from kg.checking import check

    progress = Progress()
    try:
        return check(paths, progress, findings_cache(), loaded)
    finally:
        progress.done()


def chosen_snapshot(data: Path | None, snapshot: Path | None) -> Snapshot:
    """Open the snapshot that is named, or the one kept for the curated graph, made if it is missing.

    Faulty records of a graph of the caller's own are left out of the snapshot and said on standard error.
    """
    if data is not None and snapshot is not None:
        raise CallerError("Give --data or --snapshot, not both: a snapshot holds its data already.")
    if snapshot is not None:
        return Snapshot.open(snapshot)
    return kept_snapshot(graph_paths(data))


def kept_snapshot(paths: GraphPaths) -> Snapshot:
    """Give the snapshot of a curated graph from the cache; make it when there is none of this input."""
    from kg.build import build, up_to_date
    from kg.checking import check

    graph = load_graph(paths)
    folder = snapshot_cache() / hashlib.sha256(str(paths.data.resolve()).encode()).hexdigest()[:12]
    found = up_to_date(graph, folder, quarantine=True)
    if found is not None:
        return found
    progress = Progress()
    try:
        checked = check(paths, progress, findings_cache(), graph)
        snapshot = build(checked, folder, progress, quarantine=True)
    finally:
        progress.done()
    if checked.violations:
        click.echo(
            f"{len(checked.violations)} violations; {snapshot.manifest.faults} faulty records are left out; "
            f"see them: kg check --data {paths.data}.",
            err=True,
        )
    return snapshot
