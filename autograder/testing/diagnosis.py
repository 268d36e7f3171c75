"""Name the cause of a failure by comparing it with the author's wrong versions.

Each file in an exercise's ``wrong/`` folder declares one cause. In a grading, each test runs
on each wrong version with the random numbers of that grading, and what it observed is kept.
A student's failing test is then looked up: a wrong version that showed the same thing at the
same step is a *candidate*. Several may show the same on one test, so the exercise as a whole
decides: the candidate wins that explains most of the student's failures and predicts fewest
failures where the student passed. Three rules keep a coincidence on some test from being told
as a cause. A version that would have failed tests which the student passed is none, if these are
more than half of what it explains. Nor is one that, where both fail, mostly shows something else:
two slips at once look like a third on a test or two. And a version that explains many failures
speaks for those, too, where it failed in the same way without showing quite the same: single
precision, or the wording of an error, differs.

That two programs end in the same exception says little. A version must explain a quarter as many
failures as there are of what the exception says by itself, and as many where that is what the
student did (`DECISIVE`). The rules were measured with ``benchmarks/causes.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..course.causes import DECISIVE, cause_of_error
from .bench import Failed, Observation, error_name

_RTOL, _ATOL = 1e-6, 1e-9
MANY = 3  # failures that a version must explain before it speaks for others
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
        shown = ((i, self.seen(i, test)) for i, cause in enumerate(self.causes) if _may_show(cause, seen))
        return [i for i, other in shown if other is not None and same(seen, other)]

    def choose(
        self,
        failures: Mapping[str, tuple[Observation | None, BaseException | None]],
        passed: Sequence[str],
        told: Mapping[str, str | None] | None = None,
        settle: bool = True,
    ) -> dict[str, str | None]:
        """One cause, or None, for each failed test of one submission.

        Parameters
        ----------
        told
            What the student's own code says about an exception (`own_code.OwnCode`), by test.
        settle
            Let the author's order decide between causes for which equally much speaks. False
            names neither: with a few visible tests, versions often look alike.
        """
        weighed = _Weighed(self, failures, passed)
        own = {t: cause for t, cause in (told or {}).items() if cause}
        votes = Counter(own.values())
        chosen: dict[str, str | None] = {}
        for test, (seen, error) in failures.items():
            ranked = weighed.ranked(test, seen)
            if not settle and len({self.causes[i] for i in weighed.tied(ranked)}) > 1:
                ranked = []
            mine = own.get(test)
            if mine is not None and ranked:
                enough = votes[mine] if mine in DECISIVE else votes[mine] / 4
                ranked = ranked if weighed.explained[ranked[0]] >= enough else []
            chosen[test] = mine if mine in DECISIVE and not ranked else self._cause(ranked, error) or mine
        return chosen

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


class _Weighed:
    """What speaks for and against each version as the account of one submission.

    Attributes
    ----------
    explained, refuted
        Failed tests on which a version shows the same; passed ones on which it fails.
    """

    def __init__(
        self,
        diagnosis: Diagnosis,
        failures: Mapping[str, tuple[Observation | None, BaseException | None]],
        passed: Sequence[str],
    ) -> None:
        self._diagnosis = diagnosis
        self._candidates = {t: diagnosis.candidates(t, seen) if seen else [] for t, (seen, _) in failures.items()}
        self.explained = Counter(i for found in self._candidates.values() for i in found)
        self.refuted = {i: sum(diagnosis.seen(i, test) is not None for test in passed) for i in self.explained}
        self._differs = {
            i: sum(diagnosis.seen(i, t) is not None for t in failures) - n for i, n in self.explained.items()
        }
        self._plausible = {
            i
            for i, n in self.explained.items()
            if self._differs[i] <= n and (2 * self.refuted[i] <= n or MANY <= n == len(failures))
        }
        self._leaders = sorted(
            (i for i in self._plausible if self.explained[i] >= MANY and not self.refuted[i]), key=self._rank
        )

    def _rank(self, version: int) -> tuple[int, int]:
        return self.refuted[version] + self._differs[version] - self.explained[version], version

    def ranked(self, test: str, seen: Observation | None) -> list[int]:
        """The versions that may account for one failed test, the likeliest first."""
        found = sorted(self._plausible.intersection(self._candidates[test]), key=self._rank)
        leader = next((i for i in self._leaders if self._fails_alike(i, test, seen)), None)
        if leader is not None and (not found or 4 * self.explained[found[0]] < self.explained[leader]):
            return [leader]
        return found

    def tied(self, ranked: Sequence[int]) -> list[int]:
        """Those of them for which as much speaks as for the first."""
        return [i for i in ranked if self._rank(i)[0] == self._rank(ranked[0])[0]]

    def _fails_alike(self, version: int, test: str, seen: Observation | None) -> bool:
        other = self._diagnosis.seen(version, test)
        if seen is None or other is None or (seen.kind, seen.step) != (other.kind, other.step):
            return False
        return seen.kind != "error" or str(seen.value).partition(":")[0] == str(other.value).partition(":")[0]


def _may_show(cause: str, seen: Observation) -> bool:
    """A version that changes its argument may raise an error besides; the error has another cause then."""
    return cause != "mutated_argument" or seen.kind != "error"


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
