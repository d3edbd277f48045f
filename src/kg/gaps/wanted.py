"""What a new edge must bring, beside its area and facet, to close a gap of a cell."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from kg.gaps.facts import is_a
from kg.gaps.ground import Ground
from kg.gaps.model import GapType
from kg.gaps.protocol import WeightSpec
from kg.gaps.weights import FOLDERS

KINDS = tuple(FOLDERS)
_EXACT = 1e-9
Combination = tuple[WeightSpec, ...]


@dataclass(frozen=True)
class Wanted:
    """How many edges are needed, of which strength, by whom not, and how recent.

    `offered` are the values that may stand for role, maturity and grade; `combinations` those that are strong enough
    together, where strength matters.
    """

    offered: dict[str, tuple[str, ...]]
    combinations: tuple[Combination, ...] = ()
    needed: int = 1
    without: tuple[str, ...] = ()
    since: date | None = None


def anything(ground: Ground) -> Wanted:
    """Give what is wanted where any work that has begun will do."""
    return Wanted(_offered(ground))


def wanted_by(ground: Ground, kind: GapType, number: int, present: Sequence[str], *, begun: bool) -> Wanted:
    """Give what a gap of a cell wants; `present` are the independent actors there, and whether they have `begun`.

    Where there are only plans, those who made them may carry them out, and what they plan does not count yet.
    """
    if kind == "G2":
        depth = float(ground.rolled.depth[number]) if begun else 0.0
        needed, strong = _strong_enough(ground, number, depth)
        offered = {
            kind: tuple(sorted({combination[position].concept.iri for combination in strong}))
            for position, kind in enumerate(KINDS)
        }
        return Wanted(
            offered if strong else _offered(ground),
            tuple(strong),
            needed,
            tuple(present) if begun else (),
            _unaged(ground),
        )
    if kind == "G3":
        return Wanted(_offered(ground), needed=_newcomers(ground, number), without=tuple(present))
    if kind == "G4":
        return Wanted(_offered(ground), since=_fresh(ground))
    if kind == "G11":
        offered = _offered(ground)
        checked = tuple(grade for grade in offered["grade"] if not is_a(grade, "self-reported"))
        return Wanted(offered | {"grade": checked})
    return anything(ground)


def _offered(ground: Ground) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(weight.concept.iri for weight in _of_kind(ground, kind)) for kind in KINDS}


def _of_kind(ground: Ground, kind: str) -> list[WeightSpec]:
    """Give the protocol's weights of a kind, heaviest first; work that is only planned closes nothing."""
    found = [
        weight
        for weight in ground.protocol.weights
        if weight.kind == FOLDERS[kind] and not is_a(weight.concept.iri, "planned")
    ]
    return sorted(found, key=lambda weight: (-weight.value, weight.concept.iri))


def _strong_enough(ground: Ground, number: int, depth: float) -> tuple[int, list[Combination]]:
    """Give how many new independent edges lift a cell to its target, and which combinations are strong enough."""
    target = float(ground.targets[number])
    choices = [_of_kind(ground, kind) for kind in KINDS]
    if not all(choices) or depth >= target:
        return 1, []
    weighed = [(math.prod(w.value for w in combination), combination) for combination in product(*choices)]
    best = max(weight for weight, _ in weighed)
    missing = (1 - target) / (1 - depth)
    reachable = 0 < best < 1 and missing > 0
    needed = max(1, math.ceil(math.log(missing) / math.log(1 - best) - _EXACT)) if reachable else 1
    least = 1 - missing ** (1 / needed) if missing > 0 else 1.0
    return needed, [combination for weight, combination in weighed if weight >= least - _EXACT]


def _newcomers(ground: Ground, number: int) -> int:
    """Give how many new actors, with one activity each, it takes until nobody stands for the cell alone.

    One is enough beside one actor with one activity, or beside two actors; beside a busier one it takes two.
    """
    alone = ground.rolled.actors[number] == 1
    return 2 if alone and ground.rolled.n[number] > 1 else 1


def _unaged(ground: Ground) -> date | None:
    """Give the first day whose evidence weighs in full: the cut-off, where evidence ages at all."""
    protocol = ground.protocol
    return None if protocol.half_life_years is None else date.fromisoformat(protocol.cut_off)


def _fresh(ground: Ground) -> date | None:
    """Give the first day that is not yet too old for the protocol."""
    limit, cut_off = ground.protocol.stale_after_years, date.fromisoformat(ground.protocol.cut_off)
    return None if limit is None else cut_off - timedelta(days=math.floor(limit * 365.25))
