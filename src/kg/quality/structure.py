"""Checks that look at the whole structure: circles, shortcuts, islands, a language that all concepts share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import networkx as nx
import pyoxigraph as ox

from kg.quality.model import Check
from kg.vocab import RDF_TYPE, SKOS

Finding = tuple[str, str]


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(SKOS + name)


@dataclass(frozen=True)
class Structure:
    """The relations of a file, each in one direction: to the broader concept, to the scheme."""

    up: "nx.DiGraph[str]"
    ties: "nx.Graph[str]"
    members: dict[str, set[str]]
    languages: dict[str, set[str]]

    @classmethod
    def of(cls, store: ox.Store) -> "Structure":
        """Read the relations of a store."""
        up: nx.DiGraph[str] = nx.DiGraph()
        up.add_edges_from(sorted(_pairs(store, "broader", "narrower")))
        ties: nx.Graph[str] = nx.Graph()
        concepts = {_name(q.subject) for q in store.quads_for_pattern(None, RDF_TYPE, _node("Concept"))}
        ties.add_nodes_from(sorted(concepts))
        ties.add_edges_from(up.edges)
        ties.add_edges_from(_pairs(store, "related", "related"))
        ties.add_edges_from(_pairs(store, "topConceptOf", "hasTopConcept"))
        members: dict[str, set[str]] = {}
        inside = _pairs(store, "inScheme", None) | _pairs(store, "topConceptOf", "hasTopConcept")
        for concept, scheme in inside:
            if concept in concepts:
                members.setdefault(scheme, set()).add(concept)
        return cls(up, ties, members, _languages(store))


def _pairs(store: ox.Store, name: str, inverse: str | None) -> set[tuple[str, str]]:
    pairs = {(_name(q.subject), _name(q.object)) for q in store.quads_for_pattern(None, _node(name), None)}
    if inverse:
        quads = store.quads_for_pattern(None, _node(inverse), None)
        pairs |= {(_name(q.object), _name(q.subject)) for q in quads}
    return pairs


def _languages(store: ox.Store) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _node("prefLabel"), None):
        if isinstance(quad.object, ox.Literal) and quad.object.language:
            found.setdefault(_name(quad.subject), set()).add(quad.object.language.lower())
    return found


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def circles(structure: Structure) -> Iterator[Finding]:
    """Find concepts that stand above themselves."""
    for knot in nx.strongly_connected_components(structure.up):
        if len(knot) > 1:
            first = min(knot)
            circle = nx.find_cycle(structure.up.subgraph(knot), first)
            yield first, " < ".join([*(start for start, _ in circle), circle[-1][1]])


def shortcuts(structure: Structure) -> Iterator[Finding]:
    """Find broader concepts that are reached through another broader concept anyway."""
    for concept in structure.up:
        parents = sorted(set(structure.up.successors(concept)) - {concept})
        for parent in parents if len(parents) > 1 else ():
            if any(_above(structure.up, other, parent, concept) for other in parents if other != parent):
                yield concept, parent


def _above(up: "nx.DiGraph[str]", start: str, goal: str, without: str) -> bool:
    seen, waiting = {without, start}, [start]
    while waiting:
        for parent in up.successors(waiting.pop()):
            if parent == goal:
                return True
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return False


def islands(structure: Structure) -> Iterator[Finding]:
    """Find schemes whose concepts fall into groups without a tie between them."""
    for scheme, concepts in structure.members.items():
        whole = structure.ties.subgraph({*concepts, scheme})
        groups = [sorted(group - {scheme}) for group in nx.connected_components(whole) if group - {scheme}]
        if len(groups) > 1:
            small = min(groups, key=lambda group: (len(group), group))
            yield scheme, f"{len(groups)} groups; the smallest has {len(small)}: {small[0]}"


def no_common_language(structure: Structure) -> Iterator[Finding]:
    """Find schemes that cannot be shown whole in any one language."""
    for scheme, concepts in structure.members.items():
        shared = set.intersection(*(structure.languages.get(concept, set()) for concept in concepts))
        if not shared:
            yield (
                scheme,
                ", ".join(
                    sorted(set().union(*(structure.languages.get(concept, set()) for concept in concepts)))
                ),
            )


CHECKS: Final[tuple[tuple[Check, Callable[[Structure], Iterator[Finding]]], ...]] = (
    (
        Check(
            name="circular-hierarchy",
            severity="error",
            known_as="qSKOS Cyclic Hierarchical Relations",
            message={
                "en": "A concept stands above itself.",
                "ja": "概念が自分自身の上位にあり、階層が循環している。",
            },
            repair={
                "en": "Remove the wrong one of these skos:broader or skos:narrower statements.",
                "ja": "循環をつくるskos:broaderまたはskos:narrowerのうち、誤ったものを削る。",
            },
        ),
        circles,
    ),
    (
        Check(
            name="redundant-broader",
            severity="warning",
            known_as="qSKOS Hierarchical Redundancy",
            message={
                "en": "A broader concept is reached through another broader concept anyway.",
                "ja": "上位概念が、別の上位概念を通じても得られる。",
            },
            repair={"en": "Remove the direct statement.", "ja": "直接の記述を削る。"},
        ),
        shortcuts,
    ),
    (
        Check(
            name="separate-groups",
            severity="warning",
            known_as="qSKOS Disconnected Concept Clusters",
            message={
                "en": "The concepts of a scheme fall into groups without a tie between them.",
                "ja": "体系の概念が、互いにつながりのない複数の群に分かれている。",
            },
            repair={
                "en": "Tie the groups together, or declare the concept at the head of each a top concept.",
                "ja": "群を関係で結ぶか、各群の最上位の概念をtopConceptとして宣言する。",
            },
        ),
        islands,
    ),
    (
        Check(
            name="no-common-language",
            severity="warning",
            known_as="qSKOS No Common Languages",
            message={
                "en": "There is no language in which every concept of the scheme has a preferred label.",
                "ja": "体系の全ての概念が優先名称をもつ言語が一つもない。",
            },
            repair={
                "en": "Complete the labels of one language.",
                "ja": "少なくとも一つの言語で優先名称をそろえる。",
            },
        ),
        no_common_language,
    ),
)
