"""The Skosmos REST interface, version 1, read-only; unknown parameters are ignored, as its clients expect."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pyoxigraph import NamedNode

from kg.catalog import load_query
from kg.errors import CallerError
from kg.terms import skosmos, skosmos_records
from kg.terms.skosmos import Json
from kg.terms.thesaurus import Thesaurus
from kg.vocab import DCTERMS, OWL, RDFS, SKOS
from kg_api.foreign import LinkedRoute
from kg_api.negotiation import choose
from kg_api.pages.errors import error_answer
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf
from kg_api.site import Site

router = APIRouter(prefix="/rest/v1", tags=["skosmos"], route_class=LinkedRoute)

_FORMATS = ("application/rdf+xml", "text/turtle", "application/ld+json", "application/n-triples")
_JSON = "application/json"
_JSON_LD = "application/ld+json"
TRIPLES = "application/n-triples"
_ALIASES = {"uri": "@id", "type": "@type", "lang": "@language", "value": "@value", "graph": "@graph"}
_PREFIXES = {
    "skos": SKOS,
    "rdfs": RDFS,
    "owl": OWL,
    "dct": DCTERMS,
    "isothes": "http://purl.org/iso25964/skos-thes#",
}
_NAMES = (
    "prefLabel altLabel hiddenLabel broader narrower related inScheme "
    "exactMatch closeMatch broadMatch narrowMatch relatedMatch"
)
_SHORT_NAMES = {
    **_ALIASES,
    **_PREFIXES,
    "label": "rdfs:label",
    **{name: f"skos:{name}" for name in _NAMES.split()},
}
_MOST_HITS = 1000
_CONCEPTS = frozenset({"skos:Concept", f"{SKOS}Concept"})

Lang = Annotated[str | None, Query(max_length=35, description="Language of the labels to give.")]
Uri = Annotated[str | None, Query(max_length=1000, description="IRI of a concept.")]
Number = Annotated[str | None, Query(max_length=10)]


def _thesaurus(site: SiteOf) -> Thesaurus:
    return site.thesaurus


Terms = Annotated[Thesaurus, Depends(_thesaurus)]


def known_vocabulary(vocid: str, terms: Terms) -> str:
    """Give the name of the vocabulary that a request is about."""
    if vocid not in terms.schemes:
        raise NotFoundError(
            f"There is no vocabulary {vocid[:100]}; see /rest/v1/vocabularies?lang=en for all."
        )
    return vocid


Vocid = Annotated[str, Depends(known_vocabulary)]


def known_concept(terms: Terms, uri: Uri = None) -> str:
    """Give the IRI of the concept that a request is about."""
    if not uri:
        raise CallerError("The parameter uri is missing: give the IRI of a concept.")
    if not terms.known(uri):
        raise NotFoundError(f"There is no concept {uri[:300]}; look it up with /rest/v1/search?query=...")
    return uri


Concept = Annotated[str, Depends(known_concept)]


def number_of(text: str | None, name: str, default: int, most: int) -> int:
    """Read a number, or say that it is none; 0 means the default, as for live servers."""
    if text and not (text.isascii() and text.isdigit()):
        raise CallerError(f"The parameter {name} is no number: give one from 0 to {most}.")
    return min(int(text or 0) or default, most)


@router.get("/vocabularies")
def vocabularies(terms: Terms, lang: Lang = None) -> Json:
    """List the vocabularies."""
    if not lang:
        raise CallerError("The parameter lang is missing: give ja or en.")
    return skosmos.vocabularies(terms, lang)


class SearchWishes:
    """The parameters of a search that both of its paths take."""

    def __init__(
        self,
        query: Annotated[str, Query(max_length=400, description="A label; * stands for anything.")] = "",
        lang: Lang = None,
        labellang: Lang = None,
        vocab: Annotated[str, Query(max_length=2000)] = "",
        type: Annotated[str, Query(max_length=1000, description="Only things of these types.")] = "",
        parent: Uri = None,
        group: Uri = None,
        fields: Annotated[str, Query(max_length=200)] = "",
        unique: str = "",
        maxhits: Number = None,
        offset: Number = None,
    ) -> None:
        if not query.strip() and not parent and not group:
            raise CallerError("The parameter query is missing: give a label, with * for anything.")
        self.query = query.strip() or "*"
        self.lang, self.labellang, self.parent = lang, labellang, parent
        self.nothing = bool(group) or not _CONCEPTS & set(type.split() or _CONCEPTS)
        self.vocids = vocab.split()
        self.fields = fields.split()
        self.unique = unique.lower() in ("1", "true", "yes", "on")
        self.maxhits = number_of(maxhits, "maxhits", 100, _MOST_HITS)
        self.offset = number_of(offset, "offset", 0, 10**9)

    def answer(self, terms: Thesaurus, vocids: list[str]) -> Json:
        """Search with these wishes; there are only concepts and no groups, so wishes for others find nothing."""
        for vocid in vocids:
            known_vocabulary(vocid, terms)
        return skosmos.search(
            terms,
            self.query,
            lang=self.lang,
            labellang=self.labellang,
            vocids=vocids,
            parent=self.parent,
            fields=self.fields,
            unique=self.unique,
            maxhits=0 if self.nothing else self.maxhits,
            offset=self.offset,
        )


Wishes = Annotated[SearchWishes, Depends()]


@router.get("/search")
def search(terms: Terms, wishes: Wishes) -> Json:
    """Find concepts in all vocabularies, or in those named."""
    return wishes.answer(terms, wishes.vocids)


@router.get("/types")
def types(lang: Lang = None) -> Json:
    """List the types of things in all vocabularies."""
    if not lang:
        raise CallerError("The parameter lang is missing: give ja or en.")
    return skosmos.types(lang)


@router.get("/data")
def data(request: Request, site: SiteOf, uri: Concept, format: str | None = None) -> Response:
    """Give the RDF data of a concept."""
    return rdf(request, site, load_query("records/describe").bind(record=NamedNode(uri)), format, short=True)


@router.get("/label")
def label(terms: Terms, uri: Concept, lang: Lang = None) -> Json:
    """Give the labels of a concept."""
    return skosmos_records.label(terms, uri, lang)


def rdf(request: Request, site: Site, query: str, wanted: str | None, *, short: bool = False) -> Response:
    """Answer a query for RDF in the format wanted, or the one that the client likes best; JSON with short names."""
    accept = wanted or request.headers.get("accept")
    chosen = choose(accept, (*_FORMATS, _JSON))
    if chosen is None:
        said = f"RDF is not given as {str(accept)[:100]}; ask for {', '.join(_FORMATS)}."
        return error_answer(request, 406, said)
    if chosen not in (_JSON, _JSON_LD):
        return Response(site.store.raw(query, chosen), media_type=chosen)
    content = compact(site.store.raw(query, TRIPLES)) if short else site.store.raw(query, _JSON_LD)
    return Response(content, media_type=chosen)


def compact(triples: bytes) -> bytes:
    """Write triples as JSON-LD with the short names that clients of Skosmos read."""
    from rdflib import Graph  # 20 MB that other formats do not need

    graph = Graph().parse(data=triples, format="nt")
    return graph.serialize(format="json-ld", context=_SHORT_NAMES, encoding="utf-8")
