"""Faults of a query are shown at the token that does not fit."""

import pyoxigraph as ox
import pytest

from kg.sparql.syntax import syntax_answer


def said(query: str) -> tuple[int, int, str]:
    with pytest.raises(SyntaxError) as fault:
        ox.Store().query(query)
    answer = syntax_answer(str(fault.value), query)
    return answer.line, answer.column, answer.message


@pytest.mark.parametrize(
    "marked",
    [
        "☞SELEC * {}",
        "SELECT ?s☞, ?o {?s ?p ?o}",
        "SELECT * {?s ?p ?o FILTER ☞?s > 3 }",
        "SELECT ?s WHERE {\n  ?s ?p\n☞}",
        "SELECT * { ?s ?p ?o .\n ☞FILTR(?s)\n ?a ?b ?c }",
        "SELECT * { ?s ?p ?o }\nGROUP BY ?s\n☞GRUOP BY ?s",
        "SELECT *\r\nWHERE {\r\n  ?s ?p ?o ;\r\n  ?a \r\n☞}",
        "SELECT * {\n # a comment with ( in it\n ?もの ☞y:z 'も' }",
        "SELECT * { ?s ?p ?o } LIMIT ☞x",
        "SELECT * { FILTER(☞FOO(?o)) }",
        "SELECT ☞COUNT(*) {?s ?p ?o}",
        "SELECT * { GRAPH ☞{ ?s ?p ?o }}",
        "ASK { ?s ?p ?o } ☞}",
        "ASK {{ ?s ?p ?o }☞",
        "SELECT☞",
        "☞",
    ],
)
def test_the_place_is_that_of_the_token(marked: str) -> None:
    before, after = marked.split("☞")
    line, column, message = said(before + after)
    assert (line, column) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    shown = after.partition("\n")[0].strip()
    assert (f"near '{shown}'" if shown else "where it ends") in message


@pytest.mark.parametrize(
    ("query", "reason", "column"),
    [
        ("ASK { ?s foaf:name ?o }", "Prefix not found", 10),
        ("ASK { <http://[> ?p ?o }", "IRI parsing failed", 7),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * is not authorized with GROUP BY", 34),
        ("SELECT (1 AS ?a) (2 AS ?a) {}", "Duplicated variable name in SELECT", 30),
    ],
)
def test_what_the_engine_says_in_words_is_passed_on(query: str, reason: str, column: int) -> None:
    assert said(query)[1:] == (column, said(query)[2])
    assert said(query)[2].endswith(f": {reason}.")


def test_a_fault_that_names_no_place_is_told_as_it_is() -> None:
    assert syntax_answer("nothing to read", "ASK {}").message == "The query does not parse: nothing to read."
