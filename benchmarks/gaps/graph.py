"""A generated graph of any size in our ontology: areas in a tree, activities, actors, edges, provisions."""

from collections.abc import Iterator

import numpy as np
import pyoxigraph as ox

from kg.vocab import AISI, BASE, DCTERMS, RDF, SKOS, XSD

EX = "https://example.org/bench/"
KINDS = 12
TYPE = ox.NamedNode(RDF + "type")
ROLES, ROLE_SHARES = ("primary", "secondary", "mention"), (0.5, 0.35, 0.15)
MATURITIES, MATURITY_SHARES = ("planned", "piloted", "operating", "evaluated"), (0.15, 0.2, 0.5, 0.15)
GRADES, GRADE_SHARES = ("independent", "official", "self-reported", "secondary"), (0.1, 0.4, 0.4, 0.1)
WEIGHTS = {
    "coverage-role": dict(zip(ROLES, (1.0, 0.6, 0.2), strict=True)),
    "maturity": dict(zip(MATURITIES, (0.1, 0.5, 0.8, 1.0), strict=True)),
    "evidence-grade": dict(zip(GRADES, (1.0, 0.9, 0.7, 0.6), strict=True)),
}


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def term(path: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}term/{path}")


def aisi(name: str) -> ox.NamedNode:
    return ox.NamedNode(AISI + name)


def day(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))


def decimal(value: float) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "decimal"))


def labels(subject: ox.NamedNode, name: str) -> Iterator[ox.Quad]:
    pref = ox.NamedNode(SKOS + "prefLabel")
    yield ox.Quad(subject, pref, ox.Literal(name, language="en"))
    yield ox.Quad(subject, pref, ox.Literal(f"{name}項", language="ja"))


def generate(
    areas: int, activities: int, actors: int, edges: int, provisions: int, seed: int = 1
) -> ox.Store:
    """Make a graph; the same arguments give the same graph."""
    rng = np.random.default_rng(seed)
    store = ox.Store()
    store.bulk_extend(_schemes(areas))
    store.bulk_extend(_actors(actors, rng))
    store.bulk_extend(_activities(areas, activities, actors, edges, rng))
    store.bulk_extend(_provisions(areas, provisions, actors, rng))
    store.bulk_extend(_protocol())
    return store


def _schemes(areas: int) -> Iterator[ox.Quad]:
    for scheme in ("areas", "kinds"):
        yield ox.Quad(node(scheme), TYPE, ox.NamedNode(SKOS + "ConceptScheme"))
        yield from labels(node(scheme), scheme)
    domains = max(1, areas // 20)
    for i in range(areas):
        concept = node(f"area-{i}")
        yield ox.Quad(concept, TYPE, ox.NamedNode(SKOS + "Concept"))
        yield ox.Quad(concept, ox.NamedNode(SKOS + "inScheme"), node("areas"))
        yield from labels(concept, f"Area {i}")
        if i >= domains:
            yield ox.Quad(concept, ox.NamedNode(SKOS + "broader"), node(f"area-{i % domains}"))
    for i in range(KINDS):
        yield ox.Quad(node(f"kind-{i}"), TYPE, ox.NamedNode(SKOS + "Concept"))
        yield ox.Quad(node(f"kind-{i}"), ox.NamedNode(SKOS + "inScheme"), node("kinds"))
        yield from labels(node(f"kind-{i}"), f"Kind {i}")


def _actors(actors: int, rng: np.random.Generator) -> Iterator[ox.Quad]:
    for i in range(actors):
        yield ox.Quad(node(f"actor-{i}"), TYPE, aisi("Actor"))
        yield from labels(node(f"actor-{i}"), f"Actor {i}")
        if i and rng.random() < 0.05:
            yield ox.Quad(node(f"actor-{i}"), aisi("countsAs"), node(f"actor-{int(rng.integers(i))}"))


def _skewed(rng: np.random.Generator, size: int) -> int:
    """Draw so that low numbers are common and high ones rare, as in real maps."""
    return int(size * rng.random() ** 2)


def _activities(
    areas: int, activities: int, actors: int, edges: int, rng: np.random.Generator
) -> Iterator[ox.Quad]:
    yield ox.Quad(node("doc"), TYPE, aisi("Source"))
    yield from labels(node("doc"), "Document")
    for i in range(activities):
        activity, citation = node(f"activity-{i}"), node(f"citation-{i}")
        yield ox.Quad(activity, TYPE, aisi("Activity"))
        yield from labels(activity, f"Activity {i}")
        yield ox.Quad(activity, aisi("activityType"), node(f"kind-{_skewed(rng, KINDS)}"))
        for _ in range(1 + int(rng.random() < 0.2)):
            yield ox.Quad(activity, aisi("carriedOutBy"), node(f"actor-{_skewed(rng, actors)}"))
        yield ox.Quad(activity, aisi("status"), term("activity-status/ongoing"))
        yield ox.Quad(activity, aisi("citation"), citation)
        yield ox.Quad(citation, TYPE, aisi("Citation"))
        yield ox.Quad(citation, aisi("source"), node("doc"))
        yield ox.Quad(citation, aisi("locator"), ox.Literal(str(i)))
        yield from _edges(activity, i, areas, edges, citation, rng)


def _edges(
    activity: ox.NamedNode,
    number: int,
    areas: int,
    edges: int,
    citation: ox.NamedNode,
    rng: np.random.Generator,
) -> Iterator[ox.Quad]:
    for area in sorted({_skewed(rng, areas) for _ in range(edges)}):
        edge = node(f"edge-{number}-{area}")
        asserted = f"{int(rng.integers(2018, 2026))}-{int(rng.integers(1, 13)):02d}-01"
        yield ox.Quad(edge, TYPE, aisi("Coverage"))
        yield ox.Quad(edge, aisi("coverageBy"), activity)
        yield ox.Quad(edge, aisi("coverageOf"), node(f"area-{area}"))
        yield ox.Quad(edge, aisi("coverageRole"), term(f"coverage-role/{rng.choice(ROLES, p=ROLE_SHARES)}"))
        yield ox.Quad(edge, aisi("maturity"), term(f"maturity/{rng.choice(MATURITIES, p=MATURITY_SHARES)}"))
        yield ox.Quad(
            edge, aisi("evidenceGrade"), term(f"evidence-grade/{rng.choice(GRADES, p=GRADE_SHARES)}")
        )
        yield ox.Quad(edge, aisi("assertedOn"), day(asserted))
        yield ox.Quad(edge, aisi("citation"), citation)


def _provisions(areas: int, provisions: int, actors: int, rng: np.random.Generator) -> Iterator[ox.Quad]:
    yield ox.Quad(node("charter"), TYPE, aisi("Instrument"))
    yield from labels(node("charter"), "Charter")
    for i in range(provisions):
        provision, edge = node(f"provision-{i}"), node(f"provision-edge-{i}")
        yield ox.Quad(provision, TYPE, aisi("Provision"))
        yield from labels(provision, f"Provision {i}")
        yield ox.Quad(provision, ox.NamedNode(DCTERMS + "isPartOf"), node("charter"))
        yield ox.Quad(provision, aisi("locator"), ox.Literal(str(i)))
        yield ox.Quad(provision, aisi("actionType"), node(f"kind-{int(rng.integers(KINDS))}"))
        yield ox.Quad(provision, aisi("addressee"), node(f"actor-{int(rng.integers(actors))}"))
        yield ox.Quad(edge, TYPE, aisi("Coverage"))
        yield ox.Quad(edge, aisi("coverageBy"), provision)
        yield ox.Quad(edge, aisi("coverageOf"), node(f"area-{int(rng.integers(areas))}"))
        yield ox.Quad(edge, aisi("coverageRole"), term("coverage-role/primary"))
        yield ox.Quad(edge, aisi("evidenceGrade"), term("evidence-grade/official"))


def _protocol() -> Iterator[ox.Quad]:
    protocol, row, column = node("protocol/bench-1.0"), node("protocol/row"), node("protocol/column")
    yield ox.Quad(protocol, TYPE, aisi("GapProtocol"))
    yield from labels(protocol, "Bench")
    yield ox.Quad(protocol, aisi("version"), ox.Literal("1.0"))
    yield ox.Quad(protocol, aisi("rowAxis"), row)
    yield ox.Quad(row, aisi("axisScheme"), node("areas"))
    yield ox.Quad(protocol, aisi("columnAxis"), column)
    yield ox.Quad(column, aisi("axisScheme"), node("kinds"))
    yield ox.Quad(column, aisi("axisProperty"), aisi("activityType"))
    yield ox.Quad(protocol, aisi("corpus"), node("doc"))
    yield ox.Quad(protocol, aisi("cutOff"), day("2026-01-01"))
    yield ox.Quad(protocol, aisi("targetDepth"), decimal(0.9))
    yield ox.Quad(protocol, aisi("halfLifeYears"), decimal(3.0))
    yield ox.Quad(protocol, aisi("staleAfterYears"), decimal(4.0))
    for facet in (0, 5):
        yield ox.Quad(protocol, aisi("evaluationFacet"), node(f"kind-{facet}"))
    for scheme, values in WEIGHTS.items():
        for name, value in values.items():
            weight = node(f"protocol/weight/{scheme}-{name}")
            yield ox.Quad(protocol, aisi("weight"), weight)
            yield ox.Quad(weight, TYPE, aisi("Weight"))
            yield ox.Quad(weight, aisi("weightOf"), term(f"{scheme}/{name}"))
            yield ox.Quad(weight, aisi("weightValue"), decimal(value))
    yield ox.Quad(node("complete"), TYPE, aisi("CompletenessStatement"))
    yield ox.Quad(node("complete"), aisi("completeSource"), node("doc"))
    yield ox.Quad(node("complete"), aisi("completeArea"), node("areas"))
    yield ox.Quad(node("complete"), aisi("asOf"), day("2026-01-01"))
