"""Records over REST: schemes, concepts, actors, activities, instruments, mappings; lists and one whole."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic_settings import BaseSettings

from kg.records import (
    Record,
    read_concepts,
    read_record,
    read_schemes,
)
from kg.records.model import ActivityEntry, ActorEntry, Entry, InstrumentEntry, MappingEdge
from kg.settings import StoreSettings
from kg.sparql.limits import SparqlLimits
from kg_api.problems import NotFoundError
from kg_api.rest import PREFIX, Limit, Listing, Offset, SiteOf, listing, scheme_iri

router = APIRouter(prefix=PREFIX, tags=["records"])

Scheme = Annotated[str | None, Query(max_length=300, description="Only this scheme, for example risk-area.")]
From = Annotated[
    str | None, Query(alias="from", max_length=300, description="Scheme of the subjects, name or IRI.")
]
To = Annotated[
    str | None, Query(max_length=300, description="Vocabulary of the objects, name of a scheme or IRI.")
]


@router.get("/schemes")
def schemes(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing[Entry]:
    """List the concept schemes."""
    return listing(site, read_schemes(site.store), limit, offset)


@router.get("/concepts")
def concepts(site: SiteOf, scheme: Scheme = None, limit: Limit = 100, offset: Offset = 0) -> Listing[Entry]:
    """List the concepts, of one scheme or of all."""
    wanted = scheme_iri(scheme)
    if wanted and wanted not in site.schemes:
        raise NotFoundError(f"There is no scheme {scheme}; see {PREFIX}/schemes.")
    return listing(site, read_concepts(site.store, wanted), limit, offset)


@router.get("/concepts/{scheme}/{slug}")
def concept(site: SiteOf, scheme: str, slug: str) -> Record:
    """Give one concept whole: labels, definitions, relations, mappings, coverage, citations."""
    return _one(site, f"term/{scheme}/{slug}")


@router.get("/actors")
def actors(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing[ActorEntry]:
    """List the actors with kind and jurisdiction."""
    return listing(site, site.actors, limit, offset)


@router.get("/actors/{slug}")
def actor(site: SiteOf, slug: str) -> Record:
    """Give one actor whole: names, memberships, activities, citations."""
    return _one(site, f"actor/{slug}")


@router.get("/activities")
def activities(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing[ActivityEntry]:
    """List the activities: who, what, when."""
    return listing(site, list(site.activities.values()), limit, offset)


@router.get("/activities/{slug}")
def activity(site: SiteOf, slug: str) -> Record:
    """Give one activity whole: who, what, when, areas covered, documents, citations."""
    return _one(site, f"activity/{slug}")


@router.get("/instruments")
def instruments(site: SiteOf, limit: Limit = 100, offset: Offset = 0) -> Listing[InstrumentEntry]:
    """List the instruments with kind, issuer, dates and version."""
    return listing(site, site.instruments, limit, offset)


@router.get("/instruments/{slug}")
def instrument(site: SiteOf, slug: str) -> Record:
    """Give one instrument whole: versions, provisions, what builds on it, citations."""
    return _one(site, f"instrument/{slug}")


@router.get("/mappings")
def mappings(
    site: SiteOf, source: From = None, to: To = None, limit: Limit = 100, offset: Offset = 0
) -> Listing[MappingEdge]:
    """Give crosswalk rows with relation, confidence and citation; a row without an object says that none was found."""
    found = [
        one
        for one in site.mappings
        if (source is None or (one.subject_source and one.subject_source.iri == scheme_iri(source)))
        and (to is None or (one.object_source and one.object_source.iri == scheme_iri(to)))
    ]
    return listing(site, found, limit, offset)


@router.get("/limits", tags=["service"])
def limits(request: Request) -> dict[str, dict[str, Any]]:
    """Give every limit on requests and outside queries: its setting, its value and what it bounds."""
    found: SparqlLimits = request.app.state.limits
    store = StoreSettings()
    return _settings("KG_SPARQL_", found, SparqlLimits.model_fields) | _settings(
        "KG_STORE_", store, ("timeout", "tries")
    )


def _settings(prefix: str, values: BaseSettings, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    fields = type(values).model_fields
    return {
        f"{prefix}{name.upper()}": {"value": getattr(values, name), "description": fields[name].description}
        for name in names
    }


def _one(site: SiteOf, path: str) -> Record:
    return read_record(site.store, site.require(path))
