"""The answer in one sentence, and what a reader must know besides."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kg.gaps.facts import Edge
from kg.gaps.ground import Ground
from kg.gaps.links import dated
from kg.gaps.model import Cell, Gap, Status, Text
from kg.gaps.sentences import count_en, date_text, listed
from kg.gaps.sources import sources_text, whole_of

_NAMED = 3


def summary(ground: Ground, statuses: Counter[Status], gaps: Sequence[Gap], cells: Sequence[Cell]) -> Text:
    """Say how much of the map is covered, thin, absent and not recorded, and where it is emptiest."""
    when = date_text(ground.protocol.cut_off)
    sources = sources_text(ground.protocol.corpus, ground.facts, ground.labels)
    total = sum(statuses.values()) - statuses["NOT-APPLICABLE"] - statuses["DATA-FAULT"]
    known, empty, beside = _known(statuses, cells), _emptiest(ground, cells), _beside(statuses)
    return Text(
        ja=f"締切日を{when.ja}とし、{sources.ja}を調べた{total}セルの内訳は、{known.ja}{beside.ja}。"
        + (f"該当なしのセルが最も多い領域は{empty.ja}である。" if empty else "")
        + _gaps_text(gaps).ja,
        en=f"The map has {count_en(total, 'cell', 'cells')} (cut-off {when.en}, searched in {sources.en}): "
        f"{known.en}{beside.en}. "
        + (f"The areas with most cells in which none was found are {empty.en}. " if empty else "")
        + _gaps_text(gaps).en,
    )


_STATUSES: tuple[tuple[Status, Text], ...] = (
    ("COVERED", Text(ja="対応あり", en="covered")),
    ("THIN", Text(ja="手薄", en="thinly covered")),
    ("ABSENT-IN-SCOPE", Text(ja="調査範囲に該当なし", en="in which none was found")),
    ("ABSENT-STATED", Text(ja="実施なしと明記", en="known absent, as a source says")),
    ("UNKNOWN", Text(ja="未記録", en="not recorded")),
    ("CONFLICT", Text(ja="典拠の不一致", en="on which sources disagree")),
)


def _known(statuses: Counter[Status], cells: Sequence[Cell]) -> Text:
    """Count the cells by what is known of them, leaving out what no cell is."""
    planned = sum(cell.planned_only and cell.status == "THIN" for cell in cells)
    aside = (
        Text(ja=f"(うち計画のみ{planned})", en=f" ({planned} of them planned only)") if planned else _NOTHING
    )
    found = []
    for status, name in _STATUSES:
        more = aside if status == "THIN" else _NOTHING
        if statuses[status]:
            found.append(
                Text(ja=f"{name.ja}{statuses[status]}{more.ja}", en=f"{statuses[status]} {name.en}{more.en}")
            )
    return listed(found) if found else Text(ja="なし", en="none")


def _beside(statuses: Counter[Status]) -> Text:
    """Name the cells that are left out because of faults, where there are any."""
    faulty = statuses["DATA-FAULT"]
    if not faulty:
        return _NOTHING
    return Text(
        ja=f"(ほかに、データ修正中で集計から除いたセルが{faulty})",
        en=f" ({count_en(faulty, 'further cell', 'further cells')} under repair, left out)",
    )


_NOTHING = Text(ja="", en="")
_NAMES = {
    "G1": Text(ja="該当なし", en="for want of any activity"),
    "G2": Text(ja="手薄", en="for thin coverage"),
    "G3": Text(ja="単独の担い手", en="for resting on one actor"),
    "G5": Text(ja="約束", en="on commitments"),
    "G6": Text(ja="用語", en="on terms"),
}


def _gaps_text(gaps: Sequence[Gap]) -> Text:
    if not gaps:
        return Text(ja="ギャップはない。", en="No gap is listed.")
    kinds = _by_type(gaps)
    return Text(
        ja=f"ギャップは{len(gaps)}件で、内訳は{kinds.ja}(一つのセルに種類の違うものが重なることもある)。",
        en=f"{count_en(len(gaps), 'gap is', 'gaps are').capitalize()} listed: {kinds.en}; one cell can have gaps "
        "of several kinds.",
    )


def _by_type(gaps: Sequence[Gap]) -> Text:
    """Count the gaps by type, the rarer types together."""
    counts = Counter(gap.type if gap.type in _NAMES else "" for gap in gaps)
    named = [(counts[kind], name) for kind, name in _NAMES.items() if counts[kind]]
    named += [(counts[""], Text(ja="その他", en="of other kinds"))] if counts[""] else []
    return listed([Text(ja=f"{name.ja}{n}件", en=f"{n} {name.en}") for n, name in named])


def _emptiest(ground: Ground, cells: Sequence[Cell]) -> Text | None:
    """Name the areas with the most cells known to be absent: up to three, and none rather than some of its equals."""
    absent = Counter(cell.area for cell in cells if cell.status in ("ABSENT-STATED", "ABSENT-IN-SCOPE"))
    worst = sorted(absent, key=lambda iri: (-absent[iri], iri))
    least = absent[worst[_NAMED]] if len(worst) > _NAMED else 0
    names = [ground.labels.text(iri) for iri in worst[:_NAMED] if absent[iri] > least]
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
    outside = _outside(ground)
    if outside:
        some = count_en(outside, "activity that counts is", "activities that count are").capitalize()
        found.append(
            Text(
                ja=f"数えた活動のうち{outside}件は、調査対象でない資料だけを典拠とする。該当なしと述べるのは調査対象に限る。",
                en=f"{some} cited from documents outside the corpus alone; that none was found is said of the corpus "
                "only.",
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


def _outside(ground: Ground) -> int:
    """Count the activities that count although no document of the corpus is cited for it."""
    facts = ground.facts
    corpus = {whole_of(source.iri, facts) for source in ground.protocol.corpus}
    cited: dict[str, set[str]] = {}
    for edge in _counting(ground):
        documents = (whole_of(ref.document.iri, facts) for ref in facts.citations.get(edge.iri, ()))
        cited.setdefault(edge.activity, set()).update(documents)
    return sum(1 for documents in cited.values() if documents and not documents & corpus)


def _counting(ground: Ground) -> list[Edge]:
    positions = {int(p) for p in ground.links.row_edge[ground.positive]} | {
        int(p) for p in ground.links.column_edge[ground.positive]
    }
    return [ground.facts.edges[position] for position in sorted(positions) if position >= 0]


def _is_late(ground: Ground, edge: Edge) -> bool:
    asserted = dated(edge, ground.facts)
    return asserted is not None and asserted > date.fromisoformat(ground.protocol.cut_off)
