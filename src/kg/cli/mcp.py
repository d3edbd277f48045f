"""The command mcp: the terms, mappings, gaps and SPARQL of a snapshot for a language model, over standard input."""

import asyncio
import logging
from importlib.util import find_spec
from pathlib import Path

import click

from kg.cli.options import chosen_snapshot, graph_options
from kg.errors import CallerError
from kg.sparql.limits import SparqlLimits
from kg.sparql.pool import Pool
from kg_api.live import Live


@click.command()
@graph_options
def mcp(data: Path | None, snapshot: Path | None) -> None:
    """Answer the Model Context Protocol on standard input and output; `kg serve` answers it at /mcp."""
    if find_spec("mcp") is None:
        raise CallerError("The library for MCP is missing; install it: pip install 'aisi-kg[mcp]'.")
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    found = chosen_snapshot(data, snapshot)
    asyncio.run(_serve(found.path))


async def _serve(snapshot: Path) -> None:
    from kg_api.mcp_server import mcp_server  # its library is optional

    live = Live(snapshot, Pool(SparqlLimits()))
    await live.start()
    try:
        await mcp_server(live).run_stdio_async()
    finally:
        await live.pool.stop()


COMMANDS = (mcp,)
