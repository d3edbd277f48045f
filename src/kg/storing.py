"""Write the quads of a snapshot as canonical text and as a store, in a process of its own.

Most of a build is Python, which keeps one processor busy; sorting and writing its quads is work for another.
Run as: python -m kg.storing STORE N_QUADS.gz [GRAPH-LEFT-OUT ...] < QUADS
"""

import gc
import gzip
import hashlib
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

_COMPRESSION = 6  # the highest takes twice the time and saves one byte in seventy


def write_quads(quads: Sequence[ox.Quad], store: Path, file: Path, left_out: Collection[str]) -> str:
    """Write quads to a compressed file and to a new store, and give the SHA-256 of their canonical form.

    The default graph of the store is the union of the named graphs without those left out.
    """
    canonical = canonical_n_quads(quads)
    file.write_bytes(gzip.compress(canonical, _COMPRESSION, mtime=0))
    hidden = {ox.NamedNode(graph) for graph in left_out}
    shown = (quad.triple for quad in quads if quad.graph_name not in hidden)
    union = ox.serialize(shown, format=ox.RdfFormat.N_TRIPLES) or b""
    made = ox.Store(str(store))
    made.bulk_load(canonical + union, ox.RdfFormat.N_QUADS, lenient=True)  # the parser of Turtle was strict
    made.flush()
    made.optimize()
    return hashlib.sha256(canonical).hexdigest()


def canonical_n_quads(quads: Sequence[ox.Quad]) -> bytes:
    """Write quads in the canonical form of RDFC-1.0: blank nodes named by rule, lines sorted.

    Only quads with blank nodes need the algorithm; all others are canonical as they are.
    """
    blank = ox.Dataset(quad for quad in quads if _has_blank_node(quad))
    blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ground = (quad for quad in quads if not _has_blank_node(quad))
    return b"".join(sorted({*_lines(blank), *_lines(ground)}))


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.object, ox.BlankNode) or isinstance(quad.subject, ox.BlankNode)


def _lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def main(store: str, file: str, *left_out: str) -> None:
    """Write the N-Quads that come on standard input, and say their digest."""
    gc.disable()  # a hundred thousand small values and then the end
    quads = list(ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_QUADS, lenient=True))
    print(write_quads(quads, Path(store), Path(file), left_out))


if __name__ == "__main__":
    main(*sys.argv[1:])
