"""A small graph of terms."""

from collections.abc import Callable

import pytest

from kg.terms import LabelRecord, TermIndex

CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
ACTOR = "https://w3id.org/aisi-kg/ontology#Actor"


def _record(iri: str, *labels: tuple[str, ...], **features: object) -> list[LabelRecord]:
    named = [dict(zip(("label", "lang", "kind"), label, strict=False)) for label in labels]
    return [LabelRecord.model_validate({"iri": iri, "type": CONCEPT, **features, **label}) for label in named]


def small_labels() -> list[LabelRecord]:
    """Twelve records with labels of every kind."""
    return [
        *_record("x:red", ("レッドチーミング", "ja"), ("Red teaming", "en"), scheme="x:activity"),
        *_record("x:safety", ("安全性", "ja"), ("Safety", "en"), scheme="x:property"),
        *_record(
            "x:ai-safety",
            ("AIセーフティ", "ja"),
            ("AI safety", "en"),
            ("AI安全性", "ja", "alt"),
            broader=("x:safety",),
        ),
        *_record(
            "x:toxic",
            ("有害情報の出力制御", "ja"),
            ("Control of toxic output", "en"),
            broader=("x:ai-safety",),
        ),
        *_record("x:server", ("サーバー", "ja"), ("server", "en")),
        *_record("x:eval", ("評価", "ja"), ("Evaluation", "en"), ("ヒョウカ", "ja-Kana", "reading")),
        *_record("x:org", ("組織", "ja"), ("Organisation", "en"), ("設計、開発及び利用", "ja", "attested")),
        *_record("x:design", ("設計", "ja"), ("Design", "en"), ("設計、開発及び利用", "ja", "attested")),
        *_record(
            "x:aisi", ("AIセーフティ・インスティテュート", "ja"), ("AI Safety Institute", "en"), type=ACTOR
        ),
        *_record(
            "x:meti",
            ("経済産業省", "ja"),
            ("Ministry of Economy, Trade and Industry (METI)", "en"),
            type=ACTOR,
        ),
        *_record(
            "x:uk",
            ("AIセキュリティ・インスティテュート", "ja"),
            ("英国旧称の研究所", "ja", "former"),
            type=ACTOR,
        ),
        *_record(
            "x:old",
            ("旧い安全", "ja"),
            ("old safety", "en"),
            deprecated=True,
            replacements=("x:safety", "x:ai-safety"),
        ),
    ]


@pytest.fixture(scope="session")
def index() -> TermIndex:
    return TermIndex.build(small_labels())


@pytest.fixture
def first(index: TermIndex) -> Callable[[str], tuple[str, str]]:
    """The record and the rung of the best hit."""

    def best(query: str) -> tuple[str, str]:
        hit = index.search(query).items[0]
        return hit.iri, hit.rung

    return best
