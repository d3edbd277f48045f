"""SKOS of others compared with the graph: new concepts, changed labels, statements without a place, bad files."""

import json

import pyoxigraph as ox
import pytest

from kg.errors import CallerError, DataError
from kg.intake.model import Reading
from kg.vocab import AISI, BASE, SKOS
from tests.exchange.conftest import Read

RISK = BASE + "term/area/risk"
HEAD = f"""@prefix skos: <{SKOS}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix own: <{BASE}term/area/> .
@prefix ex: <https://example.org/> .
"""


def added(reading: Reading) -> set[str]:
    return {str(triple) for triple in reading.adds}


def test_a_concept_of_another_institute_is_proposed_with_its_grounds(read: Read) -> None:
    reading = read(
        "x.ttl", HEAD + 'ex:a a skos:Concept ; skos:prefLabel "danger"@en ; skos:broader own:risk .'
    )
    (row,) = reading.rows
    assert (row.outcome, row.where) == ("taken", "line 5")
    assert f'<https://example.org/a> <{SKOS}prefLabel> "danger"@en' in added(reading)
    cited = [triple for triple in row.adds if triple.predicate.value == AISI + "citation"]
    assert len(cited) == 1
    assert any(triple.predicate.value == AISI + "sha256" for triple in reading.adds)


def test_a_new_preferred_label_replaces_the_old_one(read: Read) -> None:
    reading = read("x.ttl", HEAD + 'own:risk skos:prefLabel "peril"@en .')
    assert [str(triple.object) for triple in reading.removes] == ['"risk"@en']


def test_a_downward_relation_is_taken_upward(read: Read) -> None:
    reading = read("x.ttl", HEAD + "own:risk skos:narrower ex:a .")
    assert f"<https://example.org/a> <{SKOS}broader> <{RISK}>" in added(reading)


def test_a_match_becomes_a_proposed_mapping_record(read: Read) -> None:
    reading = read("x.ttl", HEAD + "ex:a skos:narrowMatch own:risk .")
    facts = {triple.predicate.value.rpartition("/")[2]: triple.object for triple in reading.adds}
    assert facts["subject_id"] == ox.NamedNode(RISK)
    assert facts["predicate_id"] == ox.NamedNode(SKOS + "broadMatch")
    assert facts["object_id"] == ox.NamedNode("https://example.org/a")


def test_nothing_is_lost_without_a_word(read: Read) -> None:
    text = (
        HEAD
        + 'ex:a a skos:Concept , owl:Class ; owl:versionInfo "1" ; ex:weight 3 .\n[] skos:prefLabel "x"@en .'
    )
    reading = read("x.ttl", text)
    (taken,), (refused,) = reading.of("taken"), reading.of("refused")
    left_out = [remark["en"] for remark in taken.remarks]
    assert sum("left out" in remark for remark in left_out) == 3
    assert any("owl:versionInfo" in remark for remark in left_out)
    assert refused.refused and "without an IRI" in refused.refused["en"]


def test_two_preferred_labels_are_named(read: Read) -> None:
    reading = read("x.ttl", HEAD + 'ex:a a skos:Concept ; skos:prefLabel "a"@en , "b"@en .')
    assert any("twice in one language" in remark["en"] for remark in reading.rows[0].remarks)


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("cut.ttl", HEAD + 'ex:a skos:prefLabel "a"@en', "line 5"),
        (
            "cut.rdf",
            '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
            "cut",
        ),
        ("wrong.ttl", '<?xml version="1.0"?><rdf:RDF/>', "looks like rdfxml"),
        ("wrong.rdf", HEAD, "looks like turtle"),
        ("remote.jsonld", '{"@context": "https://schema.org/", "@id": "ex:a"}', "context is fetched"),
        ("empty.ttl", "  \n", "is empty"),
    ],
)
def test_broken_and_mislabelled_files_are_named(read: Read, name: str, content: str, named: str) -> None:
    with pytest.raises(DataError, match=named):
        read(name, content)


def test_mixed_encodings_are_named_with_their_line(read: Read) -> None:
    with pytest.raises(DataError, match="line 5: not UTF-8"):
        read("x.ttl", HEAD.encode() + 'ex:a skos:prefLabel "危険"@ja .'.encode("cp932"))


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
)


@pytest.mark.parametrize("name", ["bomb.rdf", "bomb.tbx"])
def test_a_doctype_is_refused_unread(read: Read, name: str) -> None:
    with pytest.raises(DataError, match="line 2: a DOCTYPE is not accepted"):
        read(name, BOMB)


def test_an_unknown_ending_asks_for_the_kind(read: Read) -> None:
    with pytest.raises(CallerError, match="names no kind; say it: --as"):
        read("x.dat", "x")


JSKOS = {"uri": RISK, "type": [SKOS + "Concept"], "prefLabel": {"en": "peril", "ja": "リスク"}}


def test_jskos_changes_a_label(read: Read) -> None:
    reading = read("x.ndjson", json.dumps(JSKOS) + "\n")
    assert [str(triple.object) for triple in reading.removes] == ['"risk"@en']


def test_jskos_fields_without_a_place_are_named(read: Read) -> None:
    reading = read(
        "x.json", json.dumps([JSKOS | {"depiction": ["https://example.org/a.png"]}, 7, {"uri": "a:b"}])
    )
    assert [row.outcome for row in reading.rows] == ["taken", "refused", "refused"]
    assert "depiction" in reading.rows[0].remarks[0]["en"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('{"uri": "a:b"\n', "line 1: broken JSON"),
        ('{"uri": "a:b", "uri": "a:c"}\n', "key uri comes twice"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_broken_json_is_named(read: Read, content: str, named: str) -> None:
    with pytest.raises(DataError, match=named):
        read("x.ndjson", content)


TBX = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body>{}</body></text></tbx>"""
ENTRY = """<conceptEntry id="c1">{}
<langSec xml:lang="en"><descripGrp><descrip type="definition">What may go wrong.</descrip></descripGrp>
<termSec><term>hazard</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
<termSec><term>threat</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec></conceptEntry>"""


def test_a_term_base_of_another_institute_gives_new_concepts(read: Read) -> None:
    reading = read("x.tbx", TBX.format(ENTRY.format("")))
    (row,) = reading.rows
    labels = {triple.predicate.value.removeprefix(SKOS): str(triple.object) for triple in row.adds}
    assert (labels["prefLabel"], labels["altLabel"]) == ('"threat"@en', '"hazard"@en')
    assert labels["definition"] == '"What may go wrong."@en'
    assert row.about.startswith(BASE + "term/import-") and row.where == "line 4"
    assert [remark["en"] for remark in row.remarks if "partOfSpeech" in remark["en"]]


def test_a_term_base_finds_our_concepts_by_their_address(read: Read) -> None:
    address = f'<xref type="externalCrossReference" target="{RISK}">risk</xref>'
    (row,) = read("x.tbx", TBX.format(ENTRY.format(address))).rows
    assert row.about == RISK
    assert '"risk"@en' in {str(triple.object) for triple in row.removes}


def test_entries_with_one_id_are_named(read: Read) -> None:
    reading = read("x.tbx", TBX.format(ENTRY.format("") * 2))
    assert [row.outcome for row in reading.rows] == ["taken", "refused"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (TBX.format("")[:-20], "broken XML"),
        (TBX.format(""), "no conceptEntry"),
        ('<?xml version="1.0"?><martif/>', "TBX of 2008"),
        ("<a>" * 1000, "nested too deeply"),
        ('<?xml version="1.0" encoding="Shift_JIS"?><tbx/>', "declared as Shift_JIS"),
    ],
)
def test_broken_term_bases_are_named(read: Read, content: str, named: str) -> None:
    with pytest.raises(DataError, match=named):
        read("x.tbx", content)
