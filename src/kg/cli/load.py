"""The command load: a snapshot into another engine."""

from pathlib import Path

import click

from kg.cli.options import Progress, chosen_snapshot, graph_options
from kg.errors import CallerError
from kg.remote import RemoteStore
from kg.settings import StoreSettings
from kg.upload import upload
from kg.writing import GraphStoreWriter, UpdateWriter, update_address


@click.command()
@click.option("--store", metavar="URL", required=True, help="Where the engine answers queries.")
@click.option("--graph-store", metavar="URL", help="Write there by the Graph Store Protocol.")
@click.option(
    "--update", metavar="URL", help="Write there by SPARQL Update.  [default: next to --store, by custom]"
)
@click.option(
    "--batch", type=click.IntRange(1), default=1_000, show_default=True, help="Statements of one request."
)
@graph_options
def load(
    store: str,
    graph_store: str | None,
    update: str | None,
    batch: int,
    data: Path | None,
    snapshot: Path | None,
) -> None:
    """Put a snapshot into another SPARQL engine, so that serve --store can ask it.

    Replaces the graphs of this project there and leaves all others alone. KG_STORE_USER and KG_STORE_PASSWORD,
    or KG_STORE_TOKEN, say who writes.
    """
    if graph_store and update:
        raise CallerError("Give --graph-store or --update, not both.")
    settings = StoreSettings()
    target = RemoteStore.at(store, settings)
    found = chosen_snapshot(data, snapshot)
    writer = (
        GraphStoreWriter(graph_store, settings)
        if graph_store
        else UpdateWriter(update or update_address(store), settings)
    )
    progress = Progress()
    try:
        written = upload(found, target, writer, batch, progress)
    finally:
        progress.done()
    click.echo(f"Wrote {written} statements of {found.manifest.version} to {store}.", err=True)


COMMANDS = (load,)
