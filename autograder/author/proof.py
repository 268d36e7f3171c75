"""Grade an exercise's own versions with the real judge, and hold the results against what they declare."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..course.declared import PartialVersion, WrongVersion
from ..course.exercise import Exercise
from ..course.version import Version
from ..judge.client import JudgeHost
from ..model import Source, Submission, TestResult
from ..sandbox.levels import probe
from .inventory import base_name
from .problems import Problem, error, warning
from .vandal import vandals

Results = tuple[TestResult, ...]


@dataclass(frozen=True)
class Trial:
    """A version of an exercise to be graded, and what its author declares."""

    exercise: str
    version: Version
    declared: WrongVersion | PartialVersion | None = None


def trials_of(
    exercise: Exercise, stub: str | None, wrong: Sequence[WrongVersion], partial: Sequence[PartialVersion] = ()
) -> list[Trial]:
    """All versions of an exercise; those that must not run inside the judge are among them."""
    found = [Version.read("reference", exercise.reference)]
    if stub is not None:
        found.append(Version("stub", exercise.id, stub, exercise.reference))
    found += [Version("vandal", does, text, exercise.hidden) for does, text in vandals(exercise.config.functions)]
    declared: list[WrongVersion | PartialVersion] = [*partial, *wrong]
    plain = [Trial(exercise.id, version) for version in (*found, *exercise.right)]
    return [*plain, *(Trial(exercise.id, d.version, d) for d in declared)]


def run_trials(
    exercises: Sequence[Exercise], trials: Sequence[Trial], seed: str, seconds: float | None = None
) -> Iterator[tuple[Trial, Results | str]]:
    """Each version's results, or why the grader could not grade it; through sandbox and judge."""
    submissions = (Submission(str(i), {t.exercise: _source(t.version)}) for i, t in enumerate(trials))
    with JudgeHost(exercises, seed, os.cpu_count() or 1, probe(), seconds=seconds) as host:
        for graded in host.grade(submissions):
            trial = trials[int(graded.submission.student)]
            yield trial, graded.results[trial.exercise]


def check_trial(trial: Trial, results: Results) -> Iterator[Problem]:
    """Problems of one version."""
    version = trial.version
    if version.role in ("reference", "right"):
        yield from _all_pass(version, results)
    elif version.role == "stub":
        yield from _none_pass(version, results)
    elif version.role == "vandal":
        yield from _none_pays(version, results)
    elif isinstance(trial.declared, WrongVersion):
        yield from _as_declared(version, trial.declared, results)


def check_sharpness(exercise: Exercise, wrong: Sequence[Results]) -> Iterator[Problem]:
    """Warn of a hidden test that no wrong version fails: it has not been shown to test anything."""
    names = {base_name(r.name) for results in wrong for r in results if r.tier == "hidden"}
    failed = {base_name(r.name) for results in wrong for r in _failed(results)}
    for name in sorted(names - failed):
        yield warning(
            exercise.hidden,
            f"{name}: no wrong version fails this test",
            f"{name}: このテストに落ちる誤答例がありません",
        )


def _all_pass(version: Version, results: Results) -> Iterator[Problem]:
    for result in results:
        if result.status != "passed":
            yield error(
                version,
                f"must get full marks, but {result.name} {result.status} ({result.cause or 'no cause'})",
                f"満点のはずですが、{result.name} が {result.status} です（{result.cause or '原因不明'}）",
            )


def _none_pass(version: Version, results: Results) -> Iterator[Problem]:
    for result in results:
        if result.status == "passed":
            yield error(
                version,
                f"the empty stub passes the {result.tier} test {result.name}",
                f"空の雛形が {result.name}（{result.tier}）に合格します",
            )


def _none_pays(version: Version, results: Results) -> Iterator[Problem]:
    paid = [result.name for result in results if result.points]
    if paid:
        yield error(
            version,
            f"{paid[0]} pays a version that {version.name}: compute what is expected before the call, or ask for more",
            f"{paid[0]} は、計算をせずに引数を壊すだけの版（{version.name}）にも点を与えます。"
            "期待値は呼び出しの前に求めるか、確かめることを増やしましょう",
        )


def _as_declared(version: Version, declared: WrongVersion, results: Results) -> Iterator[Problem]:
    failed = _failed(results)
    known = {base_name(r.name) for r in results if r.tier == "hidden"}
    for name in declared.fails:
        if name not in known:
            yield error(version, f"there is no hidden test {name!r}", f"非公開テスト {name!r} はありません")
        elif not any(base_name(r.name) == name for r in failed):
            yield error(version, f"passes {name}, which it declares to fail", f"落ちるはずの {name} に合格します")
    first = next((r for r in failed if base_name(r.name) == declared.fails[0]), None)
    if first is not None and first.cause != declared.cause:
        yield error(
            version,
            f"{first.name} shows the cause {first.cause!r}, not {declared.cause!r} ({first.status})",
            f"{first.name} で示される原因は {declared.cause!r} ではなく {first.cause!r} です（{first.status}）",
        )


def _failed(results: Results) -> list[TestResult]:
    return [r for r in results if r.tier == "hidden" and r.status != "passed"]


def _source(version: Version) -> Source:
    name = f"{version.name}.py"
    return Source(name, ((name, version.code),), hashlib.sha256(version.code.encode()).hexdigest())
