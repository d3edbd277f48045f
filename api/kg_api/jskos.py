"""The JSKOS API for vocabulary software, read-only, as jskos-server offers it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from kg.errors import CallerError
from kg.terms import jskos
from kg.terms.jskos import Json
from kg.terms.models import Hit
from kg.terms.thesaurus import Thesaurus
from kg_api.foreign import JsonpRoute
from kg_api.jskos_pages import Page, Properties
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf
from kg_api.site import Site

router = APIRouter(prefix="/jskos", tags=["jskos"], route_class=JsonpRoute)

_MOST_FOUND = 1000
_SPOKEN = "2.0"  # the version of jskos-server whose paths and parameters these are
_ENDPOINTS = {
    "data": "data",
    "schemes": "voc",
    "top": "voc/top",
    "voc-search": "voc/search",
    "voc-suggest": "voc/suggest",
    "voc-concepts": "voc/concepts",
    "concepts": "concepts",
    "narrower": "concepts/narrower",
    "ancestors": "concepts/ancestors",
    "search": "concepts/search",
    "suggest": "concepts/suggest",
    "mappings": "mappings",
}
_NOT_OFFERED = ("types", "concordances", "annotations", "registries", "validate")

Uri = Annotated[str, Query(max_length=4000, description="One or several IRIs, with | between them.")]
Notation = Annotated[str, Query(max_length=1000, description="Notations, with | between them.")]
Text = Annotated[str, Query(description="What to look for.")]
Language = Annotated[str, Query(max_length=100, description="Languages in order of preference: ja,en")]
Form = Annotated[Literal["opensearch", "jskos"], Query(alias="format", description="Form of suggestions.")]
Listed = list[Json] | Response


def _thesaurus(site: SiteOf) -> Thesaurus:
    return site.thesaurus


Terms = Annotated[Thesaurus, Depends(_thesaurus)]


def _scheme(terms: Thesaurus, uri: str) -> str:
    found = terms.schemes.get(uri, uri)
    if found not in terms.schemes.values():
        raise NotFoundError(f"There is no scheme {uri[:300]}; see /jskos/voc for all.")
    return found


def _concepts(terms: Thesaurus, uri: str) -> list[str]:
    return [one for one in uri.split("|") if terms.known(one)]


@router.get("/voc", response_model=None)
def schemes(terms: Terms, page: Page, uri: Uri = "", notation: Notation = "") -> Listed:
    """List the concept schemes, or those with the IRIs or notations given."""
    wanted = {*uri.split("|"), *(terms.schemes.get(one, "") for one in notation.split("|"))} - {""}
    found = [iri for _, iri in sorted(terms.schemes.items()) if iri in wanted or not (uri or notation)]
    return page.of(found, lambda iri: jskos.scheme(terms, iri))


@router.get("/voc/top", response_model=None)
def top(terms: Terms, page: Page, uri: Uri = "") -> Listed:
    """List the concepts of a scheme that have no wider one."""
    found = terms.tops(_scheme(terms, uri)) if uri else []
    return page.of(found, lambda iri: jskos.concept(terms, iri))


@router.get("/voc/concepts", response_model=None)
def of_scheme(terms: Terms, page: Page, uri: Uri = "") -> Listed:
    """List the concepts of a scheme."""
    if not uri:
        raise CallerError("The parameter uri is missing: give the IRI of a scheme; see /jskos/voc for all.")
    return page.of(terms.members.get(_scheme(terms, uri), []), lambda iri: jskos.concept(terms, iri))


@router.get("/concepts", response_model=None)
def concepts(terms: Terms, page: Page, uri: Uri = "", notation: Notation = "", voc: Uri = "") -> Listed:
    """Give the concepts with these IRIs or notations, or of this scheme; without either none."""
    scheme = _scheme(terms, voc) if voc else None
    found = jskos.concepts(terms, uris=uri, notations=notation, scheme=scheme)
    return page.of(found, lambda iri: jskos.concept(terms, iri))


@router.get("/narrower", response_model=None)
@router.get("/concepts/narrower", response_model=None)
def narrower(terms: Terms, page: Page, uri: Uri = "") -> Listed:
    """List the next narrower concepts."""
    found = [child for one in _concepts(terms, uri) for child in terms.children.get(one, [])]
    return page.of(found, lambda iri: jskos.concept(terms, iri))


@router.get("/ancestors", response_model=None)
@router.get("/concepts/ancestors", response_model=None)
def ancestors(terms: Terms, page: Page, uri: Uri = "") -> Listed:
    """List all wider concepts, nearest first."""
    found = [wider for one in _concepts(terms, uri) for wider in terms.upwards(one)[1:]]
    return page.of(found, lambda iri: jskos.concept(terms, iri))


@router.get("/suggest", response_model=None)
@router.get("/concepts/suggest", response_model=None)
def suggest(
    site: SiteOf,
    terms: Terms,
    page: Page,
    search: Text = "",
    voc: Uri = "",
    language: Language = "",
    form: Form = "opensearch",
) -> list[object] | Listed:
    """Offer concepts while a label is being typed: as OpenSearch suggestions or as concepts."""
    hits = _found(site, search, "Concept", _scheme(terms, voc) if voc else None, language)
    if form == "jskos":
        return page.of(hits, lambda hit: jskos.concept(terms, hit.iri))
    return jskos.suggestions(search, page.part(hits))


@router.get("/search", response_model=None)
@router.get("/concepts/search", response_model=None)
def search(
    site: SiteOf, terms: Terms, page: Page, search: Text = "", voc: Uri = "", language: Language = ""
) -> Listed:
    """Find concepts by any form of a label."""
    hits = _found(site, search, "Concept", _scheme(terms, voc) if voc else None, language)
    return page.of(hits, lambda hit: jskos.concept(terms, hit.iri))


@router.get("/voc/suggest", response_model=None)
def suggest_schemes(
    site: SiteOf,
    terms: Terms,
    page: Page,
    search: Text = "",
    language: Language = "",
    form: Form = "opensearch",
) -> list[object] | Listed:
    """Offer concept schemes while a name is being typed."""
    hits = _found(site, search, "ConceptScheme", None, language)
    if form == "jskos":
        return page.of(hits, lambda hit: jskos.scheme(terms, hit.iri))
    return jskos.suggestions(search, page.part(hits))


@router.get("/voc/search", response_model=None)
def search_schemes(
    site: SiteOf, terms: Terms, page: Page, search: Text = "", language: Language = ""
) -> Listed:
    """Find concept schemes by any form of a name."""
    hits = _found(site, search, "ConceptScheme", None, language)
    return page.of(hits, lambda hit: jskos.scheme(terms, hit.iri))


def _found(site: Site, text: str, kind: str, scheme: str | None, languages: str) -> list[Hit]:
    lang = languages.split(",")[0].strip() or None
    return list(site.terms.search(text, lang, scheme, kind, limit=_MOST_FOUND).items)


@router.get("/mappings", response_model=None)
def mappings(terms: Terms, page: Page, wanted: Annotated[jskos.MappingWishes, Query()]) -> Listed:
    """List mappings by the concepts or schemes at their ends, their kind or their creator."""
    return page.of(jskos.mappings(terms, wanted), lambda match: jskos.mapping(terms, match))


@router.get("/data")
def data(terms: Terms, uri: Uri = "", properties: Properties = "") -> list[Json]:
    """Give whatever has these IRIs: concepts, schemes, mappings; all at once."""
    found = [jskos.item(terms, one) for one in uri.split("|")]
    return [jskos.without(one, properties) for one in found if one is not None]


@router.get("/status")
def status(request: Request, site: SiteOf) -> Json:
    """Tell what this service offers and where."""
    here = f"{str(request.base_url).rstrip('/')}/jskos/"
    read: Json = {"read": {"auth": False}}
    config: Json = {
        "title": f"aisi-kg {site.manifest.version}",
        "env": "production",
        "baseUrl": here,
        "version": _SPOKEN,
        "schemes": read,
        "concepts": read,
        "mappings": read,
        **dict.fromkeys(("concordances", "annotations", "registries"), False),
    }
    places: Json = {name: here + path for name, path in _ENDPOINTS.items()}
    return {"config": config, **places, **dict.fromkeys(_NOT_OFFERED), "ok": 1}
