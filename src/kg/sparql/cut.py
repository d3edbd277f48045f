"""Hold the bounds on rows and bytes: stop the engine early, end the document well, say that it is cut."""

import bisect
import io
import json
import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.sparql.messages import Cut

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

JSON: Final = ox.QueryResultsFormat.JSON
XML: Final = ox.QueryResultsFormat.XML
CSV: Final = ox.QueryResultsFormat.CSV

# A quotation mark after a brace is never part of a string: inside strings it is escaped, and after
# the end of a string no name with a colon can follow.
_JSON_ROW: Final = re.compile(rb',\{"[^"\\]*":\{')
_JSON_PIECE: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}]')
_JSON_ROWS_BEGIN: Final = b'"bindings":['
_CSV_PIECE: Final = re.compile(rb'"[^"]*"|\r\n')
_MARKS: Final = {JSON: b',{"', XML: b"<result>", CSV: b"\r\n"}


class LimitReachedError(Exception):
    """The engine has given as much as is allowed."""


class BoundedRows(io.BytesIO):
    """A file for the engine to write rows to, which stops it at the bounds."""

    def __init__(self, form: ox.QueryResultsFormat, rows: int, size: int) -> None:
        super().__init__()
        self.form = form
        self.rows = rows
        self.size = size
        self._mark = _MARKS.get(form, b"\n")
        self._seen = 0

    def write(self, piece: "ReadableBuffer", /) -> int:
        """Take a piece of the document."""
        data = bytes(piece)
        super().write(data)
        self._seen += data.count(self._mark)
        if self.tell() > self.size:
            raise LimitReachedError
        if self._seen > self.rows:
            self._seen = len(row_starts(self.form, self.getvalue()))  # marks inside values count no longer
            if self._seen > self.rows:
                raise LimitReachedError
        return len(data)


def finish(rows: BoundedRows) -> tuple[bytes, int, Cut]:
    """Give the document, the number of its rows, and by which bound it was cut."""
    document = rows.getvalue()
    starts = row_starts(rows.form, document)
    over = len(document) > rows.size
    if len(starts) <= rows.rows and not over:
        return document, len(starts), ""
    kept = rows.rows
    cut: Cut = "rows"
    if over:
        kept = max(0, min(kept, bisect.bisect_right(starts, rows.size) - 1))
        cut = "bytes" if kept < rows.rows else "rows"
    end = starts[kept] if kept < len(starts) else len(document)
    return document[:end] + _ending(rows.form, kept, cut), kept, cut


def row_starts(form: ox.QueryResultsFormat, document: bytes) -> list[int]:
    """Give the places where a complete document of the same head could be ended before a row."""
    if form == JSON:
        return _json_starts(document)
    if form == XML:
        return [match.start() for match in re.finditer(b"<result>", document)]
    ends = _csv_ends(document) if form == CSV else [match.end() for match in re.finditer(b"\n", document)]
    return [end for end in ends if end < len(document)]


def _json_starts(document: bytes) -> list[int]:
    begin = document.find(_JSON_ROWS_BEGIN) + len(_JSON_ROWS_BEGIN)
    if begin < len(_JSON_ROWS_BEGIN) or document[begin : begin + 1] != b"{":
        return []
    if document.find(b"{}", begin) >= 0:  # perhaps rows without any value, perhaps a string
        return _json_starts_slowly(document, begin)
    return [begin, *(match.start() for match in _JSON_ROW.finditer(document, begin))]


def _json_starts_slowly(document: bytes, begin: int) -> list[int]:
    starts: list[int] = []
    depth = 0
    for match in _JSON_PIECE.finditer(document, begin):
        piece = match.group()
        if piece == b"{":
            if depth == 0:
                starts.append(match.start() - (1 if starts else 0))
            depth += 1
        elif piece == b"}":
            depth -= 1
    return starts


def _csv_ends(document: bytes) -> list[int]:
    return [match.end() for match in _CSV_PIECE.finditer(document) if match.group() == b"\r\n"]


def cut_message(kept: int, cut: Cut) -> str:
    """Say in one sentence that an answer is not whole."""
    what = "rows" if cut == "rows" else "bytes"
    return (
        f"Cut after {kept} results by the limit on {what}; "
        "ask for less, or page with ORDER BY, LIMIT and OFFSET."
    )


def _ending(form: ox.QueryResultsFormat, kept: int, cut: Cut) -> bytes:
    message = cut_message(kept, cut)
    if form == JSON:
        return b"]}," + _json_note(kept, cut) + b"}"
    if form == XML:
        return f"</results><!-- {message} --></sparql>".encode()
    return f"# {message}\r\n".encode() if form == CSV else f"# {message}\n".encode()


def _json_note(kept: int, cut: Cut) -> bytes:
    note = {"by": cut, "results": kept, "message": cut_message(kept, cut)}
    return b'"cut":' + json.dumps(note).encode()


def mark_graph(document: bytes, form: ox.RdfFormat, kept: int, cut: Cut) -> bytes:
    """Say at the end of a graph document that triples are missing."""
    if form == ox.RdfFormat.JSON_LD:
        return b'{"@graph":' + document.strip() + b"," + _json_note(kept, cut) + b"}"
    if form == ox.RdfFormat.RDF_XML:
        return document + f"\n<!-- {cut_message(kept, cut)} -->\n".encode()
    return document + f"# {cut_message(kept, cut)}\n".encode()
