"""The story of a citation: the words as they stand in the document, and what they are given for."""

from pyoxigraph import NamedNode

from kg.records import Record, read_cited_for
from kg_api.pages.stories import Story
from kg_api.site import Site


def story(site: Site, record: Record) -> Story:
    """Tell of a citation."""
    return Story(
        "citation.html",
        {
            "cited_for": read_cited_for(site.store, NamedNode(record.iri)),
            "forms": record.values("aisi:attestedForm"),
        },
        facts=("aisi:source", "aisi:locator", "aisi:dateRead"),
        told=("aisi:attestedForm",),
        linked=("aisi:citation",),
    )
