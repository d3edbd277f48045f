"""Is the server alive, is it ready to answer, and what does it measure of itself?"""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from kg_api.live import Live

router = APIRouter(include_in_schema=False)


@router.get("/livez")
def livez() -> JSONResponse:
    """Say that the process runs."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """Say whether a snapshot is served, which one, and since when a newer one is refused."""
    live: Live = request.app.state.live
    if live.site is None or live.pool.fault:
        return JSONResponse(
            {"status": "not ready", "reason": live.pool.fault or "no snapshot is open"},
            503,
            {"Retry-After": "1"},
        )
    manifest = live.site.manifest
    document = {"status": "ready", "snapshot": manifest.version, "dataAsOf": manifest.data_as_of}
    if live.fault:
        document |= {"refusedSnapshot": live.fault, "refusedSince": str(live.fault_since)}
    return JSONResponse(document)


@router.get("/metrics")
def metrics(request: Request) -> PlainTextResponse:
    """Give the counters of the query service in Prometheus' text format."""
    live: Live = request.app.state.live
    return PlainTextResponse(live.pool.metrics.render(live.pool.gauges()))
