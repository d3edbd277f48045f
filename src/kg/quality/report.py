"""Run all checks over a file and put what they find in order."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

import pyoxigraph as ox

from kg.catalog import Query, queries_in
from kg.errors import StoreError
from kg.intake.lines import subject_lines
from kg.intake.rdf import RdfFile
from kg.quality.model import SEVERITIES, Check, Issue, QualityReport
from kg.quality.structure import CHECKS, Finding, Structure
from kg.vocab import PREFIXES, RDF_TYPE, SKOS

_NAMELESS: Final = re.compile("[0-9a-f]{20,32}")
T = TypeVar("T")
_XL: Final = PREFIXES["skosxl"]
_NOT_CHECKED: Final = {
    "en": "qSKOS Broken Links and Missing In-Links: they need the network, which is not used here.",
    "ja": "qSKOSのBroken LinksとMissing In-Links: ネットワークを使わないため確認していない。",
}


def check_quality(file: RdfFile) -> QualityReport:
    """Check a file; the same file gives the same report."""
    store = ox.Store()
    store.bulk_extend(_numbered(file.triples))
    store.extend(_plain_labels(store))
    lines = subject_lines(file)
    issues = [_issue(check, finding, lines) for check, found in _found(store) for finding in found]
    issues.sort(key=_order)
    return QualityReport(
        file=str(file.path),
        sha256=hashlib.sha256(file.content).hexdigest(),
        syntax=file.syntax,
        triples=len(file.triples),
        schemes=_instances(store, "ConceptScheme"),
        concepts=_instances(store, "Concept"),
        counts=dict(sorted(Counter(issue.check for issue in issues).items())),
        issues=tuple(issues),
        not_checked=_NOT_CHECKED,
    )


def _numbered(triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    """Number what has no name in the file, in its order: a parser names it anew at every reading."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(term: T) -> T | ox.BlankNode:
        if isinstance(term, ox.BlankNode) and _NAMELESS.fullmatch(term.value):
            return names.setdefault(term, ox.BlankNode(f"nameless-{len(names) + 1}"))
        return term

    for triple in triples:
        yield ox.Quad(named(triple.subject), triple.predicate, named(triple.object))


def _plain_labels(store: ox.Store) -> list[ox.Quad]:
    """Give the labels that SKOS-XL implies (S55 to S57), so that a file with label records alone has labels."""
    return [
        ox.Quad(quad.subject, ox.NamedNode(SKOS + name), form.object)
        for name in ("prefLabel", "altLabel", "hiddenLabel")
        for quad in store.quads_for_pattern(None, ox.NamedNode(_XL + name), None)
        if isinstance(quad.object, ox.NamedNode | ox.BlankNode)
        for form in store.quads_for_pattern(quad.object, ox.NamedNode(_XL + "literalForm"), None)
    ]


def _found(store: ox.Store) -> Iterator[tuple[Check, list[Finding]]]:
    for query in queries_in("quality"):
        yield check_of(query), _rows(query, store)
    structure = Structure.of(store)
    for check, look in CHECKS:
        yield check, sorted(look(structure))


def check_of(query: Query) -> Check:
    """Read a check from the head of its query."""
    head = query.head
    return Check(
        name=query.name.removeprefix("quality/"),
        severity=next(severity for severity in SEVERITIES if severity == head["severity"]),
        known_as=head["issue"],
        message={"en": head["summary"], "ja": head["summary_ja"]},
        repair={"en": head["repair"], "ja": head["repair_ja"]},
    )


def _rows(query: Query, store: ox.Store) -> list[Finding]:
    solutions = store.query(query.text)
    if not isinstance(solutions, ox.QuerySolutions):
        raise StoreError(f"The check {query.name} is no SELECT; write it as one.")
    detailed = "detail" in {variable.value for variable in solutions.variables}
    return [(_words(row["record"]), _words(row["detail"]) if detailed else "") for row in solutions]


def _words(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term or "")


def _issue(check: Check, finding: Finding, lines: dict[str, int]) -> Issue:
    record, detail = finding
    return Issue(
        check=check.name,
        severity=check.severity,
        known_as=check.known_as,
        record=record,
        line=lines.get(record),
        detail=detail,
        message=check.message,
        repair=check.repair,
    )


def _order(issue: Issue) -> tuple[int, int, str, str, str]:
    return SEVERITIES.index(issue.severity), issue.line or 0, issue.record, issue.check, issue.detail


def _instances(store: ox.Store, name: str) -> int:
    kind = ox.NamedNode(SKOS + name)
    return len({quad.subject for quad in store.quads_for_pattern(None, RDF_TYPE, kind)})
