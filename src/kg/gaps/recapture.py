"""How many activities may be missing: capture and recapture between independent listings.

A listing is a document that was read to the end, as completeness statements entail; two are independent when
different actors answer for them.
"""

import math
from collections.abc import Mapping
from itertools import combinations

import numpy as np

from kg.catalog import load_query
from kg.gaps.ground import Ground
from kg.gaps.knowledge import holds_for
from kg.gaps.ledgers import Recall
from kg.gaps.model import Text
from kg.gaps.sentences import count_en
from kg.gaps.sources import whole_of
from kg.gaps.terms import groups_of, must

_Z95 = 1.959963984540054
_LEAST_COMMON = 7


def recall(ground: Ground) -> tuple[tuple[Recall, ...], Text | None]:
    """Estimate the number of activities from every two independent listings that share enough, or say why not."""
    cited = _cited(ground)
    shared = {pair: len(cited[pair[0]] & cited[pair[1]]) for pair in _independent(ground, cited)}
    estimates = tuple(
        _estimate(ground, first, second, cited[first], cited[second])
        for (first, second), both in shared.items()
        if both >= _LEAST_COMMON
    )
    return estimates, None if estimates else _reason(list(shared.values()))


def _reason(shared: list[int]) -> Text:
    if not shared:
        return Text(
            ja="発行者の異なる、読み尽くした資料が二つ以上ないため、漏れの数は推定できない。",
            en="How much is missing cannot be estimated: there are no two documents by different publishers that were "
            "both read to the end.",
        )
    best = max(shared)
    if not best:
        return Text(
            ja="独立した資料に共通する活動がないため、漏れの数は推定できない。",
            en="How much is missing cannot be estimated: no two independent documents report the same activity.",
        )
    return Text(
        ja=f"独立した資料に共通する活動が最多でも{best}件で、{_LEAST_COMMON}件に満たないため、漏れの数は推定できない。",
        en="How much is missing cannot be estimated: independent documents share "
        f"{count_en(best, 'activity', 'activities')} at most, and fewer than {_LEAST_COMMON} give no usable figure.",
    )


def _independent(ground: Ground, cited: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    publishers = _publishers(ground)
    listings = sorted(each for each in cited.keys() & publishers.keys() if _is_listing(ground, each))
    return [
        (first, second)
        for first, second in combinations(listings, 2)
        if not publishers[first] & publishers[second]
    ]


def _is_listing(ground: Ground, document: str) -> bool:
    """Tell whether statements entail that all that a document reports, wherever on the map, was recorded."""
    known = np.zeros((len(ground.rows), len(ground.columns)), dtype=np.bool_)
    for statement in ground.knowledge.completeness:
        if not statement.actors and holds_for(statement, document, ground.protocol, ground.facts):
            known |= statement.mask()
    return bool(known.all())


def _cited(ground: Ground) -> dict[str, frozenset[str]]:
    """Give the activities that count on the map, for each whole document that speaks of them."""
    counting = {ground.links.activities[a] for a in ground.links.activity[ground.positive]}
    listed = groups_of(
        (whole_of(ref.document.iri, ground.facts), activity)
        for activity in counting
        for ref in ground.facts.citations.get(activity, ())
    )
    return {source: frozenset(activities) for source, activities in listed.items()}


def _publishers(ground: Ground) -> dict[str, frozenset[str]]:
    """Give who answers for each document; actors that count as one are one."""
    rows = ground.store.select(load_query("gaps/source-publishers").bind())
    pairs = groups_of((must(row, "source"), ground.facts.independent(must(row, "publisher"))) for row in rows)
    return {source: frozenset(actors) for source, actors in pairs.items()}


def chapman(first: int, second: int, both: int) -> tuple[float, float, float]:
    """Give Chapman's estimate with its 95 % interval, which never reaches below what was seen.

    >>> chapman(30, 20, 10)[0]
    58.18181818181818
    """
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    error = _Z95 * math.sqrt(variance)
    return estimate, max(estimate - error, float(first + second - both)), estimate + error


def _estimate(ground: Ground, first: str, second: str, one: frozenset[str], other: frozenset[str]) -> Recall:
    estimate, low, high = chapman(len(one), len(other), len(one & other))
    return Recall(
        first=ground.labels.ref(first),
        second=ground.labels.ref(second),
        in_first=len(one),
        in_second=len(other),
        in_both=len(one & other),
        estimate=round(estimate, 3),
        low=round(low, 3),
        high=round(high, 3),
        recorded=len(one | other),
    )
