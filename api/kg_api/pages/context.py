"""Render pages: templates, what each of them needs, headers."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from kg.report.signs import COMMITMENT_SIGNS, COMMITMENT_WORDS, SIGNS, key_of, mark_of, tone_of
from kg.snapshot import Manifest
from kg.vocab import compact
from kg_api.pages.navigation import SECTIONS, section_of
from kg_api.pages.reader import COOKIE, reader_of
from kg_api.site import Site
from kg_api.wording import LANGUAGES

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
_COOKIE_SECONDS = 31_536_000


@cache
def environment() -> jinja2.Environment:
    """Give the template environment; everything is escaped and a missing value is an error."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {
        "site_sections": SECTIONS,
        "section_of": section_of,
        "signs": SIGNS,
        "key_of": key_of,
        "mark_of": mark_of,
        "tone_of": tone_of,
        "words": COMMITMENT_WORDS,
        "commitment_signs": COMMITMENT_SIGNS,
        "compact": compact,
    }
    return found


def read_templates() -> None:
    """Read all templates ahead, so that no visitor waits for it."""
    for name in environment().list_templates():
        environment().get_template(name)


def page(
    request: Request,
    site: Site | None,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    release: Manifest | None = None,
    **values: Any,
) -> HTMLResponse:
    """Render a page in the reader's language; without a site, one that needs no data; of an older release if given."""
    reader = reader_of(request)
    if release is not None:
        reader = replace(reader, at=f"version/{release.version}/")
    content = (
        environment()
        .get_template(template)
        .render(
            reader=reader,
            lang=reader.lang,
            t=reader.t,
            label=reader.label,
            link=reader.link,
            href=reader.href,
            manifest=release or (site.manifest if site else None),
            rights=site.rights if site else None,
            posted=request.method == "POST"
            and status == HTTPStatus.OK,  # an error page has no form to send again
            **values,
        )
    )
    response = HTMLResponse(content, status, dict(headers or {}))
    response.headers["Content-Language"] = reader.lang
    if request.query_params.get("lang", "") in LANGUAGES:
        response.set_cookie(COOKIE, reader.lang, max_age=_COOKIE_SECONDS, samesite="lax", httponly=True)
    return response
