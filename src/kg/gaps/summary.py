"""The answer in one sentence, and what a reader must know besides."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kg.gaps.facts import Edge
from kg.gaps.ground import Ground
from kg.gaps.links import dated
from kg.gaps.model import Cell, Gap, Status, Text
from kg.gaps.sentences import count_en, date_text, listed
from kg.gaps.sources import sources_text


def summary(ground: Ground, statuses: Counter[Status], gaps: Sequence[Gap], cells: Sequence[Cell]) -> Text:
    """Say how much of the map is covered, thin, absent and not recorded, and where it is emptiest."""
    when = date_text(ground.protocol.cut_off)
    sources = sources_text(ground.protocol.corpus, ground.facts, ground.labels)
    total = sum(statuses.values()) - statuses["NOT-APPLICABLE"] - statuses["DATA-FAULT"]
    absent, unknown = statuses["ABSENT-STATED"] + statuses["ABSENT-IN-SCOPE"], statuses["UNKNOWN"]
    empty = _emptiest(ground, cells)
    beside = _beside(statuses)
    return Text(
        ja=f"締切日を{when.ja}とし、{sources.ja}を調べた{total}セルのうち、対応ありは{statuses['COVERED']}、"
        f"手薄は{statuses['THIN']}、調査範囲に該当なし・実施なしと明記は{absent}、未記録は{unknown}{beside.ja}。"
        + (f"活動が最も見当たらない領域は{empty.ja}である。" if empty else "")
        + f"ギャップ{len(gaps)}件の内訳は、{_by_type(gaps).ja}。",
        en=f"The map has {count_en(total, 'cell', 'cells')} (cut-off {when.en}, searched in {sources.en}): "
        f"{statuses['COVERED']} covered, {statuses['THIN']} thinly covered, {absent} known absent or with none found, "
        f"{unknown} not recorded{beside.en}. "
        + (f"Fewest activities were found on {empty.en}. " if empty else "")
        + f"The gaps listed are {len(gaps)}: {_by_type(gaps).en}.",
    )


def _beside(statuses: Counter[Status]) -> Text:
    """Name the cells in which sources disagree, and those that are left out because of faults, where there are any."""
    disputed, faulty = statuses["CONFLICT"], statuses["DATA-FAULT"]
    ja, en = "", ""
    if disputed:
        ja, en = f"、典拠の不一致は{disputed}", f", {disputed} on which sources disagree"
    if faulty:
        ja += f"(ほかに、データ修正中で集計から除いたセルが{faulty})"
        en += f" ({count_en(faulty, 'further cell', 'further cells')} under repair, left out)"
    return Text(ja=ja, en=en)


_NAMES = {
    "G1": Text(ja="該当なし", en="absent"),
    "G2": Text(ja="手薄", en="thin"),
    "G3": Text(ja="単独の担い手", en="on one actor"),
    "G5": Text(ja="約束", en="commitments"),
    "G6": Text(ja="用語", en="terms"),
}


def _by_type(gaps: Sequence[Gap]) -> Text:
    """Count the gaps by type, the rarer types together."""
    counts = Counter(gap.type if gap.type in _NAMES else "" for gap in gaps)
    named = [(counts[kind], name) for kind, name in _NAMES.items() if counts[kind]]
    named += [(counts[""], Text(ja="その他", en="of other types"))] if counts[""] else []
    some = listed([Text(ja=f"{name.ja}{n}件", en=f"{n} {name.en}") for n, name in named])
    return some if named else Text(ja="なし", en="none")


def _emptiest(ground: Ground, cells: Sequence[Cell]) -> Text | None:
    """Name up to three areas with the most cells known to be absent."""
    absent = Counter(cell.area for cell in cells if cell.status in ("ABSENT-STATED", "ABSENT-IN-SCOPE"))
    names = [
        ground.labels.text(iri) for iri, _ in sorted(absent.items(), key=lambda item: (-item[1], item[0]))[:3]
    ]
    quoted = [Text(ja=f"「{name.ja}」", en=f"“{name.en}”") for name in names]
    return listed(quoted) if quoted else None


def notes(ground: Ground) -> tuple[Text, ...]:
    """Say what was decided where the data left something open."""
    found = []
    if ground.table.unlisted:
        names = listed([ground.labels.text(iri) for iri in ground.table.unlisted])
        found.append(
            Text(
                ja=f"手順書に重みのない値({names.ja})は、同じ種類で最も軽い値として数えた。",
                en=f"Values without a weight in the protocol ({names.en}) weigh as the lightest of their kind.",
            )
        )
    late = sum(1 for edge in _counting(ground) if _is_late(ground, edge))
    if late:
        found.append(
            Text(
                ja=f"締切日より後の根拠が{late}件あり、古さの割引なしで数えた。",
                en=f"{count_en(late, 'edge', 'edges').capitalize()} dated after the cut-off: counted without ageing.",
            )
        )
    withdrawn = {*ground.rows.withdrawn, *ground.columns.withdrawn}
    lost = [edge for edge in ground.facts.edges if edge.concept in withdrawn]
    if lost:
        found.append(
            Text(
                ja=f"廃止された概念への対応{len(lost)}件は数えていない。",
                en=f"{count_en(len(lost), 'edge', 'edges').capitalize()} to withdrawn concepts left out of all counts.",
            )
        )
    return tuple(found)


def _counting(ground: Ground) -> list[Edge]:
    positions = {int(p) for p in ground.links.row_edge[ground.positive]} | {
        int(p) for p in ground.links.column_edge[ground.positive]
    }
    return [ground.facts.edges[position] for position in sorted(positions) if position >= 0]


def _is_late(ground: Ground, edge: Edge) -> bool:
    asserted = dated(edge, ground.facts)
    return asserted is not None and asserted > date.fromisoformat(ground.protocol.cut_off)
