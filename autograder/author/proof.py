"""Grade an exercise's own versions with the real judge, and hold the results against what they declare."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..course.exercise import Exercise
from ..judge.client import JudgeHost
from ..model import Source, Submission, TestResult
from ..sandbox.levels import probe
from ..testing.diagnosis import WrongVersion
from .declared import PartialVersion
from .inventory import base_name
from .problems import Problem, error, warning

Role = Literal["reference", "stub", "right", "partial", "wrong"]
Results = tuple[TestResult, ...]


@dataclass(frozen=True)
class Version:
    """One implementation of an exercise, and what it is for."""

    exercise: str
    role: Role
    path: Path
    code: str
    declared: WrongVersion | PartialVersion | None = None


def versions_of(
    exercise: Exercise, stub: str | None, wrong: Sequence[WrongVersion], partial: Sequence[PartialVersion] = ()
) -> list[Version]:
    """All versions of an exercise; those that must not run inside the judge are among them."""
    found = [_version(exercise, "reference", exercise.reference)]
    if stub is not None:
        found.append(Version(exercise.id, "stub", exercise.reference, stub))
    found += [_version(exercise, "right", path) for path in exercise.right]
    found += [_version(exercise, "partial", p.path, p) for p in partial]
    return found + [_version(exercise, "wrong", w.path, w) for w in wrong]


def run_versions(
    exercises: Sequence[Exercise], versions: Sequence[Version], seed: str, seconds: float | None = None
) -> Iterator[tuple[Version, Results | str]]:
    """Each version's results, or why the grader could not grade it; through sandbox and judge."""
    submissions = (
        Submission(str(i), {v.exercise: Source(v.path.name, ((v.path.name, v.code),), _sha(v.code))})
        for i, v in enumerate(versions)
    )
    with JudgeHost(exercises, seed, os.cpu_count() or 1, probe(), seconds=seconds) as host:
        for graded in host.grade(submissions):
            version = versions[int(graded.submission.student)]
            yield version, graded.results[version.exercise]


def check_version(version: Version, results: Results) -> Iterator[Problem]:
    """Problems of one version."""
    if version.role in ("reference", "right"):
        yield from _all_pass(version, results)
    elif version.role == "stub":
        yield from _none_pass(version, results)
    elif isinstance(version.declared, WrongVersion):
        yield from _as_declared(version, version.declared, results)


def check_sharpness(exercise: Exercise, wrong: Mapping[Path, Results]) -> Iterator[Problem]:
    """Warn of a hidden test that no wrong version fails: it has not been shown to test anything."""
    names = {base_name(r.name) for results in wrong.values() for r in results if r.tier == "hidden"}
    failed = {base_name(r.name) for results in wrong.values() for r in _failed(results)}
    for name in sorted(names - failed):
        yield warning(
            exercise.hidden,
            f"{name}: no wrong version fails this test",
            f"{name}: このテストに落ちる誤答例がありません",
        )


def _version(
    exercise: Exercise, role: Role, path: Path, declared: WrongVersion | PartialVersion | None = None
) -> Version:
    return Version(exercise.id, role, path, path.read_text(encoding="utf-8-sig"), declared)


def _all_pass(version: Version, results: Results) -> Iterator[Problem]:
    for result in results:
        if result.status != "passed":
            yield error(
                version.path,
                f"must get full marks, but {result.name} {result.status} ({result.cause or 'no cause'})",
                f"満点のはずですが、{result.name} が {result.status} です（{result.cause or '原因不明'}）",
            )


def _none_pass(version: Version, results: Results) -> Iterator[Problem]:
    for result in results:
        if result.status == "passed":
            yield error(
                version.path,
                f"the empty stub passes the {result.tier} test {result.name}",
                f"空の雛形が {result.name}（{result.tier}）に合格します",
            )


def _as_declared(version: Version, declared: WrongVersion, results: Results) -> Iterator[Problem]:
    failed = _failed(results)
    known = {base_name(r.name) for r in results if r.tier == "hidden"}
    for name in declared.fails:
        if name not in known:
            yield error(version.path, f"there is no hidden test {name!r}", f"非公開テスト {name!r} はありません")
        elif not any(base_name(r.name) == name for r in failed):
            yield error(version.path, f"passes {name}, which it declares to fail", f"落ちるはずの {name} に合格します")
    first = next((r for r in failed if base_name(r.name) == declared.fails[0]), None)
    if first is not None and first.cause != declared.cause:
        yield error(
            version.path,
            f"{first.name} shows the cause {first.cause!r}, not {declared.cause!r} ({first.status})",
            f"{first.name} で示される原因は {declared.cause!r} ではなく {first.cause!r} です（{first.status}）",
        )


def _failed(results: Results) -> list[TestResult]:
    return [r for r in results if r.tier == "hidden" and r.status != "passed"]


def _sha(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
