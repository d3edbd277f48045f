"""Search, suggest, lookup and nearest on a small graph."""

import json
from collections.abc import Callable

import pytest

from kg.errors import CallerError, StoreError
from kg.terms import LabelRecord, TermIndex

from .conftest import ACTOR, CONCEPT, small_labels

Best = Callable[[str], tuple[str, str]]


@pytest.mark.parametrize(
    ("query", "iri", "rung"),
    [
        ("安全性", "x:safety", "exact"),
        ("red teaming", "x:red", "width-case"),
        ("れっどちーみんぐ", "x:red", "kana"),
        ("サーバ", "x:server", "final-long-vowel"),
        ("organizations", "x:org", "spelling"),
        ("あんぜんせい", "x:safety", "reading"),
        ("えーあいあんぜんせい", "x:ai-safety", "reading"),
        ("hyouka", "x:eval", "romaji"),
        ("reddo chiimingu", "x:red", "romaji"),
        ("AISI", "x:aisi", "acronym"),
        ("METI", "x:meti", "acronym"),
        ("経産省", "x:meti", "acronym"),
        ("Ministry of Economy, Trade and Industry", "x:meti", "acronym"),
        ("AI Safety Institute (AISI)", "x:aisi", "acronym"),
        ("英国旧称の研究所", "x:uk", "exact"),
        ("安全", "x:safety", "prefix"),
        ("情報", "x:toxic", "word"),
        ("output toxic", "x:toxic", "words"),
        ("red チーミング", "x:red", "loanword"),
        ("red teeming", "x:red", "typo"),
        ("安全生", "x:safety", "reading"),
        ("有害情報出力の制御", "x:toxic", "particle"),
        ("What is red teaming?", "x:red", "question"),
        ("評価とは何ですか", "x:eval", "question"),
        ("trade", "x:meti", "listed"),
        ("AI安全性・インスティテュート", "x:aisi", "synonym"),
        ("オーガニゼーション", "x:org", "loanword"),
        ("コントロール・オブ・トキシック・アウトプット", "x:toxic", "loanword"),
        ("評価、安全性", "x:safety", "composed"),
        ("safety qqqqq xxxxx", "x:safety", "contained"),
    ],
)
def test_the_best_hit_and_its_rung(first: Best, query: str, iri: str, rung: str) -> None:
    assert first(query) == (iri, rung)


def test_a_hit_says_what_matched(index: TermIndex) -> None:
    hit = index.search("れっどちーみんぐ", lang="en-GB").items[0]
    assert (hit.label, hit.lang) == ("Red teaming", "en")
    assert (hit.matched, hit.matched_lang, hit.kind) == ("レッドチーミング", "ja", "pref")


def test_the_shown_label_falls_back_to_japanese(index: TermIndex) -> None:
    hit = index.search("red teaming", lang="fr").items[0]
    assert (hit.label, hit.lang) == ("レッドチーミング", "ja")


def test_a_language_is_a_preference_and_loses_no_match(index: TermIndex) -> None:
    assert index.search("safety", lang="ja").total == index.search("safety").total


def test_whole_phrases_of_a_source_come_after_names(index: TermIndex) -> None:
    assert [hit.iri for hit in index.search("設計").items] == ["x:design", "x:org"]


def test_filters(index: TermIndex) -> None:
    assert {hit.iri for hit in index.search("AI", type="Actor").items} == {"x:aisi", "x:uk"}
    assert index.search("AI", type="Actor") == index.search("AI", type=ACTOR)
    assert {hit.iri for hit in index.search("安全", scheme="x:property").items} == {"x:safety"}
    assert {hit.iri for hit in index.search("o", broader="x:safety").items} == {"x:toxic"}


def test_deprecated_records_come_only_when_asked_for_and_name_all_replacements(index: TermIndex) -> None:
    assert (
        not index.search("旧い安全", type="Concept").items or index.search("旧い安全").items[0].iri != "x:old"
    )
    hit = index.search("旧い安全", deprecated=True).items[0]
    assert hit.replacements == ("x:safety", "x:ai-safety")


def test_pages_together_are_the_whole_list(index: TermIndex) -> None:
    whole = index.search("A", limit=100)
    pages = [index.search("A", limit=2, offset=offset) for offset in range(0, whole.total, 2)]
    assert tuple(hit for page in pages for hit in page.items) == whole.items
    assert {page.total for page in pages} == {len(whole.items)}


def test_lookup_finds_whole_terms_only(index: TermIndex) -> None:
    assert [hit.iri for hit in index.lookup("安全性")] == ["x:safety"]
    assert index.lookup("安全") == []


def test_suggest_finds_beginnings_in_any_script(index: TermIndex) -> None:
    assert index.suggest("れっど")[0].iri == "x:red"
    assert index.suggest("ひょう")[0].iri == "x:eval"


def test_nearest_gives_labels_for_an_unknown_spelling(index: TermIndex) -> None:
    assert index.nearest("レットチームング", 1)[0].iri == "x:red"


def test_the_order_of_the_input_does_not_matter(index: TermIndex) -> None:
    again = TermIndex.build(reversed(small_labels()))
    assert again.to_bytes() == index.to_bytes()


def test_an_index_comes_back_from_its_file(index: TermIndex) -> None:
    again = TermIndex.from_bytes(index.to_bytes())
    assert again.search("あんぜんせい") == index.search("あんぜんせい")


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'{"form', b'{"format": 0}'])
def test_an_index_file_that_is_damaged_or_of_another_version_is_refused(content: bytes) -> None:
    with pytest.raises(StoreError, match="kg build"):
        TermIndex.from_bytes(content)


def test_an_index_file_that_lacks_a_part_is_refused(index: TermIndex) -> None:
    document = json.loads(index.to_bytes())
    for part in set(document) - {"format"}:
        with pytest.raises(StoreError, match="kg build"):
            TermIndex.from_bytes(json.dumps({**document, part: None}).encode())


@pytest.mark.parametrize(
    "query", ["", " ", "・", "\x00", "\ud800", "\ud83d\ude00", "🙂", "‮سلام", "()", "%_*?", "-" * 400]
)
def test_odd_queries_find_nothing_and_break_nothing(index: TermIndex, query: str) -> None:
    assert index.search(query).items == ()
    assert index.lookup(query) == []
    assert index.suggest(query) == []
    index.nearest(query)


@pytest.mark.parametrize("call", ["search", "suggest", "lookup", "nearest"])
def test_a_query_that_is_too_long_is_the_caller_s_error(index: TermIndex, call: str) -> None:
    with pytest.raises(CallerError, match="100000"):
        getattr(index, call)("長" * 100_000)


@pytest.mark.parametrize(("limit", "offset"), [(-1, 0), (1001, 0), (10, -1)])
def test_pages_out_of_bounds_are_the_caller_s_error(index: TermIndex, limit: int, offset: int) -> None:
    with pytest.raises(CallerError):
        index.search("安全", limit=limit, offset=offset)


def test_an_empty_index_finds_nothing() -> None:
    index = TermIndex.from_bytes(TermIndex.build([]).to_bytes())
    assert index.search("安全").items == ()
    assert index.nearest("安全") == []


def test_a_preferred_name_in_other_capitals_comes_before_a_synonym_in_the_same() -> None:
    index = TermIndex.build(
        [
            LabelRecord(iri="x:a", label="standard", lang="en", kind="alt"),
            LabelRecord(iri="x:b", label="Standard", lang="en", kind="pref"),
            LabelRecord(iri="x:c", label="Standard", lang="en", kind="alt"),
        ]
    )
    assert [(hit.iri, hit.rung) for hit in index.search("standard").items] == [
        ("x:b", "width-case"),
        ("x:a", "exact"),
        ("x:c", "width-case"),
    ]


@pytest.mark.parametrize(
    "query", ["OECD AI原則の透明性", "transparency (OECD AI principles)", "OECD原則の透明性とは？"]
)
def test_a_concept_is_found_by_its_name_beside_that_of_its_scheme(query: str) -> None:
    scheme = "https://w3id.org/aisi-kg/ontology#ConceptScheme"
    named = [
        LabelRecord(iri="x:oecd", label="OECD AI原則", lang="ja", type=scheme),
        LabelRecord(iri="x:oecd", label="OECD AI Principles", lang="en", type=scheme),
        *(
            LabelRecord(
                iri=iri, label=label, lang=lang, type=CONCEPT, scheme=iri.rpartition("/")[0], uses=uses
            )
            for iri, uses in (("x:oecd/transparency", 1), ("x:other/transparency", 9))
            for label, lang in (("透明性及び説明可能性", "ja"), ("Transparency and explainability", "en"))
        ),
        LabelRecord(iri="x:oecd/growth", label="成長", lang="ja", type=CONCEPT, scheme="x:oecd"),
    ]
    found = TermIndex.build(named).search(query).items
    assert [(hit.iri, hit.rung) for hit in found] == [("x:oecd/transparency", "of-scheme")]


def test_of_equal_names_the_record_that_others_refer_to_comes_first() -> None:
    index = TermIndex.build(
        [LabelRecord(iri=iri, label="安全性", lang="ja", uses=uses) for iri, uses in (("x:a", 1), ("x:b", 9))]
    )
    assert [hit.iri for hit in index.search("安全性").items] == ["x:b", "x:a"]


@pytest.mark.parametrize(
    ("levels", "above"), [(0, ()), (1, ("x:ai-safety",)), (10**18, ("x:ai-safety", "x:safety"))]
)
def test_what_is_above_a_record_ends_at_the_top(
    index: TermIndex, levels: int, above: tuple[str, ...]
) -> None:
    assert index.table.above("x:toxic", levels) == above
