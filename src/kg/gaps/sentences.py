"""The sentences of the map, in Japanese and English, with no word that claims more than the status does."""

from collections.abc import Sequence

from kg.gaps.model import Figures, Text

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_text(iso: str | None) -> Text:
    """Write a day, month or year in words of each language."""
    if iso is None:
        return Text(ja="日付不明", en="an unknown date")
    year, month, exact = (*(int(part) for part in iso.split("-")), 0, 0)[:3]
    return Text(
        ja=f"{year}年" + (f"{month}月" if month else "") + (f"{exact}日" if exact else ""),
        en=(f"{exact} " if exact else "") + (f"{_MONTHS[month - 1]} " if month else "") + f"{year}",
    )


def count_en(number: int, singular: str, plural: str) -> str:
    """Write a count with its noun, small numbers in words."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return f"{words[number] if number < len(words) else number} {singular if number == 1 else plural}"


def chance(p: float) -> str:
    """Write a p value; one that would round to nothing is only bounded.

    >>> chance(0.0123), chance(0.0000123)
    ('p=0.012', 'p<0.001')
    """
    return "p<0.001" if p < 0.001 else f"p={p:.3f}"


def listed(texts: Sequence[Text]) -> Text:
    """Join texts with commas and «and»."""
    english = [text.en for text in texts]
    head, last = english[:-1], english[-1:] or [""]
    return Text(
        ja="、".join(text.ja for text in texts),
        en=f"{', '.join(head)} and {last[0]}" if head else last[0],
    )


def enumerated(texts: Sequence[Text]) -> Text:
    """Join texts that may hold commas or «and» themselves."""
    return Text(ja="、".join(text.ja for text in texts), en="; ".join(text.en for text in texts))


def topic(area: Text, facet: Text, group: Text | None = None) -> Text:
    """Name what a cell is about."""
    ja, en = f"「{area.ja}」に関する「{facet.ja}」", f"“{facet.en}” on “{area.en}”"
    if group is None:
        return Text(ja=ja, en=en)
    return Text(ja=f"{group.ja}による{ja}", en=f"{en} by {group.en}")


def figures_text(figures: Figures) -> Text:
    """Say how many activities there are and by how many independent actors."""
    return Text(
        ja=f"独立した{figures.actors}主体による{figures.n}件の活動",
        en=f"{count_en(figures.n, 'activity', 'activities')} by "
        f"{count_en(figures.actors, 'independent actor', 'independent actors')}",
    )


def depth_text(depth: float, target: float | None = None) -> str:
    """Write a depth with two digits, or with more where two would lift it to its target or to the full 1.

    >>> depth_text(0.3038), depth_text(0.7481, 0.75), depth_text(0.9956)
    ('0.30', '0.748', '0.996')
    """
    limits = [limit for limit in (target, 1.0) if limit is not None and depth < limit]
    texts = (f"{depth:.{digits}f}" for digits in range(2, 7))
    return next((text for text in texts if all(float(text) < limit for limit in limits)), f"{depth:.6f}")


def covered(what: Text, figures: Figures, target: float) -> Text:
    """Say that a cell is covered."""
    some, depth = figures_text(figures), depth_text(figures.depth, target)
    reach = "reaches" if figures.n == 1 else "reach"
    return Text(
        ja=f"{what.ja}は対応ありで、{some.ja}が深さ{depth}(目標{target:.2f})に達している。",
        en=f"{what.en} is covered: {some.en} {reach} a depth of {depth} (target {target:.2f}).",
    )


def thin(what: Text, figures: Figures, target: float) -> Text:
    """Say that a cell is thinly covered."""
    some, reach = figures_text(figures), "reaches" if figures.n == 1 else "reach"
    return Text(
        ja=f"{what.ja}は手薄で、{some.ja}の深さ{depth_text(figures.depth, target)}は目標の{target:.2f}に届かない。",
        en=f"{what.en} is thinly covered: {some.en} {reach} a depth of {depth_text(figures.depth, target)}, "
        f"short of the target of {target:.2f}.",
    )


def planned_only(what: Text, figures: Figures) -> Text:
    """Say that all there is, is planned."""
    some = count_en(figures.n, "planned activity is", "planned activities are")
    return Text(
        ja=f"{what.ja}は計画のみで、計画中の活動が{figures.n}件あるが、始まった活動は記録にない。",
        en=f"{what.en} is planned only: {some} on record, and none that has begun.",
    )


def absent_stated(what: Text, sources: Text, as_of: str | None) -> Text:
    """Say who says that it is not done."""
    when = "" if as_of is None else f"({date_text(as_of).ja}時点)"
    return Text(
        ja=f"{sources.ja}{when}によれば、{what.ja}は行われていない。",
        en=f"{what.en} is known absent, according to {sources.en}"
        + ("." if as_of is None else f" as of {date_text(as_of).en}."),
    )


def absent_in_scope(what: Text, searched: Text, kind: str = "にあたる活動") -> Text:
    """Say that none was found in what was searched (`searched` says up to when); `kind` is what Japanese sought."""
    return Text(
        ja=f"{what.ja}{kind}は、{searched.ja}には見当たらない。",
        en=f"{what.en}: none found in {searched.en}.",
    )


def absent_as_sources_say(what: Text) -> Text:
    """Say that sources state that there is none."""
    return Text(
        ja=f"{what.ja}は、典拠によれば行われていない。",
        en=f"{what.en}: known absent, according to its sources.",
    )


def unknown(what: Text) -> Text:
    """Say that nothing is recorded, and no more."""
    return Text(
        ja=f"{what.ja}は未記録であり、取組の有無は分からない。",
        en=f"{what.en} is not recorded, which leaves open whether anything is being done.",
    )


def not_applicable(what: Text, reason: Text | None) -> Text:
    """Say that a cell does not apply, and why."""
    return Text(
        ja=f"{what.ja}は対象外である。" + (f"理由: {reason.ja}" if reason else ""),
        en=f"{what.en} does not apply. " + (f"Reason: {reason.en}" if reason else ""),
    )


def conflict(what: Text, figures: Figures, sources: Text) -> Text:
    """Say that sources disagree."""
    some = figures_text(figures)
    return Text(
        ja=f"{what.ja}は典拠が一致しない。{some.ja}が記録されている一方、{sources.ja}はこれと食い違う。",
        en=f"On {what.en}, sources disagree: {some.en} {'stands' if figures.n == 1 else 'stand'} on record, "
        f"and {sources.en} says otherwise.",
    )


def data_fault(what: Text) -> Text:
    """Say that the data are under repair."""
    return Text(
        ja=f"{what.ja}はデータ修正中のため、すべての集計から除いている。",
        en=f"{what.en}: data under repair, left out of all counts.",
    )
