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
from kg.report.network import network_svg
from kg.report.raster import png
from kg.report.view import Report
from kg.report.words import LANGUAGES, Words
from kg.snapshot import Manifest


@dataclass(frozen=True)
class Format:
    """One form of the report: its writer, media type and ending, and whether relations and changes are in it."""

    write: Callable[[Report], bytes]
    media_type: str
    suffix: str
    relations: bool = False
    changes: bool = False


def _xlsx(report: Report) -> bytes:
    from kg.report.workbook import workbook_xlsx  # what writes spreadsheets is slow to load, and few ask

    return workbook_xlsx(report)


FORMATS = {
    "html": Format(html, "text/html; charset=utf-8", "html", relations=True, changes=True),
    "md": Format(markdown, "text/markdown; charset=utf-8", "md", relations=True, changes=True),
    "json": Format(json_document, "application/json", "json", relations=True, changes=True),
    "csv": Format(cells_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": Format(_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ttl": Format(cube_turtle, "text/turtle; charset=utf-8", "ttl"),
    "svg": Format(matrix_svg, "image/svg+xml", "svg"),
    "png": Format(lambda report: png(matrix_svg(report)), "image/png", "png"),
    "network-svg": Format(network_svg, "image/svg+xml", "network.svg", relations=True),
    "network-png": Format(
        lambda report: png(network_svg(report)), "image/png", "network.png", relations=True
    ),
}
ALIASES = {"turtle": "ttl", "rdf": "ttl", "markdown": "md", "excel": "xlsx"}


def format_of(name: str) -> Format:
    """Give a format by its name or by another name that it is known under."""
    found = FORMATS.get(ALIASES.get(name, name))
    if found is None:
        raise CallerError(f"There is no report format {name}; choose one of {', '.join(FORMATS)}.")
    return found


def render(
    analysis: GapAnalysis, manifest: Manifest, form: str, lang: str, changes: Diff | None = None
) -> bytes:
    """Give the report in one of FORMATS, in Japanese or English; the same input gives the same bytes."""
    written = format_of(form)
    if lang not in LANGUAGES:
        raise CallerError(f"There is no report in {lang}; choose one of {', '.join(LANGUAGES)}.")
    relations = associations(analysis) if written.relations else None
    return written.write(Report(analysis, manifest, Words(lang), relations, changes))
