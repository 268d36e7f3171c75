"""Grade the one submission of a Gradescope container; see the package's theory of operation."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import __version__
from ...collect import read_one
from ...collect.reader import Reader, Unread, unread
from ...errors import AutograderError, ConfigError
from ...files import atomic
from ...i18n import Lang, choose_language
from ...judge.client import JudgeHost
from ...model import Submission
from ...pipeline import Plan, make_plan, prepared, score
from ...report.studentview import student_view
from ...sandbox.levels import Protections, probe
from .results import results

SETTINGS = "gradescope.json"
RESULTS = "results.json"
STUDENT = "submission"  # Gradescope knows who it is; nothing here needs to


@dataclass(frozen=True)
class Settings:
    """What was chosen when the zip was made."""

    lang: Lang = "en"


def main(arguments: Sequence[str]) -> int:
    """``ROOT SOURCE`` grades; ``--check SOURCE`` says at build time whether grading will work.

    Returns
    -------
    int
        0, or 4 where the grader failed; the reason is on stderr, which students do not see.
    """
    checking = arguments[0] == "--check"
    root, source = Path(arguments[0]), Path(arguments[1])
    try:
        if checking:
            plan = make_plan(source)
            print(f"{len(plan.exercises)} exercises; sandbox level {probe().level}")
            return 0
        return grade(root, source)
    except AutograderError as error:
        print(error.text.en, flush=True)
        return error.exit_code


def grade(root: Path, source: Path) -> int:
    """Grade ``root/submission`` and put the result in place; 4 if an exercise could not be scored."""
    settings = read_settings(source)
    close(source / "solutions")
    plan = make_plan(source)
    protections = probe()
    functions = {i: e.config.functions for i, e in plan.exercises.items()}

    def read(_: None) -> Submission:
        folder, ids = root / "submission", list(plan.exercises)
        return prepared(read_one(folder, STUDENT, ids, functions=functions, tz=plan.course.timezone), plan)

    with Reader(read) as reader:
        try:
            submission = reader(None)
        except Unread as error:
            submission = unread(Submission(STUDENT, {}), error.text)
    seed = secrets.randbits(53)
    with _host(plan, protections, seed) as host:
        (graded,) = host.grade([submission])
    result = score(graded, plan)
    view = student_view(result, plan.info())
    extra = {"engine": __version__, "seed": str(seed), "seconds": round(graded.seconds, 3)}
    write(root / "results" / RESULTS, results(view, protections.as_dict(), protections.level, settings.lang, extra))
    broken = [e for e in result.exercises if e.status == "grader_error"]
    for exercise in broken:
        print(f"{exercise.id}: {'; '.join(n.text.en for n in exercise.notes)}", flush=True)
    return 4 if broken else 0


def read_settings(source: Path) -> Settings:
    """The settings in the zip, or the defaults."""
    try:
        data = json.loads((source / SETTINGS).read_text(encoding="utf-8"))
        return Settings(choose_language(data["lang"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ConfigError(f"{source / SETTINGS}: {error}") from None


def close(folder: Path) -> None:
    """Leave a folder to its owner alone, whom no student code runs as."""
    with suppress(OSError):
        os.chmod(folder, 0o700)


def write(path: Path, data: dict[str, Any]) -> None:
    """Replace a result as a whole."""
    with atomic(path) as file:
        file.write(json.dumps(data, indent=1).replace("<", "\\u003c"))


def _host(plan: Plan, protections: Protections, seed: int) -> JudgeHost:
    limits = plan.course.config.limits
    return JudgeHost(
        list(plan.exercises.values()),
        str(seed),
        1,
        protections,
        points={i: plan.points(i) for i in plan.exercises},
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        total_seconds=limits.submission_seconds,
        thorough=False,
    )
