"""Documents in several formats: what is read, and where it stood; and the forms annotations are given in."""

import io
import json
import time

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from kg.errors import CallerError
from kg.terms import TermIndex
from kg.terms.annotation_formats import annotate, as_page, as_web_annotations
from kg.terms.annotator import Annotator
from kg.terms.documents import LARGEST, Format, format_of, read_document
from kg.terms.profile import compare, profile

from .conftest import small_labels


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(TermIndex.build(small_labels()).table)


@pytest.mark.parametrize(
    ("kind", "sent", "found"),
    [
        ("text", "安全性 & <b>評価</b>", ["安全性", "評価"]),
        ("html", "<p>安全<b>性</b></p>", ["安全<b>性"]),
        ("html", "<p>安全</p><p>性</p>", []),
        (
            "html",
            "<p title='安全性'>Red&nbsp;teaming &amp; <!-- 安全性 -->評価</p>",
            ["Red&nbsp;teaming", "評価"],
        ),
        ("html", "<script>安全性</script><style>評価</style>設計", ["設計"]),
        ("html", "一行目\n<i>安全性</i>\n三行目 &#35413;価", ["安全性", "&#35413;価"]),
        ("html", "<p>安全性 <", ["安全性"]),
        ("html", "</script></div>安全性", ["安全性"]),
        ("markdown", "# 安全性\n評価", ["安全性", "評価"]),
        ("markdown", "**安全**性と`評価`", ["安全**性", "評価"]),
        ("markdown", "- 安全\n- 性", []),
        ("markdown", "[安全性](https://example.org/設計) and ![評価](設計.png)", ["安全性", "評価"]),
        ("markdown", "| 安全性 | 評価 |\n|---|---|\n| 設計 | 1 |", ["安全性", "評価", "設計"]),
        ("markdown", "red\nteaming", ["red\nteaming"]),
    ],
)
def test_markup_is_left_out_and_places_are_those_of_the_text_sent(
    annotator: Annotator, kind: Format, sent: str, found: list[str]
) -> None:
    items = annotate(annotator, read_document(sent, kind)).items
    assert [one.text for one in items] == found
    assert [sent[one.start : one.end] for one in items] == found


def test_bytes_are_utf_8(annotator: Annotator) -> None:
    assert read_document("\ufeff安全性".encode()).text == "安全性"
    with pytest.raises(CallerError, match="UTF-8"):
        read_document("安全性".encode("shift_jis"))


def test_a_document_may_not_be_too_large() -> None:
    with pytest.raises(CallerError, match="cut it"):
        read_document("a" * (LARGEST + 1))


def test_a_pdf_is_read_by_its_text() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    file = io.BytesIO()
    writer.write(file)
    document = read_document(file.getvalue(), "pdf")
    assert (document.text, document.extracted) == ("", True)


@pytest.mark.parametrize(
    "content", [b"", b"no pdf", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer<</Root 1 0 R>>", "%PDF"]
)
def test_what_is_no_pdf_is_the_caller_s_error(content: str | bytes) -> None:
    with pytest.raises(CallerError, match="PDF"):
        read_document(content, "pdf")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.MD", "markdown"), ("b.html", "html"), ("c.pdf", "pdf"), ("d", "text"), ("-", "text")],
)
def test_the_name_says_the_format(name: str, kind: str) -> None:
    assert format_of(name) == kind


def test_web_annotations_select_by_place_and_by_words(annotator: Annotator) -> None:
    document = read_document("AI安全性")
    page = json.loads(as_web_annotations(annotate(annotator, document).items, "https://example.org/doc"))
    (item,) = page["items"]
    assert page["type"] == "AnnotationPage"
    assert item["body"][0]["source"] == "x:ai-safety"
    assert item["target"]["selector"][0] == {"type": "TextPositionSelector", "start": 0, "end": 5}
    assert item["target"]["selector"][1]["exact"] == "AI安全性"


def test_the_page_shows_the_text_with_its_terms_and_runs_nothing(annotator: Annotator) -> None:
    document = read_document("<script>alert(1)</script>安全性")
    page = as_page(document, annotate(annotator, document).items, "<t>")
    assert "<script>" not in page
    assert ">安全性</a></mark>" in page


def test_a_profile_counts_areas_with_their_narrower_ones(annotator: Annotator) -> None:
    document = read_document("レッドチーミングとred teaming")
    (area,) = profile(annotator, document, ["x:activity"], "en").areas
    assert (area.iri, area.label, area.mentions, area.with_narrower) == ("x:red", "Red teaming", 2, 2)
    assert [quote.text for quote in area.evidence] == ["レッドチーミング", "red teaming"]


def test_a_profile_counts_areas_within_longer_names_of_other_schemes(annotator: Annotator) -> None:
    (area,) = profile(annotator, read_document("AI安全性"), ["x:property"]).areas
    assert [quote.text for quote in area.evidence] == ["安全性"]


def test_a_comparison_says_what_only_one_document_names(annotator: Annotator) -> None:
    one, other = (
        profile(annotator, read_document(text), ["x:activity", "x:property"])
        for text in ("レッドチーミング、安全性", "安全性")
    )
    assert [(area.iri, area.only) for area in compare(one, other).areas] == [("x:red", "a"), ("x:safety", "")]


@pytest.mark.parametrize(
    ("kind", "piece"),
    [
        ("html", "<!--"),
        ("html", "<a "),
        ("html", "&"),
        ("html", "</"),
        ("markdown", "["),
        ("markdown", "]("),
        ("markdown", "<a"),
    ],
)
def test_hostile_markup_costs_no_more_than_its_length(kind: Format, piece: str) -> None:
    start = time.process_time()
    read_document(piece * 100_000, kind)
    assert time.process_time() - start < 10  # where every sign is tried against the whole rest, it is minutes


def _pdf_with(content: bytes) -> bytes:
    """A PDF of one page with this content, packed."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = StreamObject()
    stream.set_data(content)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject()})
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_page_with_too_many_tags_is_refused() -> None:
    with pytest.raises(CallerError, match="more than 400000 tags"):
        read_document("<" * 400_001, "html")


def test_a_text_full_of_signs_takes_little_memory() -> None:
    document = read_document("a<b" * 100_000, "html")
    assert document.text == document.sent
    assert document.span(3, 6) == (3, 6)


def test_a_pdf_that_takes_too_long_is_refused() -> None:
    content = _pdf_with(b"q Q " * 50_000)
    with pytest.raises(CallerError, match=r"more than 1e-06 seconds"):
        read_document(content, "pdf", seconds=0.000001)


def test_a_small_pdf_that_unpacks_to_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = _pdf_with(b" " * 9_000_000)
    assert len(packed) < 100_000
    with pytest.raises(CallerError, match="page unpacks"):
        read_document(packed, "pdf")
    monkeypatch.setattr("kg.terms.pdf._MOST_CONTENT", 10)
    with pytest.raises(CallerError, match="pages unpack"):
        read_document(_pdf_with(b" " * 11), "pdf")


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_locked_pdf_is_read_only_without_a_password(password: str) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt(password, "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    if not password:
        assert read_document(file.getvalue(), "pdf").text == ""
        return
    with pytest.raises(CallerError, match="not been decrypted"):
        read_document(file.getvalue(), "pdf")


def test_a_pdf_that_draws_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.terms.pdf._MOST_OPERATIONS", 10)
    with pytest.raises(CallerError, match="draws more than 10 times"):
        read_document(_pdf_with(b"q Q " * 6), "pdf")
