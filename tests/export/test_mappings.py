"""Mappings for others: SSSOM/TSV and JSKOS, no-match rows included."""

import csv
import io
import json

import pytest

from tests.export.conftest import Exported

Rows = list[dict[str, str]]


def sssom_of(content: bytes) -> tuple[str, Rows]:
    lines = content.decode().splitlines(keepends=True)
    head = "".join(line[1:] for line in lines if line.startswith("#"))
    body = "".join(line for line in lines if not line.startswith("#"))
    return head, list(csv.DictReader(io.StringIO(body), delimiter="\t"))


@pytest.fixture(scope="module")
def rows(exported: Exported) -> Rows:
    return sssom_of(exported("sssom"))[1]


def test_every_record_has_its_row(shipped_export: Exported) -> None:
    records = shipped_export("ntriples", "mappings").count(b"/ontology#Mapping> .")
    assert len(sssom_of(shipped_export("sssom"))[1]) == records > 0


def test_a_row_tells_subject_object_and_why(rows: Rows) -> None:
    (row,) = [row for row in rows if row["object_id"] == "aisikg:term/other/danger"]
    assert row["subject_id"] == "aisikg:term/area/risk"
    assert (row["subject_label"], row["object_label"]) == ("risk", "danger")
    assert row["predicate_id"] == "skos:broadMatch"
    assert row["mapping_justification"] == "semapv:ManualMappingCuration"
    assert row["confidence"] == "0.8"
    assert (row["comment"], row["other"]) == ("Danger is wider.", "comment@ja: 危険のほうが広い。")


def test_a_no_match_is_a_row(rows: Rows) -> None:
    (row,) = [row for row in rows if row["object_id"] == "sssom:NoTermFound"]
    assert row["subject_id"] == "aisikg:term/area/misuse"
    assert row["object_source"] == "aisikg:scheme/other"


def test_every_prefix_is_in_the_curie_map(exported: Exported, rows: Rows) -> None:
    head, _ = sssom_of(exported("sssom"))
    used = {cell.split(":")[0] for row in rows for name, cell in row.items() if name.endswith("_id")}
    declared = {line.split(":")[0].strip() for line in head.split("curie_map:\n")[1].splitlines()}
    assert used <= declared


def test_the_set_says_licence_and_version(exported: Exported) -> None:
    head, _ = sssom_of(exported("sssom"))
    for name in ("mapping_set_id", "mapping_set_version", "license", "creator_label", "publication_date"):
        assert f"{name}: " in head


def test_jskos_keeps_the_no_match_with_an_empty_target(exported: Exported) -> None:
    mappings = [json.loads(line) for line in exported("jskos", "mappings").splitlines()]
    targets = [mapping["to"]["memberSet"] for mapping in mappings]
    assert [] in targets and len(mappings) == 2
