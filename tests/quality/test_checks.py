"""Every check finds its fault in a small file, and nothing in a clean one."""

import json
from pathlib import Path

import pytest

from kg.catalog import queries_in
from kg.intake.rdf import read_rdf
from kg.quality.model import QualityReport
from kg.quality.report import check_quality
from kg.quality.structure import CHECKS
from tests.pipeline.conftest import Kg

CLEAN = Path(__file__).parent / "clean.ttl"
LOW = "https://example.org/term/low"
SCHEME = "https://example.org/scheme"

FAULTS = {  # the check, what is added to the clean file, the record that the check must name
    "two-preferred-labels": ('ex:low skos:prefLabel "lower"@en .', LOW),
    "labels-not-disjoint": ('ex:low skos:altLabel "low"@en .', LOW),
    "related-and-hierarchical": ("ex:low skos:related ex:top .", LOW),
    "match-clash": (
        "ex:low skos:exactMatch <https://e.com/a> ; skos:broadMatch <https://e.com/a> .",
        LOW,
    ),
    "concept-and-scheme": ("ex:low a skos:ConceptScheme .", LOW),
    "collection-and-concept": ("ex:low a skos:Collection .", LOW),
    "label-is-no-text": ("ex:low skos:altLabel 7 .", LOW),
    "relation-to-text": ('ex:low skos:related "side" .', LOW),
    "scheme-is-no-scheme": ("ex:low skos:inScheme ex:top .", LOW),
    "related-to-itself": ("ex:low skos:related ex:low .", LOW),
    "undefined-skos-term": ('ex:low skos:subject "x"@en .', LOW),
    "no-language-tag": ('ex:low skos:altLabel "lowest" .', LOW),
    "unknown-language": ('ex:low skos:altLabel "最下"@jp .', LOW),
    "language-missing": ('ex:low skos:prefLabel "bas"@fr .', "https://example.org/term/side"),
    "no-documentation": (
        'ex:new a skos:Concept ; skos:prefLabel "new"@en , "新"@ja ; skos:inScheme <https://example.org/scheme> ; '
        "skos:broader ex:top .",
        "https://example.org/term/new",
    ),
    "same-label-twice": ('ex:side skos:prefLabel "Low"@en .', LOW),
    "no-label": ("ex:new a skos:Concept .", "https://example.org/term/new"),
    "unprintable-character": ('ex:low skos:altLabel "lo\\u200Bw"@en .', LOW),
    "stray-space": ('ex:low skos:altLabel "very  low"@en .', LOW),
    "empty-label": ('ex:low skos:altLabel ""@en .', LOW),
    "same-notation-twice": ('ex:side skos:notation "1" .', LOW),
    "orphan-concept": ("ex:new a skos:Concept .", "https://example.org/term/new"),
    "siblings-related": ("ex:low skos:related ex:side . ex:side skos:related ex:low .", LOW),
    "only-transitive": ("ex:new skos:broaderTransitive ex:low .", "https://example.org/term/new"),
    "no-top-concept": (
        "ex:new a skos:Concept ; skos:inScheme ex:scheme2 . ex:scheme2 a skos:ConceptScheme .",
        "https://example.org/term/scheme2",
    ),
    "top-with-broader": ("ex:low skos:topConceptOf <https://example.org/scheme> .", LOW),
    "one-way-relation": ("ex:low skos:related ex:side .", LOW),
    "match-inside-scheme": ("ex:low skos:closeMatch ex:side .", LOW),
    "no-scheme": ("ex:new a skos:Concept .", "https://example.org/term/new"),
    "undeclared-concept": ("ex:low skos:narrower ex:gone .", LOW),
    "no-out-link": (
        "ex:new a skos:Concept ; skos:inScheme ex:scheme2 . ex:scheme2 a skos:ConceptScheme .",
        "https://example.org/term/scheme2",
    ),
    "undeclared-scheme": ("ex:low skos:inScheme ex:gone .", "https://example.org/term/gone"),
    "notation-with-language": ('ex:low skos:notation "2"@en .', LOW),
    "no-http-iri": ("<urn:x:new> a skos:Concept .", "urn:x:new"),
    "scheme-says-little": ("ex:scheme2 a skos:ConceptScheme .", "https://example.org/term/scheme2"),
    "deprecated-in-use": ("ex:side owl:deprecated true . ex:low skos:broader ex:side .", LOW),
    "circular-hierarchy": ("ex:top skos:broader ex:low .", LOW),
    "redundant-broader": ("ex:deep skos:broader ex:low , ex:top .", "https://example.org/term/deep"),
    "separate-groups": (
        "ex:new a skos:Concept ; skos:inScheme <https://example.org/scheme> .",
        SCHEME,
    ),
    "no-common-language": (
        'ex:new a skos:Concept ; skos:prefLabel "neu"@de ; skos:inScheme <https://example.org/scheme> .',
        SCHEME,
    ),
}


def report_of(tmp_path: Path, added: str) -> QualityReport:
    file = tmp_path / "file.ttl"
    file.write_text(CLEAN.read_text(encoding="utf-8") + "\n" + added + "\n", encoding="utf-8")
    return check_quality(read_rdf(file))


def test_a_clean_file_has_no_issue() -> None:
    assert check_quality(read_rdf(CLEAN)).issues == ()


def test_every_check_has_its_fault() -> None:
    checks = {query.name.removeprefix("quality/") for query in queries_in("quality")}
    assert checks | {check.name for check, _ in CHECKS} == set(FAULTS)


@pytest.mark.parametrize("check", FAULTS)
def test_a_fault_is_found_where_it_is(tmp_path: Path, check: str) -> None:
    added, record = FAULTS[check]
    issues = [issue for issue in report_of(tmp_path, added).issues if issue.check == check]
    assert record in {issue.record for issue in issues}
    for issue in issues:
        assert issue.message["en"] and issue.message["ja"] and issue.repair["en"] and issue.repair["ja"]


def test_an_issue_names_the_line_of_its_concept(tmp_path: Path) -> None:
    report = report_of(tmp_path, 'ex:new a skos:Concept ; skos:prefLabel "a"@en , "b"@en .')
    (issue,) = [issue for issue in report.issues if issue.check == "two-preferred-labels"]
    assert issue.line == CLEAN.read_text(encoding="utf-8").count("\n") + 2
    assert issue.detail == "a / b @en"


@pytest.mark.parametrize("syntax", ["rdfxml", "jsonld", "ntriples"])
def test_lines_are_found_in_other_syntaxes(tmp_path: Path, syntax: str) -> None:
    texts = {
        "rdfxml": '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
        '  xmlns:skos="http://www.w3.org/2004/02/skos/core#">\n'
        '  <skos:Concept rdf:about="https://example.org/a"/>\n</rdf:RDF>\n',
        "jsonld": '{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@graph": [\n\n\n'
        ' {"@id": "https://example.org/a", "@type": "skos:Concept"}\n]}\n',
        "ntriples": "\n\n\n<https://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<http://www.w3.org/2004/02/skos/core#Concept> .\n",
    }
    file = tmp_path / "file"
    file.write_text(texts[syntax], encoding="utf-8")
    report = check_quality(read_rdf(file, syntax))
    assert {issue.line for issue in report.issues if issue.record == "https://example.org/a"} == {4}


def test_equal_files_give_equal_reports(tmp_path: Path) -> None:
    added = "ex:top skos:broader ex:low . ex:low skos:related ex:side ."
    assert report_of(tmp_path, added) == report_of(tmp_path, added)


def test_the_command_says_line_repair_and_exit_code(tmp_path: Path, kg: Kg) -> None:
    file = tmp_path / "faulty.ttl"
    file.write_text(CLEAN.read_text(encoding="utf-8") + "ex:top skos:broader ex:low .\n", encoding="utf-8")
    answer = kg("quality", file, "--lang", "ja")
    assert answer.returncode == 1
    assert "faulty.ttl:20: error: <https://example.org/term/low>" in answer.stdout
    assert "循環" in answer.stdout and "Traceback" not in answer.stderr
    report = json.loads(kg("quality", file, "--json", "--severity", "error").stdout)
    assert {issue["severity"] for issue in report["issues"]} == {"error"}
    assert kg("quality", CLEAN).returncode == 0


def test_relations_clash_through_matches_too(tmp_path: Path) -> None:
    far = "<https://e.com/far>"
    fault = f"ex:low skos:related ex:side ; skos:broadMatch {far} . {far} skos:broadMatch ex:side ."
    report = report_of(tmp_path, fault)
    assert LOW in {issue.record for issue in report.issues if issue.check == "related-and-hierarchical"}


@pytest.mark.parametrize(
    ("check", "added", "record"),
    [
        ("collection-and-concept", "ex:group a skos:Collection . ex:low skos:broader ex:group .", "group"),
        ("concept-and-scheme", "ex:low skos:related <https://example.org/scheme> .", None),
        ("deprecated-in-use", "ex:side owl:deprecated true . ex:low skos:related ex:side .", "low"),
    ],
)
def test_a_fault_that_only_a_relation_shows(
    tmp_path: Path, check: str, added: str, record: str | None
) -> None:
    found = {issue.record for issue in report_of(tmp_path, added).issues if issue.check == check}
    assert found == {f"https://example.org/term/{record}" if record else SCHEME}


def test_label_records_count_as_labels(tmp_path: Path) -> None:
    added = """ex:new a skos:Concept ; skos:inScheme <https://example.org/scheme> ; skos:broader ex:top ;
  skos:definition "A thing."@en , "物。"@ja ; <http://www.w3.org/2008/05/skos-xl#prefLabel> ex:l1 , ex:l2 , ex:l3 .
ex:top skos:narrower ex:new .
""" + "\n".join(
        f"ex:l{number} <http://www.w3.org/2008/05/skos-xl#literalForm> {form} ."
        for number, form in enumerate(('"new"@en', '"新"@ja', '"newer"@en'), start=1)
    )
    checks = {issue.check for issue in report_of(tmp_path, added).issues}
    assert "two-preferred-labels" in checks and not {"no-label", "language-missing"} & checks


def test_what_has_no_name_is_numbered_as_it_comes(tmp_path: Path) -> None:
    added = '[] a skos:Concept ; skos:prefLabel "one"@en . [] a skos:Concept ; skos:prefLabel "two"@en .'
    report = report_of(tmp_path, added)
    assert {"_:nameless-1", "_:nameless-2"} <= {issue.record for issue in report.issues}
    assert report == report_of(tmp_path, added)


def test_a_subject_within_a_line_is_found(tmp_path: Path) -> None:
    report = report_of(tmp_path, "ex:low skos:broader ex:top . ex:new a skos:Concept .")
    lines = {issue.line for issue in report.issues if issue.record == "https://example.org/term/new"}
    assert lines == {CLEAN.read_text(encoding="utf-8").count("\n") + 2}
