"""What makes two gradings the same run, and what of a run need not be graded again.

Theory of operation
-------------------
``--resume`` goes on with the last run if everything that decides a grade is as it was: suites and
quizzes, points, due dates, late policy, limits, the engine, the sandbox. The run remembers a
digest of each part, so that a difference can be told by its name; then a new run begins.

Within a run, a submission stands as it is recorded if nothing that its row follows from has changed:
what was handed in, how late, and how the student is called. Anything else is graded anew, as a new
row of the history. A failure of the grader is no grade, so it is always tried again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .course.exercise import Exercise
from .gradebook import Gradebook, RunInfo
from .i18n import Text

_PARTS = {
    "exercises": Text("which exercises are graded", "採点する演習"),
    "points": Text("the points", "配点"),
    "due": Text("the due dates", "提出期限"),
    "late": Text("the late policy", "遅延の扱い"),
    "limits": Text("the limits", "制限（時間やメモリ）"),
    "attempts": Text("which attempt counts", "複数回提出の扱い"),
    "engine": Text("the version of the autograder", "autograder の版"),
    "sandbox": Text("the sandbox", "サンドボックスの保護"),
    "seed": Text("the seed", "シード"),
}
_SUITES, _CAUSES = "suite ", "causes "
_OLD = Text("the version of the autograder", "autograder の版")
_ANEW = Text(
    "Not resumed: since run {run}, {what} changed. Everything is graded anew, as run {new}.",
    "続きからの採点はできません。採点 {run} のあとに{what}が変わったため、すべて採点し直します（採点 {new}）。",
)


def digest(value: Any) -> str:
    """SHA-256 of what JSON can hold."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def suite_parts(shas: Mapping[str, str], exercises: Mapping[str, Exercise]) -> dict[str, str]:
    """The parts of a run's identity that say what is asked and what is said to a wrong answer.

    Parameters
    ----------
    shas
        Of the suites and quizzes, by id.
    exercises
        By id.
    """
    causes = {f"{_CAUSES}{i}": _named_causes(exercise) for i, exercise in exercises.items()}
    return {f"{_SUITES}{i}": sha for i, sha in shas.items()} | causes


def _named_causes(exercise: Exercise) -> str:
    """Of the sentences, and of each wrong version as it runs: a slip changes with its base, wherever that stands."""
    sentences = (exercise.folder / "hints.yaml").read_text(encoding="utf-8-sig")
    return digest([sentences, [[v.name, v.code, v.given] for v in exercise.wrong]])


def why_anew(last: RunInfo, now: Mapping[str, str], new: int) -> Text:
    """The line that says why run `new` begins where the `last` one was to be resumed."""
    before = last.identity
    parts = _changed(before, now) if before else [_OLD]
    what = Text(_and([p.en for p in parts], ", ", " and "), "、".join(p.ja for p in parts))
    return _ANEW.format(run=last.id, what=what, new=new)


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[Text]:
    suites = [k.removeprefix(_SUITES) for k in now if k.startswith(_SUITES) and before.get(k, now[k]) != now[k]]
    causes = [k.removeprefix(_CAUSES) for k in now if k.startswith(_CAUSES) and before.get(k, now[k]) != now[k]]
    found = []
    if suites:
        found.append(Text(f"the tests or questions of {', '.join(suites)}", f"{'、'.join(suites)} のテストや設問"))
    if causes:
        found.append(Text(f"the named causes of {', '.join(causes)}", f"{'、'.join(causes)} の誤りの原因"))
    return found + [text for key, text in _PARTS.items() if before.get(key) != now.get(key)]


def _and(words: Sequence[str], comma: str, last: str) -> str:
    return last.join([comma.join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


@dataclass(frozen=True)
class Print:
    """What a recorded row of one attempt follows from.

    Attributes
    ----------
    late
        Seconds by exercise, where there are any.
    """

    attempt: int
    sha256: str
    late: Mapping[str, int]
    name: str | None
    ids: Mapping[str, str]


class Recorded:
    """What a run holds already."""

    def __init__(self, book: Gradebook, run_id: int) -> None:
        self._newest: dict[str, Print | None] = {}
        self._by_attempt: dict[tuple[str, int], Print | None] = {}
        for result in book.all_results(run_id):
            late = {e.id: e.late_seconds for e in result.exercises if e.late_seconds}
            failed = any(e.status == "grader_error" for e in result.exercises)
            mark = Print(result.attempt, result.submission_sha256, late, result.name, result.extra)
            self._newest[result.student] = None if failed else mark
            self._by_attempt[result.student, result.attempt] = None if failed else mark

    def __len__(self) -> int:
        return len(self._newest)

    def __contains__(self, student: object) -> bool:
        return student in self._newest

    def stands(self, student: str, attempts: Sequence[Print]) -> bool:
        """Whether nothing of a student has changed since."""
        if len(attempts) == 1:
            return self._newest.get(student) == attempts[0]
        return all(self._by_attempt.get((student, a.attempt)) == a for a in attempts)
