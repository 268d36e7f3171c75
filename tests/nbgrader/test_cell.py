"""The hidden line under nbgrader's own Execute: real kernels, the scores of ``autograder grade``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise

pytest.importorskip("nbgrader", reason="nbgrader is not installed")
REPOSITORY = Path(__file__).resolve().parents[2]
SOLUTIONS = REPOSITORY / "solutions"
STOCK = """
c.Autograde.exporter_class = "nbconvert.exporters.NotebookExporter"
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.Execute",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""


def test_stock_execute_gives_the_same_partial_credit(
    tmp_path: Path,
    generated: Callable[[Path], Path],
    nbgrader: Callable[..., subprocess.CompletedProcess[str]],
    hand_in: Callable[[Path, Path, dict[str, str]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AUTOGRADER_SEED", "1")
    course = generated(tmp_path / "course")
    with open(course / "nbgrader_config.py", "a", encoding="utf-8") as config:
        config.write(STOCK)
    warns = "import warnings\nwarnings.warn('careful')\nprint(3.0)\n"
    answers = {
        "relu": load_exercise(SOLUTIONS / "relu").version("wrong/dropped_elements").code,
        "softmax": warns + (SOLUTIONS / "softmax" / "softmax.py").read_text(encoding="utf-8"),
    }
    path = Path("activations") / "activations.ipynb"
    hand_in(course / "release" / path, course / "submitted" / "s1" / path, answers)
    # A file beside the notebook must not take the place of a module of the grader.
    (course / "submitted" / "s1" / "activations" / "json.py").write_text("raise SystemExit(1)\n")
    done = nbgrader(course, "autograde", "activations")
    assert done.returncode == 0, done.stderr[-3000:]
    nb = json.loads((course / "autograded" / "s1" / path).read_text(encoding="utf-8"))
    found: dict[str, float] = {}
    for cell in nb["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            (output,) = cell["outputs"]
            assert output["output_type"] == "execute_result", output
            exercise = cell["metadata"]["nbgrader"]["grade_id"].split("__")[0]
            found[exercise] = found.get(exercise, 0.0) + float("".join(output["data"]["text/plain"]))

    folder = tmp_path / "plain" / "s1"
    folder.mkdir(parents=True)
    for exercise, text in answers.items():
        (folder / f"{exercise}.py").write_text(text, encoding="utf-8")
    (folder.parent / "received.csv").write_text(
        "student,received_at\ns1,2026-05-01T12:00+09:00\n"
    )  # long before it is due
    command = [sys.executable, "-m", "autograder", "grade", str(folder.parent), "--out", str(tmp_path / "out")]
    course_yaml = _course_of(course)
    subprocess.run([*command, "--course", course_yaml, "--seed", "1"], check=True, capture_output=True, cwd=REPOSITORY)
    (student,) = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))["submissions"]
    expected = {e["id"]: e["score"] for e in student["exercises"] if e["status"] == "graded"}
    assert {k: round(v, 4) for k, v in found.items()} == expected
    assert 0 < expected["relu"] < 1


def _course_of(folder: Path) -> str:
    """The course.yaml that the configuration of an nbgrader course names."""
    text = (folder / "nbgrader_config.py").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if 'os.environ["AUTOGRADER_COURSE"]' in line)
    return line.split("=", 1)[1].strip().strip("'\"")
