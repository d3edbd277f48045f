"""Terms over REST: search, suggestions, look-up."""

from typing import Annotated

from fastapi import APIRouter, Query

from kg.terms.models import Hit
from kg.vocab import BASE
from kg_api.problems import NotFoundError
from kg_api.rest import PREFIX, Lang, Limit, Listing, Offset, SiteOf, listing, scheme_iri

router = APIRouter(prefix=PREFIX, tags=["terms"])

Text = Annotated[str, Query(description="What to look for, in any form: kana, other spellings, slips.")]
Scheme = Annotated[
    str | None, Query(max_length=300, description="Only concepts of this scheme, for example risk-area.")
]
Broader = Annotated[
    str | None,
    Query(
        max_length=300,
        description="Only concepts below this one, by IRI or path: term/risk-area/misinformation.",
    ),
]
Deprecated = Annotated[bool, Query(description="Also withdrawn records; they name their replacements.")]
Type = Annotated[
    str | None,
    Query(max_length=300, description="Only records of this class: Concept, Actor, Instrument, Activity ..."),
]


@router.get("/search")
def search(
    site: SiteOf,
    q: Text,
    lang: Lang = None,
    scheme: Scheme = None,
    record_type: Annotated[Type, Query(alias="type")] = None,
    broader: Broader = None,
    deprecated: Deprecated = False,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Listing[Hit]:
    """Find records by any form of a label, best first; each says which label matched and how."""
    below = BASE + broader if broader and "://" not in broader else broader
    page = site.terms.search(
        q, lang, scheme_iri(scheme), record_type, below, deprecated=deprecated, limit=limit, offset=offset
    )
    return Listing(
        items=list(page.items), total=page.total, limit=limit, offset=offset, snapshot=site.manifest.version
    )


@router.get("/suggest")
def suggest(site: SiteOf, q: Text, lang: Lang = None, limit: Limit = 10) -> Listing[Hit]:
    """Offer records while a query is being typed."""
    return listing(site, site.terms.suggest(q, lang, limit), limit, 0)


@router.get("/lookup")
def lookup(
    site: SiteOf,
    label: Annotated[str, Query(description="A whole label.")],
    lang: Lang = None,
    deprecated: Deprecated = False,
) -> Listing[Hit]:
    """Find the records of which the text is a whole label; without one, name the nearest labels."""
    hits = site.terms.lookup(label, lang, deprecated=deprecated)
    if not hits:
        near = site.terms.nearest(label, 3, lang)
        names = ", ".join(hit.label for hit in near)
        said = f"the nearest are {names}" if near else "none is near it; search with a part of it"
        raise NotFoundError(f"No label is {label!r}; {said}.", near)
    return listing(site, hits, len(hits), 0)
