"""The one grammar of status: sign, word and style class, the same on every page."""

from dataclasses import dataclass

from kg.gaps.model import Cell


@dataclass(frozen=True)
class Sign:
    """How a status is shown: style class, sign in the cell, word in each language."""

    css: str
    sign: str
    word: dict[str, str]


SIGNS = {
    "COVERED": Sign("covered", "", {"ja": "対応あり", "en": "covered"}),
    "THIN": Sign("thin", "", {"ja": "手薄", "en": "thin"}),
    "PLANNED": Sign("planned", "", {"ja": "計画のみ", "en": "planned only"}),
    "ABSENT-STATED": Sign("absent-stated", "∅", {"ja": "実施なしと明記", "en": "stated absent"}),
    "ABSENT-IN-SCOPE": Sign("absent", "0", {"ja": "調査範囲に該当なし", "en": "none found in scope"}),
    "UNKNOWN": Sign("unknown", "?", {"ja": "未記録", "en": "not recorded"}),
    "NOT-APPLICABLE": Sign("not-applicable", "–", {"ja": "対象外", "en": "not applicable"}),
    "CONFLICT": Sign("conflict", "≠", {"ja": "典拠が不一致", "en": "sources disagree"}),
    "DATA-FAULT": Sign("fault", "!", {"ja": "データ修正中", "en": "under repair"}),
}

COMMITMENT_WORDS = {
    "implemented": {"ja": "実施済み", "en": "implemented"},
    "in-part": {"ja": "一部実施", "en": "implemented in part"},
    "planned": {"ja": "計画あり", "en": "planned"},
    "no-record": {"ja": "記録なし", "en": "no record"},
    "not-yet-due": {"ja": "期限前", "en": "not yet due"},
    "stated-not-done": {"ja": "未実施と明記", "en": "stated not done"},
    "conflict": {"ja": "典拠が不一致", "en": "sources disagree"},
    "data-fault": {"ja": "データ修正中", "en": "under repair"},
}

COMMITMENT_SIGNS = {
    "implemented": "●",
    "in-part": "◐",
    "planned": "◌",
    "no-record": "?",
    "not-yet-due": "…",
    "stated-not-done": "∅",
    "conflict": "≠",
    "data-fault": "!",
}


def key_of(cell: Cell) -> str:
    """Give the status of a cell, with planned-only apart."""
    return "PLANNED" if cell.status == "THIN" and cell.planned_only else cell.status


def mark_of(cell: Cell) -> str:
    """Give what stands in the cell: the number of activities, or the sign of its status.

    A number in brackets counts activities that are only planned.
    """
    key = key_of(cell)
    if key == "PLANNED":
        return f"({cell.rolled_up.n})"
    return SIGNS[key].sign or str(cell.rolled_up.n)


def tone_of(cell: Cell) -> int:
    """Give the tone of a covered cell, 1 to 4 from its target to full depth; 0 for other cells."""
    if cell.status != "COVERED":
        return 0
    above = cell.rolled_up.depth - cell.target
    return 1 + min(3, int(4 * above / (1 - cell.target))) if cell.target < 1 else 4
