"""The statements of a snapshot as one sorted stream, so that an export never holds the whole graph."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from kg.errors import StoreError
from kg.snapshot import N_QUADS, Snapshot
from kg.vocab import SHAPES_GRAPH

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Description = tuple[Subject, list[ox.Triple]]
Block = tuple[bytes, bytes]

_READ_AT_ONCE = 1 << 20
_PARSED_AT_ONCE = 1 << 18
_SHAPES = f" {SHAPES_GRAPH} .\n".encode()


def canonical_pieces(snapshot: Snapshot) -> Iterator[bytes]:
    """Give the canonical N-Quads of a snapshot as they lie in the file, in pieces that end with a line."""
    rest = b""
    try:
        with gzip.open(snapshot.path / N_QUADS) as file:
            while piece := file.read(_READ_AT_ONCE):
                whole, _, rest_after = (rest + piece).rpartition(b"\n")
                if whole:
                    yield whole + b"\n"
                rest = rest_after
    except OSError as error:
        raise StoreError(f"{snapshot.path / N_QUADS} cannot be read; build it again: kg build.") from error


def blocks(snapshot: Snapshot) -> Iterator[Block]:
    """Give subject by subject its name and its lines, both as they are written in N-Quads; no shapes."""
    lines = (line for line in canonical_lines(snapshot) if not line.endswith(_SHAPES))
    for subject, group in groupby(lines, key=_written_subject):
        yield subject, b"".join(group)


def canonical_lines(snapshot: Snapshot) -> Iterator[bytes]:
    """Give the canonical N-Quads of a snapshot line by line."""
    for piece in canonical_pieces(snapshot):
        yield from piece.splitlines(keepends=True)


def _written_subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]


def union_triples(snapshot: Snapshot, wanted: Callable[[Block], bool] | None = None) -> Iterator[ox.Triple]:
    """Give ontology, data and inferences as one graph: each triple once, by subject, of the blocks wanted."""
    chosen = blocks(snapshot) if wanted is None else filter(wanted, blocks(snapshot))
    last: ox.Triple | None = None
    for quad in _parsed(lines for _, lines in chosen):
        triple = quad.triple
        if triple != last:  # the same triple of two graphs stands on neighbouring lines
            yield triple
            last = triple


def _parsed(texts: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Parse many small texts a good many at a time."""
    waiting: list[bytes] = []
    size = 0
    for text in texts:
        waiting.append(text)
        size += len(text)
        if size > _PARSED_AT_ONCE:
            yield from ox.parse(b"".join(waiting), ox.RdfFormat.N_QUADS)
            waiting, size = [], 0
    yield from ox.parse(b"".join(waiting), ox.RdfFormat.N_QUADS)


def chosen_triples(snapshot: Snapshot, subjects: Iterable[ox.NamedNode]) -> Iterator[ox.Triple]:
    """Give the triples of some subjects."""
    written = {str(subject).encode() for subject in subjects}
    return union_triples(snapshot, lambda block: block[0] in written)


def descriptions(triples: Iterable[ox.Triple]) -> Iterator[Description]:
    """Group sorted triples by subject."""
    for subject, group in groupby(triples, key=_subject):
        yield subject, list(group)


def _subject(triple: ox.Triple) -> Subject:
    return triple.subject
