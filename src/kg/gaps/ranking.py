"""Put gaps in order by four stated parts, and say how far the order holds when the weights are redrawn."""

from collections.abc import Sequence

import numpy as np

from kg.gaps.axes import Bools, Floats, Ints
from kg.gaps.cell_gaps import shortfalls
from kg.gaps.demand import Demand
from kg.gaps.drafts import Draft
from kg.gaps.evidence import PLACES
from kg.gaps.ground import Ground
from kg.gaps.model import GAP_TYPES, Confidence, Gap, Rank, Robustness
from kg.gaps.rules import RULES

PARTS = ("need", "reach", "actionability", "confidence")
_CHUNK = 50
_INTERVAL = (0.025, 0.975)
_PART_SPREAD = 0.5


def rank(ground: Ground, demand: Demand, drafts: Sequence[Draft]) -> tuple[Gap, ...]:
    """Make gaps of drafts, the first-ranked first.

    The order is that of the plain mean of the four parts; each redraw takes drawn weights for the evidence and
    lets each part count between half and one and a half times.
    """
    if not drafts:
        return ()
    shares = _shares(ground, drafts)
    parts = np.array([_parts(draft, share) for draft, share in zip(drafts, shares, strict=True)])
    order = sorted(range(len(drafts)), key=lambda i: (-round(parts[i].mean(), 9), *_tie(drafts[i])))
    ordered = [drafts[i] for i in order]
    low, high = _intervals(ground, demand, ordered, parts[order])
    return tuple(
        _gap(
            ground,
            draft,
            float(shares[i]),
            parts[i],
            (position, int(low[position - 1]), int(high[position - 1])),
        )
        for position, (i, draft) in enumerate(zip(order, ordered, strict=True), 1)
    )


def _tie(draft: Draft) -> tuple[int, str]:
    return GAP_TYPES.index(draft.type), draft.id


def _parts(draft: Draft, share: float) -> tuple[float, float, float, float]:
    return draft.need, draft.reach, draft.closeness, draft.knowledge * draft.soundness * share


def _weighed(drafts: Sequence[Draft]) -> tuple[Ints, list[int]]:
    """Give the drafts that stand on weights, and their cells."""
    found = [(position, d.cell_number) for position, d in enumerate(drafts) if d.cell_number is not None]
    return np.array([position for position, _ in found], dtype=np.int64), [cell for _, cell in found]


def _shares(ground: Ground, drafts: Sequence[Draft]) -> Floats:
    shares = np.ones(len(drafts))
    positions, cells = _weighed(drafts)
    if len(positions):
        still: Bools = shortfalls(ground, cells)[1]
        shares[positions] = still.mean(axis=0)
    return shares


def _intervals(ground: Ground, demand: Demand, drafts: Sequence[Draft], parts: Floats) -> tuple[Ints, Ints]:
    """Give the interval that holds the rank of each gap in 95 of 100 redraws."""
    draws = ground.protocol.draws
    generator = np.random.default_rng(ground.protocol.seed + 1)
    counts = generator.uniform(1 - _PART_SPREAD, 1 + _PART_SPREAD, size=(draws, len(PARTS)))
    positions, cells = _weighed(drafts)
    short = shortfalls(ground, cells)[0] if len(positions) else np.zeros((draws, 0))
    ranks = np.zeros((draws, len(drafts)), dtype=np.int32)
    for start in range(0, draws, _CHUNK):
        chunk = slice(start, start + _CHUNK)
        score = counts[chunk] @ parts.T
        drawn_need = demand.needs(cells, short[chunk])
        score[:, positions] += counts[chunk, :1] * (drawn_need - parts[positions, 0])
        order = np.argsort(-score, axis=1, kind="stable")
        np.put_along_axis(ranks[chunk], order, np.arange(1, len(drafts) + 1, dtype=np.int32)[None, :], axis=1)
    low, high = np.quantile(ranks, _INTERVAL, axis=0, method="nearest")
    return low.astype(np.int64), high.astype(np.int64)


def _gap(ground: Ground, draft: Draft, share: float, parts: Floats, place: tuple[int, int, int]) -> Gap:
    need, reach, actionability, confidence = (round(float(part), PLACES) for part in parts)
    position, low, high = place
    return Gap(
        id=draft.id,
        type=draft.type,
        status=draft.status,
        cell=draft.cell,
        record=draft.record,
        sentence=draft.sentence,
        rule=RULES[draft.type],
        query=draft.query,
        bindings=draft.bindings,
        evidence=draft.evidence,
        nearest=draft.nearest,
        negative=draft.negative,
        completeness=draft.completeness,
        closes_if=draft.closes_if,
        confidence=Confidence(
            knowledge=round(draft.knowledge, PLACES),
            soundness=round(draft.soundness, PLACES),
            robustness=round(share, PLACES),
        ),
        owners=draft.owners,
        rank=Rank(
            position=position,
            low=min(low, position),
            high=max(high, position),
            need=need,
            reach=reach,
            actionability=actionability,
            confidence=confidence,
        ),
        robustness=Robustness(draws=ground.protocol.draws, share=round(share, PLACES)),
        figures=draft.figures,
        protocol=ground.protocol.iri,
        protocol_version=ground.protocol.version,
    )
