"""Serve a store by our route, as `kg serve` does, without the rest of the product."""

import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
import uvloop

from kg.sparql.limits import SparqlLimits
from kg.sparql.pool import Pool
from kg_api.slow_clients import PatientProtocol
from kg_api.sparql import sparql_app


async def serve(store: Path, port: int) -> None:
    limits = SparqlLimits()
    pool = Pool(limits)
    await pool.start(store, "bench")
    print(pool.confinement(), file=sys.stderr)
    endpoint = sparql_app(pool, limits, lambda _: [])

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await endpoint(scope, receive, send)

    config = uvicorn.Config(
        application,
        port=port,
        http=partial(PatientProtocol, limits),
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )
    await uvicorn.Server(config).serve()
    await pool.stop()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
