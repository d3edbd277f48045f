"""Read the table for translators back: what changed in its editable columns, cell by cell."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import DataError
from kg.export.tables import COLUMNS, EDITABLE, rows
from kg.intake.citing import Cited
from kg.intake.current import Current
from kg.intake.definitions import reworded
from kg.intake.guard import read_text
from kg.intake.model import Reading, Row, Words
from kg.intake.wording import say
from kg.vocab import SKOS

KEY: Final = ("concept", "language")
_SINGLE: Final = ("prefLabel", "definition")
_PROSE: Final = ("definition", "scopeNote")


@dataclass(frozen=True)
class Line:
    """One line of a table: where it stands and its cells by column; `faults` are cells that hold no text."""

    where: str
    cells: Mapping[str, str]
    faults: tuple[Words, ...] = ()


def read_csv(path: Path) -> tuple[bytes, list[Line]]:
    """Read a CSV file: comma, semicolon or tab between the cells, as spreadsheets write it."""
    content = read_text(path)
    text = content.decode()
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    try:
        names = header(next(reader), str(path))
        for cells in reader:
            where = f"line {reader.line_num}"
            if any(cells):
                lines.append(_line(where, names, [plain(cell) for cell in cells]))
    except csv.Error as error:
        raise DataError(
            f"{path}, line {reader.line_num}: broken CSV: {error}; check the quotation marks, "
            "or get the file again if it ends too early."
        ) from error
    return content, lines


def header(cells: Sequence[str], name: str) -> list[str]:
    """Check the first line of a table."""
    names = [cell.strip() for cell in cells]
    missing = [column for column in KEY if column not in names]
    if missing:
        raise DataError(
            f"{name}, line 1: no column {', '.join(missing)}; keep the header of the export: {', '.join(COLUMNS)}."
        )
    twice = [column for column, count in Counter(names).items() if count > 1 and column]
    if twice:
        raise DataError(f"{name}, line 1: column {', '.join(twice)} comes twice; keep one of them.")
    return names


def _line(where: str, names: Sequence[str], cells: Sequence[str]) -> Line:
    faults = () if len(cells) == len(names) else (say("cells", found=len(cells), expected=len(names)),)
    return Line(where, dict(zip(names, cells, strict=False)), faults)


def plain(cell: str) -> str:
    """Take away the apostrophe that the export put before what could be a formula.

    >>> plain("'=SUM(A1)"), plain("'tis"), plain("''tis")
    ('=SUM(A1)', "'tis", "'tis")
    """
    return cell[1:] if cell.startswith(("'=", "'+", "'-", "'@", "''", "'\t", "'\r")) else cell


def split(cell: str) -> list[str]:
    r"""Part a cell into its values.

    >>> split("hazard|a \\| b|")
    ['hazard', 'a | b']
    """
    values, value, escaped = [], "", False
    for character in cell:
        if escaped or character not in "|\\":
            value, escaped = value + character, False
        elif character == "\\":
            escaped = True
        else:
            values.append(value)
            value = ""
    return [found.strip() for found in [*values, value] if found.strip()]


def read_table(lines: Sequence[Line], current: Current, cited: Cited) -> Reading:
    """Compare a table with the graph."""
    known = {(row["concept"], row["language"].lower()): row for row in rows(current.content.schemes(None))}
    counts = Counter(_key(line) for line in lines)
    found = []
    for line in lines:
        refused = _refusal(line, counts, current)
        found.append(
            Row(line.where, line.cells.get("concept", ""), refused=refused)
            if refused
            else _compared(line, known.get(_key(line), {}), current, cited)
        )
    missing = len(set(known) - set(counts))
    remarks = [say("rows missing", count=missing)] if missing else []
    unknown = sorted({name for line in lines for name in line.cells if name and name not in COLUMNS})
    remarks += [say("unknown column", name=name) for name in unknown]
    return Reading("table", tuple(found), tuple(remarks), tuple(cited.source_triples()))


def _key(line: Line) -> tuple[str, str]:
    return line.cells.get("concept", "").strip(), line.cells.get("language", "").strip().lower()


def _refusal(line: Line, counts: Counter[tuple[str, str]], current: Current) -> Words | None:
    concept, lang = _key(line)
    if line.faults:
        return line.faults[0]
    if not concept or not lang:
        return say("no key")
    if counts[concept, lang] > 1:
        return say("row twice", concept=concept, lang=lang)
    if not current.is_concept(concept):
        return say("unknown concept", concept=concept)
    if not _is_language(lang):
        return say("no language", lang=lang)
    return None


def _is_language(tag: str) -> bool:
    try:
        ox.Literal("", language=tag)
    except ValueError:
        return False
    return True


def _compared(line: Line, before: Mapping[str, str], current: Current, cited: Cited) -> Row:
    concept, lang = _key(line)
    adds: list[ox.Triple] = []
    removes: list[ox.Triple] = []
    remarks = [
        say("column not taken", name=name)
        for name in COLUMNS
        if name in line.cells
        and name not in (*EDITABLE, *KEY)
        and _changed(line.cells[name], before.get(name, ""))
    ]
    for name in EDITABLE:
        if name not in line.cells:
            continue
        wanted, had = _values(name, line.cells[name], lang), _values(name, before.get(name, ""), lang)
        refusal = _value_refusal(name, wanted, had, concept, current)
        if refusal:
            remarks.append(refusal)
            continue
        gone, come = [v for v in had if v not in wanted], [v for v in wanted if v not in had]
        removes += [_statement(concept, name, value) for value in gone]
        adds += [_statement(concept, name, value) for value in come]
        if name == "definition" and come:
            more, less = reworded(concept, come[0], gone[0] if gone else None, current, cited, line.where)
            adds, removes = adds + more, removes + less
    if adds:
        adds += cited.cite(concept, line.where, _first_text(adds))
    return Row(line.where, concept, tuple(adds), tuple(removes), tuple(remarks))


def _changed(now: str, before: str) -> bool:
    return now.strip().replace("\r\n", "\n") != before.strip()


def _values(name: str, cell: str, lang: str) -> list[ox.Literal]:
    """Give the texts of a cell; definitions and notes are one text, bars and line ends included."""
    parts = [cell] if name in _PROSE else split(cell)
    texts = [part.strip().replace("\r\n", "\n") for part in parts if part.strip()]
    return [
        _tagged(text, lang) if name == "hiddenLabel" else ox.Literal(text, language=lang) for text in texts
    ]


def _tagged(text: str, lang: str) -> ox.Literal:
    """Read a hidden label; a reading carries its tag after an at sign."""
    form, at, tag = text.rpartition("@")
    if at and tag.lower().split("-")[0] == lang and _is_language(tag):
        return ox.Literal(form, language=tag)
    return ox.Literal(text, language=lang)


def _value_refusal(
    name: str, wanted: list[ox.Literal], had: list[ox.Literal], concept: str, current: Current
) -> Words | None:
    if name in _SINGLE and had and not wanted:
        return say("emptied", name=name)
    if name == "prefLabel" and len(wanted) > 1:
        return say("two preferred", values=" | ".join(value.value for value in wanted))
    if (
        name == "scopeNote"
        and had
        and wanted != had
        and len(current.values(concept, name, had[0].language or "")) > 1
    ):
        return say("several notes")
    kinds = {str(text): kind for _, text, kind in current.definitions.get(concept, [])}
    if name == "definition" and wanted != had and any(kinds.get(str(text)) == "verbatim" for text in had):
        return say("verbatim")
    return None


def _statement(concept: str, name: str, value: ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(concept), ox.NamedNode(SKOS + name), value)


def _first_text(triples: Sequence[ox.Triple]) -> ox.Literal:
    found: Iterator[ox.Literal] = (
        triple.object
        for triple in triples
        if isinstance(triple.object, ox.Literal) and triple.object.language
    )
    return next(found)
