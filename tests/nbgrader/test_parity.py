"""One set of submissions, three ways to grade it, one score: ``grade``, ``nbgrader autograde``, ``grade --nbgrader``.

The set is drawn from the course's own right and wrong versions, and holds what goes wrong in every
class besides. A dozen submissions run always; AUTOGRADER_PARITY=60 runs the whole set.
"""

from __future__ import annotations

import ast
import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.course.exercise import load_exercise

pytest.importorskip("nbgrader", reason="nbgrader is not installed")
REPOSITORY = Path(__file__).resolve().parents[2]
SOLUTIONS = REPOSITORY / "solutions"
COUNT = int(os.environ.get("AUTOGRADER_PARITY", "12"))
EXERCISES = sorted(p.parent.name for p in SOLUTIONS.glob("*/test_hidden.py")) if COUNT > 12 else ["relu", "softmax"]
SEED = "7"
COURSE = """\
title: {{en: Parity, ja: 一致}}
solutions: {solutions}
exercises: {exercises}
units:
  - id: everything
    title: {{en: Everything, ja: すべて}}
    exercises: [{entries}]
"""
ODD = {
    "missing": "",
    "syntax_error": "def {f}(x):\n    return (x\n",
    "loop": "def {f}(*a, **k):\n    while True:\n        pass\n",
    "crash": "import os\n\n\ndef {f}(*a, **k):\n    os._exit(3)\n",
    "raises": "def {f}(*a, **k):\n    raise ValueError('ここ')\n",
    "prints": "import sys\n\n\ndef {f}(*a, **k):\n    print('x' * 9999, file=sys.stderr)\n",
}

Answers = dict[str, str]


def submissions() -> dict[str, Answers]:
    """By student and exercise the text of the solution; an exercise that is not there was not handed in."""
    rng = random.Random(5)
    found: dict[str, Answers] = {}
    for number in range(COUNT):
        answers = {}
        taken = {f: exercise for exercise in EXERCISES for f in _functions(exercise)}
        for exercise in EXERCISES:
            versions = load_exercise(SOLUTIONS / exercise)
            pool = [v.code for v in rng.choice([versions.right, versions.wrong, versions.wrong])]
            texts = rng.sample(pool, len(pool))
            # In a notebook all exercises share one namespace, in files each has its own: where two
            # define the same helper the scores may rightly differ.
            answers[exercise] = next(t for t in texts if all(taken.get(n, exercise) == exercise for n in _names(t)))
            taken |= dict.fromkeys(_names(answers[exercise]), exercise)
        kind = [None, *ODD][number % (len(ODD) + 1)]
        if kind is not None:
            one = EXERCISES[number % len(EXERCISES)]
            answers[one] = ODD[kind].format(f=_functions(one)[0])
            if not answers[one]:
                del answers[one]
        found[f"s{number:03}"] = answers
    return found


def _names(text: str) -> set[str]:
    """The names that a file binds, modules aside."""
    names: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


@cache
def _functions(exercise: str) -> list[str]:

    return load_exercise(SOLUTIONS / exercise).config.functions


def grade(*argv: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", *argv, "--seed", SEED],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr + done.stdout


def from_results(out: Path) -> dict[str, dict[str, Any]]:
    data = json.loads((out / "results.json").read_text(encoding="utf-8"))
    return {s["student"]: {e["id"]: e["score"] for e in s["exercises"]} for s in data["submissions"]}


def from_gradebook(course: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    with sqlite3.connect(course / "gradebook.db") as database:
        rows = database.execute(
            "SELECT s.student_id, c.name, g.auto_score FROM grade g"
            " JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id"
            " JOIN submitted_assignment s ON s.id = n.assignment_id"
        )
        for student, cell, score in rows:
            scores = found.setdefault(student, {})
            exercise = cell.split("__")[0]
            scores[exercise] = scores.get(exercise, 0.0) + score
    return {s: {e: round(v, 4) for e, v in scores.items()} for s, scores in found.items()}


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory,
    nbgrader: Callable[..., subprocess.CompletedProcess[str]],
    hand_in: Callable[[Path, Path, dict[str, str]], None],
) -> dict[str, dict[str, dict[str, Any]]]:
    """Scores by way, student and exercise."""
    from autograder.course.load import load_course
    from autograder.nbgrader.init import init

    root = tmp_path_factory.mktemp("parity")
    entries = ", ".join(f"{{id: {e}, points: {1 + i % 3}}}" for i, e in enumerate(EXERCISES))
    text = COURSE.format(solutions=SOLUTIONS, exercises=REPOSITORY / "exercises", entries=entries)
    (root / "course.yaml").write_text(text, encoding="utf-8")
    courses = [root / "autograde", root / "fast"]
    for course in courses:
        init(load_course(root), course)
        made = nbgrader(course, "generate_assignment", "everything")
        assert made.returncode == 0, made.stderr
    notebook = Path("everything") / "everything.ipynb"
    for student, answers in submissions().items():
        for exercise, source in answers.items():
            path = root / "py" / student / f"{exercise}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8")
        given = {e: answers.get(e, "# not done") for e in EXERCISES}
        for course in courses:
            hand_in(course / "release" / notebook, course / "submitted" / student / notebook, given)
    ways = {"py": root / "py", "notebook": courses[0] / "submitted"}
    for name, folder in ways.items():
        grade(str(folder), "--out", str(root / f"out-{name}"), "--course", str(root))
    done = nbgrader(courses[0], "autograde", "everything", f"--SandboxedGrading.seed={SEED}")
    assert done.returncode == 0, done.stderr[-3000:]
    grade("--nbgrader", str(courses[1]))
    return {
        "grade": from_results(root / "out-py"),
        "grade on notebooks": from_results(root / "out-notebook"),
        "nbgrader autograde": from_gradebook(courses[0]),
        "grade --nbgrader": from_gradebook(courses[1]),
        "grade --nbgrader, its own tables": from_results(courses[1] / "results"),
    }


@pytest.mark.parametrize(
    "way", ["grade on notebooks", "nbgrader autograde", "grade --nbgrader", "grade --nbgrader, its own tables"]
)
def test_every_way_gives_the_scores_of_grade(graded: dict[str, dict[str, dict[str, Any]]], way: str) -> None:
    assert graded[way] == graded["grade"]


def test_the_set_is_worth_comparing(graded: dict[str, dict[str, dict[str, Any]]]) -> None:
    scores = [score for student in graded["grade"].values() for score in student.values()]
    assert len(graded["grade"]) == COUNT
    assert 0.0 in scores
    assert max(scores) >= 1
    assert any(score % 1 > 0 for score in scores)
