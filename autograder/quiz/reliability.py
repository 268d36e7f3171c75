"""How far a quiz's total can be trusted: Cronbach's alpha, and an interval for it.

Alpha compares the variance of the totals with that of the items: it is near 1 where items that
measure the same agree, and near 0 where they have nothing to do with each other. For items that
are right or wrong and worth the same it is Kuder and Richardson's formula 20. An alpha of a small
class is little more than noise, so it comes with an interval, and callers leave both out below
`MIN_RELIABILITY` students.
"""

from __future__ import annotations

import numpy as np

MIN_RELIABILITY = 30
RESAMPLES = 2000
_FLAT = 1e-12  # a variance that is only rounding


def cronbach_alpha(points: np.ndarray) -> float | None:
    """Cronbach's alpha of a matrix (students, items).

    None for fewer than two items or students, or where all totals are equal.
    """
    n, k = points.shape
    if n < 2 or k < 2:
        return None
    spread = float(points.sum(axis=1).var(ddof=1))
    return None if spread < _FLAT else k / (k - 1) * (1 - float(points.var(axis=0, ddof=1).sum()) / spread)


def alpha_interval(
    points: np.ndarray, seed: int, resamples: int = RESAMPLES, level: float = 0.95
) -> tuple[float, float] | None:
    """Percentile bootstrap over students (rows); None where alpha itself is.

    A resample is described by how often it has each student, so that all variances of a resample
    are a product of those counts with the squares. Resamples without spread have no alpha and
    are left out.
    """
    n, k = points.shape
    if cronbach_alpha(points) is None:
        return None
    rng = np.random.default_rng(seed)
    centred = points - points.mean(axis=0)
    columns = np.column_stack([centred, centred.sum(axis=1)])
    found = []
    left = resamples
    while left:
        size = min(left, max(1, 2_000_000 // n))
        left -= size
        counts = rng.multinomial(n, np.full(n, 1 / n), size=size) / n
        variances = counts @ columns**2 - (counts @ columns) ** 2
        items, totals = variances[:, :k].sum(axis=1), variances[:, k]
        varied = totals > _FLAT
        found.append(k / (k - 1) * (1 - items[varied] / totals[varied]))
    alphas = np.concatenate(found)
    low, high = np.percentile(alphas, [50 * (1 - level), 50 * (1 + level)])
    return float(low), float(high)
