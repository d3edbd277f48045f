"""Concepts of a scheme as a tree."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.records.model import ConceptNode


@dataclass(frozen=True)
class Branch:
    """A concept with what is below it."""

    node: ConceptNode
    below: tuple["Branch", ...]

    def size(self) -> int:
        """Count the concept and all below it."""
        return 1 + sum(branch.size() for branch in self.below)


def branches(nodes: Sequence[ConceptNode]) -> list[Branch]:
    """Make the trees of a scheme; a concept below two others stands under both."""
    below: dict[str, list[ConceptNode]] = {}
    known = {node.iri for node in nodes}
    tops = []
    for node in nodes:
        above = [iri for iri in node.broader if iri in known]
        for iri in above:
            below.setdefault(iri, []).append(node)
        if not above:
            tops.append(node)
    return [_branch(node, below, frozenset()) for node in tops]


def _branch(node: ConceptNode, below: dict[str, list[ConceptNode]], above: frozenset[str]) -> Branch:
    path = above | {node.iri}
    children = [child for child in below.get(node.iri, ()) if child.iri not in path]
    return Branch(node, tuple(_branch(child, below, path) for child in children))
