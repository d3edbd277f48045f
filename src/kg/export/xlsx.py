"""The table of concepts as a workbook: texts are texts, never formulas; equal input gives equal bytes."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from typing import IO, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from kg.errors import DataError
from kg.export.entries import Scheme
from kg.export.rdf import require_xml
from kg.export.tables import COLUMNS, EDITABLE, rows
from kg.export.version import CREATOR_NAME, LICENCE, ours
from kg.snapshot import Manifest

SHEET: Final = "terms"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NEVER: Final = b"1980-01-01T00:00:00Z"
_WIDTHS: Final = {"concept": 48, "definition": 60, "prefLabel": 32, "altLabel": 32, "scopeNote": 40}
_FILLED_IN: Final = PatternFill("solid", fgColor="FFF6DC")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_BOLD: Final = Font(bold=True)
_FORMULA: Final = ("=", "+", "-", "@")
_LONGEST: Final = 32_767
_TEXT: Final = "@"  # what is typed into such a cell stays a text: 7.10 no number, 1-2 no date, =x no formula
_HELP: Final = {
    "en": "Fill in the shaded columns, one row for each concept and language; leave the others as they are. "
    "Several values in a cell are parted by a bar (|). Give the file back with: kg import FILE.xlsx",
    "ja": "色付きの列に記入してください。一行が一つの概念・一つの言語です。他の列は変えないでください。"
    "一つのセルに複数の値を書くときは縦棒（|）で区切ります。取り込み: kg import FILE.xlsx",
}


def write_xlsx(schemes: Sequence[Scheme], manifest: Manifest, out: IO[bytes]) -> None:
    """Write the workbook."""
    book = Workbook(write_only=True)
    _write_terms(book, schemes)
    _write_about(book, schemes, manifest)
    draft = io.BytesIO()
    book.save(draft)
    _repack(draft, out)


def _write_terms(book: Workbook, schemes: Iterable[Scheme]) -> None:
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "E2"
    for number, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[_letter(number)].width = _WIDTHS.get(name, 16)
    heads = [_style(sheet, bold=True, shaded=name in EDITABLE) for name in COLUMNS]
    sheet.append([_cell(sheet, name, head) for name, head in zip(COLUMNS, heads, strict=True)])
    styles = {name: _style(sheet, shaded=name in EDITABLE) for name in COLUMNS}
    table = list(rows(schemes))
    sheet.auto_filter.ref = f"A1:{_letter(len(COLUMNS))}{len(table) + 1}"
    for row in table:
        sheet.append(
            [
                _cell(sheet, row[name], style, row["concept"]) if row[name] or name in EDITABLE else None
                for name, style in styles.items()
            ]
        )


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1)


def _style(sheet: Any, *, bold: bool = False, shaded: bool = False) -> Any:
    """Make a style once, for many cells to share: to set fill and font on each takes half of the time."""
    cell: Any = WriteOnlyCell(sheet)
    cell.number_format = _TEXT
    if bold:
        cell.font = _BOLD
    if shaded:
        cell.fill, cell.alignment = _FILLED_IN, _WRAPPED
    return cell._style


def _cell(sheet: Any, text: str, style: Any, where: str = "") -> Any:
    if len(text) > _LONGEST:
        raise DataError(f"A text of {where} is longer than the {_LONGEST} characters of a cell; export CSV.")
    cell: Any = WriteOnlyCell(sheet, value=require_xml(text, where))
    cell.data_type = "s"  # a text that begins with an equals sign stays a text
    cell._style = copy(style)
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def _write_about(book: Workbook, schemes: Sequence[Scheme], manifest: Manifest) -> None:
    sheet = book.create_sheet("about")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 100
    facts = {
        "snapshot": manifest.version,
        "issued": manifest.issued,
        **({"license": LICENCE, "creator": CREATOR_NAME} if ours(scheme.iri for scheme in schemes) else {}),
        **{f"help ({lang})": text for lang, text in _HELP.items()},
        **{f"column {name}": f"{title['en']} / {title['ja']}" for name, title in COLUMNS.items()},
        **{f"scheme {scheme.name}": " / ".join(scheme.title.values()) for scheme in schemes},
    }
    bold, plain = _style(sheet, bold=True), _style(sheet)
    for name, text in facts.items():
        sheet.append([_cell(sheet, name, bold), _cell(sheet, text, plain)])


def _repack(draft: io.BytesIO, out: IO[bytes]) -> None:
    """Pack the workbook again without the moment at which it was made."""
    with zipfile.ZipFile(draft) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in made.infolist():
            content = made.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _NEVER, content)
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(fixed, content)
