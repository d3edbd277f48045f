"""The language rule: asked for, remembered, preferred by the browser, Japanese."""

import httpx
import pytest

from kg_api.pages.reader import Reader
from tests.web.pages import read_page


def reader(lang: str) -> Reader:
    return Reader(lang, "/", ())


@pytest.mark.parametrize(
    ("query", "accept", "lang"),
    [
        ("", "", "ja"),
        ("", "fr", "ja"),
        ("", "fr, en;q=0.5", "en"),
        ("", "en-GB", "en"),
        ("", "en;q=0.2, ja;q=0.9", "ja"),
        ("", "en;q=high, ja;q=0.9", "ja"),
        ("?lang=en", "ja", "en"),
        ("?lang=en-GB", "ja", "en"),
        ("?lang=EN", "ja", "en"),
        ("?lang=fr", "en", "en"),
        ("?lang=%3Cscript%3E", "", "ja"),
    ],
)
def test_the_language_of_a_page(browser: httpx.Client, query: str, accept: str, lang: str) -> None:
    answer = browser.get(f"/about{query}", headers={"Accept-Language": accept})
    assert read_page(answer.text).lang == lang
    assert answer.headers["Content-Language"] == lang


def test_a_choice_is_remembered(browser: httpx.Client) -> None:
    browser.get("/?lang=en")
    assert read_page(browser.get("/terms", headers={"Accept-Language": "ja"}).text).lang == "en"
    browser.get("/?lang=ja")
    browser.get("/?lang=en")
    assert read_page(browser.get("/terms").text).lang == "en"


def test_a_label_falls_back_by_the_rule_and_says_its_language() -> None:
    assert reader("en").label({"ja": "評価", "en": "Evaluation"}) == '<bdi lang="en">Evaluation</bdi>'
    assert reader("en").label({"ja": "評価", "fr": "Évaluation"}) == '<bdi lang="ja">評価</bdi>'
    assert reader("ja").label({"": "AISI", "fr": "Évaluation"}) == '<bdi lang="und">AISI</bdi>'
    assert reader("ja").label({"fr": "Évaluation"}) == '<bdi lang="fr">Évaluation</bdi>'
    assert reader("ja").label({}, "aisi:x") == "<bdi>aisi:x</bdi>"


def test_a_concept_is_titled_in_the_language_of_the_reader_with_the_other_beside_it(
    browser: httpx.Client,
) -> None:
    english = browser.get("/term/practice-area/security-controls?lang=en").text
    japanese = browser.get("/term/practice-area/security-controls?lang=ja").text
    assert '<h1><bdi lang="en">Security controls</bdi></h1>' in english
    assert '<h1><bdi lang="ja">セキュリティ管理措置</bdi></h1>' in japanese
    assert '<p class="other-title" lang="ja">' in english
    assert '<p class="reading" lang="ja-Kana">' in japanese
