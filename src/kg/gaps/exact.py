"""Exact tests and intervals, vectorised; scipy.stats takes a second to load, so load this module when needed."""

import math
from bisect import bisect_left

import numpy as np
from scipy.special import gammaln
from scipy.stats import beta, false_discovery_control, fisher_exact, hypergeom

from kg.gaps.axes import Floats, Ints

_Z95 = 1.959963984540054
_TAIL = 0.025
ALPHA = 0.05


def tails(both: Ints, one: Ints, other: Ints, total: int) -> tuple[Floats, Floats]:
    """Give the chances to see so many in common or more, and so few or fewer, were the two sets drawn independently.

    The smaller tail is summed; the larger one is what it leaves.
    """
    few = both * total <= one * other
    together, apart = np.ones(len(both)), np.ones(len(both))
    together[~few] = hypergeom.sf(both[~few] - 1, total, one[~few], other[~few])
    apart[few] = hypergeom.cdf(both[few], total, one[few], other[few])
    here = _chance(both, one, other, total)
    together[few] = 1 - apart[few] + here[few]
    apart[~few] = 1 - together[~few] + here[~few]
    return np.clip(together, 0.0, 1.0), np.clip(apart, 0.0, 1.0)


def least(both: Ints, one: Ints, other: Ints, total: int) -> Floats:
    """Give the smallest chance that the margins allow in the direction in which a pair leans."""
    fewest, most = np.maximum(0, one + other - total), np.minimum(one, other)
    return _chance(np.where(both * total <= one * other, fewest, most), one, other, total)


def _chance(both: Ints, one: Ints, other: Ints, total: int) -> Floats:
    """Give the hypergeometric chance of just so many in common."""
    parts = (one, both), (total - one, other - both)
    logs = sum(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) for n, k in parts)
    whole = gammaln(total + 1) - gammaln(other + 1) - gammaln(total - other + 1)
    return np.asarray(np.exp(logs - whole))


def adjusted(p: Floats) -> Floats:
    """Adjust p values by Benjamini and Hochberg."""
    return np.asarray(false_discovery_control(np.clip(p, 0.0, 1.0), method="bh")) if len(p) else p


def fisher(table: tuple[tuple[int, int], tuple[int, int]]) -> float:
    """Give the two-sided p value of a two-by-two table."""
    return float(fisher_exact(np.array(table)).pvalue)


def smallest_fisher(first: int, second: int, hits: int) -> float:
    """Give the smallest p value that a table with these margins can reach."""
    low, high = max(0, hits - second), min(first, hits)
    extremes = (((low, first - low), (hits - low, second - hits + low)),
                ((high, first - high), (hits - high, second - hits + high)))  # fmt: skip
    return min(fisher(table) for table in extremes)


def log_odds(table: tuple[tuple[int, int], tuple[int, int]]) -> tuple[float, float, float]:
    """Give the log-odds ratio with its 95 % interval, half a case added to each field."""
    a, b, c, d = (value + 0.5 for row in table for value in row)
    estimate = math.log(a * d / (b * c))
    error = _Z95 * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return estimate, estimate - error, estimate + error


def lift_interval(both: Ints, one: Ints, other: Ints, total: int) -> tuple[Floats, Floats, Floats]:
    """Give lift with a 95 % interval, which holds the figure even where nothing, or everything, is shared.

    Clopper and Pearson's interval of the share of the smaller set that lies in the larger one, over the share that the
    larger one has of everything.
    """
    small, large = np.minimum(one, other), np.maximum(one, other)
    low = np.where(both > 0, beta.ppf(_TAIL, np.maximum(both, 1), small - both + 1), 0.0)
    high = np.where(both < small, beta.ppf(1 - _TAIL, both + 1, np.maximum(small - both, 1)), 1.0)
    return both * total / (one * other), low * total / large, high * total / large


def phi_interval(both: Ints, one: Ints, other: Ints, total: int) -> tuple[Floats, Floats, Floats]:
    """Give the phi coefficient with a 95 % interval by Fisher's transformation; none where a set is everything."""
    spread = np.sqrt(one * other * (total - one) * (total - other).astype(np.float64))
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = np.where(spread > 0, (total * both - one * other) / spread, np.nan)
    bounded = np.arctanh(np.clip(phi, -1 + 1e-12, 1 - 1e-12))
    error = _Z95 / math.sqrt(total - 3) if total > 3 else math.inf
    return phi, np.tanh(bounded - error), np.tanh(bounded + error)


def smallest_margin(total: int, pairs: int, alpha: float = ALPHA) -> int | None:
    """Give how many activities two areas need, each, before «they never meet» can be told from chance.

    >>> smallest_margin(100, 1), smallest_margin(100, 190)
    (16, 25)
    """

    def reachable(size: int) -> bool:  # the larger both are, the less likely it is that they miss each other
        sizes = np.array([size])
        return 2 * size > total or bool(
            _chance(np.array([0]), sizes, sizes, total)[0] < alpha / max(pairs, 1)
        )

    found = bisect_left(range(1, total + 1), True, key=reachable) + 1
    return found if 2 * found <= total else None
