"""Check a graph: SHACL shapes record by record, catalogue rules across records."""

from collections.abc import Iterable, Sequence
from typing import Literal as OneOf

import pyoxigraph as ox
import rdflib
import shifty
from pydantic import BaseModel, ConfigDict
from rdflib.namespace import SH

from kg.errors import StoreError
from kg.load import CuratedFile, CuratedGraph
from kg.vocab import compact

Severity = OneOf["violation", "warning"]


class Finding(BaseModel):
    """One thing that is wrong: the record, the rule, what is wrong with it and the repair."""

    model_config = ConfigDict(frozen=True)

    record: str
    rule: str
    severity: Severity
    message: dict[str, str]
    path: str | None = None
    value: str | None = None
    files: tuple[str, ...] = ()

    def words(self, lang: str) -> str:
        """Give what is wrong and the repair in one language, or in another where there is none."""
        return (
            self.message.get(lang) or self.message.get("en") or next(iter(self.message.values()), self.rule)
        )

    def sentence(self, lang: str = "en") -> str:
        """Say it in one line: file, record, what is wrong and the repair."""
        where = f"{', '.join(self.files)}: " if self.files else ""
        what = f" {compact(self.path)}" if self.path else ""
        value = f" ({compact(self.value)[:120]})" if self.value else ""
        return f"{where}<{self.record}>{what}: {self.words(lang)}{value}"


def validate(graph: CuratedGraph, rules: Sequence["Rule"]) -> list[Finding]:
    """Give all findings of a curated graph, in a fixed order, with the files that hold the records."""
    store = store_of(graph.asserted)
    findings = check_shapes(n_triples(graph.asserted), n_triples(graph.shapes))
    findings += [finding for rule in rules for finding in rule.findings(store)]
    findings += _described_twice(graph)
    homes = {record: tuple(paths) for record, paths in graph.home_of().items()}
    located = {
        (f.severity, homes.get(f.record, ()), f.record, f.rule, f.path or "", f.value or ""): f
        for f in findings
    }
    return [
        located[key].model_copy(update={"files": tuple(str(path) for path in key[1])})
        for key in sorted(located)
    ]


class Rule(BaseModel):
    """A cross-record rule: a SELECT that gives `?record` and, where it helps, `?detail`."""

    model_config = ConfigDict(frozen=True)

    name: str
    query: str
    severity: Severity
    message: dict[str, str]

    def findings(self, store: ox.Store) -> list[Finding]:
        """Run the rule."""
        solutions = store.query(self.query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise StoreError(f"Rule {self.name} is no SELECT; write it as one.")
        has_detail = "detail" in {variable.value for variable in solutions.variables}
        return [self._finding(row, has_detail) for row in solutions]

    def _finding(self, row: ox.QuerySolution, has_detail: bool) -> Finding:
        detail = row["detail"] if has_detail else None
        return Finding(
            record=_value(row["record"]),
            rule=self.name,
            severity=self.severity,
            message=self.message,
            value=_value(detail) if detail is not None else None,
        )


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def store_of(files: Iterable[CuratedFile]) -> ox.Store:
    """Put files into a store in memory: each in its named graph, and all together in the default graph."""
    store = ox.Store()
    for file in files:
        store.bulk_extend(file.quads())
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, ox.DefaultGraph()) for t in file.triples)
    return store


def n_triples(files: Iterable[CuratedFile]) -> bytes:
    """Write files as one N-Triples document."""
    triples = (triple for file in files for triple in file.triples)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def check_shapes(data: bytes, shapes: bytes) -> list[Finding]:
    """Check N-Triples against shapes; one finding for each result of the validation report."""
    if shifty.validate_algebra(data, shapes, graph_mode="data", infer=False).conforms:
        return []  # the rule; only a graph at fault pays for the report, which takes twice the time
    _, report, _ = shifty.validate(data, shapes, graph_mode="data", infer=False)
    return findings_of(report)


def findings_of(report: rdflib.Graph) -> list[Finding]:
    """Read a SHACL validation report."""
    return [_result(report, node) for node in report.objects(None, SH.result)]


def _result(report: rdflib.Graph, node: rdflib.term.Node) -> Finding:
    def one(predicate: rdflib.URIRef) -> str | None:
        value = report.value(node, predicate)
        return None if value is None else str(value)

    messages = [m for m in report.objects(node, SH.resultMessage) if isinstance(m, rdflib.Literal)]
    severity: Severity = "violation" if one(SH.resultSeverity) == str(SH.Violation) else "warning"
    return Finding(
        record=one(SH.focusNode) or "",
        rule=one(SH.sourceShape) or "",
        severity=severity,
        message={message.language or "en": str(message) for message in sorted(messages)},
        path=one(SH.resultPath),
        value=one(SH.value),
    )


_TWICE = {
    "en": "described in more than one file; keep it in the file of its scheme, organisation or publisher",
    "ja": "複数のファイルに記述があります。体系・組織・発行者のファイル一つにまとめてください",
}


def _described_twice(graph: CuratedGraph) -> list[Finding]:
    homes = graph.home_of()
    return [
        Finding(record=record, rule="described-in-one-file", severity="violation", message=_TWICE)
        for record, files in homes.items()
        if len(files) > 1
    ]
