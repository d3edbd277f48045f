"""Pages that list records: actors, activities, instruments, sources, schemes."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.records import read_model_lists, read_sources
from kg.records.model import ActivityEntry, ActorEntry, InstrumentEntry, Ref
from kg.vocab import BASE
from kg_api.axes import Value, axis_of
from kg_api.pages.context import page
from kg_api.pages.paging import Paging
from kg_api.pages.stories import in_time
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf
from kg_api.site import Site

router = APIRouter(include_in_schema=False)

_PER_PAGE = 100
_AXES = (
    "practice-area",
    "activity-type",
    "risk-area",
    "safety-property",
    "lifecycle-stage",
    "actor-role",
    "sector",
    "jurisdiction",
)
_VOCABULARY = ("ai-safety-term",)

Offset = Annotated[int, Query(ge=0, le=10**9)]
Name = Annotated[str, Query(max_length=300)]
Many = Annotated[list[str], Query(max_length=20)]


@router.get("/actors")
def list_actors(request: Request, site: SiteOf, kind: Name = "", country: Name = "") -> HTMLResponse:
    """List the actors by kind."""
    entries = site.actors
    found = [one for one in entries if _has(one.kinds, kind) and _has(one.jurisdictions, country)]
    active: dict[str, int] = {}
    for activity in site.activities.values():
        for actor in activity.carried_out_by:
            active[actor.iri] = active.get(actor.iri, 0) + 1
    return page(
        request,
        site,
        "actors.html",
        groups=_by_kind(found),
        kinds=_distinct(ref for one in entries for ref in one.kinds),
        countries=_distinct(ref for one in entries for ref in one.jurisdictions),
        kind=kind,
        country=country,
        total=len(found),
        active=active,
    )


@router.get("/activities")
def list_activities(
    request: Request,
    site: SiteOf,
    kind: Name = "",
    state: Annotated[Name, Query(alias="status")] = "",
    actor: Name = "",
    at: Many = [],  # noqa: B006 - FastAPI reads the default, nothing changes it
    offset: Offset = 0,
) -> HTMLResponse:
    """List the activities, the latest first: also the time line; `at` keeps those at values of axes."""
    entries = list(site.activities.values())
    places = [_place(site, iri) for iri in at]
    found = [
        one
        for one in in_time(entries)
        if _has(one.types, kind)
        and _has(one.status, state)
        and _has(one.carried_out_by, actor)
        and all(one.iri in place.activities for place in places)
    ]
    paging = Paging.of(found, offset, _PER_PAGE)
    return page(
        request,
        site,
        "activities.html",
        paging=paging,
        months=_by_month(paging.items),
        places=places,
        span=Counter(one.date[:4] for one in found if one.date),
        kinds=_distinct(ref for one in entries for ref in one.types),
        states=_distinct(ref for one in entries for ref in one.status),
        actors=_distinct(ref for one in entries for ref in one.carried_out_by),
        kind=kind,
        state=state,
        actor=actor,
    )


@router.get("/instruments")
def list_instruments(request: Request, site: SiteOf, kind: Name = "", binding: Name = "") -> HTMLResponse:
    """List the instruments, the latest first."""
    entries = site.instruments
    found = [one for one in entries if _has(one.types, kind) and _has(one.binding, binding)]
    return page(
        request,
        site,
        "instruments.html",
        entries=sorted(found, key=_latest_first),
        kinds=_distinct(ref for one in entries for ref in one.types),
        bindings=_distinct(ref for one in entries for ref in one.binding),
        kind=kind,
        binding=binding,
    )


@router.get("/sources")
def list_sources(request: Request, site: SiteOf) -> HTMLResponse:
    """List the documents that are cited."""
    return page(request, site, "sources.html", entries=read_sources(site.store))


@router.get("/terms")
def list_schemes(request: Request, site: SiteOf) -> HTMLResponse:
    """List the concept schemes: the vocabulary, the axes of the maps, others' vocabularies, controlled lists."""
    schemes = {one.iri.rsplit("/", 1)[-1]: one for one in site.schemes.values()}
    lists = read_model_lists(site.store)
    others = [name for name in schemes if name not in (*_VOCABULARY, *_AXES)]
    groups = {
        "terms_vocabulary": [name for name in _VOCABULARY if name in schemes],
        "terms_axes": [name for name in _AXES if name in schemes],
        "terms_others": [name for name in others if schemes[name].iri not in lists],
        "terms_lists": [name for name in others if schemes[name].iri in lists],
    }
    return page(
        request,
        site,
        "terms.html",
        groups={title: [schemes[name] for name in names] for title, names in groups.items() if names},
        sizes=site.scheme_sizes,
    )


def _place(site: Site, name: str) -> Value:
    """Find a value of an axis by its IRI, with or without our base."""
    iri = name if "://" in name else BASE + name
    for value in site.axis(axis_of(iri)):
        if value.iri == iri:
            return value
    raise NotFoundError(f"{name} is no value of an axis; leave it out: /activities.")


def _has(refs: tuple[Ref, ...], wanted: str) -> bool:
    return not wanted or any(ref.iri in (wanted, BASE + wanted) for ref in refs)


def _distinct(refs: Iterable[Ref]) -> list[Ref]:
    by_iri = {ref.iri: ref for ref in refs}
    return [by_iri[iri] for iri in sorted(by_iri)]


def _by_kind(entries: Iterable[ActorEntry]) -> list[tuple[Ref | None, list[ActorEntry]]]:
    """Group actors by their first kind: the institutes first, then the larger groups."""
    found: dict[str, tuple[Ref | None, list[ActorEntry]]] = {}
    for one in entries:
        kind = one.kinds[0] if one.kinds else None
        found.setdefault(kind.iri if kind else "", (kind, []))[1].append(one)
    return sorted(found.values(), key=lambda group: (not _is_institute(group[0]), -len(group[1])))


def _is_institute(kind: Ref | None) -> bool:
    return kind is not None and kind.iri.endswith("/institute")


def _by_month(entries: Iterable[ActivityEntry]) -> list[tuple[str, list[ActivityEntry]]]:
    found: dict[str, list[ActivityEntry]] = {}
    for one in entries:
        found.setdefault(one.date[:7], []).append(one)
    return list(found.items())


def _latest_first(entry: InstrumentEntry) -> tuple[bool, list[int], str]:
    digits = [-int(part) for part in entry.date.split("-") if part.isdigit()]
    return not digits, digits, entry.iri
