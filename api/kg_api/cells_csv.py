"""The cells of a map as CSV: every cell, the uncovered ones too."""

import csv
import io
from collections.abc import Iterable

from fastapi import Response

from kg.gaps import GapAnalysis
from kg.gaps.model import Cell, Text

_HEAD = (
    "area",
    "area_ja",
    "area_en",
    "facet",
    "facet_ja",
    "facet_en",
    "status",
    "planned_only",
    "activities",
    "actors",
    "depth",
    "activities_with_narrower",
    "actors_with_narrower",
    "depth_with_narrower",
    "target",
    "sentence_ja",
    "sentence_en",
)


def cells_csv(analysis: GapAnalysis, cells: Iterable[Cell]) -> Response:
    """Give cells as a CSV file that spreadsheets open as UTF-8."""
    names = {value.iri: value.label for value in (*analysis.areas, *analysis.facets)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    writer.writerows(_row(cell, names) for cell in cells if cell.group is None)
    headers = {"Content-Disposition": f'attachment; filename="cells-{analysis.protocol.name}.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _row(cell: Cell, names: dict[str, Text]) -> list[object]:
    figures = [
        value
        for part in (cell.direct, cell.rolled_up)
        for value in (part.n, part.actors, f"{part.depth:.4f}")
    ]
    return [
        *(cell.area, names[cell.area].ja, names[cell.area].en),
        *(cell.facet, names[cell.facet].ja, names[cell.facet].en),
        *(cell.status, str(cell.planned_only).lower(), *figures, f"{cell.target:.2f}"),
        *(cell.sentence.ja, cell.sentence.en),
    ]
