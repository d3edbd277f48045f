"""The ladder of normal forms: which spellings meet, and at which rung."""

import pytest

from kg.terms.folding import forms, shared_rung, skeleton
from kg.terms.kana import without_vowel_length
from kg.terms.romaji import romaji_to_katakana


@pytest.mark.parametrize(
    ("one", "other", "rung"),
    [
        ("安全性", "安全性", "exact"),
        ("ＡＩセーフティ", "AIセーフティ", "width-case"),
        ("AI セーフティ", "AIセーフティ", "width-case"),
        ("Red  Teaming ", "red teaming", "width-case"),
        ("ｾｰﾌﾃｨ", "セーフティ", "width-case"),
        ("㈱ＡＢＣ", "(株)abc", "width-case"),
        ("red\u200b teaming", "Red teaming", "width-case"),
        ("サ－バ－", "サーバー", "dash"),
        ("サ―バー", "サーバー", "dash"),
        ("ｻ-ﾊﾞ-", "サーバー", "dash"),
        ("サ一バー", "サーバー", "dash"),
        ("risk–benefit", "risk-benefit", "dash"),
        ("レッド・チーミング", "レッドチーミング", "middle-dot"),
        ("レッド チーミング", "レッドチーミング", "middle-dot"),
        ("れっどちーみんぐ", "レッドチーミング", "kana"),
        ("サーバ", "サーバー", "final-long-vowel"),
        ("コンピュータ・ビジョン", "コンピュータービジョン", "loose"),
        ("ヴァリデーション", "バリデーション", "small-kana"),
        ("セキュリテイ", "セキュリティ", "small-kana"),
        ("guidelines", "Guideline", "spelling"),
        ("policies", "policy", "spelling"),
        ("biases", "bias", "spelling"),
        ("organisations", "organization", "spelling"),
        ("behaviour", "behavior", "spelling"),
        ("modelling", "modeling", "spelling"),
        ("the OECD", "OECD", "spelling"),
        ("R&D", "R and D", "spelling"),
        ("cyber-attack", "cyberattack", "joined"),
        ("cyber attacks", "cyber-attack", "joined"),
        ("インターフェイス", "インターフェース", "loose"),
    ],
)
def test_two_spellings_meet_at_a_rung(one: str, other: str, rung: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert shared_rung(forms(one), forms(other)) == rung


@pytest.mark.parametrize(
    "text", ["安全性", "ＡＩ―サ－バ－", "Organisations", "", "・", "\ud800", "🙂", "سلام", "ヴ"]
)
def test_the_skeleton_is_the_last_form(text: str) -> None:
    assert forms(text)[-1] == skeleton(text)


@pytest.mark.parametrize(
    ("romaji", "kana"),
    [
        ("anzensei", "アンゼンセイ"),
        ("hyōka", "ヒョウカ"),
        ("reddo chiimingu", "レッドチイミング"),
        ("jyouhou", "ジョウホウ"),
        ("zyouhou", "ジョウホウ"),
        ("shimbun", "シンブン"),
        ("kon'yaku", "コンヤク"),
        ("matchi", "マッチ"),
        ("security", ""),
    ],
)
def test_romaji_is_read_as_kana(romaji: str, kana: str) -> None:
    assert romaji_to_katakana(romaji) == kana


def test_vowel_length_does_not_count_in_the_loosest_form() -> None:
    assert without_vowel_length("ヒヨウカ") == without_vowel_length("ヒヨカ")
