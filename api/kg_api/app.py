"""The web application over one snapshot folder."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from pyoxigraph import Triple

from kg.sparql.description import service_description
from kg.sparql.limits import SparqlLimits
from kg.sparql.pool import Pool
from kg_api import data_iris, gap_routes, health, rest
from kg_api.live import Live
from kg_api.pages import routes
from kg_api.problems import add_problem_handlers
from kg_api.sparql import Application, sparql_app, with_sparql

STATIC = Path(__file__).parent / "static"
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(folder: Path, limits: SparqlLimits | None = None) -> Application:
    """Make the application that serves the current version in a snapshot folder."""
    limits = limits or SparqlLimits()
    pool = Pool(limits)
    live = Live(folder, pool)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await live.start()
        watcher = asyncio.create_task(live.watch())
        yield
        watcher.cancel()
        await pool.stop()

    app = FastAPI(
        title="aisi-kg",
        version="1",
        description="Activity map and terminology knowledge graph for AI safety institutes. Read-only.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.live = live
    app.state.limits = limits
    add_problem_handlers(app)
    _add_manners(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for part in (health, rest, gap_routes, routes, data_iris):
        app.include_router(part.router)

    def describe(endpoint: str) -> list[Triple]:
        manifest = live.require().manifest
        total = manifest.triples["asserted"] + manifest.triples["inferred"]
        return service_description(endpoint, manifest.version, total, manifest.graphs, limits)

    return with_sparql(app, sparql_app(pool, limits, describe))


def _add_manners(app: FastAPI) -> None:
    """Put the headers that every answer carries on every answer."""

    @app.middleware("http")
    async def _manners(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        return response
