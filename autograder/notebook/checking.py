"""Check the functions of a notebook as the command line checks a file: in another process.

The visible tests of an exercise are run on a file made of the cells that it needs (`program`),
in a folder of its own that is gone afterwards. So an endless loop is stopped, a crash costs one
test and never the kernel, and what is checked is the code that would be graded.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import ConfigError
from ..i18n import Text
from ..model import Sentence
from ..student.cells import write_cells
from ..student.course import Course, Exercise
from ..student.results import CheckResult, ExerciseReport
from ..student.runner import run_checks
from .history import Executed
from .program import Program, is_begun, program


@dataclass(frozen=True)
class Checked:
    """One exercise with what its check found.

    Attributes
    ----------
    cells
        Counts of the cells whose code was checked; empty where none defines its functions.
    hints
        From vague to plain.
    """

    exercise: Exercise
    report: ExerciseReport
    cells: tuple[int, ...] = ()
    hints: tuple[Text, ...] = ()


def check_cells(exercises: Sequence[Exercise], executed: Sequence[Executed]) -> list[Checked]:
    """Run the visible tests of `exercises` on the cells that were run.

    Raises
    ------
    GraderError, ConfigError
        The course's own files are broken.
    """
    programs = {e.id: program(executed, e.functions) for e in exercises if is_begun(executed, e.functions)}
    with tempfile.TemporaryDirectory(prefix="check-", ignore_cleanup_errors=True) as folder:
        copies = [_copy(e, made, Path(folder)) for e in exercises if (made := programs.get(e.id)) is not None]
        reports = {report.id: report for report in run_checks(copies)} if copies else {}
    checked = []
    for exercise in exercises:
        made = programs.get(exercise.id)
        report = reports.get(exercise.id)
        if made is None or report is None:
            checked.append(Checked(exercise, _not_run(exercise, executed), (), read_hints(exercise)))
        else:
            told = _in_cells(report, made, exercise.file.name)
            checked.append(Checked(exercise, told, made.numbers, read_hints(exercise)))
    return checked


def begun(course: Course, executed: Sequence[Executed]) -> list[Exercise]:
    """The exercises of which some cell that was run holds more than the stub."""
    return [e for e in course.exercises if is_begun(executed, e.functions)]


def read_hints(exercise: Exercise) -> tuple[Text, ...]:
    """The exercise's hints; none where the course has none.

    Raises
    ------
    ConfigError
        The file cannot be read.
    """
    path = exercise.folder / "hints.json"
    try:
        return tuple(Text.of(h) for h in json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError):
        raise ConfigError(Text(f"{path} cannot be read.", f"{path} を読めません。")) from None


def _copy(exercise: Exercise, made: Program, folder: Path) -> Exercise:
    """The exercise in a folder of its own, with the cells' code as the student's file."""
    copy = replace(exercise, folder=folder / exercise.id)
    copy.folder.mkdir()
    for name in ("test_visible.py", "causes.json"):
        if (exercise.folder / name).is_file():
            shutil.copyfile(exercise.folder / name, copy.folder / name)
    write_cells(copy.folder, made.starts, exercise.functions)
    copy.file.write_text(made.text, encoding="utf-8", newline="\n")
    return copy


def _not_run(exercise: Exercise, executed: Sequence[Executed]) -> ExerciseReport:
    if program(executed, exercise.functions) is not None:
        return ExerciseReport(exercise.id, begun=False)
    names = ", ".join(exercise.functions)
    return ExerciseReport(
        exercise.id,
        problem=(
            Sentence(
                Text(
                    f"No cell that defines {names} was run yet. Run the cell with your code, then check again.",
                    f"{names} を定義するセルがまだ実行されていません。"
                    "コードのセルを実行してから、もう一度確かめてください。",
                )
            ),
        ),
        cause="function_missing",
    )


def _in_cells(report: ExerciseReport, made: Program, file: str) -> ExerciseReport:
    """The report with lines of the file as lines of cells."""

    def told(test: CheckResult) -> CheckResult:
        return replace(test, message=made.in_cells(test.message), output=output(test.output))

    def output(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(made.output_in_cells(line, file) for line in lines)

    problem = made.in_cells(report.problem) if report.problem else None
    return replace(report, problem=problem, tests=tuple(map(told, report.tests)), output=output(report.output))
