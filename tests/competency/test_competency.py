"""Questions that people really ask, each with the rows that the shipped graph must answer.

A question is a query file with its sentence in Japanese and English and beside it a table of expected rows.
"""

import csv
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.catalog import Query, read_query
from kg.store import EmbeddedStore, Row
from kg.vocab import compact

QUESTIONS = sorted(Path(__file__).parent.glob("*.rq"))


def read(path: Path) -> Query:
    return read_query(path.stem, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_graph_answers(path: Path, shipped_store: EmbeddedStore) -> None:
    rows = shipped_store.select(read(path).text)
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    names = expected[0]
    assert [names, *([cell(row, name) for name in names] for row in rows)] == expected


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_question_is_asked_in_both_languages(path: Path) -> None:
    head = read(path).head
    assert head["question"].endswith("?")
    assert head["question_ja"].endswith("か。")


def cell(row: Row, name: str) -> str:
    term = row.get(name)
    if term is None:
        return ""
    return compact(term.value) if isinstance(term, NamedNode) else term.value
