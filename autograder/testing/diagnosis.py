"""Name the cause of a failure by comparing it with the author's wrong versions.

Each file in an exercise's ``wrong/`` folder declares one cause. In a grading, each test runs
on each wrong version with the random numbers of that grading, and what it observed is kept.
A student's failing test is then looked up: a wrong version that showed the same thing at the
same step is a *candidate*. Several may show the same on one test, so the exercise as a whole
decides: the candidate wins that explains most of the student's failures and predicts fewest
failures where the student passed. Two rules keep a coincidence on one test from being told as
a cause. A version that would have failed many more tests which the student passed is none. And
a version that explains most of the failures speaks for those, too, where it failed in the same
way without showing quite the same: single precision, or the wording of an error, differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..course.causes import cause_of_error
from .bench import Failed, Observation, error_name

_RTOL, _ATOL = 1e-6, 1e-9
Cell = tuple[int, str]  # a wrong version and a test


class Diagnosis:
    """What each wrong version of one exercise shows on each test, found when first asked for.

    Parameters
    ----------
    causes
        The cause of each wrong version, the most specific first.
    run
        ``run(version, test)`` gives what that version shows there; None where it passes.
    """

    def __init__(self, causes: Sequence[str], run: Callable[[int, str], Observation | None]) -> None:
        self.causes = list(causes)
        self._run = run
        self._cells: dict[Cell, Observation | None] = {}

    def seen(self, version: int, test: str) -> Observation | None:
        """One version on one test."""
        cell = (version, test)
        if cell not in self._cells:
            self._cells[cell] = self._run(version, test)
        return self._cells[cell]

    def fill(self, test: str) -> dict[Cell, Observation | None]:
        """Find now what every version shows on a test: worth it before a class, not before one submission."""
        return {(version, test): self.seen(version, test) for version in range(len(self.causes))}

    def learn(self, cells: Mapping[Cell, Observation | None]) -> None:
        """Take over what `fill` found in another process."""
        self._cells.update(cells)

    def candidates(self, test: str, seen: Observation) -> list[int]:
        """The wrong versions that showed the same on this test."""
        shown = ((i, self.seen(i, test)) for i in range(len(self.causes)))
        return [i for i, other in shown if other is not None and same(seen, other)]

    def choose(
        self, failures: Mapping[str, tuple[Observation | None, BaseException | None]], passed: Sequence[str]
    ) -> dict[str, str | None]:
        """One cause, or None, for each failed test of one submission."""
        candidates = {
            test: self.candidates(test, seen) if seen is not None else [] for test, (seen, _) in failures.items()
        }
        explained = Counter(i for found in candidates.values() for i in found)
        refuted = {i: sum(self.seen(i, test) is not None for test in passed) for i in explained}
        plausible = [i for i in explained if explained[i] > 2 or refuted[i] <= 2 * explained[i]]

        def rank(i: int) -> tuple[int, int]:
            return refuted[i] - explained[i], i

        leaders = sorted((i for i in plausible if 2 * explained[i] > len(failures) and not refuted[i]), key=rank)
        chosen: dict[str, str | None] = {}
        for test, (seen, error) in failures.items():
            ranked = sorted(set(candidates[test]).intersection(plausible), key=rank)
            leader = next((i for i in leaders if self._fails_alike(i, test, seen)), None)
            if leader is not None and (not ranked or 4 * explained[ranked[0]] < explained[leader]):
                ranked = [leader]
            chosen[test] = self._cause(ranked, error)
        return chosen

    def _fails_alike(self, version: int, test: str, seen: Observation | None) -> bool:
        other = self.seen(version, test)
        return seen is not None and other is not None and (seen.kind, seen.step) == (other.kind, other.step)

    def _cause(self, ranked: Sequence[int], error: BaseException | None) -> str | None:
        if isinstance(error, Failed) and error.named:
            return error.cause
        if ranked:
            return self.causes[ranked[0]]
        if isinstance(error, Failed):
            return error.cause
        if error is None:
            return None
        return cause_of_error(error_name(error), str(error), inside=bool(getattr(error, "line", 0)))


def same(a: Observation, b: Observation) -> bool:
    """Whether two failures look alike: same kind, same step, same value within rounding."""
    if a.kind != b.kind or a.step != b.step:
        return False
    if a.kind in ("error", "assert"):
        return bool(a.value == b.value)
    return _equal(a.value, b.value)


def _equal(a: Any, b: Any) -> bool:
    """Like `compare.agrees`, but nan equals nan and inf equals inf, and nothing is explained."""
    if a is None or b is None:
        return a is None and b is None
    if isinstance(b, (tuple, list)):
        return isinstance(a, (tuple, list)) and len(a) == len(b) and all(map(_equal, a, b))
    if isinstance(b, Mapping):
        return isinstance(a, Mapping) and set(a) == set(b) and all(_equal(a[k], b[k]) for k in b)
    try:
        x, y = np.asarray(a), np.asarray(b)
    except Exception:
        return False
    if x.dtype.kind not in "biufc" or y.dtype.kind not in "biufc" or x.shape != y.shape:
        return False
    with np.errstate(all="ignore"):
        x, y = x.astype(complex), y.astype(complex)
        finite = np.isfinite(y)
        scale = max(1.0, float(np.max(np.abs(y), where=finite, initial=0)))
        near = np.abs(x - y) <= _RTOL * np.abs(y) + _ATOL * scale
        alike = np.where(finite, near, (x == y) | (np.isnan(x) & np.isnan(y)))
    return bool(alike.all())
