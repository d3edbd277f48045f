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
