"""The JSKOS API for vocabulary software, read-only."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Response

from kg.terms import jskos
from kg.terms.jskos import Json
from kg.terms.models import Hit
from kg.terms.thesaurus import Thesaurus
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf
from kg_api.site import Site

router = APIRouter(prefix="/jskos", tags=["jskos"])
Item = TypeVar("Item")

Uri = Annotated[str, Query(max_length=4000, description="One or several IRIs, with | between them.")]
Text = Annotated[str, Query(description="What to look for.")]


class Cut:
    """The page that is asked for; its answer says how many items there are in all."""

    def __init__(
        self,
        response: Response,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    ) -> None:
        self.response, self.limit, self.offset = response, limit, offset

    def of(self, items: Sequence[Item], make: Callable[[Item], Json]) -> list[Json]:
        """Make the items of this page."""
        self.response.headers["X-Total-Count"] = str(len(items))
        return [make(item) for item in items[self.offset : self.offset + self.limit]]


Page = Annotated[Cut, Depends()]


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


@router.get("/voc")
def schemes(terms: Terms, page: Page, uri: Uri = "") -> list[Json]:
    """List the concept schemes, or those with the IRIs given."""
    wanted = uri.split("|") if uri else None
    found = [iri for _, iri in sorted(terms.schemes.items()) if wanted is None or iri in wanted]
    return page.of(found, lambda iri: jskos.scheme(terms, iri))


@router.get("/voc/top")
def top(terms: Terms, page: Page, uri: Uri) -> list[Json]:
    """List the concepts of a scheme that have no wider one."""
    return page.of(terms.tops(_scheme(terms, uri)), lambda iri: jskos.concept(terms, iri))


@router.get("/voc/concepts")
def of_scheme(terms: Terms, page: Page, uri: Uri) -> list[Json]:
    """List the concepts of a scheme."""
    return page.of(terms.members.get(_scheme(terms, uri), []), lambda iri: jskos.concept(terms, iri))


@router.get("/concepts")
def concepts(terms: Terms, page: Page, uri: Uri) -> list[Json]:
    """Give the concepts with these IRIs."""
    return page.of(_concepts(terms, uri), lambda iri: jskos.concept(terms, iri))


@router.get("/narrower")
@router.get("/concepts/narrower")
def narrower(terms: Terms, page: Page, uri: Uri) -> list[Json]:
    """List the next narrower concepts."""
    found = [child for one in _concepts(terms, uri) for child in terms.children.get(one, [])]
    return page.of(found, lambda iri: jskos.concept(terms, iri))


@router.get("/ancestors")
@router.get("/concepts/ancestors")
def ancestors(terms: Terms, page: Page, uri: Uri) -> list[Json]:
    """List all wider concepts, nearest first."""
    found = [wider for one in _concepts(terms, uri) for wider in terms.upwards(one)[1:]]
    return page.of(found, lambda iri: jskos.concept(terms, iri))


@router.get("/suggest")
@router.get("/concepts/suggest")
def suggest(
    site: SiteOf, terms: Terms, search: Text, voc: Uri = "", limit: Annotated[int, Query(ge=1, le=100)] = 10
) -> list[object]:
    """Offer concepts while a label is being typed."""
    return jskos.suggestions(search, _found(site, terms, search, voc, limit))


@router.get("/search")
@router.get("/concepts/search")
def search(site: SiteOf, terms: Terms, page: Page, search: Text, voc: Uri = "") -> list[Json]:
    """Find concepts by any form of a label."""
    hits = _found(site, terms, search, voc, 1000)
    return page.of(hits, lambda hit: jskos.concept(terms, hit.iri))


def _found(site: Site, terms: Thesaurus, text: str, voc: str, limit: int) -> list[Hit]:
    scheme = _scheme(terms, voc) if voc else None
    return list(site.terms.search(text, scheme=scheme, type="Concept", limit=limit).items)


@router.get("/mappings")
def mappings(
    terms: Terms,
    page: Page,
    start: Annotated[str | None, Query(alias="from")] = None,
    to: str | None = None,
    start_scheme: Annotated[str | None, Query(alias="fromScheme")] = None,
    to_scheme: Annotated[str | None, Query(alias="toScheme")] = None,
) -> list[Json]:
    """List mappings by the concepts or schemes at their ends."""
    found = jskos.mappings(terms, start=start, end=to, start_scheme=start_scheme, end_scheme=to_scheme)
    return page.of(found, lambda match: jskos.mapping(terms, match))


@router.get("/data")
def data(terms: Terms, page: Page, uri: Uri) -> list[Json]:
    """Give whatever has these IRIs: concepts, schemes, mappings."""
    by_iri = {match.iri: match for match in terms.matches}
    known = set(terms.schemes.values())
    found = [one for one in uri.split("|") if one in known or one in by_iri or terms.known(one)]

    def made(iri: str) -> Json:
        if iri in known:
            return jskos.scheme(terms, iri)
        return jskos.mapping(terms, by_iri[iri]) if iri in by_iri else jskos.concept(terms, iri)

    return page.of(found, made)


@router.get("/status")
def status(site: SiteOf) -> Json:
    """Tell what this service offers."""
    read: Json = {"auth": False}
    config: Json = {
        "title": "aisi-kg",
        "version": site.manifest.version,
        "schemes": {"read": read},
        "concepts": {"read": read},
        "mappings": {"read": read},
        "annotations": False,
        "concordances": False,
    }
    return {"config": config, "ok": 1}
