"""The story of a source: which document, read when, with which fingerprint, and all that it is cited for."""

from pyoxigraph import NamedNode

from kg.records import Record, read_cited_from
from kg_api.pages.stories import Story
from kg_api.site import Site


def story(site: Site, record: Record) -> Story:
    """Tell of a source document or of a part of one."""
    whole = record.values("dcterms:isPartOf")
    cited = read_cited_from(site.store, NamedNode(whole[0].value if whole else record.iri))
    if whole:
        locator = record.text("aisi:locator")
        cited = {name: found for name, found in cited.items() if _is_within(name, locator)}
    return Story(
        "source.html",
        {
            "sections": record.linked("dcterms:isPartOf"),
            "cited": cited,
            "total": sum(len(found) for found in cited.values()),
        },
        facts=(
            "dcterms:isPartOf",
            "aisi:locator",
            "dcterms:issued",
            "aisi:dateRead",
            "dcterms:license",
            "aisi:fileName",
            "aisi:sha256",
            "aisi:archiveNote",
            "aisi:sourceInstrument",
            "foaf:page",
        ),
        linked=("dcterms:isPartOf",),
    )


def _is_within(name: str, locator: str) -> bool:
    return name == locator or name.startswith((f"{locator}-", f"{locator}."))
