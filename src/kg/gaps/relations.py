"""Relations between areas: which are worked on together, which apart, and where that cannot be told."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np

from kg.gaps import exact
from kg.gaps.axes import Bools, Floats, Ints
from kg.gaps.evidence import PLACES
from kg.gaps.incidence import Incidence, incidence_of, shared
from kg.gaps.model import AxisValue, Ref, Text
from kg.gaps.nullmodel import random_tables
from kg.gaps.reach import reached
from kg.gaps.relation_values import (
    Association,
    Connection,
    Connector,
    Interval,
    Nestedness,
    Relations,
    Unit,
    Verdict,
)
from kg.gaps.result import GapAnalysis
from kg.gaps.sentences import count_en
from kg.gaps.structure import NULL_DRAWS, bridging, clusters_of, judged

_LINKS = 5
_CONNECTORS = 10
_SUPPORT = 5  # fewer members than this are links to look at, not grounds for a claim


def associations(analysis: GapAnalysis, unit: Unit = "activity") -> Relations:
    """Compare all pairs of areas by the activities, or by the independent actors, that they share."""
    refs: dict[str, Ref] = {}
    pairs = set()
    for area, ref in reached(analysis, unit):
        refs[ref.iri] = ref
        pairs.add((area, ref.iri))
    incidence = incidence_of(pairs, [area.iri for area in analysis.areas])
    return _Relater(analysis, incidence, refs, unit).relations()


@dataclass(frozen=True)
class _Null:
    """What random tables with the same degrees show."""

    mean: Floats
    sd: Floats
    nodf: Floats
    bridging: Ints


@dataclass(frozen=True)
class _Relater:
    """Reckons the relations of one table."""

    analysis: GapAnalysis
    incidence: Incidence
    refs: dict[str, Ref]
    unit: Unit

    @property
    def _seed(self) -> int:
        return self.analysis.protocol.seed

    @cached_property
    def _areas(self) -> list[Ref]:
        values: dict[str, AxisValue] = {value.iri: value for value in self.analysis.areas}
        return [Ref(iri=iri, label=values[iri].label) for iri in self.incidence.areas]

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        one, other = np.triu_indices(len(self.incidence.areas), 1)
        return one.astype(np.int64), other.astype(np.int64)

    @cached_property
    def _null(self) -> _Null:
        total, squares = np.zeros_like(self.incidence.shared), np.zeros_like(self.incidence.shared)
        nodfs, reaching = [], []
        for table in random_tables(self.incidence.table, NULL_DRAWS, self._seed):
            common = shared(table)
            total, squares = total + common, squares + common**2
            nodfs.append(nodf(common))
            reaching.append(bridging(table, self._clusters) if len(self._clusters) > 1 else np.zeros(0))
        mean = total / NULL_DRAWS
        spread = np.sqrt(np.maximum(squares / NULL_DRAWS - mean**2, 0))
        return _Null(mean, spread, np.array(nodfs), np.array(reaching, dtype=np.int64))

    @cached_property
    def _clusters(self) -> list[tuple[int, ...]]:
        return clusters_of(self.incidence.table, self._seed) if len(self.incidence.areas) > 1 else []

    @cached_property
    def _members(self) -> list[Ints]:
        return [np.flatnonzero(row) for row in self.incidence.table]

    def relations(self) -> Relations:
        """Put everything together."""
        rows, members = self.incidence.table.shape
        pairs = len(self._pairs[0])
        found = tuple(self._associations()) if pairs else ()
        clusters = self._clusters
        return Relations(
            unit=self.unit,
            areas=rows,
            members=members,
            pairs=pairs,
            tested=sum(each.verdict != "not-testable" for each in found),
            margin_single=exact.smallest_margin(members, 1) if members else None,
            margin_all=exact.smallest_margin(members, pairs) if members else None,
            associations=found,
            clusters=tuple(tuple(self._areas[i] for i in cluster) for cluster in clusters),
            connections=tuple(self._connections(clusters)),
            connectors=tuple(self._connectors(clusters)),
            nestedness=self._nestedness() if pairs else None,
            note=_note(members, pairs, self.unit),
        )

    def _associations(self) -> Iterator[Association]:
        one, other = self._pairs
        sizes = self.incidence.table.sum(axis=1).astype(np.int64)
        both = self.incidence.shared[one, other].astype(np.int64)
        a, b, total = sizes[one], sizes[other], len(self.incidence.members)
        together, apart = exact.tails(both, a, b, total)
        q_together, q_apart = exact.adjusted(together), exact.adjusted(apart)
        testable = (exact.least(both, a, b, total) <= exact.ALPHA / len(one)) & (np.minimum(a, b) >= _SUPPORT)
        lifts = _intervals(exact.lift_interval(both, a, b, total))
        phis = [
            None if math.isnan(each[0]) else _interval(*each)
            for each in zip(*map(_plain, exact.phi_interval(both, a, b, total)), strict=True)
        ]
        figures = zip(
            *map(_plain, (a, b, both, a * b / total, together, apart, q_together, q_apart)),
            *(_plain(each[one, other]) for each in (self._null.mean, self._null.sd)),
            strict=True,
        )
        for i, (in_first, in_second, in_both, expected, *chances, mean, sd) in enumerate(figures):
            verdict = _verdict(bool(testable[i]), chances[2], chances[3])
            first, second = self._areas[one[i]], self._areas[other[i]]
            yield Association(
                first=first,
                second=second,
                in_first=in_first,
                in_second=in_second,
                in_both=in_both,
                expected=expected,
                lift=lifts[i],
                phi=phis[i],
                p_together=chances[0],
                p_apart=chances[1],
                q_together=chances[2],
                q_apart=chances[3],
                null_mean=mean,
                null_sd=sd,
                verdict=verdict,
                sentence=_sentence(first.label, second.label, in_both, expected, verdict, self.unit),
                shared=self._shared(int(one[i]), int(other[i])) if in_both else (),
            )

    def _shared(self, one: int, other: int) -> tuple[Ref, ...]:
        """Give the first few members that two areas share, as links to follow."""
        positions = np.intersect1d(self._members[one], self._members[other], assume_unique=True)[:_LINKS]
        return tuple(self.refs[self.incidence.members[position]] for position in positions)

    def _connections(self, clusters: list[tuple[int, ...]]) -> Iterator[Connection]:
        number = {cluster: position for position, cluster in enumerate(clusters)}
        seen = bridging(self.incidence.table, clusters) if len(clusters) > 1 else np.zeros(0, dtype=np.int64)
        for bridge in judged(seen, self._null.bridging, clusters) if len(clusters) > 1 else ():
            yield Connection(
                first=number[bridge.first],
                second=number[bridge.second],
                seen=bridge.seen,
                expected=round(bridge.expected, PLACES),
                p=round(bridge.p, PLACES),
                testable=bridge.testable,
            )

    def _connectors(self, clusters: list[tuple[int, ...]]) -> list[Connector]:
        if len(clusters) < 2:
            return []
        table: Bools = self.incidence.table
        reached = np.array([table[list(cluster)].any(axis=0) for cluster in clusters]).sum(axis=0)
        areas = table.sum(axis=0)
        names = self.incidence.members
        ranked = sorted(np.flatnonzero(reached > 1), key=lambda i: (-reached[i], -areas[i], names[i]))
        return [
            Connector(member=self.refs[names[i]], clusters=int(reached[i]), areas=int(areas[i]))
            for i in ranked[:_CONNECTORS]
        ]

    def _nestedness(self) -> Nestedness:
        seen, null = nodf(self.incidence.shared), self._null.nodf
        spread = float(null.std())
        return Nestedness(
            nodf=_rounded(seen),
            null_mean=_rounded(null.mean()),
            z=_rounded((seen - null.mean()) / spread) if spread > 0 else None,
            p=_rounded((1 + (null >= seen - 1e-9).sum()) / (len(null) + 1)),
        )


def nodf(common: Floats) -> float:
    """Give the nestedness of rows: overlap of each smaller row with each larger one, none between equals.

    >>> nodf(np.array([[3.0, 2.0], [2.0, 2.0]]))
    100.0
    """
    sizes = np.diag(common)
    larger = sizes[:, None] > sizes[None, :]
    overlap = np.divide(common, sizes[None, :], out=np.zeros_like(common), where=sizes[None, :] > 0)
    pairs = len(sizes) * (len(sizes) - 1) / 2
    return float(100 * overlap[larger].sum() / pairs) if pairs else 0.0


def _rounded(value: float) -> float:
    return round(float(value), PLACES)


def _plain(values: Floats | Ints) -> list[Any]:
    """Give figures as they are printed; all at once, one by one it takes longer than the tests."""
    return cast("list[Any]", np.round(values, PLACES).tolist())


def _intervals(figures: tuple[Floats, Floats, Floats]) -> list[Interval]:
    return [_interval(*each) for each in zip(*map(_plain, figures), strict=True)]


def _interval(value: float, low: float, high: float) -> Interval:
    return Interval(value=value, low=low, high=high)


def _verdict(testable: bool, together: float, apart: float) -> Verdict:
    if not testable:
        return "not-testable"
    if together <= exact.ALPHA:
        return "together"
    return "apart" if apart <= exact.ALPHA else "no-difference"


def _sentence(first: Text, second: Text, both: int, expected: float, verdict: Verdict, unit: Unit) -> Text:
    noun_ja = "活動" if unit == "activity" else "主体"
    noun_en = (
        count_en(both, "activity", "activities") if unit == "activity" else count_en(both, "actor", "actors")
    )
    ja = f"「{first.ja}」と「{second.ja}」に共通する{noun_ja}は{both}件(独立なら{expected:.1f}件)"
    en = f"“{first.en}” and “{second.en}” share {noun_en} ({expected:.1f} if independent)"
    endings = {
        "together": Text(ja="で、偶然より多い。", en=": more than chance gives."),
        "apart": Text(ja="で、偶然より少ない。", en=": fewer than chance gives."),
        "no-difference": Text(
            ja="で、偶然との差は認められない。", en=": no difference from chance was found."
        ),
        "not-testable": Text(
            ja="。件数が少なく検定できない。", en=": not testable, the numbers on record are too small."
        ),
    }
    return Text(ja=ja + endings[verdict].ja, en=en + endings[verdict].en)


def _note(members: int, pairs: int, unit: Unit) -> Text:
    """Say how large areas must be before anything can be told."""
    one = exact.smallest_margin(members, 1) if members else None
    every = exact.smallest_margin(members, pairs) if members else None
    noun_ja, noun_en = ("活動", "activities") if unit == "activity" else ("主体", "actors")
    if one is None or every is None:
        return Text(
            ja=f"{noun_ja}が少なく、関係は検定できない。", en=f"Too few {noun_en} to test any relation."
        )
    return Text(
        ja=f"{noun_ja}{members}件では、二領域が「一緒に扱われない」と言うには各領域に{one}件以上、"
        f"{pairs}組すべてを考えれば{every}件以上が要る。「よく一緒に扱われる」と言うには、より少なくて足りることもある。"
        "傾いている側を示すのに足りる件数のない組は検定できず、つながりだけを示す。",
        en=f"With {members} {noun_en}, to say that two areas never meet takes at least {one} in each, and {every} when "
        f"all {pairs} pairs are looked at; to say that they often meet can take fewer. A pair whose numbers cannot "
        "bear out what they lean to is not testable, and only its links are shown.",
    )
