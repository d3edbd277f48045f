"""The statements of a snapshot as one sorted stream, so that an export never holds the whole graph."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.snapshot import N_QUADS, Snapshot
from kg.vocab import SHAPES_GRAPH

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Description = tuple[Subject, list[ox.Triple]]


def canonical_lines(snapshot: Snapshot) -> Iterator[bytes]:
    """Give the canonical N-Quads of a snapshot, block by block as they lie in the file."""
    try:
        with gzip.open(snapshot.path / N_QUADS) as file:
            while block := file.read(1 << 20):
                yield block
    except OSError as error:
        raise StoreError(f"{snapshot.path / N_QUADS} cannot be read; build it again: kg build.") from error


def all_quads(snapshot: Snapshot) -> Iterator[ox.Quad]:
    """Give all quads in the order of the canonical lines: by subject."""
    try:
        with gzip.open(snapshot.path / N_QUADS) as file:
            yield from ox.parse(cast(IO[bytes], file), ox.RdfFormat.N_QUADS)
    except OSError as error:
        raise StoreError(f"{snapshot.path / N_QUADS} cannot be read; build it again: kg build.") from error


def union_triples(snapshot: Snapshot) -> Iterator[ox.Triple]:
    """Give ontology, data and inferences as one graph: each triple once, by subject; the shapes left out."""
    last: ox.Triple | None = None
    for quad in all_quads(snapshot):
        if quad.graph_name == SHAPES_GRAPH:
            continue
        triple = quad.triple
        if triple != last:  # the same triple of two graphs stands on neighbouring lines
            yield triple
            last = triple


def descriptions(triples: Iterable[ox.Triple]) -> Iterator[Description]:
    """Group sorted triples by subject."""
    for subject, group in groupby(triples, key=_subject):
        yield subject, list(group)


def _subject(triple: ox.Triple) -> Subject:
    return triple.subject


def chosen(snapshot: Snapshot, wanted: Callable[[Subject], bool]) -> Iterator[ox.Triple]:
    """Give the triples of the subjects that are wanted."""
    return (triple for triple in union_triples(snapshot) if wanted(triple.subject))
