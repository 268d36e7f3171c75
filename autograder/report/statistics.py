"""The few numbers that describe a class and its items: pure functions of sequences.

*Facility* is the mean share of the points that an item's takers got. *Discrimination* is the
corrected item-rest correlation: an item against the rest of the student's points, without the
item itself, which would otherwise correlate with itself. Near 0 or negative, an item does
not separate strong from weak students: too easy, too hard, or wrongly keyed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

BINS = 10
MIN_STUDENTS = 10  # below this a correlation says nothing
WEAK = 0.1


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The middle value, or the mean of the two middle ones; None of nothing."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def histogram(shares: Sequence[Fraction]) -> list[int]:
    """How many shares (0 to 1) lie in each tenth; exactly 1 belongs to the last."""
    counts = [0] * BINS
    for share in shares:
        counts[min(int(share * BINS), BINS - 1)] += 1
    return counts


def correlation(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Pearson's r; None for fewer than `MIN_STUDENTS` pairs, or where one side does not vary.

    Parameters
    ----------
    x, y
        Sequences of the same length.
    """
    n = len(x)
    if n < MIN_STUDENTS:
        return None
    mean_x, mean_y = math.fsum(x) / n, math.fsum(y) / n
    spread_x = math.fsum((a - mean_x) ** 2 for a in x)
    spread_y = math.fsum((b - mean_y) ** 2 for b in y)
    # A constant sequence keeps a spread of rounding errors.
    if spread_x <= 1e-18 * n or spread_y <= 1e-18 * n:
        return None
    return math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / math.sqrt(spread_x * spread_y)
