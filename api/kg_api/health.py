"""Is the server alive, and ready to answer?"""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

router = APIRouter(include_in_schema=False)


@router.get("/livez")
def livez() -> JSONResponse:
    """Say that the process runs."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """Say whether a snapshot is open, and which."""
    site = getattr(request.app.state, "site", None)
    if site is None:
        return JSONResponse({"status": "loading"}, 503, {"Retry-After": "1"})
    return JSONResponse(
        {"status": "ready", "snapshot": site.manifest.version, "dataAsOf": site.manifest.data_as_of}
    )
