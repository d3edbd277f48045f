"""A small server for the tests: a made-up graph, the SPARQL route, and one more path to see that it answers."""

import asyncio
import logging
import socket
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import uvicorn
import uvloop

from kg.sparql.description import service_description
from kg.sparql.limits import SparqlLimits
from kg.sparql.pool import Pool
from kg_api.slow_clients import PatientProtocol
from kg_api.sparql import sparql_app, with_sparql

EX = "http://example.org/"
GRAPHS = {f"{EX}graph/{name}": 100 for name in ("even", "odd")}
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
NEXT = ox.NamedNode(f"{EX}next")


def build_store(folder: Path) -> None:
    """Write 100 things with labels in a circle: all in the default graph, half of them in each named graph."""
    store = ox.Store(str(folder))
    for number in range(100):
        thing, following = (ox.NamedNode(f"{EX}thing/{n}") for n in (number, (number + 1) % 100))
        graph = ox.NamedNode(f"{EX}graph/{('even', 'odd')[number % 2]}")
        triples = [
            ox.Triple(thing, LABEL, ox.Literal(f"thing {number}", language="en")),
            ox.Triple(thing, LABEL, ox.Literal(f"もの {number}", language="ja")),
            ox.Triple(thing, NEXT, following),
        ]
        for triple in triples:
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    store.flush()


async def _elsewhere(scope: Any, receive: Any, send: Any) -> None:
    """Answer any other path, as the rest of the product would."""
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


async def serve(folder: Path, port_file: Path) -> None:
    """Serve until the process is ended; write the port to a file once everything is ready."""
    limits = SparqlLimits()
    pool = Pool(limits)
    await pool.start(folder, "test-1")
    endpoint = sparql_app(
        pool, limits, lambda iri: service_description(iri, pool.version, 300, GRAPHS, limits), page="/query"
    )
    application = with_sparql(_elsewhere, endpoint)
    config = uvicorn.Config(
        application,
        http=partial(PatientProtocol, limits),  # type: ignore[arg-type]  # as `kg serve` does
        lifespan="off",
        access_log=False,
        log_level="warning",
    )
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    draft = port_file.with_suffix(".draft")
    draft.write_text(str(listening.getsockname()[1]))
    draft.replace(port_file)
    await running
    await pool.stop()


if __name__ == "__main__":
    build_store(Path(sys.argv[1]))
    logging.getLogger("kg.sparql").setLevel(logging.INFO)
    logging.getLogger("kg.sparql").addHandler(logging.StreamHandler())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Path(sys.argv[1]), Path(sys.argv[2])))
