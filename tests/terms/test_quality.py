"""The right concept for what people type: measured on the graph that ships."""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.snapshot import Snapshot
from kg.terms import TermIndex
from kg.vocab import BASE

_QUERIES = Path(__file__).with_name("queries.tsv")
_LEAST_FIRST = 0.97


class Asked(NamedTuple):
    """A query, and the records that a person may expect first; several where they have the same name."""

    query: str
    kind: str
    expected: frozenset[str]


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    with _QUERIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Asked(row["query"], row["class"], frozenset(BASE + slug for slug in row["expected"].split()))
        for row in rows
    ]


@pytest.fixture(scope="module")
def shipped_index(shipped: Snapshot) -> TermIndex:
    return TermIndex.from_bytes(shipped.read("terms.json"))


def test_there_are_queries_of_every_kind(asked: list[Asked]) -> None:
    assert len(asked) >= 300
    assert len({one.query for one in asked}) == len(asked)
    assert len({one.kind for one in asked}) >= 10


def test_what_is_expected_is_in_the_graph(asked: list[Asked], shipped_index: TermIndex) -> None:
    missing = {iri for one in asked for iri in one.expected if iri not in shipped_index.table.numbers}
    assert missing == set()


def test_the_expected_record_is_among_the_first_five_and_mostly_first(
    asked: list[Asked], shipped_index: TermIndex
) -> None:
    found = {one: [hit.iri for hit in shipped_index.search(one.query, limit=5).items] for one in asked}
    not_first = [one.query for one, hits in found.items() if not hits or hits[0] not in one.expected]
    not_found = [one.query for one, hits in found.items() if not one.expected.intersection(hits)]
    assert not_found == []
    assert len(not_first) <= (1 - _LEAST_FIRST) * len(asked), not_first
