"""All cells as CSV, the uncovered ones too."""

import csv
import io

from kg.report.safe import spreadsheet
from kg.report.tables import Value, cells
from kg.report.view import Report


def cells_csv(report: Report) -> bytes:
    """Give one line a cell, with stable column names and texts in both languages."""
    table = cells(report)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_field(value) for value in row] for row in table.rows)
    return out.getvalue().encode()


def _field(value: Value) -> Value:
    if isinstance(value, bool):
        return str(value).lower()
    return spreadsheet(value) if isinstance(value, str) else value
