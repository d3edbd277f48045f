"""The web application over one snapshot folder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from pyoxigraph import Triple
from starlette.middleware.gzip import GZipMiddleware

from kg.settings import TextSettings
from kg.sparql.description import service_description
from kg.sparql.limits import SparqlLimits
from kg.sparql.pool import Pool
from kg_api import (
    analysis_routes,
    data_iris,
    example_routes,
    exports,
    feeds,
    gap_routes,
    health,
    jskos,
    llms,
    reconcile,
    reconcile_draft,
    record_routes,
    releases,
    report_routes,
    search_routes,
    skosmos,
    skosmos_vocabulary,
    text_routes,
)
from kg_api.bodies import Bodies
from kg_api.live import Live
from kg_api.manners import Manners
from kg_api.mcp_route import McpRoute
from kg_api.pages import (
    cell_lists,
    change_pages,
    compare_pages,
    download_page,
    gap_pages,
    institute_page,
    list_pages,
    map_pages,
    query_page,
    relation_pages,
    search_pages,
    service_pages,
    text_pages,
)
from kg_api.pages.context import read_templates
from kg_api.pages.errors import add_error_handlers
from kg_api.sparql import sparql_app, with_sparql
from kg_api.sparql_request import Application, BodyLimits
from kg_api.turns import Turns

_PARTS = (
    health,
    search_routes,
    text_routes,
    record_routes,
    gap_routes,
    report_routes,
    analysis_routes,
)
_OF_OTHERS = (
    example_routes,
    exports,
    releases,
    feeds,
    llms,
    skosmos,
    skosmos_vocabulary,
    reconcile,
    reconcile_draft,
    jskos,
)
_PAGES = (
    map_pages,
    cell_lists,
    change_pages,
    compare_pages,
    gap_pages,
    relation_pages,
    institute_page,
    list_pages,
    query_page,
    search_pages,
    text_pages,
    service_pages,
    download_page,
)
STATIC = Path(__file__).parent / "static"
_SMALLEST_COMPRESSED = 1000
_TAGS = [
    {
        "name": "terms",
        "description": "Find terms and other records by any form of their names; annotate texts.",
    },
    {
        "name": "records",
        "description": "Concepts, actors, activities, instruments and mappings, one or many.",
    },
    {"name": "gaps", "description": "The map: cells, gaps with their proof, commitments, the report."},
    {"name": "service", "description": "What the service says of itself."},
    {"name": "skosmos", "description": "The Skosmos REST interface, version 1, for its clients."},
    {
        "name": "reconcile",
        "description": "The Reconciliation API for spreadsheets, versions 0.2 and 1.0 draft.",
    },
    {"name": "jskos", "description": "The JSKOS API for vocabulary software."},
]


def create_app(
    folder: Path,
    limits: SparqlLimits | None = None,
    endpoint: str | None = None,
    texts: TextSettings | None = None,
) -> Application:
    """Make the application that serves the current version in a snapshot folder.

    With `endpoint` queries are answered there, and the folder gives what only a snapshot has: the index of
    terms, the gap analyses and the exports.
    """
    limits, texts = limits or SparqlLimits(), texts or TextSettings()
    pool = Pool(limits)
    live = Live(folder, pool, endpoint)

    def describe(endpoint: str) -> list[Triple]:
        manifest = live.require().manifest
        total = manifest.triples["asserted"] + manifest.triples["inferred"]
        return service_description(endpoint, manifest.version, total, manifest.graphs, limits)

    app = _fastapi(live, limits)
    app.state.mcp = McpRoute(app, live)
    app.state.texts = texts
    app.state.turns = Turns(texts)
    polite = Manners(GZipMiddleware(app.state.mcp, _SMALLEST_COMPRESSED, compresslevel=6), live)
    bodies = Bodies(polite, BodyLimits(texts.mib, "KG_TEXT_MIB", limits.body_seconds))
    return with_sparql(bodies, sparql_app(pool, limits, describe))


def _fastapi(live: Live, limits: SparqlLimits) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await live.start()
        watcher = asyncio.create_task(live.watch())
        reading = asyncio.create_task(asyncio.to_thread(read_templates))
        yield
        reading.cancel()
        watcher.cancel()
        await app.state.mcp.close()
        await live.pool.stop()

    app = FastAPI(
        title="aisi-kg",
        version="1",
        summary="Activity map and terminology knowledge graph for AI safety institutes",
        description="Everything is read-only and answers from one snapshot; every list names its version.",
        license_info={"name": "Code Apache-2.0; the licence of the data is in /catalog"},
        openapi_tags=_TAGS,
        lifespan=lifespan,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
    )
    app.state.live = live
    app.state.limits = limits
    add_error_handlers(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for part in (
        *_PARTS,
        *_OF_OTHERS,
        *_PAGES,
        data_iris,
    ):  # data IRIs last: they take every path that is left
        app.include_router(part.router)
    return app
