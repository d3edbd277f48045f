"""The story of an instrument: what it is, its versions and clauses, what it builds on and what builds on it."""

from kg.records import Record
from kg.records.model import Ref, Term
from kg_api.pages.stories import Story, activities
from kg_api.site import Site

_BUILDS_ON = ("prov:wasDerivedFrom", "dcterms:references")
_DATES = ("dcterms:created", "aisi:adopted", "dcterms:issued")


def story(site: Site, record: Record) -> Story:
    """Tell of an instrument."""
    parts = record.linked("dcterms:isPartOf")
    return Story(
        "instrument.html",
        {
            "dates": [(name, record.text(name)) for name in _DATES if record.text(name)],
            "versions": _versions(record),
            "clauses": _clauses(site, parts),
            "pieces": [one for one in parts if one.type == "aisi:Instrument"],
            "ledger": site.commitments,
            "builds_on": [(name, record.values(name)) for name in _BUILDS_ON if record.values(name)],
            "built_on_by": [(name, record.linked(name)) for name in _BUILDS_ON if record.linked(name)],
            "made_by": activities(site, record.values("prov:wasGeneratedBy")),
            "used_by": activities(site, record.linked("prov:used")),
            "copies": record.linked("aisi:sourceInstrument"),
        },
        facts=(
            "aisi:instrumentType",
            "aisi:bindingStatus",
            "aisi:status",
            "dcterms:creator",
            "dcterms:publisher",
            "aisi:version",
            "dcterms:isVersionOf",
            "dcterms:isPartOf",
            "dcterms:replaces",
            "aisi:availableIn",
            "foaf:page",
        ),
        told=(*_BUILDS_ON, *_DATES, "prov:wasGeneratedBy"),
        linked=(
            *_BUILDS_ON,
            "dcterms:isPartOf",
            "dcterms:isVersionOf",
            "dcterms:replaces",
            "prov:used",
            "aisi:sourceInstrument",
        ),
    )


def _versions(record: Record) -> list[Term]:
    return [*record.linked("dcterms:isVersionOf"), *record.linked("dcterms:replaces")]


def _clauses(site: Site, parts: tuple[Term, ...]) -> list[Ref]:
    """Give the clauses in the order of the ledger, those outside of it after."""
    order = {iri: place for place, iri in enumerate(site.commitments)}
    found = [Ref(iri=one.value, label=one.label) for one in parts if one.type == "aisi:Provision"]
    return sorted(found, key=lambda one: (order.get(one.iri, len(order)), one.iri))
