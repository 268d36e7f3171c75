"""Prove keys by running them: `prove`, the program of an `output`, the `check` of a `find_the_error`.

All jobs of all quizzes go to one process (`prover`); what comes back is compared here with the
replicas' answers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from ...course.exercise import ExerciseConfig
from ...course.yaml_file import parse
from ...errors import ConfigError
from ...i18n import Text
from ..answer.normalise import normalise_output
from ..answer.numbers import NotUnderstood, parse_number
from ..draw.bodies import Where
from ..draw.replica import Body, Choices, Cloze, Match, Number, Order, Replica, Shape, Words, WrongLine
from ..source import kinds
from ..source.expr import Value
from ..source.kinds import Item
from ..source.template import show

SECONDS = 120  # all jobs together


@dataclass(frozen=True)
class Job:
    """Something to run, and the judgement on what comes back (None: all is well)."""

    where: Where
    request: dict[str, Any]
    judge: Callable[[Any], Text | None]


def reference_functions(solutions: Path) -> list[tuple[str, list[str]]]:
    """The reference file of each exercise with the functions that it defines."""
    found = []
    for path in sorted(solutions.glob("*/exercise.yaml")):
        reference = path.with_name(f"{path.parent.name}.py")
        try:
            names = parse(path, ExerciseConfig).functions
        except ConfigError:  # an exercise in the making; `validate` tells of it
            continue
        if reference.is_file():
            found.append((str(reference), names))
    return found


def run_jobs(jobs: Sequence[Job], references: Sequence[tuple[str, list[str]]]) -> list[Text | None]:
    """The judgement on each job."""
    if not jobs:
        return []
    work = json.dumps({"references": list(references), "jobs": [job.request for job in jobs]})
    command = [sys.executable, "-m", "autograder.quiz.proof.prover"]
    # The package may run from a folder that is not installed.
    root = Path(__file__).resolve().parents[3]
    try:
        done = subprocess.run(command, input=work.encode(), capture_output=True, timeout=SECONDS, check=False, cwd=root)
        lines, died = done.stdout.decode("utf-8", "replace").splitlines(), f"exit code {done.returncode}"
    except subprocess.TimeoutExpired as error:
        lines, died = (error.stdout or b"").decode("utf-8", "replace").splitlines(), f"more than {SECONDS} s"
    verdicts: list[Text | None] = []
    for i, job in enumerate(jobs):
        if i < len(lines):
            answer = json.loads(lines[i])
            verdicts.append(_failed(answer["error"]) if "error" in answer else job.judge(answer["value"]))
        else:
            verdicts.append(_failed(died) if i == len(lines) else Text("not run", "実行されませんでした"))
    return verdicts


def jobs_of(item: Item, replica: Replica, variables: dict[str, Value]) -> list[Job]:
    """Everything that can be run of one replica."""
    jobs: list[Job] = []
    body = replica.body
    if _is_proof(item.prove):
        jobs.append(_evaluate(("prove",), item.prove or "", variables, body))
    if isinstance(item, kinds.Cloze) and isinstance(body, Cloze):
        for gap in body.gaps:
            parts = item.gaps[gap.name]
            if isinstance(parts, kinds.NumericParts) and _is_proof(parts.prove):
                jobs.append(_evaluate(("gaps", gap.name, "prove"), parts.prove or "", variables, gap.body))
    if isinstance(item, kinds.Output):
        jobs.append(Job(("code",), {"do": "run", "code": replica.code}, lambda v: _same_output(v, body)))
    if isinstance(item, kinds.FindTheError):
        jobs.append(_check(item, replica, variables))
    return jobs


def _is_proof(source: str | None) -> bool:
    return source is not None and source.strip().lower() != "none"


def _evaluate(where: Where, source: str, variables: dict[str, Value], body: Body) -> Job:
    request = {"do": "evaluate", "source": source.strip(), "variables": variables}
    return Job(where, request, lambda value: _equal(value, body))


def _equal(value: Any, body: Body) -> Text | None:
    match body:
        case Number():
            right = isinstance(value, (int, float)) and not isinstance(value, bool)
            # Half the tolerance, so that a right answer rounded by a student is right still.
            right = right and abs(value - body.value) <= max(body.atol, body.rtol * abs(body.value)) / 2 + 1e-12
            expected: Any = body.value
        case Shape():
            given = value if isinstance(value, list) else [value]
            right, expected = given == list(body.value), body.value
        case Choices() if not body.several:
            expected = next(c.text.en for c in body.choices if c.correct)
            right = value is True or show(value) == expected or _same_number(value, expected)
        case Choices() | Match() | Order() | Cloze() | Words() | WrongLine():
            right, expected = value is True, True
        case _:
            assert_never(body)
    if right:
        return None
    return Text(
        f"gives {_short(value)}, but the answer is {_short(expected)}",
        f"値は {_short(value)} ですが、正解は {_short(expected)} とされています",
    )


def _same_number(value: Any, text: str) -> bool:
    try:
        return abs(float(value) - parse_number(text)) <= 1e-3 * abs(float(value))
    except (NotUnderstood, TypeError, ValueError):
        return False


def _same_output(runs: list[str], body: Body) -> Text | None:
    if runs[0] != runs[1]:
        return Text("the program does not print the same twice", "プログラムの出力が実行のたびに変わります")
    if isinstance(body, Words):
        answer = body.accept[0]
    else:
        assert isinstance(body, Choices)
        answer = normalise_output(next(c.text.en for c in body.choices if c.correct))
    if normalise_output(runs[0]) == answer:
        return None
    return Text(
        f"prints {_short(runs[0])}, but the answer is {_short(answer)}",
        f"出力は {_short(runs[0])} ですが、正解は {_short(answer)} とされています",
    )


def _check(item: kinds.FindTheError, replica: Replica, variables: dict[str, Value]) -> Job:
    lines = (replica.code or "").split("\n")
    mended = list(lines)
    mended[item.answer.line - 1] = getattr(replica.body, "fix", "")
    request = {
        "do": "check",
        "source": item.check.strip(),
        "code": "\n".join(lines),
        "mended": "\n".join(mended),
        "variables": variables,
    }
    return Job(("check",), request, _judge_check)


def _judge_check(found: list[Any]) -> Text | None:
    shown, mended = found
    if shown is True:
        return Text("holds with the wrong line as well", "誤った行のままでも成り立っています")
    if mended is not True:
        return Text(
            f"does not hold with the fix ({_short(mended)})", f"fix で直しても成り立ちません（{_short(mended)}）"
        )
    return None


def _failed(said: str) -> Text:
    return Text(f"cannot be run ({said})", f"実行できません（{said}）")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
