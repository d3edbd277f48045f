"""Tell what kind of file this is and hand it to its reader."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import CallerError
from kg.intake.citing import Cited
from kg.intake.current import Current
from kg.intake.guard import read_text
from kg.intake.jskos import read_jskos
from kg.intake.layer import read_layer
from kg.intake.model import Reading
from kg.intake.oscal import read_oscal
from kg.intake.rdf import SUFFIXES, read_rdf
from kg.intake.skos import read_skos
from kg.intake.sssom import read_sssom
from kg.intake.tables import read_csv, read_table
from kg.intake.tbx import read_tbx
from kg.intake.workbook import read_xlsx

_ENDINGS: Final = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".tsv": "sssom",
    ".sssom": "sssom",
    ".tbx": "tbx",
    ".ndjson": "jskos",
    **{ending: "skos" for ending in SUFFIXES if ending != ".json"},
}


@dataclass(frozen=True)
class Order:
    """What the caller asks for: the file, its kind if it is said, the day of reading, an activity for layers."""

    path: Path
    kind: str | None
    day: str
    activity: str | None = None


def read_file(order: Order, current: Current) -> Reading:
    """Read a file of any kind and compare it with the graph."""
    return KINDS[kind_of(order)](order, current)


def kind_of(order: Order) -> str:
    """Tell the kind: what the caller says, else what the ending or the keys of JSON say."""
    kind = order.kind or _ENDINGS.get(order.path.suffix.lower())
    if kind is None and order.path.suffix.lower() == ".json":
        kind = _kind_of_json(order.path)
    if kind is None:
        raise CallerError(f"The ending of {order.path} names no kind; say it: --as {'|'.join(KINDS)}.")
    return kind


def _kind_of_json(path: Path) -> str | None:
    try:
        document = json.loads(read_text(path))
    except (ValueError, RecursionError):
        return "jskos"  # one object a line, or broken: its reader says where
    keys = document.keys() if isinstance(document, dict) else set()
    if "techniques" in keys:
        return "layer"
    if "mapping-collection" in keys:
        return "oscal"
    if "@graph" in keys or "@id" in keys:
        return "skos"
    return "jskos" if isinstance(document, list) or "uri" in keys else None


def _skos(order: Order, current: Current) -> Reading:
    file = read_rdf(order.path)
    return read_skos(file, current, Cited.file(order.path, file.content, order.day))


def _csv(order: Order, current: Current) -> Reading:
    content, lines = read_csv(order.path)
    return read_table(lines, current, Cited.file(order.path, content, order.day))


def _xlsx(order: Order, current: Current) -> Reading:
    content, lines = read_xlsx(order.path)
    return read_table(lines, current, Cited.file(order.path, content, order.day))


KINDS: Final[dict[str, Callable[[Order, Current], Reading]]] = {
    "skos": _skos,
    "sssom": lambda order, current: read_sssom(order.path, current, order.day),
    "xlsx": _xlsx,
    "csv": _csv,
    "tbx": lambda order, current: read_tbx(order.path, current, order.day),
    "jskos": lambda order, current: read_jskos(order.path, current, order.day),
    "layer": lambda order, current: read_layer(order.path, current, order.day, order.activity),
    "oscal": lambda order, current: read_oscal(order.path, current, order.day),
}
