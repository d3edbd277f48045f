"""The story of a concept scheme: its concepts as a tree and as a list in two languages."""

from kg.records import Record, read_concept_tree
from kg_api.pages.stories import Story
from kg_api.site import Site
from kg_api.trees import branches


def story(site: Site, record: Record) -> Story:
    """Tell of a concept scheme."""
    nodes = read_concept_tree(site.store, record.iri)
    crosswalks: dict[str, int] = {}
    for edge in site.mappings:
        if edge.subject_source and edge.subject_source.iri == record.iri and edge.object_source:
            name = edge.object_source.iri
            crosswalks[name] = crosswalks.get(name, 0) + 1
    return Story(
        "scheme.html",
        {"nodes": nodes, "branches": branches(nodes), "crosswalks": sorted(crosswalks.items())},
        linked=("skos:inScheme", "skos:topConceptOf"),
    )
