"""The page of one record."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse
from pyoxigraph import NamedNode

from kg.records import Statement, read_record
from kg.vocab import compact
from kg_api.pages.context import page
from kg_api.site import Site

_SHOWN_APART = ("skos:broader", "skos:narrower", "skos:related", "skos:inScheme")
_DERIVED = ("skos:broaderTransitive", "skos:narrowerTransitive", "skos:topConceptOf", "skos:hasTopConcept")


def record_page(
    request: Request, site: Site, record: NamedNode, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """Show one record: its labels, definitions, statements, what points to it and where it is cited."""
    found = read_record(site.store, record)
    hidden = (*_SHOWN_APART, *_DERIVED)
    return page(
        request,
        site,
        "record.html",
        headers=headers,
        record=found,
        statements=_without(found.statements, hidden),
        links=_without(found.links, hidden),
        around=[(name.removeprefix("skos:"), found.statement(name)) for name in _SHOWN_APART],
    )


def _without(statements: tuple[Statement, ...], names: tuple[str, ...]) -> list[Statement]:
    return [statement for statement in statements if compact(statement.property) not in names]
