"""Pages that find terms: search with results by kind, crosswalks between vocabularies."""

import unicodedata
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from kg.records.model import Ref
from kg.terms.models import Hit
from kg_api.pages.context import page
from kg_api.pages.paging import Paging
from kg_api.pages.reader import reader_of
from kg_api.rest import SiteOf, scheme_iri
from kg_api.site import Site

router = APIRouter(include_in_schema=False)

_KINDS = ("Concept", "Actor", "Instrument", "Activity", "Provision", "ConceptScheme")
_FIRST = 8
_PER_PAGE = 50
_NEAR = 5

Offset = Annotated[int, Query(ge=0, le=10**9)]
Name = Annotated[str, Query(max_length=300)]


@router.get("/search")
def search(
    request: Request,
    site: SiteOf,
    q: str = "",
    kind: Annotated[str, Query(alias="type", max_length=60)] = "",
    offset: Offset = 0,
) -> HTMLResponse:
    """Find records by any form of a name, grouped by kind; one kind alone comes in pages."""
    lang = reader_of(request).lang
    wanted = q.strip()
    groups = _groups(site, wanted, lang, kind, offset) if wanted else []
    near = site.terms.nearest(wanted, _NEAR, lang) if wanted and not groups else []
    return page(
        request,
        site,
        "search.html",
        q=wanted,
        groups=groups,
        total=sum(paging.total for _, paging in groups),
        kind=kind,
        near=near,
        mark=lambda text: mark(text, wanted),
        schemes=site.schemes,
    )


def _groups(site: Site, q: str, lang: str, kind: str, offset: int) -> list[tuple[str, Paging[Hit]]]:
    """Search every kind; the kind whose best hit is best comes first."""
    found = []
    for name in [kind] if kind else _KINDS:
        size = _PER_PAGE if kind else _FIRST
        hits = site.terms.search(q, lang, type=name, limit=size, offset=offset if kind else 0)
        if hits.items:
            found.append((name, Paging.cut(hits.items, hits.total, hits.offset, size)))
    return sorted(found, key=lambda group: -group[1].items[0].score)


def mark(text: str, wanted: str) -> Markup:
    """Give a label with the part that was looked for marked, where it stands there as it was typed."""
    folded, sought = _folded(text), _folded(wanted)
    start = folded.find(sought) if len(folded) == len(text) else -1
    if start < 0 or not sought:
        return escape(text)
    end = start + len(sought)
    return Markup("{}<mark>{}</mark>{}").format(text[:start], text[start:end], text[end:])


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


@router.get("/crosswalk")
def crosswalk(
    request: Request,
    site: SiteOf,
    source: Annotated[str, Query(alias="from", max_length=300)] = "",
    to: Name = "",
) -> HTMLResponse:
    """Show which scheme is mapped to which vocabulary, and one crosswalk row by row."""
    pairs: dict[tuple[str, str], tuple[Ref, Ref, int]] = {}
    for edge in site.mappings:
        if edge.subject_source and edge.object_source:
            key = (edge.subject_source.iri, edge.object_source.iri)
            pairs[key] = (edge.subject_source, edge.object_source, pairs[key][2] + 1 if key in pairs else 1)
    wanted = (scheme_iri(source) or "", scheme_iri(to) or "")
    rows = [
        edge
        for edge in site.mappings
        if edge.subject_source
        and edge.object_source
        and (edge.subject_source.iri, edge.object_source.iri) == wanted
    ]
    return page(
        request,
        site,
        "crosswalk.html",
        pairs=[pairs[key] for key in sorted(pairs)],
        chosen=pairs.get(wanted),
        rows=rows,
        asked=bool(source or to),
    )
