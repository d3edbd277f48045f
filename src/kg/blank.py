"""Names for blank nodes, so that findings, evidence and proofs can point to what a foreign graph left unnamed."""

import hashlib
from collections.abc import Iterable, Sequence

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    Triple,
)

from kg.vocab import GENID


def with_names(triples: Sequence[Triple], graph: str) -> tuple[Triple, ...]:
    """Replace the blank nodes of a file by IRIs that depend on nothing but what it says and how it is called."""
    loose = [t for t in triples if _is_loose(t)]
    if not loose:
        return tuple(triples)
    firm = (t for t in triples if not _is_loose(t))
    return (*firm, *sorted(_renamed(loose, graph), key=str))


def _is_loose(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _renamed(triples: Iterable[Triple], graph: str) -> Iterable[Triple]:
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    for quad in dataset:
        subject, target = quad.subject, quad.object
        yield Triple(
            _name(subject, graph) if isinstance(subject, BlankNode) else subject,
            quad.predicate,
            _name(target, graph) if isinstance(target, BlankNode) else target,
        )


def _name(node: BlankNode, graph: str) -> NamedNode:
    return NamedNode(GENID + hashlib.sha256(f"{graph} {node.value}".encode()).hexdigest()[:16])
