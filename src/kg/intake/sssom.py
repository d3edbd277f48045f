"""Read SSSOM/TSV: the head with its prefixes, and a mapping for every row."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import DataError
from kg.export.sssom import OTHER_COMMENT
from kg.intake.citing import Cited
from kg.intake.current import Current
from kg.intake.guard import read_text
from kg.intake.mappings import Match, match_row
from kg.intake.model import Reading, Row, Words
from kg.intake.wording import say
from kg.vocab import PREFIXES

_REQUIRED: Final = ("subject_id", "predicate_id", "object_id")
_TAKEN: Final = (
    *_REQUIRED,
    "record_id",
    "mapping_justification",
    "author_label",
    "confidence",
    "subject_source",
    "object_source",
    "comment",
    "other",
)
_SHOWN: Final = ("subject_label", "object_label", "see_also", "predicate_label")
_PAIR: Final = re.compile(r"^(\s*)(?:-\s+)?([\w.-]+):\s*(.*)$")


_Cells = dict[str, str] | None


@dataclass
class _Head:
    """The head of the file: its prefixes, its facts, and lines that were not understood."""

    prefixes: dict[str, str] = field(default_factory=lambda: dict(PREFIXES))
    facts: dict[str, str] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


def read_sssom(path: Path, current: Current, day: str) -> Reading:
    """Read a mapping set and compare it with the graph."""
    content = read_text(path)
    cited = Cited.file(path, content, day)
    lines = content.decode().split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if start is None:
        raise DataError(f"{path} has no line of column names; check that it is SSSOM/TSV.")
    head = _head([line[1:] for line in lines[:start] if line.startswith("#")])
    names, rows = _rows(path, lines, start)
    ids = Counter(cells["record_id"] for _, cells in rows if cells and cells.get("record_id"))
    found = [_row(number, cells, ids, head, current, cited) for number, cells in rows]
    remarks = [say("head not read", line=line) for line in head.strange]
    remarks += [say("unknown column", name=name) for name in names if name and name not in (*_TAKEN, *_SHOWN)]
    return Reading("sssom", tuple(found), tuple(remarks), tuple(cited.source_triples()))


def _head(lines: list[str]) -> _Head:
    """Read the part of YAML that SSSOM heads are written in: facts, and the prefixes below curie_map."""
    head, inside = _Head(), ""
    for line in lines:
        found = _PAIR.match(line.rstrip("\r"))
        if not line.strip() or line.strip() == "---" or (line.lstrip().startswith("- ") and inside):
            continue
        if not found:
            head.strange.append(line.strip())
        elif not found.group(1):
            inside = found.group(2)
            head.facts[inside] = _scalar(found.group(3))
        elif inside == "curie_map":
            head.prefixes[found.group(2)] = _scalar(found.group(3))
    return head


def _scalar(text: str) -> str:
    """Read a value with or without quotation marks."""
    text = text.strip()
    if text.startswith('"') and text.endswith('"'):
        try:
            return str(json.loads(text))
        except json.JSONDecodeError:
            return text.strip('"')
    return text.strip("'")


def _rows(path: Path, lines: list[str], start: int) -> tuple[list[str], list[tuple[int, _Cells]]]:
    """Read the table below the head, each row with the number of its line."""
    reader = csv.reader(io.StringIO("\n".join(lines[start:]), newline=""), delimiter="\t", strict=True)
    try:
        names = [name.strip() for name in next(reader)]
        missing = [name for name in _REQUIRED if name not in names]
        if missing:
            raise DataError(f"{path}, line {start + 1}: no column {', '.join(missing)}; SSSOM/TSV needs it.")
        return names, [(start + reader.line_num, _cells(names, cells)) for cells in reader if any(cells)]
    except csv.Error as error:
        raise DataError(
            f"{path}, line {start + reader.line_num}: broken table: {error}; check the quotation marks."
        ) from error


def _cells(names: list[str], cells: list[str]) -> _Cells:
    """Name the cells of a row, or give nothing where there are too many."""
    if len(cells) > len(names):
        return None
    return dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=True))


def _row(
    number: int,
    cells: _Cells,
    ids: Counter[str],
    head: _Head,
    current: Current,
    cited: Cited,
) -> Row:
    where = f"line {number}"
    if cells is None:
        return Row(where, "", refused=say("too many cells"))
    refused = _refusal(cells, ids, head)
    if refused is not None:
        return Row(where, cells["subject_id"], refused=refused)
    return match_row(_match(cells, head), where, current, cited, _remarks(cells))


def _refusal(cells: dict[str, str], ids: Counter[str], head: _Head) -> Words | None:
    for name in _REQUIRED:
        if not cells[name]:
            return say("empty cell", name=name)
        if _expand(cells[name], head) is None:
            return say("unknown prefix", curie=cells[name])
    if cells.get("predicate_modifier"):
        return say("predicate modifier", value=cells["predicate_modifier"])
    if ids.get(cells.get("record_id", ""), 0) > 1:
        return say("record twice", record=cells["record_id"])
    return None


def _expand(curie: str, head: _Head) -> str | None:
    if re.match(r"^(https?://|urn:)", curie):
        return curie
    prefix, colon, local = curie.partition(":")
    return head.prefixes[prefix] + local if colon and prefix in head.prefixes else None


def _match(cells: dict[str, str], head: _Head) -> Match:
    def iri(name: str) -> str:
        value = cells.get(name) or head.facts.get(name, "")
        return _expand(value, head) or value

    return Match(
        subject=iri("subject_id"),
        predicate=iri("predicate_id"),
        object=iri("object_id"),
        subject_source=iri("subject_source"),
        object_source=iri("object_source"),
        justification=iri("mapping_justification") or Match.justification,
        authors=tuple(
            part.replace("\\|", "|") for part in re.split(r"(?<!\\)\|", cells.get("author_label", "")) if part
        ),
        confidence=cells.get("confidence", "").strip(),
        comments=tuple(_comments(cells)),
        record=iri("record_id"),
        form=cells.get("object_label", "") or cells["object_id"],
    )


def _comments(cells: dict[str, str]) -> list[ox.Literal]:
    found = [ox.Literal(cells["comment"], language="en")] if cells.get("comment") else []
    other = cells.get("other", "")
    if other.startswith(OTHER_COMMENT):
        found.append(ox.Literal(other.removeprefix(OTHER_COMMENT), language="ja"))
    return found


def _remarks(cells: dict[str, str]) -> tuple[Words, ...]:
    lost = [name for name, cell in cells.items() if cell and name not in (*_TAKEN, *_SHOWN)]
    other = cells.get("other", "")
    if other and not other.startswith(OTHER_COMMENT):
        lost.append("other")
    return tuple(say("cell not taken", name=name, value=cells[name]) for name in lost)
