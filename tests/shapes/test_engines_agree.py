"""The engine of the daily check gives the same rows as pySHACL, the reference, on every mini graph."""

from pathlib import Path
from typing import Protocol

import pyshacl
import pytest
import rdflib

from kg.validate import Finding, check_shapes, findings_of

FILES = sorted((Path(__file__).parent / "graphs").glob("*/*valid.ttl"))

Row = tuple[str, str | None, str, str, tuple[tuple[str, str], ...]]


class MiniGraph(Protocol):
    data: bytes


def row(finding: Finding) -> Row:
    record = finding.record if ":" in finding.record else "blank node"
    return record, finding.path, finding.rule, finding.severity, tuple(sorted(finding.message.items()))


@pytest.fixture(scope="module")
def shape_graph(shapes: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes, format="nt")


def reference(data: bytes, shape_graph: rdflib.Graph) -> list[Finding]:
    graph = rdflib.Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shape_graph)
    return findings_of(report)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_same_rows_as_the_reference(mini_graph: MiniGraph, shapes: bytes, shape_graph: rdflib.Graph) -> None:
    daily = {row(finding) for finding in check_shapes(mini_graph.data, shapes)}
    assert daily == {row(finding) for finding in reference(mini_graph.data, shape_graph)}
