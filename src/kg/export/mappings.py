"""Mapping records as they lie in the graph, for SSSOM and JSKOS."""

from collections.abc import Iterable

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict

from kg.catalog import load_query
from kg.store import Row, Store
from kg.vocab import PREFIXES

NO_TERM = PREFIXES["sssom"] + "NoTermFound"


class Mapping(BaseModel):
    """One mapping: which concept stands how to which other, or that there is none."""

    model_config = ConfigDict(frozen=True)

    iri: str
    subject: str
    subject_label: str
    subject_source: str
    predicate: str
    object: str
    object_label: str
    object_source: str
    justification: str
    confidence: str
    authors: tuple[str, ...]
    comments: dict[str, str]
    citations: tuple[str, ...]

    @property
    def set_name(self) -> str:
        """Give the set that the mapping belongs to, the last part but one of its IRI."""
        parts = self.iri.rsplit("/", 2)
        return parts[-2] if len(parts) == 3 else ""


def read_mappings(store: Store) -> list[Mapping]:
    """Read all mapping records in the order of their IRIs."""
    found: dict[str, list[Row]] = {}
    for row in store.select(load_query("export/mappings").text):
        found.setdefault(row["mapping"].value, []).append(row)
    return [_mapping(iri, rows) for iri, rows in sorted(found.items())]


def _mapping(iri: str, rows: list[Row]) -> Mapping:
    comments = {row["comment"] for row in rows if "comment" in row}
    return Mapping(
        iri=iri,
        subject=_one(rows, "subject"),
        subject_label=_one(rows, "subjectLabel"),
        subject_source=_one(rows, "subjectSource"),
        predicate=_one(rows, "predicate"),
        object=_one(rows, "object"),
        object_label=_one(rows, "objectLabel"),
        object_source=_one(rows, "objectSource"),
        justification=_one(rows, "justification"),
        confidence=_one(rows, "confidence"),
        authors=_all(rows, "author"),
        comments={
            term.language or "": term.value
            for term in sorted(comments, key=str)
            if isinstance(term, ox.Literal)
        },
        citations=_all(rows, "citation"),
    )


def _one(rows: Iterable[Row], name: str) -> str:
    return min((row[name].value for row in rows if name in row), default="")


def _all(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({row[name].value for row in rows if name in row}))
