"""What the guard refuses, what it must let through, and that the engine finds no way around it."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sparql.bounds import Bounds
from kg.sparql.guard import RefusedError, inspect

BOUNDS = Bounds()
NOWHERE = "http://127.0.0.1:9/"


def reason(query: str, bounds: Bounds = BOUNDS) -> str:
    try:
        inspect(query, bounds)
    except RefusedError as refused:
        return refused.reason
    return ""


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service <http://x/> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE SILENT <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICE?x { ?s ?p ?o } }",
        "SELECT * { SERVICE<http://x/>{ ?s ?p ?o } }",
        "SELECT * { SERVICE # a comment\n <http://x/> { ?s ?p ?o } }",
        "SELECT * { #\rSERVICE <http://x/> { ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE <http://x/> { ?s ?p ?o } }",
        r"SELECT * { SERV\u0049CE <http://x/> { ?s ?p ?o } }",
        r"SELECT * { \U00000053ervice <http://x/> { ?s ?p ?o } }",
        r"SELECT * { ?s ?p '\u0027' SERVICE <http://x/> { ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * { ?s ?p 1SERVICE:x{ ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * { ?s ?p trueSERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'x'SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?s<2)SERVICE?s#>\n{ ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(1<2)SERVICE?s#>\n{ ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://x/> { ?s ?p ?o } } }",
        "SELECT * { { SELECT * { SERVICE <http://x/> { ?s ?p ?o } } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }",
        "ASK { SERVICE ?g { } VALUES ?g { <http://x/> } }",
        "SELECT * { GRAPH ?g { SERVICE <http://x/> { ?s ?p ?o } } }",
        "SELECT * { ''SERVICE <http://x/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p """ \' """ SERVICE <http://x/> { } }',
    ],
)
def test_service_is_refused_in_any_spelling(query: str) -> None:
    assert reason(query) == "service"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT $SERVICE { $SERVICE ?p ?o }",
        "PREFIX ex: <http://x/> SELECT * { ?s ex:service ?o }",
        "PREFIX service: <http://x/> SELECT * { ?s service:x ?o }",
        "PREFIX service: <http://x/> SELECT * { GRAPH service:x { ?s ?p ?o } }",
        "PREFIX service: <http://x/> SELECT * FROM service:g { ?s ?p ?o }",
        "PREFIX service: <http://x/> SELECT * FROM NAMED service:g { ?s ?p ?o }",
        "PREFIX service: <http://x/> DESCRIBE service:x { ?s ?p ?o }",
        "PREFIX service: <http://x/> SELECT * { ?s a service:x { ?s ?p ?o } }",
        "SELECT * { ?s <http://x/service> ?o }",
        "SELECT * { ?s <http://x/SERVICE#service> ?o }",
        "SELECT * { ?s ?p 'SERVICE <http://x/> { }' }",
        'SELECT * { ?s ?p """ SERVICE " <http://x/> """ }',
        "SELECT * { ?s ?p ?o # SERVICE <http://x/> {\n }",
        "SELECT * { ?s ?p 'a'@en-service }",
        "SELECT * { _:service ?p ?o }",
        r"SELECT * { ?s ?p '\\' . ?o ?q ' SERVICE ' }",
        "PREFIX load: <http://x/> SELECT ?load { ?load load:load 'LOAD' }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "",
        "what is this",
        "SELECT",
        "{{{{",
        "'''",
    ],
)
def test_the_word_elsewhere_is_left_to_the_parser(query: str) -> None:
    assert reason(query) == ""


@pytest.mark.parametrize(
    "keyword", ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
@pytest.mark.parametrize(
    "before", ["", "# c\n", "PREFIX a: <http://x/>\n", "BASE <http://x/> PREFIX : <y> ", "\ufeff "]
)
def test_updates_are_refused(keyword: str, before: str) -> None:
    assert reason(f"{before}{keyword.lower()} DATA {{ }}") == "update"


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("select*{}", "SELECT"),
        ("SELECTDISTINCT?s{}", "SELECT"),
        ("ASK{}", "ASK"),
        ("# SELECT\nASK {}", "ASK"),
        ("PREFIX select: <http://ask/> CONSTRUCT WHERE {}", "CONSTRUCT"),
        ("BASE <http://select/>DESCRIBE <x>", "DESCRIBE"),
        (r"\u0041SK {}", "ASK"),
        ("nothing", ""),
    ],
)
def test_the_form_is_seen_without_parsing(query: str, form: str) -> None:
    assert inspect(query, BOUNDS).form == form


@pytest.mark.parametrize(
    ("query", "volatile"),
    [
        ("SELECT (RAND() AS ?x) {}", True),
        ("SELECT (now () AS ?x) {}", True),
        ("SELECT (BNODE('x') AS ?x) {}", True),
        ("CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }", True),
        ("CONSTRUCT { _:x ?p ?o } WHERE { ?s ?p ?o }", True),
        ("SELECT ?now { ?s <http://x/know> ?now }", False),
        ("PREFIX uuid: <http://x/> SELECT * { ?s uuid:rand (1 2) }", False),
        ("SELECT * { ?s ?p [] }", False),
    ],
)
def test_what_changes_at_every_run_is_seen(query: str, volatile: bool) -> None:
    assert inspect(query, BOUNDS).volatile is volatile


def test_prefixes_are_kept_for_the_answer() -> None:
    query = "PREFIX a: <http://a/> prefix : <http://b/>\nBASE <http://c/> CONSTRUCT WHERE { ?s a:b :c }"
    assert inspect(query, BOUNDS).prefixes == {"a": "http://a/", "": "http://b/"}


SMALL = Bounds(length=3000, depth=10, chain=20, patterns=30)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 11,
        "SELECT * { FILTER(" + "(" * 11,
        "SELECT * { ?s ?p " + "[" * 11,
        "SELECT * { ?s ?p ?o FILTER(" + " || ".join(["?s"] * 22) + ")}",
        "SELECT * { ?s ?p ?o FILTER(" + " && ".join(["?s"] * 22) + ")}",
        "SELECT * { ?s ?p ?o FILTER(" + "+".join(["?s"] * 22) + ")}",
        "SELECT * { ?s ?p ?o FILTER(" + "!" * 21 + "?s)}",
        "SELECT * { ?s " + "/".join(["<x:p>"] * 22) + " ?o }",
        "SELECT * { ?s " + "|".join(["<x:p>"] * 22) + " ?o }",
        "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 22) + " }",
        "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } " * 21 + "}",
        "SELECT * { ?s ?p ?o " + "MINUS { ?s ?p ?o } " * 21 + "}",
        "SELECT * { ?s ?p ?o " + "FILTER(true) " * 21 + "}",
        "SELECT * { " + "BIND(1 AS ?x) " * 21 + "}",
        "SELECT * { " + "?s ?p ?o . " * 31 + "}",
        "SELECT * { ?s " + "?p ?o ; " * 31 + "}",
        "SELECT * { " + "GRAPH ?g { ?s ?p ?o } " * 21 + "}",
    ],
)
def test_what_is_too_deep_or_too_long_is_refused_at_its_place(query: str) -> None:
    with pytest.raises(RefusedError) as refused:
        inspect(query, SMALL)
    assert refused.value.reason == "complex"
    assert refused.value.line == 1
    assert 1 < refused.value.column <= len(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { VALUES ?s { " + "<x:a> " * 100 + "} }",
        "SELECT * { VALUES ?s { " + "-1 " * 100 + "} }",
        "SELECT * { VALUES ?s { " + "+1.5 " * 100 + "} }",
        "SELECT * { VALUES ?s { " + "'...;;;||&&' " * 100 + "} }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (" + "1, " * 100 + "2)) }",
        "SELECT * { ?s ?p ?o } # " + "{{{ " * 100,
        "SELECT " + "(1 AS ?x) " * 100 + "{}",
    ],
)
def test_long_lists_are_no_chains(query: str) -> None:
    assert reason(query, SMALL) == ""


def test_the_place_is_counted_in_lines_and_columns() -> None:
    with pytest.raises(RefusedError) as refused:
        inspect("SELECT *\n{\n  SERVICE <x:y> {}\n}", BOUNDS)
    assert (refused.value.line, refused.value.column) == (3, 3)


def test_a_long_query_is_refused_unread() -> None:
    assert reason("x" * 3001, SMALL) == "long"


PIECES = st.sampled_from(
    [
        *(
            "SERVICE",
            "service",
            "SERVICE SILENT",
            "SILENT",
            f"<{NOWHERE}>",
            ":x",
            "?u",
            "{",
            "}",
            "{?s ?p ?o}",
        ),
        *("(", ")", "<", ">", "<2)", "#>\n", "#", "\n", " ", "'", '"', '"""', "'''", "\\", "''", '""', "'x'"),
        *(
            "1",
            "1.",
            ".",
            ";",
            ",",
            "1e5",
            "true",
            "?s",
            "?p",
            "?o",
            "a",
            "@en",
            "@en-",
            "^^",
            "_:b",
            "ex:a",
            "ex:",
        ),
        *("FILTER(", "FILTER(?s<2)", "FILTER(1<2)", "BIND(1 AS ?x)", "GRAPH", "OPTIONAL", "UNION", "MINUS"),
        *("\\u0053", "\\u0027", "\\u005C", "%41", "-", "--ltr", "|", "/", "VALUES ?u {", "LATERAL", "EXISTS"),
        *(
            "\u00b7",
            "\u0300",
            "é",
            "\u00a0",
            "\ufeff",
            "\u2028",
            "\u017f",
            "ſERVICE",
            "SERVICE:x",
            "\r",
            "\t",
            "[",
            "]",
        ),
    ]
)


XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = [("integer", "1"), ("integer", "2"), ("decimal", "1.0"), ("double", "1e5"), ("boolean", "true")]


def reaches_out(store: ox.Store, query: str) -> bool:
    """Tell whether the engine would call another server for a query."""
    try:
        answer = store.query(query)
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    except OSError:
        return True  # the address is one that the engine does not even try
    except RuntimeError as error:
        return "service" in str(error).lower()
    except SyntaxError:
        return False
    return False


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Hold every object that the pieces can spell, so that no part before SERVICE is without a match."""
    filled = ox.Store()
    spelled: list[ox.Literal | ox.NamedNode] = [
        ox.Literal(value, datatype=ox.NamedNode(XSD + kind)) for kind, value in NUMBERS
    ]
    spelled += [ox.Literal(""), ox.Literal("x"), ox.Literal("x", language="en")]
    spelled += [ox.NamedNode(NOWHERE), ox.NamedNode(f"{NOWHERE}a")]
    for term in spelled:
        filled.add(
            ox.Quad(
                ox.NamedNode(NOWHERE), ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), term
            )
        )
    return filled


HEAD = f"PREFIX : <{NOWHERE}> PREFIX ex: <{NOWHERE}> PREFIX aSERVICE: <{NOWHERE}> SELECT * {{ "


@given(st.lists(PIECES, max_size=14), st.booleans())
@settings(max_examples=400, deadline=None)
def test_the_engine_never_reaches_out_past_the_guard(
    store: ox.Store, pieces: list[str], spaced: bool
) -> None:
    query = HEAD + (" " if spaced else "").join(pieces) + " }"
    try:
        text = inspect(query, BOUNDS).text
    except RefusedError:
        return
    assert not reaches_out(store, text)


@given(
    st.lists(PIECES, max_size=6), st.lists(PIECES, max_size=4), st.sampled_from([":x", "?u", f"<{NOWHERE}>"])
)
@settings(max_examples=400, deadline=None)
def test_no_neighbourhood_hides_the_keyword(
    store: ox.Store, before: list[str], between: list[str], name: str
) -> None:
    query = f"{HEAD}?s ?p {''.join(before)}SERVICE{''.join(between)}{name}{{?s ?p ?o}} }}"
    try:
        text = inspect(query, BOUNDS).text
    except RefusedError:
        return
    assert not reaches_out(store, text)


def test_the_test_would_see_a_call(store: ox.Store) -> None:
    assert reaches_out(store, HEAD + "?s ?p 1SERVICE:x{?s ?p ?o} }") is True
