"""Render a gap analysis in the formats of a report."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import CallerError
from kg.gaps import GapAnalysis, associations
from kg.gaps.change_values import Diff
from kg.report.cube import cube_turtle
from kg.report.delimited import cells_csv
from kg.report.document import html, markdown
from kg.report.drawing import matrix_svg
from kg.report.machine import json_document
from kg.report.view import Report
from kg.report.words import LANGUAGES, Words
from kg.report.workbook import workbook_xlsx
from kg.snapshot import Manifest


@dataclass(frozen=True)
class Format:
    """One form of the report: its writer, its media type, how its files end, and whether it has relations."""

    write: Callable[[Report], bytes]
    media_type: str
    suffix: str
    relations: bool = False


FORMATS = {
    "html": Format(html, "text/html; charset=utf-8", "html", relations=True),
    "md": Format(markdown, "text/markdown; charset=utf-8", "md", relations=True),
    "json": Format(json_document, "application/json", "json", relations=True),
    "csv": Format(cells_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": Format(
        workbook_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    ),
    "turtle": Format(cube_turtle, "text/turtle; charset=utf-8", "ttl"),
    "svg": Format(matrix_svg, "image/svg+xml", "svg"),
}


def render(
    analysis: GapAnalysis, manifest: Manifest, form: str, lang: str, changes: Diff | None = None
) -> bytes:
    """Give the report in one of FORMATS, in Japanese or English; the same input gives the same bytes."""
    if form not in FORMATS:
        raise CallerError(f"There is no report format {form}; choose one of {', '.join(FORMATS)}.")
    if lang not in LANGUAGES:
        raise CallerError(f"There is no report in {lang}; choose one of {', '.join(LANGUAGES)}.")
    relations = associations(analysis) if FORMATS[form].relations else None
    return FORMATS[form].write(Report(analysis, manifest, Words(lang), relations, changes))
