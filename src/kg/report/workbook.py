"""The report as a workbook: cells, gaps, commitments, search tasks, sources and terms as sheets."""

import io
import re
import zipfile
from copy import copy
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from kg.report.safe import spreadsheet
from kg.report.show import Show
from kg.report.signs import SIGNS
from kg.report.tables import Table, Value, tables
from kg.report.view import Report
from kg.report.words import Words

_EPOCH = datetime(1980, 1, 1)  # the first day that a ZIP archive can name: equal input, equal bytes
_MODIFIED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_LONGEST = 32_000
_WIDTHS = {
    "sentence": 70,
    "rule": 50,
    "clause": 50,
    "evidence": 50,
    "nearest": 50,
    "closes": 50,
    "owners": 40,
}
_FILL = PatternFill("solid", fgColor="FFE4EEF4")


def workbook_xlsx(report: Report) -> bytes:
    """Give the tables as XLSX in the reader's language; texts that look like formulas stay texts."""
    book = Workbook(write_only=True)
    _about(book, report)
    for table in tables(report):
        _sheet(book, report, table)
    out = io.BytesIO()
    book.save(out)
    return _steady(out.getvalue())


def _about(book: Any, report: Report) -> None:
    words, show = report.words, Show(report)
    sheet = book.create_sheet(words("sheet_about"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 110
    lines: list[tuple[str, Value]] = [
        (show.title(), None),
        (words("protocol"), show.protocol()),
        (words("about_data"), show.about()),
        (words("legend"), words("unknown_note")),
        (words("answer"), words.of(report.analysis.summary)),
        *((SIGNS[key].word[words.lang], count) for key, count in report.status_counts.items()),
    ]
    pen = _Pen(sheet)
    for head, value in lines:
        sheet.append([pen.head(head), pen.value(value)])


def _sheet(book: Any, report: Report, table: Table) -> None:
    words = report.words
    other = "_en" if words.lang == "ja" else "_ja"
    kept = [i for i, name in enumerate(table.columns) if not name.endswith(other)]
    names = [table.columns[i] for i in kept]
    sheet = book.create_sheet(words(f"sheet_{table.name}"))
    pen = _Pen(sheet)
    sheet.freeze_panes = "A2"
    for position, name in enumerate(names, 1):
        sheet.column_dimensions[get_column_letter(position)].width = _width(name)
    if names:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(table.rows) + 1}"
        sheet.append([pen.head(_heading(words, name, table.columns)) for name in names])
    else:
        sheet.append([words("none")])
    for row in table.rows:
        sheet.append([pen.value(row[i]) for i in kept])


def _heading(words: Words, name: str, columns: tuple[str, ...]) -> str:
    """Name a column; one that has labels beside it holds the IRI."""
    word = words(f"column_{name.removesuffix(f'_{words.lang}')}")
    return words("iri_of", name=word) if f"{name}_{words.lang}" in columns else word


def _width(name: str) -> int:
    return next((width for part, width in _WIDTHS.items() if name.startswith(part)), 18)


class _Pen:
    """Makes cells of one sheet; styles are made once and copied, which is much faster."""

    def __init__(self, sheet: Any) -> None:
        self._plain = WriteOnlyCell(sheet)
        self._plain.alignment = Alignment(vertical="top")
        self._text = WriteOnlyCell(sheet)
        self._text.alignment = Alignment(vertical="top", wrap_text=True)
        self._head = WriteOnlyCell(sheet)
        self._head.alignment = Alignment(vertical="top", wrap_text=True)
        self._head.font, self._head.fill = Font(bold=True), _FILL

    def head(self, text: str) -> Any:
        """Write a heading."""
        return self._copied(self._head, spreadsheet(text))

    def value(self, value: Value) -> Any:
        """Write a value; a text that looks like a formula stays a text."""
        if isinstance(value, str):
            return self._copied(self._text, spreadsheet(value)[:_LONGEST])
        return self._copied(self._plain, value)

    @staticmethod
    def _copied(cell: Any, value: Value) -> Any:
        made = copy(cell)
        made.value = value
        return made


def _steady(content: bytes) -> bytes:
    """Take the time of writing out of an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, _MODIFIED.sub(b"", old.read(name)))
    return out.getvalue()
