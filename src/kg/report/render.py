"""Render a gap analysis as HTML, Markdown or JSON."""

import json
from collections.abc import Callable
from functools import cache
from importlib import resources

import jinja2

from kg.errors import CallerError
from kg.gaps import GapAnalysis
from kg.report.signs import COMMITMENT_WORDS, SIGNS, key_of, mark_of, tone_of
from kg.report.words import WORDS
from kg.snapshot import Manifest
from kg.vocab import BASE, compact


def render(analysis: GapAnalysis, manifest: Manifest, form: str, lang: str) -> bytes:
    """Give the report in one of FORMATS, in Japanese or English; the same input gives the same bytes."""
    if form not in FORMATS:
        raise CallerError(f"There is no report format {form}; choose one of {', '.join(FORMATS)}.")
    return FORMATS[form](analysis, manifest, lang)


def _json(analysis: GapAnalysis, manifest: Manifest, lang: str) -> bytes:
    document = {"snapshot": manifest.version, "dataAsOf": manifest.data_as_of, "lang": lang}
    return (json.dumps(document | analysis.model_dump(), ensure_ascii=False, indent=1) + "\n").encode()


def _html(analysis: GapAnalysis, manifest: Manifest, lang: str) -> bytes:
    return _rendered("report.html", analysis, manifest, lang)


def _markdown(analysis: GapAnalysis, manifest: Manifest, lang: str) -> bytes:
    return _rendered("report.md", analysis, manifest, lang)


FORMATS: dict[str, Callable[[GapAnalysis, Manifest, str], bytes]] = {
    "html": _html,
    "md": _markdown,
    "json": _json,
}


def _rendered(template: str, analysis: GapAnalysis, manifest: Manifest, lang: str) -> bytes:
    cells = {(cell.area, cell.facet): cell for cell in analysis.cells if cell.group is None}
    keys = [key_of(cell) for cell in cells.values()]
    text = (
        _environment()
        .get_template(template)
        .render(
            analysis=analysis,
            manifest=manifest,
            lang=lang,
            t={name: word[lang] for name, word in WORDS.items()},
            cells=cells,
            counts={key: keys.count(key) for key in SIGNS if key in keys},
            signs=SIGNS,
            key_of=key_of,
            mark_of=mark_of,
            tone_of=tone_of,
            commitment_words=COMMITMENT_WORDS,
            compact=compact,
            base=BASE,
        )
    )
    return text.encode()


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=jinja2.select_autoescape(["html"], default=False),  # Markdown is text, not HTML
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _template(name: str) -> str:
    return (resources.files("kg.report") / "templates" / name).read_text(encoding="utf-8")
