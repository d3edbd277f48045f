"""Each rule is silent on its valid mini graph and names, in its invalid one, the records that say they break it."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.catalog import Query, queries_in
from kg.load import parse_turtle
from kg.paths import packaged_graph
from kg.validate import Rule

HERE = Path(__file__).parent
ONTOLOGY = packaged_graph().ontology / "kg.ttl"
BREAKS = ox.NamedNode("https://example.org/test#breaks")
RULES = {query.name.removeprefix("rules/"): query for query in queries_in("rules")}
HEAD = {"summary", "summary_ja", "repair", "repair_ja", "severity"}


def triples(path: Path) -> list[ox.Triple]:
    return parse_turtle(path.read_bytes(), str(path))


def rows(query: Query, file: Path) -> set[tuple[str, str]]:
    """Give the record and the detail of every finding; the graph is the file beside the ontology."""
    store = ox.Store()
    stated = [t for t in triples(file) if t.predicate != BREAKS] + triples(ONTOLOGY)
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in stated)
    rule = Rule(name=query.name, query=query.text, severity="violation", message={})
    return {(found.record, "true" if found.value is None else found.value) for found in rule.findings(store)}


def expected(file: Path) -> set[tuple[str, str]]:
    return {(value(t.subject), value(t.object)) for t in triples(file) if t.predicate == BREAKS}


def value(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


@pytest.mark.parametrize("name", RULES)
def test_valid_graph_passes(name: str) -> None:
    assert rows(RULES[name], HERE / name / "valid.ttl") == set()


@pytest.mark.parametrize("name", RULES)
def test_invalid_graph_names_the_records_at_fault(name: str) -> None:
    file = HERE / name / "invalid.ttl"
    assert rows(RULES[name], file) == expected(file)


@pytest.mark.parametrize("name", RULES)
def test_rule_describes_itself_and_is_ordered(name: str) -> None:
    query = RULES[name]
    assert set(query.head) == HEAD
    assert query.head["severity"] in {"violation", "warning"}
    assert "\nORDER BY ?record" in query.text


def test_no_rule_without_graphs_and_no_graphs_without_rule() -> None:
    assert {path.name for path in HERE.iterdir() if (path / "invalid.ttl").is_file()} == set(RULES)
    assert all(expected(HERE / name / "invalid.ttl") for name in RULES)
