"""Two vocabularies compared: every candidate shows what speaks for it, and nothing is decided."""

import csv
import json
from pathlib import Path

import pytest

from kg.compare.candidates import compare
from kg.compare.model import Candidate, Comparison
from kg.compare.vocabulary import read_vocabulary
from kg.errors import DataError
from kg.intake.rdf import read_rdf
from tests.pipeline.conftest import Kg

HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
A = """@prefix : <https://a.example/> .
:harm a skos:Concept ; skos:prefLabel "Harm"@en , "危害"@ja ; skos:narrower :bias .
:bias a skos:Concept ; skos:prefLabel "Bias"@en ; skos:definition "Systematic difference in treatment."@en .
:red a skos:Concept ; skos:prefLabel "レッドチーミング"@ja ; skos:altLabel "Red-teaming"@en .
:loss a skos:Concept ; skos:prefLabel "Loss of control"@en ;
    skos:definition "Humans can no longer halt autonomous machines."@en ; skos:closeMatch <https://b.example/takeover> .
:lone a skos:Concept ; skos:prefLabel "Watermarking"@en .
"""
B = """@prefix : <https://b.example/> .
:hurt a skos:Concept ; skos:prefLabel "harms"@en , "危害"@ja .
:bias a skos:Concept ; skos:prefLabel "bias"@en ; skos:broader :hurt ; skos:definition "Unfair treatment."@en .
:team a skos:Concept ; skos:prefLabel "Red teaming"@en , "レッド・チーミング"@ja .
:takeover a skos:Concept ; skos:prefLabel "Takeover"@en ;
    skos:definition "Autonomous machines that humans can no longer halt."@en .
:other a skos:Concept ; skos:prefLabel "Procurement"@en .
"""


def files(folder: Path) -> tuple[Path, Path]:
    for name, text in (("a.ttl", A), ("b.ttl", B)):
        (folder / name).write_text(HEAD + text, encoding="utf-8")
    return folder / "a.ttl", folder / "b.ttl"


@pytest.fixture
def found(tmp_path: Path) -> Comparison:
    one, other = (read_vocabulary(read_rdf(path)) for path in files(tmp_path))
    return compare(one, other, ("a.ttl", "b.ttl"), "en")


def candidate(found: Comparison, name: str) -> Candidate:
    (one,) = [one for one in found.candidates if one.a == f"https://a.example/{name}"]
    return one


def test_a_name_in_common_is_shown_with_how_it_was_found_equal(found: Comparison) -> None:
    (label,) = candidate(found, "bias").labels
    assert (label.a.text, label.b.text, label.how) == ("Bias", "bias", "width-case")
    assert {label.a.lang for label in candidate(found, "red").labels} == {"ja", "en"}


def test_definitions_are_shown_with_the_words_they_share(found: Comparison) -> None:
    (definition,) = candidate(found, "loss").definitions
    assert {"autonomous", "machine", "halt"} <= set(definition.shared) and definition.share > 0.5


def test_structure_is_shown(found: Comparison) -> None:
    (neighbour,) = candidate(found, "bias").structure
    assert (neighbour.relation, neighbour.a, neighbour.b) == (
        "broader",
        "https://a.example/harm",
        "https://b.example/hurt",
    )


def test_what_is_mapped_already_says_so(found: Comparison) -> None:
    assert candidate(found, "loss").mapped_already
    assert not candidate(found, "bias").mapped_already


def test_one_name_with_two_definitions_is_listed(found: Comparison) -> None:
    (one,) = found.definitions_differ
    assert one.a_label == "Bias"
    assert [(d.a, d.b) for d in one.definitions] == [
        ("Systematic difference in treatment.", "Unfair treatment.")
    ]


def test_what_only_one_side_has_is_listed(found: Comparison) -> None:
    assert [one.label for one in found.only_a] == ["Watermarking"]
    assert [one.label for one in found.only_b] == ["Procurement"]


def test_a_file_without_concepts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.ttl").write_text("<https://a.example/x> a <https://a.example/Y> .", encoding="utf-8")
    with pytest.raises(DataError, match=r"none\.ttl has no skos:Concept"):
        read_vocabulary(read_rdf(tmp_path / "none.ttl"))


def test_candidates_go_to_a_file_that_import_reads(kg: Kg, tmp_path: Path) -> None:
    one, other = files(tmp_path)
    proposal = tmp_path / "candidates.sssom.tsv"
    done = kg("compare-schemes", str(one), str(other), "--json", "--sssom", str(proposal))
    assert done.returncode == 0
    rows = [line for line in proposal.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    parsed = list(csv.DictReader(rows, delimiter="\t"))
    unmapped = [c for c in json.loads(done.stdout)["candidates"] if not c["mappedAlready"]]
    assert len(parsed) == len(unmapped) > 0
    assert {row["predicate_id"] for row in parsed} == {"skos:closeMatch"}
    assert "confidence" not in parsed[0]  # nothing that a program reckons is stored as a fact


def test_the_classes_of_an_ontology_are_compared_where_it_has_no_concepts(tmp_path: Path) -> None:
    a, b = files(tmp_path)
    b.write_text(
        """@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://b.example/> .
:Harm a owl:Class ; rdfs:label "harm"@en ; rdfs:comment "Damage."@en .
:Bias a owl:Class ; rdfs:label "bias"@en ; rdfs:subClassOf :Harm .
""",
        encoding="utf-8",
    )
    ontology = read_vocabulary(read_rdf(b))
    assert ontology["https://b.example/Harm"].definitions == {"en": ("Damage.",)}
    assert ontology["https://b.example/Bias"].neighbours == {"broader": ("https://b.example/Harm",)}
    names = (a.name, b.name)
    pairs = {
        (one.a, one.b) for one in compare(read_vocabulary(read_rdf(a)), ontology, names, "en").candidates
    }
    assert pairs == {
        (f"https://a.example/{one}", f"https://b.example/{one.title()}") for one in ("harm", "bias")
    }
