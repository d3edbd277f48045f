"""What is said about the difference between two analyses."""

from typing import Literal

from kg.gaps.model import CellKey, Status, Text, Value

Cause = Literal[
    "taxonomy-changed",
    "protocol-changed",
    "fault-found",
    "fault-repaired",
    "activity-added",
    "activity-ended",
    "evidence-added",
    "evidence-changed",
    "evidence-aged",
    "evidence-withdrawn",
    "review-decided",
    "absence-stated",
    "absence-withdrawn",
    "absence-changed",
    "completeness-added",
    "completeness-withdrawn",
    "completeness-changed",
    "independence-changed",
    "provision-added",
    "provision-withdrawn",
    "provision-changed",
    "implementation-changed",
    "demand-changed",
    "term-changed",
    "document-changed",
    "record-changed",
]
CAUSES: dict[Cause, Text] = {
    "taxonomy-changed": Text(ja="分類の変更", en="the taxonomy changed"),
    "protocol-changed": Text(ja="手順書の変更", en="the protocol changed"),
    "fault-found": Text(ja="不備の発見", en="a fault was found"),
    "fault-repaired": Text(ja="不備の修正", en="a fault was repaired"),
    "activity-added": Text(ja="新しい活動", en="an activity was added"),
    "activity-ended": Text(ja="活動の終了", en="an activity ended"),
    "evidence-added": Text(ja="新しい根拠", en="evidence was added"),
    "evidence-changed": Text(ja="根拠の内容の変更", en="evidence says something else"),
    "evidence-aged": Text(ja="根拠の経年", en="evidence aged"),
    "evidence-withdrawn": Text(ja="根拠の取下げ", en="evidence was withdrawn"),
    "review-decided": Text(ja="査読の結果", en="a review was decided"),
    "absence-stated": Text(ja="不在の言明の追加", en="an absence was stated"),
    "absence-withdrawn": Text(ja="不在の言明の取下げ", en="a stated absence was withdrawn"),
    "absence-changed": Text(ja="不在の言明の変更", en="a stated absence was changed"),
    "completeness-added": Text(ja="網羅性の言明の追加", en="completeness was added"),
    "completeness-withdrawn": Text(ja="網羅性の言明の取下げ", en="completeness was withdrawn"),
    "completeness-changed": Text(ja="網羅性の言明の変更", en="a statement of completeness was changed"),
    "independence-changed": Text(ja="主体の独立性の変更", en="actors came to count differently"),
    "provision-added": Text(ja="条項の追加", en="a provision was added"),
    "provision-withdrawn": Text(ja="条項の取下げ", en="a provision was withdrawn"),
    "provision-changed": Text(ja="条項の記録の変更", en="the record of the provision changed"),
    "implementation-changed": Text(ja="履行の記録の変更", en="what puts the provision into effect changed"),
    "demand-changed": Text(ja="条項や事案による需要の変化", en="what clauses and incidents ask for changed"),
    "term-changed": Text(ja="用語の記録の変更", en="the record of the term changed"),
    "document-changed": Text(ja="文書の記録の変更", en="the record of the document changed"),
    "record-changed": Text(ja="関連する記録の変更", en="records it stands on changed"),
}
Kind = Literal["opened", "closed", "changed"]


class CellChange(Value):
    """A cell whose status is another one now, or that came or went."""

    cell: CellKey
    before: Status | None
    after: Status | None
    causes: tuple[Cause, ...]
    sentence: Text


class GapChange(Value):
    """A gap that opened, closed or says something else now, with the reasons."""

    id: str
    type: str
    kind: Kind
    before: Status | None
    after: Status | None
    causes: tuple[Cause, ...]
    sentence: Text


class Diff(Value):
    """Two analyses of the same map compared."""

    protocol: str
    summary: Text
    protocol_changes: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    cells: tuple[CellChange, ...]
    gaps: tuple[GapChange, ...]
    opened: dict[Cause, int]
    closed: dict[Cause, int]
