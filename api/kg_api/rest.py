"""The REST interface /api/v1: thin doors to the services."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.records import Record, read_record
from kg.sparql.limits import SparqlLimits
from kg.terms.models import Hit
from kg.vocab import AISI, BASE, SKOS
from kg_api.live import Live
from kg_api.problems import NotFoundError
from kg_api.site import Site

router = APIRouter(prefix="/api/v1")

Text = Annotated[str, Query(description="What to look for.")]
Lang = Annotated[str | None, Query(max_length=35, description="Preferred language, for example ja or en-GB.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="The most items to give.")]
Offset = Annotated[int, Query(ge=0, description="How many items to pass over.")]
Protocol = Annotated[
    str | None, Query(max_length=100, description="Gap protocol; without it the default one.")
]


def site_of(request: Request) -> Site:
    """Give the snapshot under which this request is answered from first to last."""
    live: Live = request.app.state.live
    return live.require()


SiteOf = Annotated[Site, Depends(site_of)]


class Listing(BaseModel):
    """A page of a list, with the snapshot that it was read from."""

    items: list[Any]
    total: int
    limit: int
    offset: int
    snapshot: str


class Summary(BaseModel):
    """A record in a list: its IRI and its labels."""

    iri: str
    label: dict[str, str]
    notation: str = ""


def listing(site: Site, items: Sequence[BaseModel], limit: int, offset: int) -> Listing:
    """Cut one page out of a whole list."""
    return Listing(
        items=list(items[offset : offset + limit]),
        total=len(items),
        limit=limit,
        offset=offset,
        snapshot=site.manifest.version,
    )


@router.get("/search")
def search(
    site: SiteOf,
    q: Text,
    lang: Lang = None,
    scheme: str | None = None,
    type: str | None = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Listing:
    """Find records by any form of a label, best first; each says which label matched and how."""
    page = site.terms.search(q, lang, scheme=_scheme(scheme), type=type, limit=limit, offset=offset)
    return Listing(**page.model_dump(), snapshot=site.manifest.version)


@router.get("/suggest")
def suggest(site: SiteOf, q: Text, lang: Lang = None, limit: Limit = 10) -> Listing:
    """Offer records while a query is being typed."""
    hits: list[Hit] = site.terms.suggest(q, lang, limit)
    return listing(site, hits, limit, 0)


@router.get("/lookup")
def lookup(site: SiteOf, label: Text, lang: Lang = None) -> Listing:
    """Find the records of which the text is a whole label; without one, name the nearest labels."""
    hits = site.terms.lookup(label, lang)
    if not hits:
        near = ", ".join(hit.label for hit in site.terms.nearest(label, 3)) or "none"
        raise NotFoundError(f"No label is {label!r}; the nearest are {near}.")
    return listing(site, hits, len(hits), 0)


def _scheme(name: str | None) -> str | None:
    return name if name is None or name.startswith("http") else f"{BASE}scheme/{name}"


@router.get("/schemes")
def schemes(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing:
    """List the concept schemes."""
    return listing(site, records(site, SKOS + "ConceptScheme", None), limit, offset)


@router.get("/concepts")
def concepts(site: SiteOf, scheme: str | None = None, limit: Limit = 100, offset: Offset = 0) -> Listing:
    """List the concepts, of one scheme or of all."""
    return listing(site, records(site, SKOS + "Concept", _scheme(scheme)), limit, offset)


@router.get("/concepts/{scheme}/{slug}")
def concept(site: SiteOf, scheme: str, slug: str) -> Record:
    """Give one concept whole."""
    return read_record(site.store, site.require(f"term/{scheme}/{slug}"))


@router.get("/actors")
def actors(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing:
    """List the actors."""
    return listing(site, records(site, AISI + "Actor", None), limit, offset)


@router.get("/activities")
def activities(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing:
    """List the activities."""
    return listing(site, records(site, AISI + "Activity", None), limit, offset)


@router.get("/instruments")
def instruments(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing:
    """List the instruments."""
    return listing(site, records(site, AISI + "Instrument", None), limit, offset)


@router.get("/actors/{slug}")
def actor(site: SiteOf, slug: str) -> Record:
    """Give one actor whole."""
    return read_record(site.store, site.require(f"actor/{slug}"))


@router.get("/activities/{slug}")
def activity(site: SiteOf, slug: str) -> Record:
    """Give one activity whole."""
    return read_record(site.store, site.require(f"activity/{slug}"))


@router.get("/instruments/{slug}")
def instrument(site: SiteOf, slug: str) -> Record:
    """Give one instrument whole."""
    return read_record(site.store, site.require(f"instrument/{slug}"))


def records(site: Site, class_: str, scheme: str | None) -> list[Summary]:
    """List the records of a class, of one scheme or of all."""
    query = load_query("records/list").bind(
        **{"class": NamedNode(class_), "scheme": NamedNode(scheme) if scheme else None}
    )
    return [
        Summary(
            iri=row["record"].value,
            label={lang: row[lang].value for lang in ("ja", "en") if lang in row},
            notation=row["notation"].value if "notation" in row else "",
        )
        for row in site.store.select(query)
    ]


@router.get("/limits")
def limits(request: Request) -> dict[str, dict[str, Any]]:
    """Give every limit on outside queries: its setting, its value and what it bounds."""
    found: SparqlLimits = request.app.state.limits
    return {
        f"KG_SPARQL_{name.upper()}": {"value": getattr(found, name), "description": field.description}
        for name, field in SparqlLimits.model_fields.items()
    }
