"""Reading curated Turtle: what is broken is named with file and line."""

from pathlib import Path

import pytest

from kg.errors import CallerError, DataError
from kg.load import load_graph, parse_turtle
from kg.paths import GraphPaths, packaged_graph


def graph_of(folder: Path) -> GraphPaths:
    packaged = packaged_graph()
    return GraphPaths(packaged.ontology, folder, packaged.shapes)


def test_broken_turtle_names_file_line_and_expectation() -> None:
    with pytest.raises(DataError, match=r"^a\.ttl, line 2, column \d+: broken Turtle: .+\.$"):
        parse_turtle(b"@prefix a: <http://a/> .\na:x a:y ; .", "a.ttl")


def test_text_that_is_not_utf8_names_the_line() -> None:
    with pytest.raises(DataError, match=r"^a\.ttl, line 2: not UTF-8"):
        parse_turtle(b"<http://a/> <http://b/> <http://c/> .\n# \xff", "a.ttl")


def test_drafts_stay_out(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "a.ttl").write_text("<http://a/> <http://b/> <http://draft/> .")
    (tmp_path / "a.ttl").write_text("<http://a/> <http://b/> <http://c/> .")
    assert [file.path.name for file in load_graph(graph_of(tmp_path)).data] == ["a.ttl"]
    assert len(load_graph(graph_of(tmp_path)).data[0].triples) == 1


def test_a_folder_without_turtle_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(CallerError, match="no Turtle file"):
        load_graph(graph_of(tmp_path))


def test_the_digest_follows_content_and_not_the_order_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://a/> <http://b/> <http://c/> .")
    before = load_graph(graph_of(tmp_path)).digest
    assert load_graph(graph_of(tmp_path)).digest == before
    (tmp_path / "a.ttl").write_text("<http://a/> <http://b/> <http://d/> .")
    assert load_graph(graph_of(tmp_path)).digest != before
