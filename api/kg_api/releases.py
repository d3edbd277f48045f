"""The releases that lie beside the version that is served: their list, and everything under their own IRIs."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.export.index import CATALOGUE, FOLDER, VOID, read_index
from kg.news.release import DELTA_FILES, Told, beside, told_releases
from kg.records import read_record
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from kg.vocab import BASE
from kg_api.data_iris import HTML, SUFFIXES, suffixed
from kg_api.exports import description_form, no_description
from kg_api.negotiation import choose
from kg_api.pages.errors import error_answer
from kg_api.pages.older import older_page
from kg_api.problems import NotFoundError
from kg_api.rest import PREFIX, Limit, Listing, Offset, SiteOf, listing
from kg_api.site import Site

router = APIRouter(tags=["service"])
_OFFERED: Final = (*SUFFIXES.values(), HTML)
_DESCRIPTIONS: Final = {"": CATALOGUE, CATALOGUE: CATALOGUE, ".well-known/void": VOID}


@router.get(f"{PREFIX}/releases")
def releases(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing[Told]:
    """List the releases side by side, the newest first, with what changed in each."""
    return listing(site, told_releases(site.path.parent), limit, offset)


@router.get("/version/{version}/{path:path}", include_in_schema=False)
def version(request: Request, site: SiteOf, version: str, path: str) -> Response:
    """Answer the IRI of a version: the record as it is now, or as it was in an older release."""
    if path in DELTA_FILES or version != site.manifest.version:
        release = beside(site.path.parent, version)
        if release is None:
            raise NotFoundError(
                f"Version {version} is not kept here; the releases are at {PREFIX}/releases.", site.near(path)
            )
        return _of_release(request, site, release, path)
    return RedirectResponse(f"/{path}", status_code=303)


def _of_release(request: Request, site: Site, release: Snapshot, path: str) -> Response:
    if path in DELTA_FILES:
        return FileResponse(release.path / path, media_type=DELTA_FILES[path])
    if path.startswith("exports/"):
        return _export(release, path.removeprefix("exports/"))
    if path in _DESCRIPTIONS or path in {f"dataset/{file.dataset}" for file in read_index(release)}:
        return _description(request, release, _DESCRIPTIONS.get(path, CATALOGUE))
    return _record(request, site, release, path)


def _description(request: Request, release: Snapshot, name: str) -> Response:
    """Give the catalogue of an older release, which describes it and each of its datasets."""
    form = description_form(request)
    if form is None:
        return no_description(request)
    suffix, media_type = form
    path = release.path / FOLDER / f"{name}{suffix}"
    return FileResponse(path, media_type=media_type, headers={"Vary": "Accept"})


def _export(release: Snapshot, name: str) -> Response:
    known = {file.file: file for file in read_index(release)}
    if name not in known:
        raise NotFoundError(f"Release {release.manifest.version} has no export {name}.")
    return FileResponse(release.path / known[name].stored, media_type=known[name].media_type, filename=name)


def _record(request: Request, site: Site, release: Snapshot, path: str) -> Response:
    path, wanted = suffixed(path)
    media_type = wanted or choose(request.headers.get("accept"), _OFFERED)
    if media_type is None:
        forms = ", ".join(_OFFERED)
        return error_answer(
            request, 406, f"A record of an older release is given as {forms}; accept one of them."
        )
    store, record = EmbeddedStore.open(release.store), _named(path)
    if not store.ask(load_query("records/exists").bind(record=record)):
        raise NotFoundError(f"Release {release.manifest.version} has no record /{path}.", site.near(path))
    if media_type == HTML:
        return older_page(request, site, release.manifest, read_record(store, record))
    body = store.raw(load_query("records/describe").bind(record=record), media_type)
    return Response(body, media_type=media_type, headers={"Vary": "Accept"})


def _named(path: str) -> NamedNode:
    try:
        return NamedNode(BASE + path)
    except ValueError as error:
        raise NotFoundError(f"There is no record at /{path}: this is no IRI.") from error
