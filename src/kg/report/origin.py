"""Where the report comes from, in PROV, and how complete it is, in DQV."""

from collections.abc import Iterable

from kg.gaps.model import Statement
from kg.report.triples import DQV, Found, Value, decimal, fixed, iri, plain, texts, truth, types
from kg.report.view import Report
from kg.vocab import DCTERMS, OWL, PROV, SKOS, XSD

_METRICS = {"known-share": ("cube_known_share", "decimal"), "read-to-the-end": ("completeness", "boolean")}


def origin(base: str, report: Report) -> Found:
    """Say what was analysed, by what, under which protocol, and how much of the map is known."""
    analysis, manifest = report.analysis, report.manifest
    run, graph = f"{base}/analysis", f"{base}/graph"
    yield from types(run, PROV + "Activity")
    for used in (graph, analysis.protocol.iri, *(source.iri for source in analysis.protocol.corpus)):
        yield run, PROV + "used", iri(used)
    yield run, PROV + "wasAssociatedWith", iri(f"{base}/software")
    yield from types(graph, PROV + "Entity")
    yield graph, OWL + "versionInfo", plain(manifest.version)
    yield graph, DCTERMS + "identifier", plain(f"sha256:{manifest.rdfc10_sha256}")
    yield from types(f"{base}/completeness", DQV + "Dimension")
    yield from texts(f"{base}/completeness", SKOS + "prefLabel", fixed("cube_completeness"))
    for name, (word, kind) in _METRICS.items():
        metric = f"{base}/metric/{name}"
        yield from types(metric, DQV + "Metric")
        yield from texts(metric, SKOS + "prefLabel", fixed(word))
        yield metric, DQV + "inDimension", iri(f"{base}/completeness")
        yield metric, DQV + "expectedDataType", iri(XSD + kind)
    known = report.applicable - report.status_counts.get("UNKNOWN", 0)
    share = known / report.applicable if report.applicable else 0.0
    yield from _measurement(base, f"{base}/known-share", base, "known-share", decimal(share))


def read_to_the_end(base: str, name: str, statements: Iterable[Statement]) -> Found:
    """Say whether what bears on a cell was read to the end, and which statements say so."""
    found, measurement = sorted({one.iri for one in statements}), f"{name}/read-to-the-end"
    yield from _measurement(base, measurement, name, "read-to-the-end", truth(bool(found)))
    for statement in found:
        yield measurement, PROV + "wasDerivedFrom", iri(statement)


def _measurement(base: str, name: str, subject: str, metric: str, value: Value) -> Found:
    yield subject, DQV + "hasQualityMeasurement", iri(name)
    yield from types(name, DQV + "QualityMeasurement")
    yield name, DQV + "computedOn", iri(subject)
    yield name, DQV + "isMeasurementOf", iri(f"{base}/metric/{metric}")
    yield name, DQV + "value", value
