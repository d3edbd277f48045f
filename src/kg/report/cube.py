"""The report as RDF: an observation for each cell, an assertion for each cell and gap, and where it all comes from."""

import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.gaps.model import Cell, Gap, Statement, Text
from kg.report.signs import key_of
from kg.report.view import Report
from kg.report.words import fixed_words
from kg.vocab import BASE, DCTERMS, OWL, PREFIXES, PROV, RDF_TYPE, RDFS, SKOS, XSD

CUBE = BASE + "gap-report#"
QB, DQV, EARL = PREFIXES["qb"], PREFIXES["dqv"], "http://www.w3.org/ns/earl#"

OUTCOMES = {
    "COVERED": "passed",
    "THIN": "failed",
    "ABSENT-STATED": "failed",
    "ABSENT-IN-SCOPE": "failed",
    "UNKNOWN": "cantTell",
    "CONFLICT": "cantTell",
    "DATA-FAULT": "cantTell",
    "NOT-APPLICABLE": "inapplicable",
}
TYPES = {
    "G1": "absolute",
    "G2": "thin",
    "G3": "single-point-of-failure",
    "G4": "stale",
    "G5": "commitment",
    "G6": "terminology",
    "G7": "evaluation",
    "G8": "asymmetry",
    "G9": "structural",
    "G10": "demand-supply",
    "G11": "assurance",
    "G12": "access",
    "G13": "lifecycle-chain",
}
_PREFIXES = ("dcterms", "dqv", "owl", "prov", "qb", "rdfs", "skos", "xsd")
_SUGGESTIONS = {"G9"}  # a structural gap is a suggestion, never a fact
_DIMENSIONS = ("area", "facet")
_MEASURES = ("status", "activities", "actors", "depth", "target")

Value = ox.NamedNode | ox.Literal


def cube_turtle(report: Report) -> bytes:
    """Give the report as Turtle with qb, DQV, EARL and PROV."""
    prefixes = {name: PREFIXES[name] for name in _PREFIXES} | {"earl": EARL, "cube": CUBE}
    triples = [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in _Cube(report).triples()]
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


Found = Iterator[tuple[str, str, Value]]


class _Cube:
    """Writes one report as triples, subject by subject."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.set = f"{BASE}gap-report/{report.analysis.protocol.name}"

    def triples(self) -> Found:
        """Give all triples."""
        yield from self._data_set(self.set, _DIMENSIONS)
        if self.report.analysis.groups:
            yield from self._data_set(f"{self.set}/by-group", (*_DIMENSIONS, "group"))
        yield from self._origin()
        for cell in self.report.analysis.cells:
            yield from self._cell(cell)
        for gap in self.report.analysis.gaps:
            yield from self._gap(gap)

    def _data_set(self, name: str, dimensions: tuple[str, ...]) -> Found:
        analysis, structure = self.report.analysis, f"{name}/structure"
        yield name, RDF_TYPE.value, _iri(QB + "DataSet")
        yield from _texts(name, RDFS + "label", _fixed("title"))
        yield from _texts(name, DCTERMS + "description", analysis.summary)
        yield name, QB + "structure", _iri(structure)
        yield name, OWL + "versionInfo", ox.Literal(self.report.manifest.version)
        if self.report.manifest.data_as_of:
            yield name, DCTERMS + "modified", _day(self.report.manifest.data_as_of)
        yield name, DCTERMS + "license", _iri("https://creativecommons.org/licenses/by/4.0/")
        yield name, PROV + "wasGeneratedBy", _iri(f"{self.set}/analysis")
        yield structure, RDF_TYPE.value, _iri(QB + "DataStructureDefinition")
        for each in (*dimensions, *_MEASURES):
            yield structure, QB + "component", _iri(f"{structure}/{each}")
        for kind, names in (("dimension", dimensions), ("measure", _MEASURES)):
            for each in names:
                yield f"{structure}/{each}", QB + kind, _iri(CUBE + each)
                yield CUBE + each, RDF_TYPE.value, _iri(f"{QB}{kind.capitalize()}Property")
                yield from _texts(CUBE + each, RDFS + "label", _fixed(f"cube_{each}"))

    def _origin(self) -> Found:
        """Say what was analysed, by what, under which protocol, and how complete the map is."""
        analysis, manifest = self.report.analysis, self.report.manifest
        run, graph, tool = f"{self.set}/analysis", f"{self.set}/graph", f"{self.set}/software"
        yield run, RDF_TYPE.value, _iri(PROV + "Activity")
        used = [graph, analysis.protocol.iri, *(source.iri for source in analysis.protocol.corpus)]
        for iri in used:
            yield run, PROV + "used", _iri(iri)
        yield run, PROV + "wasAssociatedWith", _iri(tool)
        yield graph, RDF_TYPE.value, _iri(PROV + "Entity")
        yield graph, OWL + "versionInfo", ox.Literal(manifest.version)
        yield graph, DCTERMS + "identifier", ox.Literal(f"sha256:{manifest.rdfc10_sha256}")
        for kind in (PROV + "SoftwareAgent", EARL + "Software"):
            yield tool, RDF_TYPE.value, _iri(kind)
        yield tool, RDFS + "label", ox.Literal(f"aisi-kg {manifest.package}")
        known = self.report.applicable - self.report.status_counts.get("UNKNOWN", 0)
        yield from self._metric("known-share", "cube_known_share")
        yield from self._metric("read-to-the-end", "completeness")
        share = known / self.report.applicable if self.report.applicable else 0.0
        yield from self._measurement(f"{self.set}/known-share", self.set, "known-share", _decimal(share))
        yield f"{self.set}/test/target", RDF_TYPE.value, _iri(EARL + "TestCase")
        yield from _texts(f"{self.set}/test/target", DCTERMS + "title", _fixed("cube_test"))

    def _metric(self, name: str, word: str) -> Found:
        metric = f"{self.set}/metric/{name}"
        yield metric, RDF_TYPE.value, _iri(DQV + "Metric")
        yield from _texts(metric, SKOS + "prefLabel", _fixed(word))

    def _measurement(self, name: str, subject: str, metric: str, value: Value) -> Found:
        yield subject, DQV + "hasQualityMeasurement", _iri(name)
        yield name, RDF_TYPE.value, _iri(DQV + "QualityMeasurement")
        yield name, DQV + "computedOn", _iri(subject)
        yield name, DQV + "isMeasurementOf", _iri(f"{self.set}/metric/{metric}")
        yield name, DQV + "value", value

    def _name(self, area: str, facet: str, group: str | None) -> str:
        digest = hashlib.sha256("\n".join((area, facet, group or "")).encode()).hexdigest()[:12]
        return f"{self.set}/cell/{digest}"

    def _cell(self, cell: Cell) -> Found:
        name = self._name(cell.area, cell.facet, cell.group)
        yield name, RDF_TYPE.value, _iri(QB + "Observation")
        yield name, QB + "dataSet", _iri(f"{self.set}/by-group" if cell.group else self.set)
        for dimension, iri in (("area", cell.area), ("facet", cell.facet), ("group", cell.group)):
            if iri is not None:
                yield name, CUBE + dimension, _iri(iri)
        yield name, CUBE + "status", _iri(f"{BASE}term/gap-status/{_status_slug(cell)}")
        yield name, CUBE + "activities", _integer(cell.rolled_up.n)
        yield name, CUBE + "actors", _integer(cell.rolled_up.actors)
        yield name, CUBE + "depth", _decimal(cell.rolled_up.depth)
        yield name, CUBE + "target", _decimal(cell.target)
        for activity in sorted({item.activity.iri for item in cell.evidence}):
            yield name, PROV + "wasDerivedFrom", _iri(activity)
        yield from self._read(name, cell.completeness)
        outcome = OUTCOMES[cell.status]
        yield from self._assertion(
            f"{name}/assertion", name, f"{self.set}/test/target", outcome, cell.sentence
        )

    def _read(self, name: str, statements: Iterable[Statement]) -> Found:
        """Say whether what bears on a cell was read to the end, and which statements say so."""
        found, measurement = sorted({one.iri for one in statements}), f"{name}/read-to-the-end"
        truth = ox.Literal("true" if found else "false", datatype=_iri(XSD + "boolean"))
        yield from self._measurement(measurement, name, "read-to-the-end", truth)
        for iri in found:
            yield measurement, PROV + "wasDerivedFrom", _iri(iri)

    def _gap(self, gap: Gap) -> Found:
        name = f"{BASE}gap/{gap.id}"
        subject = gap.record.iri if gap.record else self.set
        if gap.cell is not None:
            subject = gap.cell.area.iri
            if gap.cell.facet is not None:
                group = gap.cell.group.iri if gap.cell.group else None
                subject = self._name(gap.cell.area.iri, gap.cell.facet.iri, group)
        test = f"{BASE}term/gap-type/{TYPES[gap.type]}"
        outcome = "cantTell" if gap.type in _SUGGESTIONS else "failed"
        yield name, DCTERMS + "identifier", ox.Literal(gap.id)
        yield from self._assertion(name, subject, test, outcome, gap.sentence)
        for iri in sorted({item.activity.iri for item in gap.evidence}):
            yield name, PROV + "wasDerivedFrom", _iri(iri)

    def _assertion(self, name: str, subject: str, test: str, outcome: str, sentence: Text) -> Found:
        result = f"{name}/result"
        yield name, RDF_TYPE.value, _iri(EARL + "Assertion")
        yield name, EARL + "assertedBy", _iri(f"{self.set}/software")
        yield name, EARL + "subject", _iri(subject)
        yield name, EARL + "test", _iri(test)
        yield name, EARL + "mode", _iri(EARL + "automatic")
        yield name, EARL + "result", _iri(result)
        yield result, RDF_TYPE.value, _iri(EARL + "TestResult")
        yield result, EARL + "outcome", _iri(EARL + outcome)
        yield from _texts(result, DCTERMS + "description", sentence)


def _status_slug(cell: Cell) -> str:
    return {"PLANNED": "planned-only"}.get(key_of(cell), cell.status.lower())


def _texts(subject: str, prop: str, text: Text) -> Found:
    yield subject, prop, ox.Literal(text.en, language="en")
    yield subject, prop, ox.Literal(text.ja, language="ja")


def _fixed(key: str) -> Text:
    return Text(ja=fixed_words()[key]["ja"], en=fixed_words()[key]["en"])


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_iri(XSD + "integer"))


def _decimal(value: float) -> ox.Literal:
    return ox.Literal(f"{value:.6f}", datatype=_iri(XSD + "decimal"))


def _day(iso: str) -> ox.Literal:
    return ox.Literal(iso, datatype=_iri(XSD + "date"))
