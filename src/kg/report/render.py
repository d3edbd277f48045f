"""Render a gap analysis in the formats of a report."""

from collections.abc import Callable

from kg.errors import CallerError
from kg.gaps import GapAnalysis, associations
from kg.gaps.change_values import Diff
from kg.report.document import html, markdown
from kg.report.drawing import matrix_svg
from kg.report.machine import json_document
from kg.report.view import Report
from kg.report.words import LANGUAGES, Words
from kg.snapshot import Manifest

FORMATS: dict[str, Callable[[Report], bytes]] = {
    "html": html,
    "md": markdown,
    "json": json_document,
    "svg": matrix_svg,
}


def render(
    analysis: GapAnalysis, manifest: Manifest, form: str, lang: str, changes: Diff | None = None
) -> bytes:
    """Give the report in one of FORMATS, in Japanese or English; the same input gives the same bytes."""
    if form not in FORMATS:
        raise CallerError(f"There is no report format {form}; choose one of {', '.join(FORMATS)}.")
    if lang not in LANGUAGES:
        raise CallerError(f"There is no report in {lang}; choose one of {', '.join(LANGUAGES)}.")
    relations = associations(analysis) if form in _WITH_RELATIONS else None
    return FORMATS[form](Report(analysis, manifest, Words(lang), relations, changes))


_WITH_RELATIONS = ("html", "md", "json")
