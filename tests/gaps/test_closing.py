"""What closes a gap: its shape fails on the graph as it is, takes a filled-in template, and the gap is then gone."""

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg.gaps import Gap, analyse
from kg.vocab import BASE, DCTERMS, PROV, SKOS

from .mini import SSSOM, Mini, ex, term
from .test_proof import eventful

PREFIXES = f"""PREFIX : <{ex("")}>
PREFIX aisi: <https://w3id.org/aisi-kg/ontology#>
PREFIX term: <{BASE}term/>
PREFIX skos: <{SKOS}>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def edge(
    area: str, kind: str, actor: str, *, day: str = "2025-01-01", grade: str = "official", n: int = 0
) -> str:
    """Fill in the template of an edge: an activity of a kind, by somebody, on an area."""
    return f"""
:new{n} a aisi:Activity ; aisi:activityType :{kind} ; aisi:carriedOutBy :{actor} ;
    aisi:status <{term("activity-status/ongoing")}> .
:{actor} a aisi:Actor . :c a aisi:Citation ; aisi:source :doc .
:edge{n} a aisi:Coverage ; aisi:coverageBy :new{n} ; aisi:coverageOf :{area} ;
    aisi:coverageRole <{term("coverage-role/primary")}> ; aisi:maturity <{term("maturity/evaluated")}> ;
    aisi:evidenceGrade <{term(f"evidence-grade/{grade}")}> ; aisi:assertedOn "{day}"^^xsd:date ; aisi:citation :c .
"""


IMPLEMENTATION = f"""
:i a aisi:Implementation ; aisi:implementationOf <{ex("charter/1")}> ; aisi:implementedBy :one ;
    aisi:extent <{term("extent/full")}> ; aisi:assertedOn "2025-01-01"^^xsd:date ; aisi:citation :c .
:c a aisi:Citation ; aisi:source :doc .
"""
REVISION = f"""
:guide2 a aisi:Instrument ; <{DCTERMS}isVersionOf> :guide ; <{PROV}wasDerivedFrom> :rules ;
    <{DCTERMS}issued> "2024-12-01"^^xsd:date ; aisi:citation :c .
:c a aisi:Citation ; aisi:source :doc .
"""
MAPPING = f"""
:m a aisi:Mapping ; <{SSSOM}subject_id> :b ; <{SSSOM}object_id> :elsewhere ; aisi:citation :c .
:c a aisi:Citation ; aisi:source :doc .
"""
CASES = {
    "G1 nothing found": ("G1", "a", "y1", edge("a", "y1", "cy")),
    "G1 by narrower work": ("G1", "a", "y1", edge("a1", "y1", "cy")),
    "G2 too thin": ("G2", "b", "x", edge("b", "x", "cy")),
    "G2 a plan carried out": ("G2", "c", "x", edge("c", "x", "fay")),
    "G3 one actor": ("G3", "a1", "y", edge("a1", "y", "cy")),
    "G3 one busy actor": ("G3", "d", "x", edge("d", "x", "cy") + edge("d", "x", "di", n=1)),
    "G4 too old": ("G4", "a1", "x1", edge("a1", "x1", "cy", day="2024-06-01")),
    "G4 outdated guide": ("G4", "guide", None, REVISION),
    "G5 not put into effect": ("G5", "charter/1", None, IMPLEMENTATION),
    "G6 no definition": ("G6", "a", "definition", ':a skos:definition "An area."@en , "領域である。"@ja .'),
    "G6 no mapping": ("G6", "b", "mapping to another", MAPPING),
    "G7 not evaluated": ("G7", "d", None, edge("d", "y", "cy")),
    "G11 own word only": ("G11", "a1", "y", edge("a1", "y", "cy", grade="independent")),
    "G12 one language": ("G12", "guide", None, ':guide aisi:availableIn "en" .'),
}


def graph() -> Mini:
    """The eventful map with a busier actor, a crosswalk and one facet value of which nobody has anything."""
    found = eventful()
    found.scheme("rows", {"d": None})
    found.scheme("columns", {"y1": "y"})
    found.activity("eight", ["x"], ["fay"], status="planned")
    found.edge("eight", "c", maturity="planned")
    for name in ("six", "seven"):
        found.does(name, "d", "x", "bob")
    found.add("map", SSSOM + "subject_id", "c")
    found.add("map", SSSOM + "object_id", "elsewhere")
    return found


def wanted(store_of: Mini, kind: str, record: str, other: str | None) -> Gap | None:
    """Find the gap of a type by its area and facet, or by its record and what the record lacks."""
    for found in analyse(store_of.store).gaps:
        where = found.cell.area.iri if found.cell else found.record.iri if found.record else None
        facet = found.cell.facet.iri if found.cell and found.cell.facet else None
        lacks = found.record is not None and other is not None and other in found.sentence.en
        if (found.type, where) == (kind, ex(record)) and (other is None or facet == ex(other) or lacks):
            return found
    return None


def conforms(shapes: str, data: Mini) -> bool:
    """Hold a graph to a shape just as it stands."""
    triples = ox.serialize((quad.triple for quad in data.inner), format=ox.RdfFormat.N_TRIPLES) or b""
    given = rdflib.Graph().parse(data=triples, format="nt")
    return bool(pyshacl.validate(given, shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle"))[0])


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_fits_the_shape_closes_the_gap(name: str) -> None:
    kind, record, other, filled = CASES[name]
    data = graph()
    found = wanted(data, kind, record, other)
    assert found is not None
    assert not conforms(found.closes_if.turtle, data)
    data.inner.load(f"{PREFIXES}{filled}".encode(), format=ox.RdfFormat.TURTLE)
    assert conforms(found.closes_if.turtle, data)
    assert wanted(data, kind, record, other) is None


MISSES = {
    "G1 a plan": (
        "G1",
        "a",
        "y1",
        edge("a", "y1", "cy").replace("activity-status/ongoing", "activity-status/planned"),
    ),
    "G2 by somebody there": ("G2", "b", "x", edge("b", "x", "bob")),
    "G2 before the cut-off": ("G2", "b", "x", edge("b", "x", "cy", day="2024-12-31")),
    "G3 by the same house": ("G3", "a1", "x1", edge("a1", "x1", "desk")),
    "G3 one is not enough": ("G3", "d", "x", edge("d", "x", "cy")),
    "G4 old as well": ("G4", "a1", "x1", edge("a1", "x1", "cy", day="2022-06-01")),
    "G11 own word again": ("G11", "a1", "y", edge("a1", "y", "cy", grade="self-reported")),
}


@pytest.mark.parametrize("name", sorted(MISSES))
def test_what_would_not_close_the_gap_does_not_fit(name: str) -> None:
    kind, record, other, filled = MISSES[name]
    data = graph()
    found = wanted(data, kind, record, other)
    assert found is not None
    data.inner.load(f"{PREFIXES}{filled}".encode(), format=ox.RdfFormat.TURTLE)
    assert not conforms(found.closes_if.turtle, data)
