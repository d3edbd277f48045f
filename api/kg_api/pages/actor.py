"""The story of an actor: who it is, what it does, whom it belongs to, what it has promised."""

from kg.records import Record
from kg.records.model import Term
from kg_api.pages.institute_page import areas_of
from kg_api.pages.stories import Part, Story, in_time
from kg_api.site import Site

_ROLES = ("aisi:carriedOutBy", "aisi:host", "aisi:participant", "aisi:commissionedBy")


def story(site: Site, record: Record) -> Story:
    """Tell of an actor."""
    parts = _activities(site, record)
    dates = sorted(part.activity.date for part in parts if part.activity.date)
    return Story(
        "actor.html",
        {
            "parts": parts,
            "first": dates[0] if dates else "",
            "last": dates[-1] if dates else "",
            "areas": areas_of(site, frozenset(part.activity.iri for part in parts)),
            "groups": [edge for edge in record.memberships if edge.member.iri == record.iri],
            "members": [edge for edge in record.memberships if edge.organization.iri == record.iri],
            "units": record.linked("aisi:partOf"),
            "counted": [one for one in record.linked("aisi:countsAs") if one.value not in _iris(record)],
            "documents": _issued(record),
            "clauses": record.linked("aisi:addressee"),
            "ledger": site.commitments,
        },
        facts=(
            "aisi:actorKind",
            "aisi:jurisdiction",
            "aisi:established",
            "aisi:dissolved",
            "aisi:partOf",
            "aisi:countsAs",
            "foaf:homepage",
            "foaf:page",
        ),
        linked=(
            *_ROLES,
            "aisi:partOf",
            "aisi:countsAs",
            "aisi:addressee",
            "dcterms:creator",
            "dcterms:publisher",
        ),
    )


def _activities(site: Site, record: Record) -> list[Part]:
    roles: dict[str, list[str]] = {}
    for name in _ROLES:
        for one in record.linked(name):
            roles.setdefault(one.value, []).append(name)
    known = in_time(site.activities[iri] for iri in roles if iri in site.activities)
    return [Part(tuple(roles[activity.iri]), activity) for activity in known]


def _iris(record: Record) -> set[str]:
    return {one.value for one in record.linked("aisi:partOf")}


def _issued(record: Record) -> list[Term]:
    found = {
        one.value: one for name in ("dcterms:creator", "dcterms:publisher") for one in record.linked(name)
    }
    return list(found.values())
