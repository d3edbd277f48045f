"""Feeds of what is new: of everything, of one kind, of one area or of one actor."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from kg.errors import CallerError
from kg.news.feed import feed_of
from kg.news.syndication import FORMATS
from kg_api.pages.reader import reader_of
from kg_api.problems import NotFoundError
from kg_api.rest import SiteOf

router = APIRouter(include_in_schema=False)


@router.get("/feeds")
def feeds() -> RedirectResponse:
    """Send the reader to the page that lists the feeds."""
    return RedirectResponse("/downloads#feeds", 303)


@router.get("/feeds/{name:path}")
def feed(request: Request, site: SiteOf, name: str) -> Response:
    """Give a feed, for example `all.atom`, `area/risk-area/misinformation.json` or `actor/aisi-japan.atom`."""
    suffix = next((suffix for suffix in FORMATS if name.endswith(suffix)), "")
    lang = reader_of(request).lang
    try:
        chosen = name.removesuffix(suffix)
        made = feed_of(site.news, chosen, lang, site.manifest, site.store, site.rights)
    except CallerError as error:
        raise NotFoundError(str(error)) from error
    media_type, write = FORMATS[suffix or ".atom"]
    headers = {"Vary": "Accept-Language, Cookie", "Content-Language": lang}
    return Response(write(made), media_type=f"{media_type}; charset=utf-8", headers=headers)
