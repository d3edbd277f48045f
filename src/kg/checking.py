"""Check a curated graph, and keep what was found for the next time the same graph is checked."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.catalog import Query, queries_in
from kg.load import CuratedGraph, load_graph
from kg.paths import GraphPaths
from kg.validate import Finding, Rule, validate
from kg.version import version_of

Say = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """A curated graph with what is wrong with it."""

    graph: CuratedGraph
    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """Give the findings that forbid a snapshot."""
        return tuple(finding for finding in self.findings if finding.severity == "violation")


def rules() -> list[Rule]:
    """Give the cross-record rules of the catalogue."""
    return [_rule(query) for query in queries_in("rules")]


def _rule(query: Query) -> Rule:
    head = query.head
    message = {
        "en": f"{head['summary']} Repair: {head['repair']}",
        "ja": f"{head['summary_ja']} 修正方法: {head['repair_ja']}",
    }
    severity = "violation" if head["severity"] == "violation" else "warning"
    return Rule(name=query.name.removeprefix("rules/"), query=query.text, severity=severity, message=message)


def check(
    paths: GraphPaths, say: Say, kept: Path | None = None, loaded: CuratedGraph | None = None
) -> Checked:
    """Load and validate a curated graph, or one that is loaded already.

    With a folder `kept`, what was found for equal input is not sought again.
    """
    say("reading Turtle")
    graph = loaded or load_graph(paths)
    file = kept / f"{version_of(graph)}-{_place(paths)}.json" if kept else None
    if file is not None and file.is_file():
        return Checked(
            graph, tuple(Finding.model_validate(finding) for finding in json.loads(file.read_bytes()))
        )
    say("validating")
    findings = tuple(validate(graph, rules()))
    if file is not None:
        _keep(file, findings_json(findings))
    return Checked(graph, findings)


def _place(paths: GraphPaths) -> str:
    """Tell equal graphs in different folders apart: findings name the files."""
    return hashlib.sha256(str(paths.data.resolve()).encode()).hexdigest()[:12]


def _keep(file: Path, content: bytes) -> None:
    """Keep a result for the next run; where nothing can be kept, the next run works it out again."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(file)


def findings_json(findings: Iterable[Finding]) -> bytes:
    """Write findings as one JSON document."""
    dumped = [finding.model_dump() for finding in findings]
    return (json.dumps(dumped, ensure_ascii=False, indent=1) + "\n").encode()
