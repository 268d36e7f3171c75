"""Everything that a student reads at a terminal of 80 columns, as it is and within the 80 columns.

A change of words changes these files: look at them, then UPDATE_GOLDEN=1 pytest tests/student/test_columns80.py.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course.exercise import load_exercise
from autograder.quiz.answer.session import load
from autograder.quiz.answer.store import AnswerStore, PracticeStore
from autograder.quiz.answer.terminal import Terminal, run_graded, run_practice
from autograder.student.course import Course, load_course
from autograder.student.runner import run_checks
from autograder.student.show import report_lines
from autograder.text.align import columns

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("golden80")
COURSE = load_course(ROOT / "exercises" / "course.json")
EXERCISES = [e.id for e in COURSE.exercises]
QUIZZES = [q.id for q in COURSE.quizzes]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """The real course; in each exercise somebody has made a mistake."""
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "exercises", root / "exercises", ignore=shutil.ignore_patterns("*.ipynb", "*.html"))
    for name in EXERCISES:
        code = load_exercise(ROOT / "solutions" / name).wrong[0].code
        (root / "exercises" / name / f"{name}.py").write_text(code, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        patch.chdir(root)
        yield load_course(root / "exercises" / "course.json")


@pytest.fixture(scope="module")
def reports(course: Course) -> dict[str, object]:
    return {report.id: report for report in run_checks(course.exercises)}


def as_it_was(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n") + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    for line in text.split("\n"):
        # A program, a table of values and a long address are as wide as they are.
        set_apart = line.startswith(("    ", "| ")) or re.match(r" *\d+  ", line) or "http" in line
        assert columns(line) <= 80 or set_apart, line
        assert not re.search(r"\\(?:[a-zA-Z]{2,}|[(\[])", re.sub(r"`[^`]*`|'[^']*'", "", line)) or set_apart, line


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", EXERCISES)
def test_start(course: Course, name: str, lang: str):
    ran = CliRunner().invoke(main, ["start", name, "--lang", lang], standalone_mode=False)
    assert ran.exception is None
    as_it_was(f"start.{lang}/{name}", ran.output)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", EXERCISES)
def test_check(course: Course, reports, name: str, lang: str):
    exercise = next(e for e in course.exercises if e.id == name)
    lines = report_lines(reports[name], exercise.title, f"exercises/{name}/{name}.py", lang)
    as_it_was(f"check.{lang}/{name}", "\n".join(lines))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", QUIZZES)
def test_quiz(course: Course, tmp_path: Path, name: str, lang: str):
    entry = next(q for q in course.quizzes if q.id == name)
    quiz = load(entry.file)
    shown: list[str] = []

    def read(prompt: str) -> str:
        shown.append(prompt + ("" if quiz.graded else ":a"))
        return "" if quiz.graded else ":a"

    terminal = Terminal(lang, read, shown.append, quiz.graded)
    if quiz.graded:
        run_graded(quiz, "s001", terminal, AnswerStore(tmp_path / "a.yaml", quiz.id))
    else:
        run_practice(quiz, "s001", terminal, PracticeStore(tmp_path / "p.json", quiz.id))
    assert len(shown) > 5 * len(quiz.items)
    as_it_was(f"quiz.{lang}/{name}", "\n".join(shown))
