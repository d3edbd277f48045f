"""The story of a clause: what it asks of whom, how firmly, and what is known of its being put into effect."""

from kg.records import Record
from kg.records.model import Labels
from kg_api.pages.stories import Story
from kg_api.site import Site


def story(site: Site, record: Record) -> Story:
    """Tell of a provision."""
    row = site.commitments.get(record.iri)
    return Story(
        "provision.html",
        {"row": row, "beside": _beside(site, record.iri)},
        facts=(
            "dcterms:isPartOf",
            "aisi:partOf",
            "aisi:locator",
            "aisi:addressee",
            "aisi:actionType",
            "aisi:verbClass",
            "aisi:hedge",
            "aisi:dueDate",
        ),
        linked=("aisi:partOf",),
    )


def _beside(site: Site, iri: str) -> list[tuple[str, str, Labels]]:
    """Give the clauses before and after in the same instrument."""
    row = site.commitments.get(iri)
    if row is None:
        return []
    same = [one for one in site.commitments.values() if one.instrument.iri == row.instrument.iri]
    place = same.index(row)
    wanted = (("previous_clause", place - 1), ("next_clause", place + 1))
    return [
        (name, same[at].provision.iri, same[at].provision.label.model_dump())
        for name, at in wanted
        if 0 <= at < len(same)
    ]
