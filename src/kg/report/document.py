"""The report as a document: HTML in one file that works offline, and Markdown."""

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

import jinja2

from kg.gaps.change_values import CAUSES
from kg.gaps.sentences import depth_text
from kg.report import safe
from kg.report.closing import condition
from kg.report.detail import LIMIT, STEPS, Detail
from kg.report.network import network_svg
from kg.report.queries import cell_counts, used_queries
from kg.report.show import Show, anchor, web
from kg.report.signs import COMMITMENT_SIGNS, COMMITMENT_WORDS, SIGNS, key_of, mark_of, tone_of
from kg.report.sources import sources
from kg.report.view import FIRST_GAPS, Report, distinct
from kg.report.words import fixed_words
from kg.vocab import compact

SECTIONS = (
    "answer",
    "scope",
    "matrix",
    "evidence",
    "gaps",
    "commitments",
    "relations",
    "terminology",
    "search",
    "faults",
    "method",
    "queries",
)
_EXAMPLES = {"COVERED": "5", "THIN": "1", "PLANNED": "(1)"}


def html(report: Report, limit: int = LIMIT) -> bytes:
    """Give the report as one HTML file in as much detail as `limit` bytes hold."""
    content = b""
    for detail in STEPS:
        content = _rendered("report.html", report, detail)
        if len(content) <= limit:
            break
    return content


def markdown(report: Report) -> bytes:
    """Give the report as Markdown."""
    return _rendered("report.md", report, Detail())


@cache
def content_policy() -> str:
    """Give the content security policy of the HTML: nothing from outside, only its own style and script."""
    style, script = _hash(_part("report.css")), _hash(_part("report.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _rendered(template: str, report: Report, detail: Detail) -> bytes:
    return _environment().get_template(template).render(_context(report, detail)).encode()


def _context(report: Report, detail: Detail) -> dict[str, Any]:
    show, words, analysis = Show(report), report.words, report.analysis
    areas = detail.areas(analysis.areas, len(analysis.facets))
    axes = {
        "rows": show.axis_name(analysis.protocol.rows),
        "columns": show.axis_name(analysis.protocol.columns),
    }
    return {
        "r": report,
        "t": words,
        "w": words.of,
        "lang": words.lang,
        "comma": "、" if words.lang == "ja" else "; ",
        "aside": "" if words.lang == "ja" else " ",
        "stop": "。" if words.lang == "ja" else ". ",
        "detail": detail,
        "sections": SECTIONS,
        "areas": areas,
        "groups": analysis.groups if detail.cells is None else (),
        "caption": words("matrix_caption", **axes),
        "first": FIRST_GAPS,
        "shown": _shown(report, detail),
        "style": _part("report.css"),
        "script": _part("report.js"),
        "policy": content_policy(),
        "causes": CAUSES,
        "signs": SIGNS,
        "examples": {key: _EXAMPLES.get(key, sign.sign) for key, sign in SIGNS.items()},
        "ledger_signs": COMMITMENT_SIGNS,
        "ledger_words": COMMITMENT_WORDS,
        "ledger_keys": [key for key in COMMITMENT_WORDS if any(key in one.counts for one in report.ledgers)],
        "sources": sources(report),
        "queries": used_queries(report),
        "cell_counts": cell_counts(report),
        "network": network_svg(report).decode() if report.relations else "",
        "known_relation": lambda name: f"relation_{name}" in fixed_words(),
        **_shown_values(show),
    }


def _shown_values(show: Show) -> dict[str, Any]:
    return {
        "title": show.title(),
        "about": show.about(),
        "protocol": show.protocol(),
        "citation": show.citation(),
        "sure_weights": show.sure_weights(),
        "sure_covered": show.sure_covered(),
        "weights_by_kind": show.weights_by_kind(),
        "tested": show.tested(),
        "untested": show.untested(),
        "verdicts": show.verdicts(),
        "axis_name": show.axis_name,
        "axis_value": show.axis_value,
        "title_of": show.title_of,
        "figures_of": show.figures_of,
        "lacking": show.lacking,
        "missing": show.missing,
        "chance": show.chance,
        "depth_text": depth_text,
        "interval": show.interval,
        "counts_of": show.counts_of,
        "read_all": show.read_all,
        "part_read": show.part_read,
        "cell_anchor": show.cell_anchor,
    }


def _shown(report: Report, detail: Detail) -> frozenset[str]:
    """Name the gaps that have a card, and so can be linked to."""
    return frozenset(gap.id for group in report.gap_groups for gap in group.gaps[: detail.cards])


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_part),
        autoescape=jinja2.select_autoescape(["html"], default=False),  # Markdown is text, not HTML
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "key_of": key_of,
        "mark_of": mark_of,
        "tone_of": tone_of,
        "condition": condition,
        "compact": compact,
        "distinct": distinct,
        "anchor": anchor,
        "web": web,
    }
    environment.filters |= {"md": safe.markdown}
    return environment


@cache
def _part(name: str) -> str:
    return (resources.files("kg.report") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
