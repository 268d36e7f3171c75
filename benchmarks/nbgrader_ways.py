"""nbgrader's own grading, nbgrader with our preprocessor, and ``grade --nbgrader``, on the same notebooks in one run.

    python benchmarks/nbgrader_ways.py [--submissions 60] [--stock-submissions 10]

The three grade the same correct notebooks (the references and the ``right/`` versions in turn) with
every exercise of the course. nbgrader's own grading gets fewer of them, because each takes more than a second, and
runs the same tests of ours in its kernel, one test cell an exercise, as fast as it could have them
(see ``in_kernel.py``). CPU seconds are those of the whole machine: let it be idle.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path = [*[p for p in sys.path if Path(p or ".").resolve() != HERE], str(HERE)]  # or this file would be `nbgrader`

import nbformat  # noqa: E402
from floor import busy_seconds  # noqa: E402

from autograder.course.exercise import load_exercise  # noqa: E402
from autograder.course.load import load_course  # noqa: E402
from autograder.nbgrader.init import init  # noqa: E402

NAME = "exercises"
STOCK = """
c.Autograde.exporter_class = "nbconvert.exporters.NotebookExporter"
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.Execute",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""
TEST = """### BEGIN HIDDEN TESTS
import sys

if {folder!r} not in sys.path:
    sys.path.append({folder!r})
from in_kernel import run

run({exercise!r}, globals())
### END HIDDEN TESTS"""


def main() -> None:
    """Parse, measure one after the other, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--submissions", type=int, default=60)
    parser.add_argument("--stock-submissions", type=int, default=10)
    options = parser.parse_args()
    course = load_course(HERE.parent)
    versions = {i: _versions(course.solutions_dir / i) for i in course.exercise_ids}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = folder / "ours"
        init(course, ours, layout="one")
        _command(ours, "generate_assignment", NAME)
        fast = Path(shutil.copytree(ours, folder / "fast"))
        stock = _stock_course(ours, folder / "stock")
        for where, count in (
            (stock, options.stock_submissions),
            (ours, options.submissions),
            (fast, options.submissions),
        ):
            _hand_in(where, versions, count)
        rows = [
            ("nbgrader autograde, stock Execute", options.stock_submissions, *_autograde(stock)),
            ("nbgrader autograde, our preprocessor", options.submissions, *_autograde(ours)),
            ("autograder grade --nbgrader", options.submissions, *_fast(fast)),
        ]
    _, count, wall, _ = rows[0]
    each = wall / count
    print(f"\n{len(versions)} exercises, {os.cpu_count()} cores")
    print(f"{'':38} {'number':>7} {'s':>8} {'s each':>8} {'CPU s each':>11} {'faster':>7}")
    for label, count, wall, cpu in rows:
        print(f"{label:38} {count:7} {wall:8.1f} {wall / count:8.3f} {cpu / count:11.3f} {each / (wall / count):7.1f}")


def _versions(folder: Path) -> list[str]:
    exercise = load_exercise(folder)
    texts = [exercise.reference.read_text(encoding="utf-8"), *(v.code for v in exercise.right)]
    return [text for text in texts if "scipy" not in text]  # half a second to import: not what a class does


def _stock_course(ours: Path, folder: Path) -> Path:
    """The same course for nbgrader as it comes: our tests run in the kernel, one test cell an exercise."""
    shutil.copytree(ours, folder)
    (folder / "gradebook.db").unlink()
    shutil.rmtree(folder / "release")
    with open(folder / "nbgrader_config.py", "a", encoding="utf-8") as config:
        config.write(STOCK)
    path = folder / "source" / NAME / f"{NAME}.ipynb"
    nb = nbformat.read(path, as_version=4)
    kept, seen = [], set()
    for cell in nb.cells:
        meta = cell.metadata.get("nbgrader")
        if cell.cell_type == "code" and meta is None:
            continue  # set-up, checks and plots: more work that no judge does
        if meta is not None and meta["grade"]:
            exercise = meta["grade_id"].split("__")[0]
            if exercise in seen:
                continue
            seen.add(exercise)
            cell.source = TEST.format(folder=str(HERE), exercise=exercise)
            meta["points"] = 1.0
        kept.append(cell)
    nb.cells = kept
    nbformat.write(nb, path)
    _command(folder, "generate_assignment", NAME)
    return folder


def _hand_in(course: Path, versions: dict[str, list[str]], count: int) -> None:
    released = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    solutions = {i: c for c in released.cells if (i := c.metadata.get("nbgrader", {}).get("grade_id")) in versions}
    for number in range(count):
        for exercise, cell in solutions.items():
            cell.source = versions[exercise][number % len(versions[exercise])]
        home = course / "submitted" / f"s{number:04}" / NAME
        home.mkdir(parents=True)
        nbformat.write(released, home / f"{NAME}.ipynb")


def _autograde(course: Path) -> tuple[float, float]:
    return _command(course, "autograde", NAME)


def _fast(course: Path) -> tuple[float, float]:
    return _timed([sys.executable, "-m", "autograder", "grade", "--nbgrader", str(course)], course)


def _command(course: Path, *args: str) -> tuple[float, float]:
    return _timed([sys.executable, "-m", "nbgrader", *args], course)


def _timed(command: list[str], folder: Path) -> tuple[float, float]:
    environment: dict[str, Any] = os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(HERE.parent),
    }
    before, start = busy_seconds(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr[-3000:]}")
    return time.perf_counter() - start, busy_seconds() - before


if __name__ == "__main__":
    main()
