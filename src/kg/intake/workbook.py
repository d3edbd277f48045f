"""Read the workbook for translators back; bombs, formulas and cells that a spreadsheet changed are named."""

import zipfile
from pathlib import Path
from typing import Any, Final

import openpyxl

from kg.errors import DataError
from kg.export.xlsx import SHEET
from kg.intake.guard import refuse_doctype, refuse_gigantic
from kg.intake.model import Words
from kg.intake.tables import Line, header
from kg.intake.wording import say
from kg.load import read_bytes

_LARGEST_UNPACKED: Final = 256 << 20
_LARGEST_RATIO: Final = 200
_MOST_PARTS: Final = 2_000
_SMALL: Final = 1 << 20
_NUMBERS: Final = {
    "n": ("number", "数値"),
    "d": ("date", "日付"),
    "b": ("truth value", "真偽値"),
    "e": ("error", "エラー値"),
}


def read_xlsx(path: Path) -> tuple[bytes, list[Line]]:
    """Read the sheet of terms."""
    refuse_gigantic(path)
    content = read_bytes(path)
    _refuse_bomb(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except (KeyError, ValueError, OSError, SyntaxError) as error:
        raise DataError(f"{path} is no readable workbook: {error}; save it again as .xlsx.") from error
    if SHEET not in book.sheetnames:
        raise DataError(
            f"{path} has no sheet {SHEET}, only {', '.join(book.sheetnames)}; name it as exported."
        )
    return content, _lines(book[SHEET], f"{path}, sheet {SHEET}")


def _refuse_bomb(path: Path) -> None:
    """Look at the parts of the archive before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts) or 1
            if (
                size > _LARGEST_UNPACKED
                or len(parts) > _MOST_PARTS
                or (size > _SMALL and size > _LARGEST_RATIO * packed)
            ):
                raise DataError(
                    f"{path} would unpack to {size >> 20} MiB in {len(parts)} parts, which no table of terms needs; "
                    "save only the sheet of terms."
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    refuse_doctype(_start(archive, part), f"{path}, {part.filename}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise DataError(
            f"{path} is no workbook: {error}; save it as .xlsx without a password, "
            "or get the file again if it ends too early."
        ) from error


def _start(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Give the beginning of a part: a document type stands before the first element."""
    with archive.open(part) as file:
        return file.read(1 << 16)


def _lines(sheet: Any, name: str) -> list[Line]:
    rows = sheet.iter_rows()
    names = header([str(cell.value or "") for cell in next(rows, ())], name)
    lines = []
    for number, row in enumerate(rows, start=2):
        cells = {column: _text(cell) for column, cell in zip(names, row, strict=False) if column}
        if any(cells.values()):
            faults = tuple(fault for cell in row if (fault := _fault(cell)) is not None)
            lines.append(Line(f"{SHEET}!{number}", cells, faults))
    return lines


def _text(cell: Any) -> str:
    """Give the text of a cell; a whole number is taken as it was typed."""
    return "" if cell.value is None else str(cell.value).replace("_x000D_", "")


def _fault(cell: Any) -> Words | None:
    if cell.value is None or cell.data_type in ("s", "inlineStr", "str"):
        return None
    if cell.data_type == "f":
        return say("formula", cell=cell.coordinate)
    if cell.data_type == "n" and isinstance(cell.value, int):
        return None
    kind = _NUMBERS.get(cell.data_type, ("value", "値"))
    return say("not text", cell=cell.coordinate, kind=kind[0], kind_ja=kind[1])
