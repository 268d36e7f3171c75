"""How a quiz measured: facility, discrimination, answers, and whether its variants were equally hard.

Pure functions of what a class answered. The unit is the *share* of an item's points that a
student got (0 to 1), so partial credit counts; a student who handed in the quiz without
answering an item has share 0 there. The definitions are those of classical test theory
(Crocker and Algina, *Introduction to Classical and Modern Test Theory*, 1986); how far the
total can be trusted is `reliability`.

Small classes: a correlation of fewer than `MIN_STUDENTS` students is not given, nor that of an
answer which fewer than `MIN_CHOSEN` gave, because it would be read as if it meant something.

Fairness. A variant is drawn by the student's id, so which variant one gets has nothing to do with
ability, and any shuffle of the variants among the students was as likely as the real one. The
p value is the share of random shuffles in which the variants' means lie as far apart as they do.
That holds for a class of any size and for partial credit; for a large one it is the p of
the chi-square test of homogeneity.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .reliability import MIN_RELIABILITY, alpha_interval, cronbach_alpha

MIN_STUDENTS = 10
MIN_CHOSEN = 3
GROUP = 0.27  # the upper and lower part of a class that separate items best (Kelley 1939)
SHUFFLES = 999
_MOST_DRAWN = 1_000_000  # numbers that the shuffles of one item may take


@dataclass
class ItemAnswers:
    """What a class answered to one item, as it streams by.

    Attributes
    ----------
    weight
        Points of the item.
    students
        Each student's number, at most once.
    picks
        Of each student the answers by their key; `pooling` says which. Several in a `multi`,
        none where nothing was answered.
    variants
        -1 where it is not known.
    """

    weight: float = 1.0
    students: array[int] = field(default_factory=lambda: array("l"))
    shares: array[float] = field(default_factory=lambda: array("d"))
    picks: list[tuple[str, ...]] = field(default_factory=list)
    variants: array[int] = field(default_factory=lambda: array("l"))

    def add(self, student: int, share: float, picks: tuple[str, ...] = (), variant: int | None = None) -> None:
        """Take in one student's answer."""
        self.students.append(student)
        self.shares.append(share)
        self.picks.append(picks)
        self.variants.append(-1 if variant is None else variant)

    def who_gave(self, key: str) -> list[int]:
        """The students who gave an answer."""
        return [student for student, picked in zip(self.students, self.picks, strict=True) if key in picked]


@dataclass(frozen=True)
class PickCount:
    """How often an answer was given.

    Attributes
    ----------
    share
        Of the students who had the item.
    correlation
        Point-biserial of giving it with the rest of the quiz: negative is good for a wrong answer.
    """

    key: str
    count: int
    share: float
    correlation: float | None


@dataclass(frozen=True)
class VariantCount:
    """One variant of an item: how many had it, and their mean share."""

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
        Correlation of the share with the points of the rest of the quiz (corrected: without the
        item itself, which would correlate with itself).
    discrimination
        Mean share of the best 27 % by total, minus that of the lowest 27 %.
    picks
        The most frequent first.
    blank
        How many answered nothing.
    fairness
        p value; small where the variants are not equally hard. None with fewer than two variants.
    """

    count: int
    facility: float
    item_rest: float | None
    discrimination: float | None
    picks: tuple[PickCount, ...]
    blank: int
    variants: tuple[VariantCount, ...]
    fairness: float | None


@dataclass(frozen=True)
class QuizStatistics:
    """A quiz: its items, and how far its total can be trusted.

    Attributes
    ----------
    mean
        Mean share of the quiz's points.
    alpha
        Cronbach's alpha of the items' points: KR-20 where every item is worth the same and is
        either right or wrong. None for fewer than `MIN_RELIABILITY` students.
    interval
        Its 95 % interval by bootstrap over students.
    """

    students: int
    mean: float
    items: Mapping[str, ItemStatistics]
    alpha: float | None
    interval: tuple[float, float] | None


def quiz_statistics(items: Mapping[str, ItemAnswers], seed: int = 0) -> QuizStatistics:
    """Statistics of a quiz.

    Parameters
    ----------
    items
        The answers by item. Who has no answer to an item was not asked it.
    seed
        Of the bootstrap and the shuffles, so that the same class gives the same page.
    """
    students = sorted({student for answers in items.values() for student in answers.students})
    row = {student: i for i, student in enumerate(students)}
    points = np.zeros((len(students), len(items)))
    asked = np.zeros(points.shape, dtype=bool)
    for j, answers in enumerate(items.values()):
        rows = [row[student] for student in answers.students]
        points[rows, j] = np.asarray(answers.shares) * answers.weight
        asked[rows, j] = True
    totals = points.sum(axis=1)
    rng = np.random.default_rng(seed)
    found = {}
    for j, (name, answers) in enumerate(items.items()):
        rows = [row[student] for student in answers.students]
        found[name] = _item(answers, totals[rows], (totals - points[:, j])[rows], rng)
    complete = points[asked.all(axis=1)]
    worth = sum(answers.weight for answers in items.values())
    enough = len(complete) >= MIN_RELIABILITY
    return QuizStatistics(
        len(students),
        float(totals.mean() / worth) if students and worth else 0.0,
        found,
        cronbach_alpha(complete) if enough else None,
        alpha_interval(complete, seed) if enough else None,
    )


def _item(answers: ItemAnswers, totals: np.ndarray, rest: np.ndarray, rng: np.random.Generator) -> ItemStatistics:
    shares = np.asarray(answers.shares)
    variants = np.asarray(answers.variants)
    return ItemStatistics(
        len(shares),
        float(shares.mean()) if len(shares) else 0.0,
        correlation(shares, rest),
        upper_lower(shares, totals),
        _picks(answers, rest),
        sum(not picked for picked in answers.picks),
        tuple(
            VariantCount(int(v), int((variants == v).sum()), float(shares[variants == v].mean()))
            for v in np.unique(variants[variants >= 0])
        ),
        fairness(shares[variants >= 0], variants[variants >= 0], rng),
    )


def _picks(answers: ItemAnswers, rest: np.ndarray) -> tuple[PickCount, ...]:
    counts = Counter(key for picked in answers.picks for key in picked)
    found = []
    for key, count in counts.items():
        gave = np.array([key in picked for picked in answers.picks], dtype=float)
        told = MIN_CHOSEN <= count <= len(gave) - MIN_CHOSEN
        found.append(PickCount(key, count, count / len(gave), correlation(gave, rest) if told else None))
    return tuple(sorted(found, key=lambda p: (-p.count, p.key)))


def correlation(x: np.ndarray, y: np.ndarray) -> float | None:
    """Pearson's r; None for fewer than `MIN_STUDENTS`, or where one side does not vary."""
    if len(x) < MIN_STUDENTS or np.ptp(x) < 1e-12 or np.ptp(y) < 1e-12:
        return None
    return float(np.corrcoef(x, y)[0, 1])


def upper_lower(shares: np.ndarray, totals: np.ndarray) -> float | None:
    """Mean share of the upper 27 % by total minus that of the lower 27 %.

    The parts are 27 % of the students exactly: where a border falls among equal totals, each of
    those students counts by a fraction, so that the order of the students does not matter.
    None for fewer than `MIN_STUDENTS`.
    """
    if len(totals) < MIN_STUDENTS:
        return None
    size = GROUP * len(totals)
    return _mean_of_lowest(shares, -totals, size) - _mean_of_lowest(shares, totals, size)


def _mean_of_lowest(shares: np.ndarray, totals: np.ndarray, size: float) -> float:
    """Mean share of the `size` lowest by total; at the border everyone of equal total counts alike."""
    # Totals are sums of binary fractions in different order: what differs by less is equal.
    _, group, counts = np.unique(np.round(totals, 9), return_inverse=True, return_counts=True)
    before = np.concatenate([[0], np.cumsum(counts)[:-1]])
    weight = np.clip((size - before) / counts, 0, 1)[group]
    return float((weight * shares).sum() / weight.sum())


def fairness(shares: np.ndarray, variants: np.ndarray, rng: np.random.Generator) -> float | None:
    """p that variants of equal difficulty differ by as much; see the module.

    None with fewer than two variants, fewer than `MIN_STUDENTS`, or where all shares are equal.
    """
    labels, group = np.unique(variants, return_inverse=True)
    if len(labels) < 2 or len(shares) < MIN_STUDENTS or np.ptp(shares) < 1e-12:
        return None
    member = np.eye(len(labels))[group]  # (students, variants)
    counts = member.sum(axis=0)
    centred = shares - shares.mean()

    def between(rows: np.ndarray) -> np.ndarray:
        """Sum of squares between the variants, for each row of shares."""
        return np.asarray(((rows @ member) ** 2 / counts).sum(axis=-1))

    shuffles = max(199, min(SHUFFLES, _MOST_DRAWN // len(shares)))
    shuffled = rng.permuted(np.tile(centred, (shuffles, 1)), axis=1)
    # The real one is one of the possible shuffles, so p is never 0.
    return float(1 + (between(shuffled) >= between(centred) - 1e-9).sum()) / (1 + shuffles)
