"""What every page needs: the reader's language, texts in it, labels and links."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from kg.gaps.model import Text
from kg.report.signs import COMMITMENT_WORDS, SIGNS, key_of, mark_of, tone_of
from kg.vocab import BASE, compact
from kg_api.site import Site

HERE = Path(__file__).resolve().parents[1]
LANGUAGES = ("ja", "en")
COOKIE = "lang"


@cache
def texts() -> dict[str, dict[str, str]]:
    """Read the catalogue of interface texts."""
    return tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))


@cache
def environment() -> jinja2.Environment:
    """Give the template environment; everything is escaped and a missing value is an error."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {
        "signs": SIGNS,
        "key_of": key_of,
        "mark_of": mark_of,
        "tone_of": tone_of,
        "words": COMMITMENT_WORDS,
        "compact": compact,
    }
    return found


@dataclass(frozen=True)
class Reader:
    """The reader of a page: language and address."""

    lang: str
    url: str
    params: tuple[tuple[str, str], ...]

    def t(self, name: str, **values: object) -> str:
        """Give an interface text in the reader's language."""
        return texts()[name][self.lang].format(**values)

    def label(self, labels: Text | Mapping[str, str], fallback: str = "") -> Markup:
        """Give a label in the reader's language or the next one, marked with the language it is in."""
        found = labels.model_dump() if isinstance(labels, Text) else dict(labels)
        for lang in (self.lang, *LANGUAGES, ""):
            if found.get(lang):
                return Markup('<bdi lang="{}">{}</bdi>').format(lang or "und", found[lang])
        return Markup("<bdi>{}</bdi>").format(fallback)

    def href(self, iri: str) -> str:
        """Give the address of a record: our own path for our IRIs, the IRI itself where it is a web address."""
        if iri.startswith(BASE):
            return "/" + quote(iri.removeprefix(BASE), safe="/#")
        return iri if iri.startswith(("https://", "http://")) else "#"

    def with_params(self, **changed: str) -> str:
        """Give this page's address with some parameters changed: the way to switch the language in place."""
        params = {**dict(self.params), **changed}
        return f"{self.url}?{urlencode(params)}" if params else self.url

    def other_language(self) -> str:
        """Give the language that the switch leads to."""
        return "en" if self.lang == "ja" else "ja"


def reader_of(request: Request) -> Reader:
    """Find the reader's language: asked for, then remembered, then preferred by the browser, then Japanese."""
    asked = request.query_params.get("lang", "").split("-")[0]
    remembered = request.cookies.get(COOKIE, "")
    preferred = _preferred(request.headers.get("accept-language", ""))
    lang = next((one for one in (asked, remembered, *preferred) if one in LANGUAGES), LANGUAGES[0])
    return Reader(lang, request.url.path, tuple(request.query_params.items()))


def _preferred(header: str) -> list[str]:
    """Read Accept-Language in its order; a weight that is no number counts as 0."""
    weighted = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((-float(weight or 1), tag.strip().split("-")[0].lower()))
        except ValueError:
            continue
    return [tag for _, tag in sorted(weighted, key=lambda pair: pair[0])]


def page(
    request: Request,
    site: Site,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Render a page in the reader's language."""
    reader = reader_of(request)
    html = (
        environment()
        .get_template(template)
        .render(
            reader=reader,
            t=reader.t,
            label=reader.label,
            href=reader.href,
            compact=compact,
            manifest=site.manifest,
            **values,
        )
    )
    response = HTMLResponse(html, status, dict(headers or {}))
    response.headers.setdefault("Vary", "Accept, Accept-Language, Cookie")
    if request.query_params.get("lang", "") in LANGUAGES:
        response.set_cookie(COOKIE, reader.lang, max_age=31536000, samesite="lax")
    return response
