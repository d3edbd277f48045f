"""Annotation of running text: places, boundaries, longest match, options."""

import pytest

from kg.terms import LabelRecord, TermIndex
from kg.terms.annotator import Annotator
from kg.terms.foldtext import fold_text
from kg.terms.mentions import AnnotateOptions
from kg.vocab import BASE

from .conftest import CONCEPT, small_labels


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    extra = [
        ("x:map", "Map"),
        ("x:map", "MAP"),
        ("x:os", "OS"),
        ("x:it", "IT"),
        ("x:data", "データ"),
        ("x:policy", "policy"),
        ("x:g7", "G7"),
        ("x:2024", "2024"),
        ("x:issue", "課題"),
        ("x:firm", "企業"),
        ("x:japan", "日本"),
        ("x:technology", "技術"),
        ("x:rights", "人権"),
        ("x:governance", "AIガバナンス"),
        ("x:guide", "ガイド"),
        ("x:risk", "リスクの特定"),
        ("x:talent", "AI人材"),
        ("x:incident", "インシデント報告"),
        ("x:sharing", "情報共有"),
        ("x:weapons", "CBRN"),
        ("x:provenance", "来歴"),
        ("x:art", "art"),
        ("x:rmf", "AI RMF"),
        ("x:code", "code of conduct"),
    ]
    labels = [LabelRecord(iri=iri, label=label, lang="en", type=CONCEPT) for iri, label in extra]
    typed = [("x:weapons", "CBRN weapons"), ("x:provenance", "来歴情報"), ("x:art", "artwork")]
    labels += [LabelRecord(iri=iri, label=label, kind="hidden", type=CONCEPT) for iri, label in typed]
    labels += [LabelRecord(iri="x:report", label="report", scheme="x:kinds", type=CONCEPT, general=True)]
    stage = f"{BASE}scheme/lifecycle-stage"
    stages = [
        LabelRecord(iri="x:development", label="開発", lang="ja", type=CONCEPT, scheme=stage),
        LabelRecord(iri="x:deployment", label="提供", lang="ja", kind="alt", type=CONCEPT, scheme=stage),
        LabelRecord(iri="x:deployment", label="導入", lang="ja", type=CONCEPT, scheme=stage),
    ]
    same = LabelRecord(iri="x:safety2", label="安全性", lang="ja", type=CONCEPT)
    return Annotator(TermIndex.build([*small_labels(), *labels, *stages, same]).table)


def spans(annotator: Annotator, text: str, **options: object) -> list[str]:
    found = annotator.annotate(text, AnnotateOptions.model_validate(options))
    assert all(text[one.start : one.end] == one.text for one in found)
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AIセーフティを高める", ["AIセーフティ"]),
        ("A I セーフティを高める", ["A I セーフティ"]),
        ("ＡＩセーフティ", ["ＡＩセーフティ"]),
        ("ｻｰﾊﾞｰとサーバとサ－バ－", ["ｻｰﾊﾞｰ", "サーバ", "サ－バ－"]),
        ("メタデータとデータ、データベース", ["データ"]),
        ("レッド・チーミングとレッド\nチーミング", ["レッド・チーミング", "レッド\nチーミング"]),
        ("Red-teaming, red teaming and redteaming", ["Red-teaming", "red teaming", "redteaming"]),
        ("organizations' policies and policy", ["organizations", "policies", "policy"]),
        ("unsafety safetyness", []),
        ("It is its IT and os OS", ["IT", "OS"]),
        ("MAP, Map and map", ["MAP", "Map"]),
        ("G 7の声明とG7", ["G 7", "G7"]),
        ("経済産業省は METI と呼ばれる", ["経済産業省", "METI"]),
        ("AI Safety Institutes", ["AI Safety Institutes"]),
        ("優先課題と課題及び諸課題", ["課題", "課題"]),
        ("日本企業間の技術者と技術進展", ["日本", "企業", "技術"]),
        ("人権侵害と基本人権", ["人権"]),
        ("AIガバナンスガイドとメタガイド", ["AIガバナンス", "ガイド"]),
        ("リスク特定とAIの人材", ["リスク特定", "AIの人材"]),
        ("インシデントの報告、情報の共有と経済の産業省", ["インシデントの報告", "情報の共有"]),
        ("the AI RMF and AIRMF, AI RM Fund, ＡＩ ＲＭＦ", ["AI RMF", "AIRMF", "ＡＩ ＲＭＦ"]),
        ("codes of conduct, a code of\nconduct", ["codes of conduct", "code of\nconduct"]),
        (
            "人工知能人材 and artificial intelligence safety",
            ["人工知能人材", "artificial intelligence safety"],
        ),
        ("PART I T, I Tの", ["I T"]),
        ("CBRN weapons、来歴情報、artwork", ["CBRN", "来歴情報", "artwork"]),
        ("日本太平洋岸と日本洋", []),
        ("開発途上国の開発、導入して提供", ["開発"]),
        ("安全\n\n性", []),
        ("🙂安全性🙂", ["安全性"]),
        ("https://example.org/policy/IT (policy@example.org)の安全性", ["安全性"]),
        ("", []),
        ("\ud800安全性\udfff", ["安全性"]),
        ("e\u0301 安全性", ["安全性"]),
    ],
)
def test_terms_are_found_as_they_stand(annotator: Annotator, text: str, expected: list[str]) -> None:
    assert spans(annotator, text) == expected


def test_the_longest_term_wins_unless_all_are_asked_for(annotator: Annotator) -> None:
    assert spans(annotator, "有害情報の出力制御とAI安全性") == ["有害情報の出力制御", "AI安全性"]
    assert spans(annotator, "AI安全性", longest_only=False) == ["AI安全性", "安全性"]


def test_ambiguity_is_shown(annotator: Annotator) -> None:
    (one,) = annotator.annotate("安全性")
    assert {concept.iri for concept in one.concepts} == {"x:safety", "x:safety2"}


def test_parts_of_words_only_when_asked_for(annotator: Annotator) -> None:
    assert spans(annotator, "メタデータ", whole_word_only=False) == ["データ"]


def test_filters_by_scheme_type_and_kind(annotator: Annotator) -> None:
    text = "安全性、AI安全性、経済産業省"
    assert spans(annotator, text, schemes=["x:property"]) == ["安全性", "安全性"]
    assert spans(annotator, text, types=["Actor"]) == ["経済産業省"]
    assert spans(annotator, text, exclude_synonyms=True) == ["安全性", "安全性", "経済産業省"]


def test_words_of_general_language_are_found_in_their_scheme_alone(annotator: Annotator) -> None:
    assert spans(annotator, "a report on safety") == ["safety"]
    assert spans(annotator, "a report on safety", schemes=["x:kinds"]) == ["report"]


def test_numbers_short_terms_and_stop_words_can_be_left_out(annotator: Annotator) -> None:
    assert spans(annotator, "2024年の評価") == ["2024", "評価"]
    assert spans(annotator, "2024年の評価", exclude_numbers=True) == ["評価"]
    assert spans(annotator, "2024年の評価", minimum_match_length=3) == ["2024"]
    assert spans(annotator, "2024年の評価", stop_words=["評価"]) == ["2024"]


def test_wider_concepts_are_added_when_asked_for(annotator: Annotator) -> None:
    (one,) = annotator.annotate("有害情報の出力制御", AnnotateOptions(max_level=2))
    assert one.concepts[0].broader == ("x:ai-safety", "x:safety")


def test_withdrawn_records_are_left_out(annotator: Annotator) -> None:
    assert spans(annotator, "旧い安全") == []
    assert spans(annotator, "旧い安全", deprecated=True) == ["旧い安全"]


def test_long_texts_are_cut_between_lines(annotator: Annotator) -> None:
    text = ("安全性について。\n" * 60_000)[:-1]
    found = annotator.annotate(text)
    assert len(found) == 60_000
    assert found[-1].end == text.rindex("性") + 1


def test_a_folded_text_knows_where_each_character_stood() -> None:
    text = "ｶﾞｲﾄﾞ ・サーバー\n"
    folded = fold_text(text)
    assert folded.text == "ガイドサーバ"
    assert [text[a:b] for a, b in zip(folded.first, folded.last, strict=True)] == [
        "ｶﾞ",
        "ｲ",
        "ﾄﾞ",
        "サ",
        "ー",
        "バー",
    ]
