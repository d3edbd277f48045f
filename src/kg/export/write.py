"""Carry out an export: find what is asked for, and hand it to the writer of its format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Final

import pyoxigraph as ox
from rapidfuzz import process

from kg.errors import CallerError
from kg.export.content import Content
from kg.export.csvw import write_csvw
from kg.export.entries import Scheme
from kg.export.forms import FORMS, Export
from kg.export.graph import write_graph
from kg.export.graphml import write_graphml
from kg.export.jskos import write_jskos, write_jskos_mappings
from kg.export.rdf import write_triples
from kg.export.skos import SKOS_PREFIXES
from kg.export.skosxl import XL_PREFIXES
from kg.export.sssom import write_sssom
from kg.export.tables import write_csv
from kg.export.tbx import write_tbx
from kg.export.xlsx import write_xlsx
from kg.snapshot import Manifest
from kg.vocab import AISI, BASE, GRAPH, SKOS


@dataclass(frozen=True)
class _Job:
    """An export with what it is made of and the scheme or actor that was named."""

    export: Export
    content: Content
    scheme: ox.NamedNode | None
    actor: ox.NamedNode | None

    @property
    def manifest(self) -> Manifest:
        return self.content.snapshot.manifest

    @property
    def graph(self) -> ox.NamedNode:
        """Name the graph that syntaxes with named graphs put an export into."""
        part = self.scheme or self.actor
        name = f"/{_last(part.value)}" if part else ""
        return ox.NamedNode(f"{GRAPH}export/{self.export.what}{name}")

    def schemes(self) -> list[Scheme]:
        return self.content.schemes(self.scheme)


def _last(iri: str) -> str:
    return iri.rstrip("/#").rsplit("/", 1)[-1]


def file_name(export: Export) -> str:
    """Name the file of an export, for example `practice-area.ttl` or `graph.nq`."""
    part = export.scheme or export.actor
    stem = _last(part) if part else export.what
    if part and export.what not in ("skos", "skosxl"):
        stem = f"{export.what}-{stem}"
    return stem + FORMS[export.format].suffix


def write_export(export: Export, content: Content, out: IO[bytes]) -> None:
    """Write one export; the same snapshot gives the same bytes."""
    job = _Job(
        export,
        content,
        scheme=_record(content, export.scheme, "scheme", SKOS + "ConceptScheme"),
        actor=_record(content, export.actor, "actor", AISI + "Actor"),
    )
    _WRITERS.get(export.format, _RDF[export.what])(job, out)


def _write_skos(job: _Job, out: IO[bytes]) -> None:
    write_triples(job.content.skos(job.scheme), job.export.format, out, job.graph, SKOS_PREFIXES)


def _write_skosxl(job: _Job, out: IO[bytes]) -> None:
    syntax = "turtle" if job.export.format == "skosxl" else job.export.format
    write_triples(job.content.skosxl(job.scheme), syntax, out, job.graph, XL_PREFIXES)


def _write_activities(job: _Job, out: IO[bytes]) -> None:
    write_triples(job.content.activities(job.actor), job.export.format, out, job.graph)


def _write_mappings(job: _Job, out: IO[bytes]) -> None:
    write_triples(job.content.mapping_records(), job.export.format, out, job.graph)


def _write_graph(job: _Job, out: IO[bytes]) -> None:
    write_graph(job.content.snapshot, job.export.format, out)


def _write_jskos(job: _Job, out: IO[bytes]) -> None:
    if job.export.what == "mappings":
        write_jskos_mappings(job.content.mappings(), out)
    else:
        write_jskos(job.schemes(), job.manifest, out)


def _write_csvw(job: _Job, out: IO[bytes]) -> None:
    table = file_name(job.export.model_copy(update={"format": "csv"}))
    write_csvw(job.schemes(), job.manifest, table, out)


_Writer = Callable[[_Job, IO[bytes]], None]
_RDF: Final[dict[str, _Writer]] = {
    "skos": _write_skos,
    "skosxl": _write_skosxl,
    "activities": _write_activities,
    "mappings": _write_mappings,
    "graph": _write_graph,
}
_WRITERS: Final[dict[str, _Writer]] = {
    "skosxl": _write_skosxl,
    "csv": lambda job, out: write_csv(job.schemes(), out),
    "csvw": _write_csvw,
    "xlsx": lambda job, out: write_xlsx(job.schemes(), job.manifest, out),
    "tbx": lambda job, out: write_tbx(job.schemes(), job.manifest, "dca", out),
    "tbx-dct": lambda job, out: write_tbx(job.schemes(), job.manifest, "dct", out),
    "sssom": lambda job, out: write_sssom(job.content.mappings(), job.manifest, out),
    "jskos": _write_jskos,
    "graphml": lambda job, out: write_graphml(job.content.store, job.manifest, out),
}


def _record(content: Content, name: str | None, kind: str, class_: str) -> ox.NamedNode | None:
    """Find a scheme or an actor by its IRI or by the last part of it."""
    if name is None:
        return None
    known = content.instances(class_)
    for iri in (name, f"{BASE}{kind}/{name}", BASE + name):
        if iri in known:
            return ox.NamedNode(iri)
    near = [_last(hit[0]) for hit in process.extract(f"{BASE}{kind}/{name}", sorted(known), limit=3)]
    raise CallerError(f"There is no {kind} {name}; the nearest are {', '.join(near) or 'none'}.")
