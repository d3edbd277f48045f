"""The report as RDF: a data cube with an observation for each cell, and what is asserted of cells and gaps.

The dimensions belong to one protocol, because each has the code list of its axis; they are sub-properties of
`gap-report#area`, `#facet` and `#group`. The measures are the same for every protocol.
"""

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

from kg.gaps.model import AxisValue, Cell
from kg.gaps.protocol import AxisSpec
from kg.report.assertions import cell_assertion, gap_assertion, software, tests
from kg.report.origin import origin, read_to_the_end
from kg.report.show import title_key
from kg.report.signs import key_of
from kg.report.triples import (
    CUBE,
    EARL,
    QB,
    Found,
    day,
    decimal,
    fixed,
    integer,
    iri,
    plain,
    texts,
    types,
)
from kg.report.view import Report
from kg.vocab import BASE, DCTERMS, OWL, PREFIXES, PROV, RDFS, SKOS, XSD

_PREFIXES = ("dcterms", "dqv", "owl", "prov", "qb", "rdfs", "skos", "xsd")
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_STATUSES = BASE + "scheme/gap-status"
_MEASURES = {
    "status": SKOS + "Concept",
    "activities": XSD + "integer",
    "actors": XSD + "integer",
    "depth": XSD + "decimal",
    "target": XSD + "decimal",
}


def cube_turtle(report: Report) -> bytes:
    """Give the report as Turtle with qb, DQV, EARL and PROV."""
    prefixes = {name: PREFIXES[name] for name in _PREFIXES} | {"earl": EARL, "cube": CUBE}
    triples = [ox.Triple(iri(s), iri(p), o) for s, p, o in _Cube(report).triples()]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


class _Cube:
    """Writes one report as triples, subject by subject."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.set = f"{BASE}gap-report/{report.analysis.protocol.name}"
        protocol, analysis = report.analysis.protocol, report.analysis
        self.axes: dict[str, tuple[AxisSpec, tuple[AxisValue, ...]]] = {
            "area": (protocol.rows, analysis.areas),
            "facet": (protocol.columns, analysis.facets),
        }
        if protocol.groups is not None and analysis.groups:
            self.axes["group"] = (protocol.groups, analysis.groups)

    def triples(self) -> Found:
        """Give all triples."""
        yield from self._data_set(self.set, ("area", "facet"))
        if "group" in self.axes:
            yield from self._data_set(f"{self.set}/by-group", tuple(self.axes))
        for name, (axis, values) in self.axes.items():
            yield from self._dimension(name, axis)
            yield from _code_list(axis, values)
        for name, kind in _MEASURES.items():
            yield from types(CUBE + name, QB + "MeasureProperty")
            yield CUBE + name, RDFS + "range", iri(kind)
            yield from texts(CUBE + name, RDFS + "label", fixed(f"cube_{name}"))
        yield CUBE + "status", QB + "codeList", iri(_STATUSES)
        yield from origin(self.set, self.report)
        yield from software(self.set, self.report.manifest.package)
        yield from tests(self.set, self.report.analysis.gaps)
        for cell in self.report.analysis.cells:
            yield from self._cell(cell)
        for gap in self.report.analysis.gaps:
            subject = gap.record.iri if gap.record else self.set
            if gap.cell is not None:
                subject = gap.cell.area.iri
                if gap.cell.facet is not None:
                    group = gap.cell.group.iri if gap.cell.group else None
                    subject = self._name(gap.cell.area.iri, gap.cell.facet.iri, group)
            yield from gap_assertion(self.set, gap, subject)

    def _data_set(self, name: str, dimensions: tuple[str, ...]) -> Found:
        analysis, structure = self.report.analysis, f"{name}/structure"
        yield from types(name, QB + "DataSet", PROV + "Entity")
        yield from texts(name, RDFS + "label", fixed(title_key(self.report)))
        yield from texts(name, DCTERMS + "description", analysis.summary)
        yield name, QB + "structure", iri(structure)
        yield name, OWL + "versionInfo", plain(self.report.manifest.version)
        if self.report.manifest.data_as_of:
            yield name, DCTERMS + "modified", day(self.report.manifest.data_as_of)
        if self.report.ours:
            yield name, DCTERMS + "license", iri(_LICENCE)
        yield name, PROV + "wasGeneratedBy", iri(f"{self.set}/analysis")
        yield from types(structure, QB + "DataStructureDefinition")
        components = [("dimension", one, f"{self.set}/{one}") for one in dimensions]
        components += [("measure", one, CUBE + one) for one in _MEASURES]
        for position, (role, one, prop) in enumerate(components, 1):
            yield structure, QB + "component", iri(f"{structure}/{one}")
            yield from types(f"{structure}/{one}", QB + "ComponentSpecification")
            yield f"{structure}/{one}", QB + role, iri(prop)
            yield f"{structure}/{one}", QB + "order", integer(position)

    def _dimension(self, name: str, axis: AxisSpec) -> Found:
        prop = f"{self.set}/{name}"
        yield from types(prop, QB + "DimensionProperty")
        yield prop, RDFS + "subPropertyOf", iri(CUBE + name)
        yield from texts(prop, RDFS + "label", axis.scheme.label if axis.scheme else fixed(f"cube_{name}"))
        yield prop, RDFS + "range", iri(SKOS + "Concept" if axis.scheme else RDFS + "Resource")
        if axis.scheme is not None:
            yield prop, QB + "codeList", iri(axis.scheme.iri)

    def _name(self, area: str, facet: str, group: str | None) -> str:
        digest = hashlib.sha256("\n".join((area, facet, group or "")).encode()).hexdigest()[:12]
        return f"{self.set}/cell/{digest}"

    def _cell(self, cell: Cell) -> Found:
        name = self._name(cell.area, cell.facet, cell.group)
        yield from types(name, QB + "Observation")
        yield name, QB + "dataSet", iri(f"{self.set}/by-group" if cell.group else self.set)
        for dimension, value in (("area", cell.area), ("facet", cell.facet), ("group", cell.group)):
            if value is not None:
                yield name, f"{self.set}/{dimension}", iri(value)
        yield name, CUBE + "status", iri(f"{BASE}term/gap-status/{_status_slug(cell)}")
        yield name, CUBE + "activities", integer(cell.rolled_up.n)
        yield name, CUBE + "actors", integer(cell.rolled_up.actors)
        yield name, CUBE + "depth", decimal(cell.rolled_up.depth)
        yield name, CUBE + "target", decimal(cell.target)
        for activity in sorted({item.activity.iri for item in cell.evidence}):
            yield name, PROV + "wasDerivedFrom", iri(activity)
        yield from read_to_the_end(self.set, name, cell.completeness)
        yield from cell_assertion(self.set, name, cell)


def _code_list(axis: AxisSpec, values: Iterable[AxisValue]) -> Found:
    """Give the values of an axis with their names, so that the file can be read alone."""
    if axis.scheme is not None:
        yield from types(axis.scheme.iri, SKOS + "ConceptScheme")
        yield from texts(axis.scheme.iri, SKOS + "prefLabel", axis.scheme.label)
    for value in values:
        yield from types(value.iri, SKOS + "Concept")
        yield from texts(value.iri, SKOS + "prefLabel", value.label)
        if axis.scheme is not None:
            yield value.iri, SKOS + "inScheme", iri(axis.scheme.iri)
        for parent in value.parents:
            yield value.iri, SKOS + "broader", iri(parent)


def _status_slug(cell: Cell) -> str:
    return {"PLANNED": "planned-only"}.get(key_of(cell), cell.status.lower())
