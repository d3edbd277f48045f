"""What a file of others must not be: gigantic, of another encoding, or with declarations that fetch or explode."""

import re
from pathlib import Path
from typing import Final

from kg.errors import DataError
from kg.load import read_bytes

LARGEST: Final = 1 << 30
_BOM: Final = b"\xef\xbb\xbf"
_ZIP: Final = b"PK\x03\x04"
_JAPANESE: Final = re.compile("[\u3041-\u30fe\u4e00-\u9fff]{2}")
_OTHER_ENCODINGS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def read_text(path: Path) -> bytes:
    """Read a file of text: UTF-8 without a byte order mark, and no larger than we take."""
    refuse_gigantic(path)
    content = read_bytes(path)
    for mark, name in _OTHER_ENCODINGS.items():
        if content.startswith(mark):
            raise DataError(f"{path} is {name}; save it as UTF-8.")
    if content.startswith(_ZIP):
        raise DataError(f"{path} is a zip file, such as a workbook; let its name end in .xlsx, or unpack it.")
    content = content.removeprefix(_BOM)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        where = f"{path}, line {line_at(content, error.start)}"
        raise DataError(f"{where}: not UTF-8{_looks_like(content, error.start)}") from error
    if b"\0" in content:
        raise DataError(
            f"{path}, line {line_at(content, content.index(0))}: a NUL character, as in UTF-16 or a broken copy; "
            "save the file as UTF-8."
        )
    if not content.strip():
        raise DataError(f"{path} is empty; check that it was saved or downloaded to the end.")
    return content


def _looks_like(content: bytes, fault: int) -> str:
    """Say what a text that is not UTF-8 looks like, and what to do."""
    if any(byte > 127 for byte in content[:fault]):
        return ", though the lines before are: encodings are mixed; save the whole file as UTF-8."
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        return "; save the file as UTF-8."
    if _JAPANESE.search(text):
        return " but Shift_JIS, as Japanese spreadsheets save CSV; save it as «CSV UTF-8 (comma delimited)»."
    return "; save the file as UTF-8."


def refuse_gigantic(path: Path) -> None:
    """Raise where a file is larger than we take."""
    if path.is_file() and path.stat().st_size > LARGEST:
        raise DataError(f"{path} is larger than {LARGEST >> 20} MiB; split it.")


def refuse_doctype(content: bytes, name: str) -> None:
    """Raise where an XML text declares a document type: entities could fetch files or grow without end."""
    found = _DOCTYPE.search(content)
    if found:
        raise DataError(
            f"{name}, line {line_at(content, found.start())}: a DOCTYPE is not accepted, since its entities could "
            "fetch files or grow without end; write the namespaces out and remove it."
        )
    declared = _DECLARED.match(content)
    if declared and declared.group(1).lower() not in (b"utf-8", b"us-ascii"):
        raise DataError(
            f"{name}, line 1: declared as {declared.group(1).decode('ascii', 'replace')}; save it as UTF-8."
        )


def line_at(content: bytes, position: int) -> int:
    """Give the line of a position, counted from 1."""
    return content.count(b"\n", 0, position) + 1
