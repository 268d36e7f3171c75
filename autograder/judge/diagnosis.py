"""Name the cause of a failure by comparing it with the author's wrong versions.

Each file in an exercise's ``wrong/`` folder declares one cause. Once per grading, every
hidden test runs on every wrong version, with the random numbers of that grading, and what it
observed is kept. A student's failing test is then looked up: a wrong version that showed the
same thing at the same step is a *candidate*. Several may show the same on one test, so the
exercise as a whole decides: the candidate wins that explains most of the student's failures
and predicts fewest failures where the student passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..causes import cause_of_error
from ..testing.bench import Failed, Observation, error_name

_RTOL, _ATOL = 1e-6, 1e-9
_HEADER = re.compile(r"^#\s*(fails|cause|run)\s*:\s*(.*)$")


@dataclass(frozen=True)
class WrongVersion:
    """A wrong version and what its author declares about it.

    Attributes
    ----------
    fails
        Tests (function names) of which each must fail.
    cause
        Id that must be shown for the first of them.
    run
        False for one that must not run inside the judge (it loops, exits, ...).
    """

    path: Path
    fails: tuple[str, ...]
    cause: str
    run: bool = True

    @classmethod
    def read(cls, path: Path) -> WrongVersion:
        """Parse the ``# fails:``, ``# cause:`` and ``# run:`` lines at the top of the file."""
        found: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8").splitlines()[:12]:
            match = _HEADER.match(line)
            if match:
                found[match[1]] = match[2].strip()
        fails = tuple(t.strip() for t in found.get("fails", "").split(",") if t.strip())
        if not fails or not found.get("cause"):
            from ..errors import ContentError

            raise ContentError(f"{path}: needs '# fails: test_name' and '# cause: id' lines at the top")
        return cls(path, fails, found["cause"], found.get("run", "yes") not in ("no", "false"))


@dataclass
class Diagnosis:
    """What each wrong version of one exercise shows on each test."""

    table: dict[str, list[tuple[int, Observation]]] = field(default_factory=dict)
    causes: list[str] = field(default_factory=list)
    fails: list[set[str]] = field(default_factory=list)

    def add(self, cause: str, observations: Mapping[str, Observation | None]) -> None:
        """Record one wrong version's observation for each test (None: it passes)."""
        index = len(self.causes)
        self.causes.append(cause)
        self.fails.append({test for test, seen in observations.items() if seen is not None})
        for test, seen in observations.items():
            if seen is not None:
                self.table.setdefault(test, []).append((index, seen))

    def candidates(self, test: str, seen: Observation) -> list[int]:
        """The wrong versions that showed the same on this test."""
        return [i for i, other in self.table.get(test, ()) if same(seen, other)]

    def choose(
        self, failures: Mapping[str, tuple[Observation | None, BaseException | None]], passed: Iterable[str]
    ) -> dict[str, str | None]:
        """One cause, or None, for each failed test of one submission."""
        candidates = {
            test: self.candidates(test, seen) if seen is not None else [] for test, (seen, _) in failures.items()
        }
        passed = set(passed)
        explained = [0] * len(self.causes)
        for found in candidates.values():
            for i in found:
                explained[i] += 1
        rank = [(-(explained[i] - len(self.fails[i] & passed)), i) for i in range(len(self.causes))]
        return {
            test: self._cause(sorted(candidates[test], key=lambda i: rank[i]), error)
            for test, (_, error) in failures.items()
        }

    def _cause(self, ranked: Sequence[int], error: BaseException | None) -> str | None:
        if isinstance(error, Failed) and error.named:
            return error.cause
        if ranked:
            return self.causes[ranked[0]]
        if isinstance(error, Failed):
            return error.cause
        return cause_of_error(error_name(error), str(error)) if error is not None else None


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
