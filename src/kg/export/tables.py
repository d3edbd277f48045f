"""Concepts as a table: one row for each concept and language, which a translator can fill in and give back."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO, Final

from kg.export.entries import Entry, Scheme

SEPARATOR: Final = "|"
EDITABLE: Final = ("prefLabel", "altLabel", "hiddenLabel", "definition", "scopeNote")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

COLUMNS: Final[dict[str, dict[str, str]]] = {
    "concept": {"en": "Concept IRI", "ja": "概念IRI"},
    "scheme": {"en": "Scheme IRI", "ja": "体系IRI"},
    "notation": {"en": "Notation", "ja": "記号"},
    "language": {"en": "Language", "ja": "言語"},
    "prefLabel": {"en": "Preferred label", "ja": "優先名称"},
    "altLabel": {"en": "Alternative labels", "ja": "別名"},
    "hiddenLabel": {"en": "Hidden labels and readings", "ja": "非表示の名称と読み"},
    "definition": {"en": "Definition", "ja": "定義"},
    "scopeNote": {"en": "Scope note", "ja": "範囲の注記"},
    "definitionKind": {"en": "Kind of definition", "ja": "定義の種別"},
    "definitionSource": {"en": "Source of the definition", "ja": "定義の典拠"},
    "source": {"en": "Sources of the concept", "ja": "概念の典拠"},
    "broader": {"en": "Broader concepts", "ja": "上位概念"},
    "related": {"en": "Related concepts", "ja": "関連概念"},
    "deprecated": {"en": "Deprecated", "ja": "廃止"},
    "replacedBy": {"en": "Replaced by", "ja": "置き換え先"},
}
MANY: Final = (
    *("notation", "altLabel", "hiddenLabel", "definitionSource", "source", "broader", "related"),
    "replacedBy",
)


def rows(schemes: Iterable[Scheme]) -> Iterator[dict[str, str]]:
    """Give the rows of the table, in the order of scheme, concept and language."""
    for scheme in schemes:
        for entry in scheme.entries:
            for lang in entry.languages():
                yield _row(entry, lang)


def _row(entry: Entry, lang: str) -> dict[str, str]:
    definitions = entry.definitions_in(lang)
    first = definitions[0] if definitions else None
    return {
        "concept": entry.iri,
        "scheme": entry.scheme,
        "notation": join(entry.notations),
        "language": lang,
        "prefLabel": join(entry.text("prefLabel", lang)),
        "altLabel": join(entry.text("altLabel", lang)),
        "hiddenLabel": join(_tagged(entry, lang)),
        "definition": first.text if first else "",
        "scopeNote": "\n".join(entry.text("scopeNote", lang)),
        "definitionKind": first.kind if first else "",
        "definitionSource": join(ref.words(lang) for ref in first.references) if first else "",
        "source": join(ref.words(lang) for ref in entry.references),
        "broader": join(entry.links.get("broader", ())),
        "related": join(entry.links.get("related", ())),
        "deprecated": "true" if entry.deprecated else "",
        "replacedBy": join(entry.links.get("isReplacedBy", ())),
    }


def _tagged(entry: Entry, lang: str) -> Iterator[str]:
    """Give hidden labels; a reading carries its tag after an at sign, as in `リスク@ja-Kana`."""
    for tag, values in sorted(entry.texts.get("hiddenLabel", {}).items()):
        if tag == lang:
            yield from values
        elif tag.split("-")[0] == lang:
            yield from (f"{value}@{tag}" for value in values)


def join(values: Iterable[str]) -> str:
    r"""Put several values into one cell; a bar inside a value is written as \|.

    >>> join(["hazard", "a | b"])
    'hazard|a \\| b'
    """
    return SEPARATOR.join(
        value.replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR) for value in values
    )


def neutral(cell: str) -> str:
    """Keep a spreadsheet from taking a text as a formula: an apostrophe goes before it.

    >>> neutral("=SUM(A1)"), neutral("'quoted'"), neutral("risk")
    ("'=SUM(A1)", "''quoted'", 'risk')
    """
    return "'" + cell if cell.startswith((*_FORMULA, "'")) else cell


def write_csv(schemes: Iterable[Scheme], out: IO[bytes]) -> None:
    """Write CSV as spreadsheets expect it: UTF-8 with a byte order mark, formulas made harmless."""
    out.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: neutral(cell) for name, cell in row.items()} for row in rows(schemes))
    text.detach()
