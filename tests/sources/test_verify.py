"""Attested forms against their documents: what stands there is found, what does not is named."""

import hashlib
import re
from pathlib import Path

import pytest

from kg.errors import CallerError
from kg.load import load_graph
from kg.paths import graph_paths
from kg.verify import fold, verify_sources

TEXT = "一行目\nＡ I セーフティ\n三行目\n"


@pytest.fixture
def cited(tmp_path: Path) -> Path:
    """A folder of data that cites a document of three lines, beside that document."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "paper.txt").write_text(TEXT, encoding="utf-8")
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.ttl").write_text(
        f"""@prefix aisi: <https://w3id.org/aisi-kg/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        @base <https://w3id.org/aisi-kg/> .
        <source/paper> a aisi:Source ; aisi:fileName "paper.txt" ; aisi:sha256 "{sha256}" .
        <source/paper/2> a aisi:Source ; dcterms:isPartOf <source/paper> ; aisi:locator "2" ;
            aisi:firstLine 2 ; aisi:lastLine 2 .
        <citation/paper/2/x> a aisi:Citation ; aisi:source <source/paper> ; aisi:locator "2" ;
            aisi:attestedForm "AIセーフティ"@ja .""",
        encoding="utf-8",
    )
    return tmp_path


def test_width_and_space_do_not_matter(cited: Path) -> None:
    report = verify_sources(load_graph(graph_paths(cited / "data")), cited / "docs")
    assert (report.total, report.found, report.missing) == (1, 1, ())


def test_a_form_of_another_section_is_named(cited: Path) -> None:
    data = cited / "data" / "a.ttl"
    data.write_text(
        data.read_text().replace("aisi:firstLine 2", "aisi:firstLine 3").replace("lastLine 2", "lastLine 3")
    )
    missing = verify_sources(load_graph(graph_paths(cited / "data")), cited / "docs").missing
    assert [(one.form, one.reason) for one in missing] == [
        ("AIセーフティ", "not in the lines of this section")
    ]


def test_another_edition_of_the_document_is_named(cited: Path) -> None:
    (cited / "docs" / "paper.txt").write_text(TEXT + "四行目\n", encoding="utf-8")
    missing = verify_sources(load_graph(graph_paths(cited / "data")), cited / "docs").missing
    assert "another edition" in missing[0].reason


def test_a_file_without_sections_is_searched_as_a_whole(cited: Path) -> None:
    data = cited / "data" / "a.ttl"
    text = re.sub(r"<source/paper/2> .*?\.\n", "", data.read_text(), flags=re.DOTALL)
    data.write_text(text.replace('"AIセーフティ"', '"AIセーフティ", "四行目"'))
    report = verify_sources(load_graph(graph_paths(cited / "data")), cited / "docs")
    assert (report.total, report.found) == (2, 1)
    assert [(one.form, one.reason) for one in report.missing] == [("四行目", "not in the file")]


def test_a_folder_without_the_documents_is_the_callers_fault(cited: Path) -> None:
    with pytest.raises(CallerError, match=r"None of the source documents .* paper\.txt"):
        verify_sources(load_graph(graph_paths(cited / "data")), cited)


def test_folding_takes_marks_away() -> None:
    assert fold("社会的リスク<sup>\\*</sup> ＡＩ") == "社会的リスクAI"


@pytest.mark.seeds
def test_every_attested_form_stands_in_its_document(seeds: Path) -> None:
    report = verify_sources(load_graph(graph_paths(None)), seeds)
    assert report.total > 2000
    assert [one.sentence() for one in report.missing] == []
