"""The story of a concept: what it means, where it stands, who works on it, what it is called elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.gaps import GapAnalysis
from kg.gaps.model import AxisValue, Cell
from kg.records import Record, read_concept_tree
from kg.records.model import ConceptNode, CoverageEdge, Defined, MappingEdge, Ref, Term
from kg_api.pages.stories import Story, in_time, is_proposed
from kg_api.site import Site
from kg_api.trees import Branch, branches

_MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
_INVERSE = {"skos:broadMatch": "skos:narrowMatch", "skos:narrowMatch": "skos:broadMatch"}
_HIERARCHY = ("skos:broader", "skos:narrower", "skos:related")


@dataclass(frozen=True)
class Strip:
    """The cells of a map that a concept has a row or column of, each with the value on the other axis."""

    analysis: GapAnalysis
    cells: list[tuple[Cell, AxisValue]]


@dataclass(frozen=True)
class Match:
    """A mapping seen from one end: the relation, the concept at the other end (none if none was found)."""

    predicate: str
    other: Ref | None
    vocabulary: Ref | None
    edge: MappingEdge


def story(site: Site, record: Record) -> Story:
    """Tell of a concept."""
    schemes = record.values("skos:inScheme") or record.values("skos:topConceptOf")
    nodes = read_concept_tree(site.store, schemes[0].value) if schemes else []
    covering = [edge for edge in record.coverage if edge.area.iri == record.iri]
    return Story(
        "concept.html",
        {
            "schemes": schemes,
            "path": _path(nodes, record.iri),
            "here": _here(nodes, record.iri),
            "strips": _strips(site, record.iri, schemes),
            "covering": _activities_covering(site, covering),
            "provisions": [edge for edge in covering if edge.by.type == "aisi:Provision"],
            "matches": [_match(edge, record.iri) for edge in record.mappings],
            "definitions": _side_by_side(record),
        },
        facts=("skos:notation",),
        told=(*_HIERARCHY, *_MATCHES),
        linked=(*_HIERARCHY, *_MATCHES),
    )


def _activities_covering(site: Site, covering: list[CoverageEdge]) -> list[tuple[CoverageEdge, bool]]:
    """Give the edges of activities, the latest activity first, each with whether it is only proposed."""
    by_activity = {edge.by.iri: edge for edge in covering if edge.by.iri in site.activities}
    order = in_time(site.activities[iri] for iri in by_activity)
    return [(by_activity[one.iri], is_proposed(by_activity[one.iri])) for one in order]


def _path(nodes: list[ConceptNode], iri: str) -> list[ConceptNode]:
    """Give what is above a concept, the widest first."""
    by_iri = {node.iri: node for node in nodes}
    found: list[ConceptNode] = []
    above = by_iri[iri].broader if iri in by_iri else ()
    while above and above[0] in by_iri and by_iri[above[0]] not in found:
        found.insert(0, by_iri[above[0]])
        above = found[0].broader
    return found


def _here(nodes: list[ConceptNode], iri: str) -> Branch | None:
    """Give a concept with what is below it."""
    waiting = branches(nodes)
    while waiting:
        branch = waiting.pop()
        if branch.node.iri == iri:
            return branch
        waiting += branch.below
    return None


def _strips(site: Site, iri: str, schemes: Iterable[Term]) -> list[Strip]:
    """Give the rows or columns of a concept, from the first of the maps that share both axes."""
    mine = {scheme.value.rsplit("/", 1)[-1] for scheme in schemes}
    found: dict[tuple[str, str], Strip] = {}
    for name, axes in site.protocol_axes.items():
        if mine & set(axes) and axes not in found:
            strip = _strip(site.analysis(name), iri)
            if strip:
                found[axes] = strip
    return list(found.values())


def _strip(analysis: GapAnalysis, iri: str) -> Strip | None:
    facets = {value.iri: value for value in analysis.facets}
    areas = {value.iri: value for value in analysis.areas}
    cells = [cell for cell in analysis.cells if cell.group is None]
    if iri in areas:
        return Strip(analysis, [(cell, facets[cell.facet]) for cell in cells if cell.area == iri])
    if iri in facets:
        return Strip(analysis, [(cell, areas[cell.area]) for cell in cells if cell.facet == iri])
    return None


def _match(edge: MappingEdge, iri: str) -> Match:
    if edge.subject.iri == iri:
        return Match(edge.predicate, edge.object, edge.object_source, edge)
    return Match(_INVERSE.get(edge.predicate, edge.predicate), edge.subject, None, edge)


def _side_by_side(record: Record) -> dict[str, list[Defined]]:
    """Give the definitions by language, so that translators see them beside each other."""
    found: dict[str, list[Defined]] = {}
    for one in record.definitions:
        found.setdefault(one.lang.split("-")[0], []).append(one)
    return found
