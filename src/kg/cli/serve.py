"""The command serve: the web side over one snapshot."""

import logging
import socket
from pathlib import Path

import click
import uvicorn

from kg.cli.options import chosen_snapshot, graph_options
from kg.errors import StoreError
from kg.settings import ServerSettings
from kg.snapshot import current_version
from kg_api.app import create_app
from kg_api.slow_clients import PatientProtocol

_DRAIN_SECONDS = 20


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
@graph_options
def serve(host: str | None, port: int | None, data: Path | None, snapshot: Path | None) -> None:
    """Serve the map, the REST interface and SPARQL from a snapshot."""
    settings = ServerSettings()
    host, port = host or settings.host, settings.port if port is None else port
    found = chosen_snapshot(data, snapshot or settings.snapshot)
    listener = _listen(host, port)
    address, bound = listener.getsockname()[:2]
    parent = found.path.parent
    app = create_app(parent if current_version(parent) == found.path.name else found.path)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    click.echo(f"Serving {found.manifest.version} on http://{address}:{bound}/ (stop: Ctrl-C)", err=True)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # else a client could name another address and dodge its budget
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])


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
