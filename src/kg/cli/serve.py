"""The command serve: the web side over one snapshot."""

import logging
import socket
from functools import partial
from math import ceil
from pathlib import Path

import click
import uvicorn

from kg.cli.options import chosen_snapshot, graph_options
from kg.errors import StoreError
from kg.remote import RemoteStore
from kg.settings import ServerSettings
from kg.snapshot import Snapshot, current_version
from kg.sparql.limits import SparqlLimits
from kg.upload import graph_sizes
from kg_api.app import create_app
from kg_api.slow_clients import PatientProtocol

_AFTER_DRAIN_SECONDS = 10


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
@click.option("--store", metavar="URL", help="Ask the SPARQL endpoint at this address for the graph.")
@graph_options
def serve(
    host: str | None, port: int | None, store: str | None, data: Path | None, snapshot: Path | None
) -> None:
    """Serve the map, the REST interface and SPARQL from a snapshot.

    With --store queries go to another engine, which holds the same graph (kg load puts it there); the index
    of terms, the gap analyses and the exports still come from the snapshot.
    """
    settings = ServerSettings()
    host, port = host or settings.host, settings.port if port is None else port
    found = chosen_snapshot(data, snapshot or settings.snapshot)
    endpoint = store or settings.store
    if endpoint:
        _compare(endpoint, found)
    listener = _listen(host, port)
    address, bound = listener.getsockname()[:2]
    parent = found.path.parent
    folder = parent if current_version(parent) == found.path.name else found.path
    limits = SparqlLimits()
    app = create_app(folder, limits, endpoint)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    asked = f", queries answered by {endpoint}" if endpoint else ""
    click.echo(
        f"Serving {found.manifest.version} on http://{address}:{bound}/{asked} (stop: Ctrl-C)", err=True
    )
    config = uvicorn.Config(
        app,
        http=partial(PatientProtocol, limits),  # type: ignore[arg-type]  # anything that makes a protocol does
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # else a client could name another address and dodge its budget
        timeout_graceful_shutdown=ceil(limits.drain) + _AFTER_DRAIN_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _compare(endpoint: str, snapshot: Snapshot) -> None:
    """Refuse an endpoint that holds nothing of ours; say it when it holds another state than the snapshot."""
    held = graph_sizes(RemoteStore.at(endpoint))
    other = [name for name, size in snapshot.manifest.graphs.items() if held.get(name) != size]
    repair = f"load it: kg load --store {endpoint} --snapshot {snapshot.path}"
    if len(other) == len(snapshot.manifest.graphs):
        raise StoreError(f"{endpoint} holds no graph of the snapshot {snapshot.manifest.version}; {repair}.")
    if other:
        said = f"{endpoint} differs from the snapshot in {len(other)} graphs, {other[0]} first; {repair}."
        click.echo(said, err=True)


def _listen(host: str, port: int) -> socket.socket:
    """Bind before anything is loaded, so that a taken port is said at once and in one sentence."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"Port {port} on {host} cannot be used: {reason}; name another: kg serve --port 8001."
        ) from error
    return listener


COMMANDS = (serve,)
