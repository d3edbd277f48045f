"""The page of downloads: every published file by what it holds, the feeds, and the releases side by side."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kg.export.index import ExportFile, has_index, read_index
from kg.news.feed import FEEDS
from kg.news.release import told_releases
from kg.snapshot import Snapshot
from kg_api.pages.context import page
from kg_api.rest import SiteOf

router = APIRouter(include_in_schema=False)

_WHOLE: Final = ("graph", "skos", "skosxl", "mappings", "activities")


@router.get("/downloads")
def downloads(request: Request, site: SiteOf) -> HTMLResponse:
    """Offer everything that can be taken away."""
    snapshot = Snapshot(site.path, site.manifest)
    files = read_index(snapshot) if has_index(snapshot) else ()
    whole = [file for file in files if not file.scheme and not file.actor]
    return page(
        request,
        site,
        "downloads.html",
        whole=[(what, [file for file in whole if file.what == what]) for what in _WHOLE],
        schemes=_by_record(file for file in files if file.scheme),
        actors=_by_record(file for file in files if file.actor),
        feeds=FEEDS,
        releases=told_releases(site.path.parent),
    )


def _by_record(files: Iterable[ExportFile]) -> list[tuple[dict[str, str], str, list[ExportFile]]]:
    """Group the files of each scheme or actor: title, IRI, files."""
    ordered = sorted(files, key=lambda file: (file.scheme or file.actor or "", file.file))
    grouped = groupby(ordered, key=lambda file: file.scheme or file.actor or "")
    found = [(iri, list(forms)) for iri, forms in grouped]
    return [(forms[0].title, iri, forms) for iri, forms in found]
