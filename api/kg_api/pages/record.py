"""The page of one record: which story it tells, and what every story holds."""

from collections.abc import Callable, Iterable, Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse
from pyoxigraph import NamedNode

from kg.records import Record, read_record
from kg.records.model import Statement
from kg.vocab import compact
from kg_api.pages import activity, actor, citation, concept, edge, instrument, provision, scheme, source
from kg_api.pages.context import page
from kg_api.pages.stories import Story
from kg_api.site import Site

_STORIES: Mapping[str, Callable[[Site, Record], Story]] = {
    "skos:Concept": concept.story,
    "skos:ConceptScheme": scheme.story,
    "aisi:Actor": actor.story,
    "aisi:Activity": activity.story,
    "aisi:Instrument": instrument.story,
    "aisi:Provision": provision.story,
    "aisi:Source": source.story,
    "aisi:Citation": citation.story,
    **dict.fromkeys(edge.ENDS, edge.story),
}
_NOTES = ("skos:scopeNote", "skos:changeNote", "skos:editorialNote", "rdfs:comment", "dcterms:description")
_TOLD = (
    *_NOTES,
    "aisi:covers",
    "aisi:implements",
    "aisi:labelOrigin",
    "skos:definition",
    "skos:broaderTransitive",
    "skos:narrowerTransitive",
    "skos:hasTopConcept",
    "skos:inScheme",
    "skos:topConceptOf",
)
_SHORT = 12


def record_page(
    request: Request, site: Site, record: NamedNode, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """Show one record: its story, its facts, what else is said of it and where that stands."""
    found = read_record(site.store, record)
    kind = next((name for name in _STORIES if name in found.types), "")
    story = _STORIES[kind](site, found) if kind else Story("record.html")
    return page(
        request,
        site,
        story.template,
        headers=headers,
        record=found,
        kind=kind or next(iter(found.types), ""),
        facts=_named(found.statements, story.facts),
        notes=[statement for name in _NOTES for statement in _named(found.statements, (name,))],
        others=_without(found.statements, (*story.facts, *story.told, *_TOLD)),
        links=_without(found.links, (*story.linked, *_TOLD)),
        short=_SHORT,
        **story.values,
    )


def _named(statements: Iterable[Statement], names: Iterable[str]) -> list[Statement]:
    by_name = {compact(statement.property): statement for statement in statements}
    return [by_name[name] for name in names if name in by_name]


def _without(statements: Iterable[Statement], names: Iterable[str]) -> list[Statement]:
    left_out = frozenset(names)
    return [statement for statement in statements if compact(statement.property) not in left_out]
