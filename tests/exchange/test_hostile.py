"""Entries of others that are not built as their format says: refused one by one, with place and repair."""

import json

import pytest

from kg.errors import DataError
from kg.vocab import BASE, SKOS
from tests.exchange.conftest import Read

CONCEPT = {"uri": BASE + "term/area/risk", "type": [SKOS + "Concept"]}
MAPPING = {
    "uri": "https://example.org/m",
    "type": [SKOS + "closeMatch"],
    "from": {"memberSet": [{"uri": BASE + "term/area/risk"}]},
    "to": {"memberSet": [{"uri": "https://example.org/a"}]},
}
UNFIT = [
    {**CONCEPT, "uri": "no iri"},
    {**CONCEPT, "uri": 5},
    {"type": [SKOS + "Concept"], "prefLabel": {"en": "nameless"}},
    {**CONCEPT, "broader": [{"uri": "https://example.org/a b"}]},
    {**CONCEPT, "prefLabel": {"no tag": "x"}},
    {**CONCEPT, "prefLabel": "x"},
    {**CONCEPT, "mappings": "x"},
    {**MAPPING, "justification": "because"},
    {**MAPPING, "note": {"no tag": ["x"]}},
    {**MAPPING, "from": []},
]


@pytest.mark.parametrize("item", UNFIT, ids=str)
def test_an_unfit_entry_is_refused_and_the_next_is_read(read: Read, item: object) -> None:
    lines = [json.dumps(item), json.dumps({**CONCEPT, "note": {"en": ["Good."]}})]
    rows = read("items.ndjson", "\n".join(lines)).rows
    assert [row.where for row in rows if row.refused and row.refused["ja"]] == ["line 1"]
    assert any(row.where == "line 2" and row.outcome == "taken" for row in rows)


@pytest.mark.parametrize("mapping", ["x", {"maps": "x"}, {"source-gap-summary": [1]}], ids=str)
def test_an_unfit_mapping_of_a_collection_is_refused(read: Read, mapping: object) -> None:
    document = {"mapping-collection": {"mappings": [mapping]}}
    (row,) = read("collection.json", json.dumps(document)).rows
    assert row.refused is not None and row.where == "mapping 1"


def test_half_a_character_is_named(read: Read) -> None:
    with pytest.raises(DataError, match="half a character"):
        read("items.ndjson", '{"uri": "https://example.org/x", "note": "\\ud800"}')


def test_a_language_tag_of_a_term_base_that_is_none_is_refused(read: Read) -> None:
    entry = '<conceptEntry id="a"><langSec xml:lang="e n"><termSec><term>x</term></termSec></langSec></conceptEntry>'
    text = f'<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body>{entry}</body></text></tbx>'
    (row,) = read("terms.tbx", text).rows
    assert row.refused is not None and row.where == "line 1"


TERMS = '<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="a">{}</conceptEntry></body></text></tbx>'
TERM = '<termSec><term>{}</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>'


def test_a_language_section_without_language_is_refused(read: Read) -> None:
    (row,) = read("terms.tbx", TERMS.format(f"<langSec>{TERM.format('x')}</langSec>")).rows
    assert row.refused is not None and "xml:lang" in row.refused["en"]


def test_of_two_preferred_terms_it_is_said_which_was_taken(read: Read) -> None:
    section = f'<langSec xml:lang="en">{TERM.format("x")}{TERM.format("y")}</langSec>'
    (row,) = read("terms.tbx", TERMS.format(section)).rows
    assert row.outcome == "taken" and any("x | y" in remark["ja"] for remark in row.remarks)


HEAD = "concept,language,prefLabel\r\n"
ROW = f"{BASE}term/area/risk,ja,安全\r\n"
ENCODED = {
    "Shift_JIS, as Japanese spreadsheets": (HEAD + ROW).encode("cp932"),
    "encodings are mixed": (HEAD + ROW).encode() + ROW.encode("cp932"),
    "is UTF-16": (HEAD + ROW).encode("utf-16"),
    "line 2: a NUL character": HEAD.encode() + b"a\0,ja,x",
    "a zip file, such as a workbook": b"PK\x03\x04...",
}


@pytest.mark.parametrize("said", ENCODED)
def test_another_encoding_is_named_with_its_repair(read: Read, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read("table.csv", ENCODED[said])


def test_what_a_file_says_twice_does_not_take_the_place_of_what_is_there(read: Read) -> None:
    text = f'<{BASE}term/area/risk> <{SKOS}prefLabel> "risk"@en , "peril"@en .'
    (row,) = read("x.ttl", text).rows
    assert not row.removes and any("twice" in remark["en"] for remark in row.remarks)


def test_another_ending_is_named_where_a_file_is_mislabelled(read: Read) -> None:
    with pytest.raises(DataError, match=r"let its name end in \.rdf"):
        read("x.ttl", '<?xml version="1.0"?><a/>')


def test_what_is_neither_known_nor_typed_is_refused(read: Read) -> None:
    (row,) = read("x.nt", f'<https://example.org/a> <{SKOS}prefLabel> "danger"@en .\n').rows
    assert row.refused is not None and "skos:Concept" in row.refused["en"]
