"""How a quiz measured: facility, discrimination, options, reliability, fairness of the variants.

Pure functions of what a class answered. The unit is the *share* of an item's points that a
student got (0 to 1), so partial credit counts; a student who handed in the quiz without
answering an item has share 0 there. Sources: the definitions are those of classical test
theory (Crocker and Algina, *Introduction to Classical and Modern Test Theory*, 1986).

Small classes: a correlation of fewer than `MIN_STUDENTS` students and an interval of fewer than
`MIN_INTERVAL` are not given, because they would be read as if they meant something.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

MIN_STUDENTS = 10
MIN_INTERVAL = 30
MIN_EXPECTED = 5.0  # expected count in a cell, below which chi-square says nothing
GROUP = 0.27  # the upper and lower part of a class that separate items best
RESAMPLES = 2000


@dataclass(frozen=True)
class Answer:
    """One student's answer to one item.

    Attributes
    ----------
    share
        Of the item's points, 0 to 1.
    response
        The answer in its canonical form, empty for none.
    """

    student: str
    share: float
    response: str = ""
    variant: int | None = None
    misconception: str | None = None


@dataclass(frozen=True)
class OptionCount:
    """How often one answer was given.

    Attributes
    ----------
    correlation
        Point-biserial of giving it with the rest of the quiz: negative is good for a wrong answer.
    """

    response: str
    count: int
    share: float
    correlation: float | None
    mean_credit: float
    misconception: str | None


@dataclass(frozen=True)
class VariantCount:
    """One variant of an item: how many got it, and their mean share."""

    variant: int
    count: int
    facility: float


@dataclass(frozen=True)
class ItemStatistics:
    """One item over all its variants.

    Attributes
    ----------
    facility
        Mean share.
    item_rest
        Correlation of the share with the rest of the quiz (corrected: without the item itself).
    discrimination
        Mean share of the best 27 % by total, minus that of the lowest 27 %.
    fairness
        p of a chi-square test that every variant is solved equally often; None where counts are too small.
    """

    count: int
    facility: float
    item_rest: float | None
    discrimination: float | None
    options: tuple[OptionCount, ...]
    variants: tuple[VariantCount, ...]
    fairness: float | None


@dataclass(frozen=True)
class QuizStatistics:
    """A quiz: its items, and how far its total can be trusted.

    Attributes
    ----------
    alpha
        Cronbach's alpha of the items' shares; for items without partial credit that is KR-20.
    interval
        Its 95 % interval by bootstrap over students; None for fewer than 30.
    """

    students: int
    items: Mapping[str, ItemStatistics]
    alpha: float | None
    interval: tuple[float, float] | None


def quiz_statistics(
    answers: Mapping[str, Sequence[Answer]], weights: Mapping[str, float] | None = None, seed: int = 0
) -> QuizStatistics:
    """Statistics of a quiz.

    Parameters
    ----------
    answers
        For each item the answers of the students who handed in the quiz; each at most once an item.
    weights
        Points of each item, 1 where not given; totals and rests are in points.
    seed
        Of the bootstrap, so that the same class gives the same page.
    """
    students = sorted({a.student for given in answers.values() for a in given})
    row = {student: i for i, student in enumerate(students)}
    ids = list(answers)
    shares = np.zeros((len(students), len(ids)))
    for j, item in enumerate(ids):
        for answer in answers[item]:
            shares[row[answer.student], j] = answer.share
    points = shares * np.array([(weights or {}).get(item, 1.0) for item in ids])
    totals = points.sum(axis=1)
    items = {
        item: _item(
            [(row[a.student], a) for a in answers[item]], shares[:, j], totals - points[:, j], totals, len(students)
        )
        for j, item in enumerate(ids)
    }
    return QuizStatistics(len(students), items, cronbach_alpha(points), alpha_interval(points, seed))


def cronbach_alpha(points: np.ndarray) -> float | None:
    """Cronbach's alpha of a matrix (students, items).

    For items scored 0 or 1 this is KR-20. None for fewer than two items or `MIN_STUDENTS`
    students, or where all totals are equal.
    """
    n, k = points.shape
    if k < 2 or n < MIN_STUDENTS:
        return None
    spread = float(points.sum(axis=1).var(ddof=1))
    return None if spread < 1e-12 else k / (k - 1) * (1 - float(points.var(axis=0, ddof=1).sum()) / spread)


def alpha_interval(points: np.ndarray, seed: int, resamples: int = RESAMPLES) -> tuple[float, float] | None:
    """Percentile bootstrap over students, 95 %."""
    n, _ = points.shape
    if n < MIN_INTERVAL or cronbach_alpha(points) is None:
        return None
    rng = np.random.default_rng(seed)
    drawn = (cronbach_alpha(points[rng.integers(0, n, n)]) for _ in range(resamples))
    low, high = np.percentile([a for a in drawn if a is not None], [2.5, 97.5])
    return float(low), float(high)


def upper_lower(shares: np.ndarray, totals: np.ndarray) -> float | None:
    """Mean share of the upper 27 % by total minus that of the lower 27 %.

    Students with equal totals at a border count in part, so that their order does not matter.
    """
    n = len(totals)
    if n < MIN_STUDENTS:
        return None
    size = max(1.0, GROUP * n)
    return _mean_of_lowest(shares, -totals, size) - _mean_of_lowest(shares, totals, size)


def correlation(x: np.ndarray, y: np.ndarray) -> float | None:
    """Pearson's r; None for fewer than `MIN_STUDENTS`, or where one side does not vary."""
    if len(x) < MIN_STUDENTS or np.ptp(x) < 1e-12 or np.ptp(y) < 1e-12:
        return None
    return float(np.corrcoef(x, y)[0, 1])


def homogeneity(solved: Sequence[int], failed: Sequence[int]) -> float | None:
    """p of a chi-square test that the groups solve an item equally often.

    None for fewer than two groups, or with an expected count below `MIN_EXPECTED`.
    """
    table = np.array([solved, failed], dtype=float)
    if table.shape[1] < 2 or not table.sum():
        return None
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()
    if expected.min() < MIN_EXPECTED:
        return None
    return chi_square_tail(float(((table - expected) ** 2 / expected).sum()), table.shape[1] - 1)


def chi_square_tail(x: float, degrees: int) -> float:
    """Probability that chi-square with so many degrees of freedom exceeds `x` (finite series)."""
    half = x / 2
    if degrees % 2 == 0:
        term = total = math.exp(-half)
        start = 1.0
    else:
        total = math.erfc(math.sqrt(half))
        term = 2 * math.exp(-half) * math.sqrt(half / math.pi)
        start = 1.5
        if degrees > 1:
            total += term
    steps = (degrees - 2) // 2 if degrees % 2 == 0 else (degrees - 3) // 2
    for i in range(max(0, steps)):
        term *= half / (start + i)
        total += term
    return min(1.0, total)


def _item(
    given: Sequence[tuple[int, Answer]], shares: np.ndarray, rest: np.ndarray, totals: np.ndarray, students: int
) -> ItemStatistics:
    return ItemStatistics(
        students,
        float(shares.mean()) if students else 0.0,
        correlation(shares, rest),
        upper_lower(shares, totals),
        _options(given, rest, students),
        *_variants([answer for _, answer in given]),
    )


def _options(given: Sequence[tuple[int, Answer]], rest: np.ndarray, students: int) -> tuple[OptionCount, ...]:
    """Answers by how often they were given; those that only one student gave still count."""
    rows: dict[str, list[tuple[int, Answer]]] = {}
    for i, answer in given:
        rows.setdefault(answer.response, []).append((i, answer))
    found = []
    for response, chosen in rows.items():
        picked = np.zeros(students)
        picked[[i for i, _ in chosen]] = 1
        names = {a.misconception for _, a in chosen if a.misconception}
        mean = math.fsum(a.share for _, a in chosen) / len(chosen)
        name = names.pop() if len(names) == 1 else None
        found.append(OptionCount(response, len(chosen), len(chosen) / students, correlation(picked, rest), mean, name))
    return tuple(sorted(found, key=lambda o: (-o.count, o.response)))


def _variants(answers: Sequence[Answer]) -> tuple[tuple[VariantCount, ...], float | None]:
    groups: dict[int, list[float]] = {}
    for answer in answers:
        if answer.variant is not None:
            groups.setdefault(answer.variant, []).append(answer.share)
    counts = tuple(VariantCount(v, len(s), math.fsum(s) / len(s)) for v, s in sorted(groups.items()))
    solved = [sum(share > 1 - 1e-9 for share in groups[c.variant]) for c in counts]
    return counts, homogeneity(solved, [c.count - s for c, s in zip(counts, solved, strict=True)])


def _mean_of_lowest(shares: np.ndarray, totals: np.ndarray, size: float) -> float:
    """Mean share of the `size` lowest by total; at the border everyone of equal total counts alike."""
    weight = np.zeros(len(totals))
    left = size
    for total in np.unique(totals):
        here = totals == total
        part = min(1.0, left / here.sum())
        weight[here] = part
        left -= part * here.sum()
        if left <= 1e-9:
            break
    return float((weight * shares).sum() / weight.sum())
