"""The story of a statement that links two records: named by its two ends."""

from kg.records import Record
from kg_api.pages.stories import Story
from kg_api.site import Site

ENDS = {
    "aisi:Coverage": ("aisi:coverageBy", "aisi:coverageOf"),
    "aisi:Implementation": ("aisi:implementedBy", "aisi:implementationOf"),
    "aisi:Membership": ("org:member", "org:organization"),
    "aisi:Quantity": ("aisi:quantityOf", "aisi:quantityKind"),
    "aisi:Mapping": ("sssom:subject_id", "sssom:object_id"),
    "aisi:Definition": ("aisi:definitionOf",),
}


def story(_: Site, record: Record) -> Story:
    """Tell of a statement."""
    kind = next(name for name in ENDS if name in record.types)
    ends = [term for name in ENDS[kind] for term in record.values(name)]
    return Story("edge.html", {"ends": ends}, told=("sssom:comment",))
