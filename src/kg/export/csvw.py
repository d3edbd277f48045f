"""CSV on the Web metadata: what the columns of the table mean."""

import json
from collections.abc import Sequence
from typing import IO, Final

from kg.export.entries import Scheme
from kg.export.tables import COLUMNS, MANY, SEPARATOR
from kg.export.version import LICENCE, ours
from kg.snapshot import Manifest

# A conversion to RDF can say no more than this: a column cannot take its language from another one, nor make links of
# several values. Whoever wants the rest in RDF takes the SKOS.
_PROPERTIES: Final = {
    "scheme": "skos:inScheme",
    "notation": "skos:notation",
    "deprecated": "owl:deprecated",
}
_LINKS: Final = {"scheme": "{+scheme}"}
_DATATYPES: Final = {
    "deprecated": "boolean",
    **dict.fromkeys(("concept", "scheme", "broader", "related", "replacedBy"), "anyURI"),
}
_KEY: Final = ("concept", "language")


def write_csvw(schemes: Sequence[Scheme], manifest: Manifest, url: str, out: IO[bytes]) -> None:
    """Write the metadata of the table at `url`."""
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": _titles(schemes),
        **({"dc:license": {"@id": LICENCE}} if ours(scheme.iri for scheme in schemes) else {}),
        "dc:issued": manifest.issued,
        "dc:identifier": manifest.version,
        "rdfs:comment": (
            "Several values in a cell are parted by a bar; a bar inside a value is written \\|. "
            "A cell that a spreadsheet could take for a formula begins with an apostrophe. "
            "Language is the language of the texts of a row. Every value is text: a spreadsheet that opens the table "
            "itself makes numbers and dates of notations such as 7.1 or 1-2; the workbook (XLSX) keeps them."
        ),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "aboutUrl": "{+concept}",
            "columns": [_column(name) for name in COLUMNS],
            "primaryKey": list(_KEY),
        },
    }
    out.write((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())


def _titles(schemes: Sequence[Scheme]) -> list[dict[str, str]]:
    titles = schemes[0].title if len(schemes) == 1 else {"ja": "AIセーフティ用語", "en": "AI safety terms"}
    return [{"@value": title, "@language": lang} for lang, title in sorted(titles.items())]


def _column(name: str) -> dict[str, object]:
    column: dict[str, object] = {
        "name": name,
        "titles": name,
        "dc:description": [
            {"@value": text, "@language": lang} for lang, text in sorted(COLUMNS[name].items())
        ],
        "datatype": _DATATYPES.get(name, "string"),
    }
    if name in MANY:
        column["separator"] = SEPARATOR
    if name in _KEY:
        column["required"] = True
    if name in _LINKS:
        column["valueUrl"] = _LINKS[name]
    if name in _PROPERTIES:
        column["propertyUrl"] = _PROPERTIES[name]
    else:
        column["suppressOutput"] = True
    return column
