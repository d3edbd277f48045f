"""Mappings of others: SSSOM/TSV, coverage layers and mapping collections, row by row."""

import json

import pyoxigraph as ox
import pytest

from kg.errors import CallerError, DataError
from kg.intake.model import Reading, Row
from kg.vocab import AISI, BASE, SKOS
from tests.exchange.conftest import Read

RISK, MISUSE = BASE + "term/area/risk", BASE + "term/area/misuse"
HEAD = f"""#mapping_set_id: https://example.org/set
#license: https://creativecommons.org/licenses/by/4.0/
#curie_map:
#  area: {BASE}term/area/
#  other: {BASE}term/other/
#  ex: "https://example.org/"
subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tcomment\tobject_source\tpredicate_modifier
"""


def sssom(read: Read, *rows: str) -> Reading:
    return read("set.tsv", HEAD + "".join(row.replace(" ", "\t").replace("_", " ") + "\n" for row in rows))


def facts(row: Row) -> dict[str, str]:
    return {
        triple.predicate.value.replace("#", "/").rpartition("/")[2]: triple.object.value
        for triple in row.adds
        if isinstance(triple.object, ox.NamedNode | ox.Literal)
    }


def test_a_new_mapping_is_proposed(read: Read) -> None:
    (row,) = sssom(
        read, "area:misuse skos:closeMatch ex:abuse semapv:ManualMappingCuration 0.9 Near_enough."
    ).rows
    said = facts(row)
    assert (said["subject_id"], said["object_id"]) == (MISUSE, "https://example.org/abuse")
    assert (said["confidence"], said["comment"]) == ("0.9", "Near enough.")
    assert said["reviewStatus"].endswith("proposed") and said["locator"] == "line-8"


def test_a_mapping_from_the_other_side_is_turned_round(read: Read) -> None:
    (row,) = sssom(read, "ex:abuse skos:broadMatch area:misuse").rows
    assert facts(row)["subject_id"] == MISUSE
    assert facts(row)["predicate_id"] == SKOS + "narrowMatch"


def test_what_the_graph_says_already_is_unchanged(read: Read) -> None:
    assert sssom(read, "area:risk skos:broadMatch other:danger").rows[0].outcome == "unchanged"


def test_another_confidence_is_a_change(read: Read) -> None:
    (row,) = sssom(read, "area:risk skos:broadMatch other:danger semapv:ManualMappingCuration 0.5").rows
    assert facts(row)["confidence"] == "0.5"
    assert [str(triple.object.value) for triple in row.removes if isinstance(triple.object, ox.Literal)] == [
        "0.8"
    ]


def test_a_stated_no_match_is_kept(read: Read) -> None:
    (row,) = sssom(read, "area:risk skos:exactMatch sssom:NoTermFound    ex:scheme").rows
    assert facts(row)["object_source"] == "https://example.org/scheme"


REFUSED = {
    "area:risk skos:exactMatch other:danger": "decide and edit",
    "area:risk owl:sameAs ex:a": "no match of SKOS",
    "ex:a skos:exactMatch ex:b": "is a concept of the graph",
    "area:risk skos:exactMatch area:risk": "mapped to itself",
    "area:risk skos:exactMatch no:a": "not in the curie_map",
    "area:risk skos:exactMatch ex:a - 1.5": "is no confidence",
    "area:risk skos:exactMatch": "object_id is empty",
    "area:misuse skos:exactMatch sssom:NoTermFound": "vocabulary that was searched",
    "area:risk skos:exactMatch ex:a - 1  ex:s Not": "denies its predicate",
    "area:risk skos:exactMatch ex:a - 1  ex:s  more": "more cells",
}


@pytest.mark.parametrize("row", REFUSED)
def test_a_row_that_cannot_be_taken_says_why(read: Read, row: str) -> None:
    (found,) = sssom(read, row).rows
    assert found.where == "line 8" and found.refused
    assert REFUSED[row] in found.refused["en"] and found.refused["ja"]


def test_rows_in_are_rows_out_and_rows_reported(read: Read) -> None:
    reading = sssom(read, *REFUSED, "area:risk skos:relatedMatch ex:a")
    assert len(reading.rows) == len(REFUSED) + 1
    assert len(reading.of("refused")) == len(REFUSED)


def test_a_set_without_its_columns_is_named(read: Read) -> None:
    with pytest.raises(DataError, match="line 2: no column predicate_id, object_id"):
        read("set.tsv", "#x: y\nsubject_id\n")


def layer(*techniques: dict[str, object], **more: object) -> str:
    return json.dumps({"name": "layer", "techniques": techniques, **more})


def test_a_layer_becomes_proposed_coverage(read: Read) -> None:
    reading = read(
        "l.json", layer({"techniqueID": "A-1", "score": 3}, gradient={"maxValue": 4}), activity="work"
    )
    said = facts(reading.rows[0])
    assert (said["coverageOf"], said["coverageBy"]) == (RISK, BASE + "activity/work")
    assert said["score"] == "0.7500" and said["reviewStatus"].endswith("proposed")


def test_entries_of_a_layer_that_cover_nothing_are_named(read: Read) -> None:
    entries: list[dict[str, object]] = [
        {"techniqueID": "A-1"},
        {"techniqueID": MISUSE, "score": 5, "enabled": False},
        {"techniqueID": "A-9", "score": 1},
        {"techniqueID": BASE + "term/area/abuse", "score": 101},
        {"score": 1},
        {"techniqueID": BASE + "term/other/danger", "score": "high"},
    ]
    reading = read("l.json", layer(*entries), activity="work")
    assert [row.outcome for row in reading.rows] == ["refused"] * 6


def test_a_layer_needs_its_activity(read: Read) -> None:
    with pytest.raises(CallerError, match="--activity SLUG"):
        read("l.json", layer({"techniqueID": "A-1", "score": 1}))


def collection(mapping: dict[str, object]) -> str:
    return json.dumps({"mapping-collection": {"uuid": "1", "mappings": [mapping]}})


def test_a_mapping_collection_keeps_its_gaps_as_absence_statements(read: Read) -> None:
    mapping: dict[str, object] = {
        "source-resource": {"type": "catalog", "href": BASE + "term/area"},
        "target-resource": {"type": "catalog", "href": "https://example.org/controls"},
        "maps": [
            {
                "relationship": "subset-of",
                "sources": [{"type": "control", "id-ref": "misuse"}],
                "targets": [{"type": "control", "id-ref": "ac-1"}],
            },
            {
                "relationship": "no-relationship",
                "sources": [{"id-ref": "risk"}],
                "targets": [{"id-ref": "ac-2"}],
            },
        ],
        "source-gap-summary": {"unmapped-controls": [{"with-ids": ["A-1", "unknown"]}]},
    }
    first, second, gap, unknown = read("o.json", collection(mapping)).rows
    assert facts(first)["predicate_id"] == SKOS + "broadMatch"
    assert facts(first)["object_id"] == "https://example.org/controls/ac-1"
    assert second.refused and "no match of SKOS" in second.refused["en"]
    assert facts(gap)["absentArea"] == RISK
    assert ox.NamedNode(AISI + "AbsenceStatement") in {triple.object for triple in gap.adds}
    assert unknown.outcome == "refused"


@pytest.mark.parametrize("content", ['{"mapping-collection": {}}', '{"techniques": 1}'])
def test_collections_without_content_are_named(read: Read, content: str) -> None:
    with pytest.raises(DataError, match="check that it is"):
        read("o.json", content)
