"""Pages of texts: the terms that a text names, the areas it speaks of, two texts side by side."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from kg.terms.annotation_formats import AnnotatedDocument, annotate
from kg.terms.documents import read_document
from kg.terms.mentions import AnnotateOptions
from kg.terms.profile import AreaProfile, ComparedArea, Profile, compare, profile
from kg_api.pages.context import page
from kg_api.pages.forms import LONGEST_TEXT, Form
from kg_api.pages.marked import marked_text, tones
from kg_api.pages.reader import reader_of
from kg_api.rest import SiteOf
from kg_api.site import Site

router = APIRouter(include_in_schema=False)

Area = TypeVar("Area", AreaProfile, ComparedArea)


@router.get("/annotate")
def annotate_form(request: Request, site: SiteOf) -> HTMLResponse:
    """Offer a form for a text whose terms are to be found."""
    return page(request, site, "annotate.html", text="", parts=[], found=None, longest=LONGEST_TEXT)


@router.post("/annotate")
def annotate_text(request: Request, site: SiteOf, fields: Form) -> HTMLResponse:
    """Show a text with its terms coloured by scheme, and what it speaks of."""
    lang = reader_of(request).lang
    text = fields.get("text", "")
    found = _annotated(site, text, lang)
    counted = Counter(one.concepts[0].iri for one in found.items)
    first = {one.concepts[0].iri: one.concepts[0] for one in found.items}
    tone_of = tones(first.values())
    return page(
        request,
        site,
        "annotate.html",
        text=text,
        parts=marked_text(text, found.items, tone_of),
        tones=tone_of,
        schemes=site.schemes,
        found=found,
        counted=[(first[iri], n) for iri, n in sorted(counted.items(), key=lambda item: (-item[1], item[0]))],
        areas=_by_scheme(_profile(site, text, lang).areas),
        longest=LONGEST_TEXT,
    )


@router.get("/annotate/compare")
def compare_form(request: Request, site: SiteOf) -> HTMLResponse:
    """Offer a form for two texts that are to be compared."""
    return page(request, site, "annotate_compare.html", texts=("", ""), found=None, longest=LONGEST_TEXT)


@router.post("/annotate/compare")
def compare_texts(request: Request, site: SiteOf, fields: Form) -> HTMLResponse:
    """Set two texts side by side, area by area: which both name, which only one of them."""
    lang = reader_of(request).lang
    texts = (fields.get("a", ""), fields.get("b", ""))
    one, other = (_profile(site, text, lang) for text in texts)
    found = compare(one, other)
    named = [area for area in found.areas if area.a.with_narrower or area.b.with_narrower]
    return page(
        request,
        site,
        "annotate_compare.html",
        texts=texts,
        found=found,
        schemes=site.schemes,
        areas=_by_scheme(named),
        only=Counter(area.only for area in named),
        longest=LONGEST_TEXT,
    )


def _annotated(site: Site, text: str, lang: str) -> AnnotatedDocument:
    return annotate(site.annotator, read_document(text), AnnotateOptions(lang=lang))


def _profile(site: Site, text: str, lang: str) -> Profile:
    return profile(site.annotator, read_document(text), lang=lang)


def _by_scheme(areas: Iterable[Area]) -> list[tuple[str, list[Area]]]:
    """Group areas that stand in the order of their schemes."""
    return [(scheme, list(found)) for scheme, found in groupby(areas, key=lambda area: area.scheme)]
