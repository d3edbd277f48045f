"""What a file of others must not be: gigantic, of another encoding, or with declarations that fetch or explode."""

import re
from pathlib import Path
from typing import Final

from kg.errors import DataError
from kg.load import read_bytes

LARGEST: Final = 1 << 30
_BOM: Final = b"\xef\xbb\xbf"
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
    content = content.removeprefix(_BOM)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path}, line {line_at(content, error.start)}: not UTF-8; save the file as UTF-8."
        ) from error
    if not content.strip():
        raise DataError(f"{path} is empty; check that it was saved or downloaded to the end.")
    return content


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
