"""Read all labels of a graph."""

from collections import defaultdict

import pyoxigraph as ox

from kg.catalog import load_query
from kg.store import Row, Store
from kg.terms.models import KINDS, Kind, LabelRecord

_READING_LANGUAGES = ("ja-kana", "ja-latn", "ja-hira", "ja-hrkt")
_KINDS: dict[str, Kind] = {kind: kind for kind in KINDS}
_Features = dict[str, list[str]]


def labels_from(store: Store) -> list[LabelRecord]:
    """Give every label of every record that people search for, with what a search may filter by."""
    former = {_key(row) for row in store.select(load_query("terms/former-names").text)}
    features: dict[str, _Features] = defaultdict(lambda: defaultdict(list))
    for row in store.select(load_query("terms/features").text):
        features[row["record"].value][_text(row, "feature")].append(_text(row, "value"))
    for row in store.select(load_query("terms/uses").text):
        features[_text(row, "record")]["uses"].append(_text(row, "uses"))
    rows = store.select(load_query("terms/labels").text)
    labels = {_label(row, features[_text(row, "record")], former=_key(row) in former) for row in rows}
    return sorted(labels, key=lambda one: (one.iri, KINDS.index(one.kind), one.lang, one.label))


def _label(row: Row, features: _Features, *, former: bool) -> LabelRecord:
    lang = _language(row)
    kind = _KINDS["former" if former else _text(row, "kind")]
    return LabelRecord(
        iri=_text(row, "record"),
        label=_text(row, "label"),
        lang=lang,
        kind="reading" if lang.lower() in _READING_LANGUAGES else kind,
        type=_text(row, "type"),
        scheme=next(iter(features["scheme"]), None),
        broader=tuple(features["broader"]),
        deprecated=features["deprecated"] == ["true"],
        replacements=tuple(features["replacement"]),
        general="true" in features["general"],
        uses=int(next(iter(features["uses"]), "0")),
    )


def _key(row: Row) -> tuple[str, str, str]:
    return _text(row, "record"), _text(row, "label"), _language(row)


def _language(row: Row) -> str:
    label = row["label"]
    return label.language or "" if isinstance(label, ox.Literal) else ""


def _text(row: Row, name: str) -> str:
    return str(row[name].value)
