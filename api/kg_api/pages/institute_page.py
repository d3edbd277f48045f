"""The institutes side by side: what each is, how many people work there, where it is on record as working."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kg.records import Record
from kg.records.model import ActorEntry, MembershipEdge, QuantityEdge
from kg.vocab import BASE
from kg_api.axes import ACTORS, Activities, Value
from kg_api.pages.context import page
from kg_api.rest import SiteOf
from kg_api.site import Site

router = APIRouter(include_in_schema=False)

_STAFF = f"{BASE}term/quantity-kind/staff"
_AREAS = "practice-area"


@dataclass(frozen=True)
class Institute:
    """One institute as a row: the record, its staff, its groups, its activities and the areas that they are on."""

    entry: ActorEntry
    record: Record
    staff: list[QuantityEdge]
    groups: list[MembershipEdge]
    activities: Activities
    areas: list[tuple[Value, int]]


@router.get("/institutes")
def list_institutes(request: Request, site: SiteOf) -> HTMLResponse:
    """Set the institutes side by side, those with most on record first."""
    found = [_institute(site, entry, record) for entry, record in site.institutes]
    return page(
        request,
        site,
        "institutes.html",
        institutes=sorted(found, key=lambda one: (-len(one.activities), one.entry.iri)),
        areas=sum(1 for value in site.axis(_AREAS) if not value.depth),
    )


def _institute(site: Site, entry: ActorEntry, record: Record) -> Institute:
    mine = next((one.activities for one in site.axis(ACTORS) if one.iri == entry.iri), frozenset())
    return Institute(
        entry=entry,
        record=record,
        staff=[one for one in record.quantities if one.kind is not None and one.kind.iri == _STAFF],
        groups=[edge for edge in record.memberships if edge.member.iri == entry.iri],
        activities=mine,
        areas=areas_of(site, mine),
    )


def areas_of(site: Site, activities: Activities) -> list[tuple[Value, int]]:
    """Count, for each of the widest practice areas, the activities that are on it, the busiest first."""
    counted = [(value, len(value.activities & activities)) for value in site.axis(_AREAS) if not value.depth]
    return sorted(counted, key=lambda pair: -pair[1])
