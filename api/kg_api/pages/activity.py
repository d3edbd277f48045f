"""The story of an activity: who did what, when, on which area, from and into which documents, and what followed."""

from kg.records import Record
from kg.records.model import CoverageEdge, Ref
from kg_api.pages.stories import Story, is_proposed
from kg_api.site import Site

_WHO = ("aisi:carriedOutBy", "aisi:commissionedBy", "aisi:host", "aisi:participant")
_AROUND = ("aisi:partOf", "aisi:follows")


def story(site: Site, record: Record) -> Story:
    """Tell of an activity."""
    return Story(
        "activity.html",
        {
            "who": [(name, record.values(name)) for name in _WHO if record.values(name)],
            "areas": _by_scheme(record),
            "schemes": site.schemes,
            "is_proposed": is_proposed,
            "used": record.values("prov:used"),
            "products": record.linked("prov:wasGeneratedBy"),
            "before": record.values("aisi:follows"),
            "after": record.linked("aisi:follows"),
            "whole": record.values("aisi:partOf"),
            "pieces": record.linked("aisi:partOf"),
            "ledger": site.commitments,
        },
        facts=("aisi:activityType", "aisi:status", "aisi:place", "foaf:page"),
        told=(*_WHO, *_AROUND, "prov:used", "aisi:startDate", "aisi:endDate", "aisi:assertedOn"),
        linked=(*_AROUND, "prov:wasGeneratedBy"),
    )


def _by_scheme(record: Record) -> dict[str, list[CoverageEdge]]:
    """Give the areas covered, scheme by scheme."""
    found: dict[str, list[CoverageEdge]] = {}
    for edge in record.coverage:
        found.setdefault(_scheme(edge.area), []).append(edge)
    return dict(sorted(found.items()))


def _scheme(area: Ref) -> str:
    """Give the IRI of the scheme that the IRI of a concept names."""
    return area.iri.replace("/term/", "/scheme/", 1).rsplit("/", 1)[0]
