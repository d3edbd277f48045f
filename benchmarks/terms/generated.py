"""Labels and queries made up for measuring: Japanese and English, drawn from small word lists, the same every time."""

import random
from collections.abc import Iterator

from kg.terms import LabelRecord

_ENGLISH = """
safety security risk model system data evaluation governance transparency privacy fairness robustness testing audit
incident report standard guideline policy network agency ministry international research deployment provider
developer lifecycle monitoring mitigation assessment content provenance watermark agent alignment capability
benchmark red teaming vulnerability disclosure accountability literacy infrastructure cloud language vision
"""
_JAPANESE = """
安全 性 評価 観点 情報 管理 体制 国際 協力 研究 開発 機構 推進 社会 影響 透明 説明 責任 公平 検証 可能 監査 報告
基準 ガイドライン リスク システム モデル データ セキュリティ プライバシー ネットワーク エージェント アライメント
サーバー ユーザー インシデント 生成 学習 利用 提供 事業者 政府 省庁 大学 企業 産業 医療 教育 金融 行政 防災
重要 基盤 標準 化
"""
_EN, _JA = _ENGLISH.split(), _JAPANESE.split()
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def labels(count: int, seed: int = 1) -> Iterator[LabelRecord]:
    """Make `count` labels, half of them Japanese, one of each language for a record."""
    draw = random.Random(seed)  # noqa: S311 - drawn for measuring, not for secrets
    for number in range(count // 2):
        iri = f"https://example.org/term/{number:07d}"
        english = (
            " ".join(draw.choices(_EN, k=draw.randint(1, 4))) + f" {draw.choice(_LETTERS)}{number % 997}"
        )
        japanese = "".join(draw.choices(_JA, k=draw.randint(2, 5))) + draw.choice(_JA) + str(number % 997)
        yield LabelRecord(iri=iri, label=english.capitalize(), lang="en", kind="pref", type="Concept")
        yield LabelRecord(iri=iri, label=japanese, lang="ja", kind="pref", type="Concept")


def typo(text: str, draw: random.Random) -> str:
    """One typing error before the number at the end: a character lost, doubled, replaced or two exchanged."""
    at = draw.randrange(1, len(text.rstrip("0123456789")) - 2)
    other = draw.choice(text)
    changes = (
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + other + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )
    return draw.choice(changes)
