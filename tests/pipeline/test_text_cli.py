"""Commands on texts: places in the text sent, counts side by side, and files that cannot be read."""

import json
from pathlib import Path

from tests.pipeline.conftest import Kg


def test_annotate_gives_places_in_the_text_that_was_sent(kg: Kg, data: Path) -> None:
    done = kg("annotate", "-", "--data", data, "--json", stdin="今日、第一の領域を 見る。")
    items = json.loads(done.stdout)["items"]
    assert (items[0]["start"], items[0]["end"], items[0]["text"]) == (3, 5, "第一")
    assert items[0]["concepts"][0]["iri"] == "https://w3id.org/aisi-kg/term/area/one"


def test_annotate_as_a_page_shows_hostile_text_as_text(kg: Kg, data: Path) -> None:
    page = kg(
        "annotate", "-", "--data", data, "--format", "html", stdin="<script>alert(1)</script> 第一"
    ).stdout
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_compare_names_what_one_document_alone_names(kg: Kg, data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2025年の計画")
    (tmp_path / "b.md").write_text("# 何もない")
    done = kg("compare", "a.txt", "b.md", "--data", data, "--json")
    assert done.returncode == 0
    assert set(json.loads(done.stdout)) == {"characters_a", "characters_b", "areas"}


def test_a_file_that_is_not_there_is_the_callers_fault(kg: Kg, data: Path) -> None:
    done = kg("annotate", "nowhere.txt", "--data", data)
    assert (done.returncode, "There is no file nowhere.txt" in done.stderr) == (2, True)


def test_a_pdf_that_is_none_is_said_so(kg: Kg, data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no pdf at all")
    done = kg("annotate", "a.pdf", "--data", data)
    assert done.returncode in (1, 2)
    assert "PDF" in done.stderr
    assert "Traceback" not in done.stderr
