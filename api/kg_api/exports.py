"""Downloads: the published files with checksum and validators, and the catalogue that describes them."""

import base64
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from kg.export.index import CATALOGUE, FOLDER, VOID, ExportFile, has_index, read_index
from kg.export.rights import Rights
from kg.snapshot import MANIFEST, Snapshot
from kg.vocab import BASE
from kg_api.negotiation import choose
from kg_api.pages.errors import error_answer
from kg_api.problems import NotFoundError
from kg_api.rest import PREFIX, Limit, Listing, Offset, SiteOf, listing
from kg_api.signposts import licence_link
from kg_api.site import Site

router = APIRouter(tags=["service"])

CONTEXT: Final = "context.jsonld"
What = Annotated[
    str | None, Query(max_length=40, description="Only skos, skosxl, graph, activities or mappings.")
]
Format = Annotated[str | None, Query(max_length=40, description="Only this format, for example turtle.")]
_NOTHING_PUBLISHED: Final = (
    "This snapshot has no published files; whoever runs the server makes them: kg build --exports."
)
_DESCRIBED_IN: Final = {
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
}


@router.get(f"{PREFIX}/exports")
def exports(
    site: SiteOf,
    what: What = None,
    format: Format = None,
    limit: Limit = 1000,
    offset: Offset = 0,
) -> Listing[ExportFile]:
    """List the files to download: what each holds, its media type, size and SHA-256."""
    files = [file for file in _published(site) if what in (None, file.what) and format in (None, file.format)]
    return listing(site, files, limit, offset)


@router.get("/exports/{name}", include_in_schema=False)
def export(request: Request, site: SiteOf, name: str) -> Response:
    """Give one published file, with its checksum as its ETag."""
    if name == CONTEXT:
        return _file(site, site.path / FOLDER / CONTEXT, "application/ld+json")
    known = {file.file: file for file in _published(site)}
    if name not in known:
        raise NotFoundError(f"There is no export {name}; the list is at {PREFIX}/exports.")
    return _download(request, site, known[name])


def _published(site: Site) -> tuple[ExportFile, ...]:
    snapshot = _snapshot(site)
    if not has_index(snapshot):
        raise NotFoundError(_NOTHING_PUBLISHED)
    return read_index(snapshot)


def _download(request: Request, site: Site, file: ExportFile) -> Response:
    path = site.path / file.stored
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    headers = {
        "ETag": f'"{file.sha256}"',
        "Last-Modified": _modified(site),
        "Repr-Digest": f"sha-256=:{digest}:",
        "Link": _signposts(file, site.rights),
    }
    if _unchanged(request, headers):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=_with_charset(file.media_type), filename=file.file, headers=headers)


def _signposts(file: ExportFile, rights: Rights) -> str:
    """Point to licence, catalogue and kind, as Signposting asks."""
    kind = (
        "https://schema.org/Dataset"
        if file.what in ("graph", "activities")
        else "https://schema.org/DefinedTermSet"
    )
    return ", ".join(
        [
            *licence_link(rights),
            f'<{BASE}{CATALOGUE}>; rel="describedby"; type="text/turtle"',
            f'<{BASE}{CATALOGUE}>; rel="collection"; type="text/turtle"',
            f'<{file.scheme or file.actor or BASE}>; rel="cite-as"',
            f'<{kind}>; rel="type"',
            *(
                [f'<{file.url}-metadata.json>; rel="describedby"; type="application/csvm+json"']
                if file.format == "csv"
                else []
            ),
        ]
    )


def _modified(site: Site) -> str:
    """Give the moment at which the snapshot was made, to the second as HTTP writes it."""
    made = datetime.fromtimestamp((site.path / MANIFEST).stat().st_mtime, UTC)
    return format_datetime(made, usegmt=True)


def _unchanged(request: Request, headers: dict[str, str]) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        return headers["ETag"] in asked or asked.strip() == "*"
    return request.headers.get("if-modified-since") == headers["Last-Modified"]


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


@router.get("/catalog", include_in_schema=False)
def catalogue(request: Request, site: SiteOf) -> Response:
    """Describe everything that is published, in DCAT."""
    return _description(request, site, CATALOGUE)


@router.get("/.well-known/void", include_in_schema=False)
def void(request: Request, site: SiteOf) -> Response:
    """Describe the whole graph, in VoID."""
    return _description(request, site, VOID)


def _description(request: Request, site: Site, name: str) -> Response:
    form = description_form(request)
    if form is None:
        return no_description(request)
    suffix, media_type = form
    return _file(site, site.path / FOLDER / f"{name}{suffix}", media_type)


def description_form(request: Request) -> tuple[str, str] | None:
    """Give ending and media type of a description as the client likes it; a browser shows Turtle as text."""
    chosen = choose(request.headers.get("accept"), [*_DESCRIBED_IN, "text/html"])
    if chosen is None:
        return None
    return _DESCRIBED_IN.get(chosen, ".ttl"), "text/plain" if chosen == "text/html" else chosen


def no_description(request: Request) -> Response:
    """Say in which forms a description is given."""
    return error_answer(request, 406, f"This is given as {', '.join(_DESCRIBED_IN)}; accept one of them.")


def _file(site: Site, path: Path, media_type: str) -> Response:
    if not path.is_file():
        raise NotFoundError(_NOTHING_PUBLISHED)
    links = licence_link(site.rights)
    headers = {"Last-Modified": _modified(site)} | ({"Link": links[0]} if links else {})
    return Response(path.read_bytes(), media_type=_with_charset(media_type), headers=headers)


@router.get("/dataset/{name:path}", include_in_schema=False)
def dataset(site: SiteOf, name: str) -> Response:
    """Send the reader of a dataset's IRI to the catalogue, which describes it."""
    if name not in {file.dataset for file in _published(site)}:
        raise NotFoundError(f"There is no dataset {name}; the catalogue is at /{CATALOGUE}.")
    return RedirectResponse(f"/{CATALOGUE}", status_code=303)


def _snapshot(site: Site) -> Snapshot:
    return Snapshot(site.path, site.manifest)
