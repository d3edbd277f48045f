"""The right concept for what people type and for what documents say: measured on the graph that ships."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from kg.snapshot import Snapshot
from kg.terms import TermIndex
from kg.terms.annotator import Annotator
from kg.vocab import BASE

_QUERIES = Path(__file__).with_name("queries.tsv")
_PASSAGES = Path(__file__).with_name("passages.tsv")
_BLIND = Path(__file__).with_name("blind_passages.tsv")
_LEAST_FIRST = 0.97
_LEAST_OF_SPANS = 0.95
_LEAST_OF_BLIND = 0.91  # what each author takes for a term differs more than this


class Asked(NamedTuple):
    """A query, and the records that a person may expect first; several where they have the same name."""

    query: str
    kind: str
    expected: frozenset[str]


class Marked(NamedTuple):
    """A place in a text that a person marked, with the records that it may name."""

    start: int
    end: int
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


def _full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@pytest.mark.parametrize("shape", [str.upper, str.lower, _full_width, lambda text: text.replace(" ", "")])
def test_every_name_is_found_first_in_another_shape(
    shape: Callable[[str], str], shipped_index: TermIndex
) -> None:
    table = shipped_index.table
    named: dict[str, set[str]] = {}
    for number in np.flatnonzero(table.preferred & ~table.described).tolist():
        record = table.records[table.record.item(number)]
        if not record.deprecated and len(table.texts[number]) > 2:
            named.setdefault(table.texts[number].casefold(), set()).add(record.iri)
    not_first = [
        name
        for name, iris in named.items()
        if not iris & {hit.iri for hit in shipped_index.search(shape(name), limit=1).items}
    ]
    assert not_first == []


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _marks(text: str, marks: str) -> list[Marked]:
    found: list[Marked] = []
    for mark in filter(None, marks.split(" | ")):
        words, slugs = mark.rsplit("=", 1)
        start = text.index(words, found[-1].end if found else 0)
        found.append(Marked(start, start + len(words), frozenset(BASE + slug for slug in slugs.split(";"))))
    return found


def _right(annotator: Annotator, text: str, marks: list[Marked]) -> tuple[int, int, int]:
    """How many spans were found, how many are marked, and how many are both."""
    found = {
        (one.start, one.end): {concept.iri for concept in one.concepts} for one in annotator.annotate(text)
    }
    both = sum(bool(mark.expected & found.get((mark.start, mark.end), set())) for mark in marks)
    return len(found), len(marks), both


def _assert_quality(counts: list[tuple[int, int, int]], least: float = _LEAST_OF_SPANS) -> None:
    found, marked, both = (sum(column) for column in zip(*counts, strict=True))
    assert both / found >= least, f"precision {both}/{found}"
    assert both / marked >= least, f"recall {both}/{marked}"


@pytest.mark.seeds
def test_passages_of_the_sources_are_annotated_as_a_person_would(
    shipped_index: TermIndex, seeds: Path
) -> None:
    annotator = Annotator(shipped_index.table)
    counts = []
    for row in _rows(_PASSAGES):
        if row["line"]:
            (file,) = seeds.glob(f"{row['source']}_*.txt")
            text = file.read_text(encoding="utf-8").split("\n")[int(row["line"]) - 1]
            counts.append(_right(annotator, text, _marks(text, row["marks"])))
    assert len(counts) >= 40
    _assert_quality(counts)


def test_passages_of_policy_prose_are_annotated_as_a_person_would(shipped_index: TermIndex) -> None:
    annotator = Annotator(shipped_index.table)
    rows = [row for row in _rows(_PASSAGES) if row["text"]]
    counts = [_right(annotator, row["text"], _marks(row["text"], row["marks"])) for row in rows]
    assert len(counts) >= 140
    _assert_quality(counts)


def test_passages_marked_without_a_look_at_the_annotator_are_annotated_much_the_same(
    shipped_index: TermIndex,
) -> None:
    annotator = Annotator(shipped_index.table)
    rows = _rows(_BLIND)
    assert len(rows) == 180
    counts = [_right(annotator, row["text"], _marks(row["text"], row["marks"])) for row in rows]
    _assert_quality(counts, _LEAST_OF_BLIND)
