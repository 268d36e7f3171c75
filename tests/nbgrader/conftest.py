"""A small course, an nbgrader course made from it, and nbgrader's own commands."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.load import LoadedCourse, load_course

REPOSITORY = Path(__file__).resolve().parents[2]
SOLUTIONS = REPOSITORY / "solutions"

COURSE = f"""\
title: {{en: A small course, ja: 小さな講義}}
solutions: {SOLUTIONS}
exercises: exercises
timezone: Asia/Tokyo
units:
  - id: activations
    title: {{en: Activation functions, ja: 活性化関数}}
    exercises:
      - {{id: relu, due: 2026-05-29 17:00}}
      - {{id: softmax, points: 2, due: 2026-05-31 17:00}}
  - id: neurons
    title: {{en: Neurons, ja: ニューロン}}
    exercises:
      - id: neuron
late: {{grace_minutes: 10, per_day: 10, maximum: 50}}
"""
ROSTER = """\
student,name,email,moodle,canvas
s001,山田 太郎,s001@example.ac.jp,1001,501
s002,"Smith, Jr, Anna",,1002,502
s003,佐藤 花子,,1003,503
"""


@pytest.fixture(scope="session")
def small_course(tmp_path_factory: pytest.TempPathFactory) -> LoadedCourse:
    """Three real exercises in two units, with due dates and a late policy."""
    root = tmp_path_factory.mktemp("course")
    (root / "course.yaml").write_text(COURSE, encoding="utf-8")
    return load_course(root)


@pytest.fixture(scope="session")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("roster") / "class.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def run_nbgrader(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """One of nbgrader's commands, run in a course's folder as an instructor would."""
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PYTHONPATH": str(REPOSITORY),
        "JUPYTER_CONFIG_DIR": str(folder / ".jupyter"),
    }
    environment.pop("AUTOGRADER_COURSE", None)
    command = [sys.executable, "-m", "nbgrader", *args]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=900, check=False
    )


@pytest.fixture(scope="session")
def nbgrader() -> Callable[..., subprocess.CompletedProcess[str]]:
    """``nbgrader(folder, "autograde", "activations")``."""
    return run_nbgrader


@pytest.fixture(scope="session")
def hand_in() -> Callable[[Path, Path, dict[str, str]], None]:
    """``hand_in(released, submitted, {grade_id: source})``: fill the cells of a released notebook in."""

    def fill(released: Path, submitted: Path, answers: dict[str, str]) -> None:
        notebook = json.loads(released.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if grade_id in answers:
                cell["source"] = answers[grade_id]
        submitted.parent.mkdir(parents=True, exist_ok=True)
        submitted.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")

    return fill


@pytest.fixture(scope="session")
def generated(
    small_course: LoadedCourse,
    nbgrader: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Path], Path]:
    """``generated(folder)``: a copy of an nbgrader course whose assignments have been generated."""
    pytest.importorskip("nbgrader", reason="nbgrader is not installed")
    from autograder.nbgrader.init import init

    template = tmp_path_factory.mktemp("generated") / "course"
    init(small_course, template)
    for assignment in ("activations", "neurons"):
        made = nbgrader(template, "generate_assignment", assignment)
        assert made.returncode == 0, made.stderr

    def copy(folder: Path) -> Path:
        return Path(shutil.copytree(template, folder))

    return copy
