"""Formatting: one text for one set of statements, and nothing lost on the way."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.fmt import canonical_turtle, rewrite
from kg.load import parse_turtle

P = NamedNode("https://w3id.org/aisi-kg/ontology#p")


def test_order_and_layout_of_the_input_do_not_matter() -> None:
    one = b'@prefix s: <http://www.w3.org/2004/02/skos/core#> . <http://x/a> s:altLabel "b"@en, "a"@ja .'
    two = (
        b'<http://x/a> <http://www.w3.org/2004/02/skos/core#altLabel> "a"@ja . '
        b'<http://x/a> <http://www.w3.org/2004/02/skos/core#altLabel> "b"@en .'
    )
    assert canonical_turtle(parse_turtle(one, "one")) == canonical_turtle(parse_turtle(two, "two"))


@pytest.mark.parametrize("written", ["01", "1.50", "2024", "+1"])
def test_numbers_keep_their_written_form(written: str) -> None:
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    triple = Triple(P, P, Literal(written, datatype=decimal))
    assert parse_turtle(canonical_turtle([triple]), "x") == [triple]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_survives(text: str) -> None:
    triple = Triple(P, P, Literal(text, language="ja"))
    assert parse_turtle(canonical_turtle([triple]), "x") == [triple]


def test_rewriting_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<http://x/b> <http://x/p> 1 . <http://x/a> <http://x/p> 2 .")
    assert rewrite(file)
    assert not rewrite(file)
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


def test_a_plain_string_is_written_plainly() -> None:
    text = canonical_turtle([Triple(P, P, Literal("a"))])
    assert b'"a" ;' in text
