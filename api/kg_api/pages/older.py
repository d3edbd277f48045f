"""The page of a record as an older release has it, which says so first and leads to the record of today."""

from fastapi import Request
from fastapi.responses import HTMLResponse
from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.records import Record
from kg.snapshot import Manifest
from kg.vocab import BASE, compact
from kg_api.pages.context import page
from kg_api.site import Site

_TOLD = ("skos:definition", "skos:broaderTransitive", "skos:narrowerTransitive", "aisi:labelOrigin")


def older_page(request: Request, site: Site, release: Manifest, record: Record) -> HTMLResponse:
    """Show what a release says of a record; `record` was read from it."""
    is_there = load_query("records/exists").bind(record=NamedNode(record.iri))
    return page(
        request,
        site,
        "older.html",
        headers={"Vary": "Accept, Accept-Language, Cookie"},
        release=release,
        record=record,
        statements=[one for one in record.statements if compact(one.property) not in _TOLD],
        current=record.iri.removeprefix(BASE) if site.store.ask(is_there) else "",
        served=site.manifest.version,
    )
