"""The paths of the Skosmos REST interface below one vocabulary."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.errors import CallerError
from kg.terms import skosmos, skosmos_hierarchy, skosmos_records
from kg.terms.skosmos import Json
from kg.terms.thesaurus import Thesaurus
from kg_api.foreign import LinkedRoute
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf
from kg_api.skosmos import (
    TRIPLES,
    Concept,
    Lang,
    Number,
    Terms,
    Uri,
    Vocid,
    Wishes,
    compact,
    data,
    known_concept,
    known_vocabulary,
    number_of,
    rdf,
)

router = APIRouter(
    prefix="/rest/v1/{vocid}",
    tags=["skosmos"],
    dependencies=[Depends(known_vocabulary)],
    route_class=LinkedRoute,
)

_ALL = 10_000


@router.get("")
@router.get("/")
def vocabulary(terms: Terms, vocid: Vocid, lang: Lang = None) -> Json:
    """Tell about a vocabulary."""
    return skosmos.vocabulary(terms, vocid, lang)


@router.get("/types")
def vocabulary_types(lang: Lang = None) -> Json:
    """List the types of things in a vocabulary."""
    return skosmos.types(lang)


@router.get("/topConcepts")
def top_concepts(terms: Terms, vocid: Vocid, lang: Lang = None, scheme: Uri = None) -> Json:
    """List the concepts without a wider one."""
    return skosmos_hierarchy.top_concepts(terms, scheme or terms.schemes[vocid], lang)


@router.get("/data")
def vocabulary_data(
    request: Request, site: SiteOf, terms: Terms, vocid: Vocid, uri: Uri = None, format: str | None = None
) -> Response:
    """Give the RDF data of a concept, or of the whole vocabulary."""
    if uri:
        return data(request, site, known_concept(terms, uri), format)
    scheme = NamedNode(terms.schemes[vocid])
    return rdf(request, site, load_query("terms/scheme-data").bind(scheme=scheme), format)


@router.get("/search")
def vocabulary_search(terms: Terms, vocid: Vocid, wishes: Wishes) -> Json:
    """Find concepts in one vocabulary."""
    return wishes.answer(terms, [vocid])


@router.get("/lookup")
def lookup(
    terms: Terms, vocid: Vocid, label: Annotated[str, Query(max_length=400)] = "", lang: Lang = None
) -> Json:
    """Find the concept with a label."""
    if not label:
        raise CallerError("The parameter label is missing: give a whole label.")
    found = skosmos.lookup(terms, vocid, label, lang)
    if found is None:
        raise NotFoundError(f"No label in {vocid} is {label!r}; search with {label}*.")
    return found


@router.get("/vocabularyStatistics")
def vocabulary_statistics(terms: Terms, vocid: Vocid, lang: Lang = None) -> Json:
    """Count the concepts of a vocabulary."""
    return skosmos_records.concept_counts(terms, vocid, lang)


@router.get("/labelStatistics")
def label_statistics(terms: Terms, vocid: Vocid, lang: Lang = None) -> Json:
    """Count the labels of a vocabulary by language."""
    return skosmos_records.label_counts(terms, vocid, lang)


@router.get("/label")
def concept_label(terms: Terms, uri: Concept, lang: Lang = None) -> Json:
    """Give the labels of a concept."""
    return skosmos_records.label(terms, uri, lang)


@router.get("/index")
@router.get("/index/")
def index_letters(terms: Terms, vocid: Vocid, lang: Lang = None) -> Json:
    """List the letters that names begin with."""
    return skosmos_records.letters(terms, terms.schemes[vocid], lang)


@router.get("/index/{letter}")
def index_concepts(
    terms: Terms, vocid: Vocid, letter: str, lang: Lang = None, limit: Number = None, offset: Number = None
) -> Json:
    """List the names that begin with a letter."""
    most, first = number_of(limit, "limit", 0, _ALL), number_of(offset, "offset", 0, 10**9)
    return skosmos_records.letter(terms, terms.schemes[vocid], letter, lang, most, first)


@router.get("/broader")
def broader(terms: Terms, uri: Concept, lang: Lang = None) -> Json:
    """List the next broader concepts."""
    return skosmos_hierarchy.neighbours(terms, uri, "broader", lang)


@router.get("/narrower")
def narrower(terms: Terms, uri: Concept, lang: Lang = None) -> Json:
    """List the next narrower concepts."""
    return skosmos_hierarchy.neighbours(terms, uri, "narrower", lang)


@router.get("/related")
def related(terms: Terms, uri: Concept, lang: Lang = None) -> Json:
    """List the related concepts."""
    return skosmos_hierarchy.neighbours(terms, uri, "related", lang)


@router.get("/broaderTransitive")
def broader_transitive(terms: Terms, uri: Concept, lang: Lang = None, limit: Number = None) -> Json:
    """Give all broader concepts."""
    return skosmos_hierarchy.transitive(terms, uri, "broader", lang, number_of(limit, "limit", _ALL, _ALL))


@router.get("/narrowerTransitive")
def narrower_transitive(terms: Terms, uri: Concept, lang: Lang = None, limit: Number = None) -> Json:
    """Give all narrower concepts."""
    return skosmos_hierarchy.transitive(terms, uri, "narrower", lang, number_of(limit, "limit", _ALL, _ALL))


@router.get("/hierarchy")
def hierarchy(terms: Terms, uri: Concept, lang: Lang = None) -> Json:
    """Give the tree around a concept."""
    return skosmos_hierarchy.hierarchy(terms, uri, lang)


@router.get("/children")
def children(terms: Terms, uri: Concept, lang: Lang = None) -> Json:
    """List the next narrower concepts and whether they have narrower ones."""
    return skosmos_hierarchy.children(terms, uri, lang)


@router.get("/groups")
def groups(lang: Lang = None) -> Json:
    """List the thematic groups."""
    return skosmos_records.groups(lang)


@router.get("/groupMembers")
def group_members(vocid: Vocid, uri: Uri = None) -> Json:
    """List the members of a thematic group; there are no groups."""
    raise NotFoundError(
        f"There is no group {(uri or '')[:300]} in {vocid}: its concepts are in a hierarchy only."
    )


@router.get("/mappings")
def mappings(site: SiteOf, terms: Terms, uri: Concept, lang: Lang = None, clang: Lang = None) -> Json:
    """List the mappings of a concept, with its RDF data."""
    graph = compact(site.store.raw(load_query("records/describe").bind(record=NamedNode(uri)), TRIPLES))
    return {"mappings": skosmos_records.mappings(terms, uri, clang or lang), "graph": json.loads(graph)}


@router.get("/new")
def new(terms: Terms, vocid: Vocid, lang: Lang = None, limit: Number = None, offset: Number = None) -> Json:
    """List the concepts that say when they were created."""
    return _changes(terms, vocid, "created", lang, limit, offset)


@router.get("/modified")
def modified(
    terms: Terms, vocid: Vocid, lang: Lang = None, limit: Number = None, offset: Number = None
) -> Json:
    """List the concepts that say when they were modified."""
    return _changes(terms, vocid, "modified", lang, limit, offset)


def _changes(
    terms: Thesaurus, vocid: str, feature: str, lang: str | None, limit: str | None, offset: str | None
) -> Json:
    most, first = number_of(limit, "limit", 200, _ALL), number_of(offset, "offset", 0, 10**9)
    return skosmos_records.changes(terms, terms.schemes[vocid], feature, lang, most, first)
