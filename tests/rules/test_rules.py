"""Each rule is silent on its valid mini graph and names, in its invalid one, the records that say they break it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.catalog import Query, queries_in
from kg.load import parse_turtle
from kg.paths import packaged_graph
from kg.validate import Rule
from kg.vocab import AISI, BASE, SKOS

HERE = Path(__file__).parent
ONTOLOGY = packaged_graph().ontology / "kg.ttl"
BREAKS = ox.NamedNode("https://example.org/test#breaks")
RULES = {query.name.removeprefix("rules/"): query for query in queries_in("rules")}
LISTS = ("activity-status", "maturity", "definition-kind")
SHARED = (AISI, SKOS, *(f"{BASE}term/{scheme}/" for scheme in LISTS))
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
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


def copy_of(file: Path, number: int) -> Iterator[ox.Quad]:
    """Give a mini graph with its records and texts under other names."""
    for triple in triples(file):
        subject, target = renamed(triple.subject, number), renamed(triple.object, number)
        if triple.predicate != BREAKS and isinstance(subject, ox.NamedNode):
            yield ox.Quad(subject, triple.predicate, target)


def renamed(term: Term, number: int) -> Term:
    if isinstance(term, ox.NamedNode) and not term.value.startswith(SHARED):
        return ox.NamedNode(f"{term.value}-{number}")
    if isinstance(term, ox.Literal) and term.language:
        return ox.Literal(f"{term.value} {number}", language=term.language)
    return term


@pytest.fixture(scope="module")
def large() -> ox.Store:
    """All mini graphs again and again beside the ontology: what is right and what is wrong, many times over."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(ONTOLOGY))
    for file in sorted(HERE.glob("*/*.ttl")):
        store.bulk_extend(quad for number in range(140) for quad in copy_of(file, number))
    return store


@pytest.mark.parametrize("name", RULES)
def test_rule_is_quick_on_thirty_thousand_triples(name: str, large: ox.Store) -> None:
    assert len(large) > 30_000
    rule = Rule(name=name, query=RULES[name].text, severity="violation", message={})
    started = time.process_time()
    rule.findings(large)
    assert time.process_time() - started < 0.3
