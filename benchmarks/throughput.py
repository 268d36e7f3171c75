"""Submissions a second: the floor, ``autograder grade``, nbgrader and Otter, on the same work in one run.

    python benchmarks/throughput.py [--submissions 200] [--peers VENV] [--peer-submissions 10]

VENV is a virtual environment with ``nbgrader==0.9.6 otter-grader==7.0.0`` and this project. All
run the same tests of the same exercises on the same correct submissions (the reference and the
`right/` versions in turn); the peers get them as notebooks, and fewer of them, because they
take more than a second each. CPU seconds are those of the whole machine: let it be idle.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import nbformat  # noqa: E402
from floor import busy_seconds  # noqa: E402

from autograder.course.exercise import load_exercise  # noqa: E402
from autograder.course.load import load_course  # noqa: E402


def main() -> None:
    """Parse, measure one after the other, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--peer-submissions", type=int, default=10)
    options = parser.parse_args()
    course = load_course(HERE.parent)
    versions = {i: _versions(course.solutions_dir / i) for i in course.exercise_ids}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            ("floor (no pytest)", *_floor(course.solutions_dir, list(versions), options.submissions, options.jobs)),
            ("autograder grade", *_grade(folder, versions, options.submissions, options.jobs)),
        ]
        if options.peers:
            rows.append(("nbgrader autograde", *_nbgrader(folder, versions, options.peer_submissions, options.peers)))
            rows.append(("otter run", *_otter(folder, versions, options.peer_submissions, options.peers)))
    ours = next(r for r in rows if r[0] == "autograder grade")
    print(f"\n{len(versions)} exercises, {options.jobs} jobs, {os.cpu_count()} cores")
    columns = ("number", "per s", "CPU ms each", "ours / this, throughput", "ours / this, CPU")
    print(f"{'':22} {columns[0]:>7} {columns[1]:>8} {columns[2]:>12} {columns[3]:>24} {columns[4]:>18}")
    for label, count, wall, cpu in rows:
        throughput, each = count / wall, cpu / count
        print(
            f"{label:22} {count:7} {throughput:8.2f} {1000 * each:12.1f} "
            f"{(ours[1] / ours[2]) / throughput:24.2f} {(ours[3] / ours[1]) / each:18.2f}"
        )


def _versions(folder: Path) -> list[str]:
    exercise = load_exercise(folder)
    texts = [exercise.reference.read_text(encoding="utf-8"), *(v.code for v in exercise.right)]
    return [text for text in texts if "scipy" not in text]  # half a second to import: not what a class does


def _text(versions: dict[str, list[str]], exercise_id: str, number: int) -> str:
    return versions[exercise_id][number % len(versions[exercise_id])]


def _floor(solutions: Path, ids: list[str], count: int, jobs: int) -> tuple[int, float, float]:
    argv = [sys.executable, str(HERE / "floor.py"), str(solutions), ",".join(ids), str(count), str(jobs)]
    measured = json.loads(subprocess.run(argv, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    assert measured["bad"] == 0, "the floor's own comparison failed"
    return count, measured["wall"], measured["cpu"]


def _timed(argv: list[str], **more: Any) -> tuple[float, float]:
    start, cpu = time.monotonic(), busy_seconds()
    done = subprocess.run(argv, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise SystemExit(f"{argv}: {done.stdout[-2000:]}\n{done.stderr[-3000:]}")
    return time.monotonic() - start, busy_seconds() - cpu


def _grade(folder: Path, versions: dict[str, list[str]], count: int, jobs: int) -> tuple[int, float, float]:
    for n in range(count):
        home = folder / "class" / f"s{n:04}"
        home.mkdir(parents=True)
        for i in versions:
            (home / f"{i}.py").write_text(_text(versions, i, n), encoding="utf-8")
    argv = [sys.executable, "-m", "autograder", "grade", str(folder / "class"), "--out", str(folder / "out")]
    argv += ["--course", str(HERE.parent), "--jobs", str(jobs), "--only", ",".join(versions)]
    peak = _Peak()
    with peak:
        wall, cpu = _timed(argv)
    results = json.loads((folder / "out" / "results.json").read_text())["submissions"]
    lost = [s["student"] for s in results if s["score"] != s["max_score"]]
    assert len(results) == count, f"{len(results)} of {count} were graded"
    assert not lost, f"correct submissions lost points: {lost[:5]}"
    print(f"peak memory of one process: {peak.megabytes:.0f} MB with {count} submissions")
    return count, wall, cpu


class _Peak:
    """The largest resident set among this process's descendants, sampled."""

    megabytes = 0.0

    def __enter__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            parents, sizes = {}, {}
            for status in Path("/proc").glob("[0-9]*/status"):
                try:
                    fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
                except (OSError, ValueError):
                    continue
                pid = int(fields["Pid"])
                parents[pid] = int(fields["PPid"])
                sizes[pid] = int(fields.get("VmRSS", "0 kB").split()[0]) / 1024
            for pid, size in sizes.items():
                if self._is_ours(pid, parents):
                    self.megabytes = max(self.megabytes, size)

    @staticmethod
    def _is_ours(pid: int, parents: dict[int, int]) -> bool:
        while (pid := parents.get(pid, 0)) > 1:
            if pid == os.getpid():
                return True
        return False


def _notebook(versions: dict[str, list[str]], number: int | None, graded: bool) -> Any:
    """One notebook with all exercises; with nbgrader's cells where `graded`."""
    v4 = nbformat.v4
    book = v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    for i in versions:
        source = "raise NotImplementedError" if number is None else _text(versions, i, number)
        cell = v4.new_code_cell(source)
        if graded:
            cell.metadata["nbgrader"] = _meta(i, solution=True, grade=False)
        book.cells.append(cell)
        if graded:
            test = v4.new_code_cell(f"from in_kernel import run\nrun({i!r}, globals())")
            test.metadata["nbgrader"] = _meta(f"test_{i}", solution=False, grade=True)
            book.cells.append(test)
    return book


def _meta(name: str, solution: bool, grade: bool) -> dict[str, Any]:
    meta = {"schema_version": 3, "grade_id": name, "grade": grade, "solution": solution, "locked": grade, "task": False}
    return meta | ({"points": 1} if grade else {})


def _environment(venv: Path) -> dict[str, str]:
    path = f"{venv / 'bin'}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": f"{HERE}:{HERE.parent}", "OPENBLAS_NUM_THREADS": "1"}


def _nbgrader(folder: Path, versions: dict[str, list[str]], count: int, venv: Path) -> tuple[int, float, float]:
    course = folder / "nbgrader"
    (course / "source" / "hw").mkdir(parents=True)
    nbformat.write(_notebook(versions, None, True), course / "source" / "hw" / "hw.ipynb")
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'c'\n")
    run = {"cwd": course, "env": _environment(venv)}
    _timed([str(venv / "bin" / "nbgrader"), "generate_assignment", "hw", "--force"], **run)
    for n in range(count):
        home = course / "submitted" / f"s{n:04}" / "hw"
        home.mkdir(parents=True)
        nbformat.write(_notebook(versions, n, True), home / "hw.ipynb")
    wall, cpu = _timed([str(venv / "bin" / "nbgrader"), "autograde", "hw", "--create"], **run)
    return count, wall, cpu


def _otter(folder: Path, versions: dict[str, list[str]], count: int, venv: Path) -> tuple[int, float, float]:
    home = folder / "otter"
    (home / "tests").mkdir(parents=True)
    for i in versions:
        (home / "tests" / f"{i}.py").write_text(
            "from otter.test_files import test_case\n\nOK_FORMAT = False\n\n"
            f"name = {i!r}\npoints = 1\n\n\n@test_case()\ndef test_{i}(env):\n"
            f"    from in_kernel import run\n\n    assert run({i!r}, env) == 1.0\n"
        )
    run = {"cwd": home, "env": _environment(venv)}
    otter = str(venv / "bin" / "otter")
    _timed([otter, "generate", "-t", "tests", "-o", "autograder.zip", "--no-requirements", "--no-environment"], **run)
    for n in range(count):
        nbformat.write(_notebook(versions, n, False), home / f"s{n:04}.ipynb")
    wall = cpu = 0.0
    for n in range(count):
        shutil.rmtree(home / "out", ignore_errors=True)
        (home / "out").mkdir()
        argv = [otter, "run", "-a", "autograder.zip", "-o", "out", "--no-logo", f"s{n:04}.ipynb"]
        one_wall, one_cpu = _timed(argv, **run)
        wall, cpu = wall + one_wall, cpu + one_cpu
        tests = json.loads((home / "out" / "results.json").read_text())["tests"]
        assert sum(t.get("score", 0) for t in tests) > 0, "Otter gave nothing for a correct submission"
    return count, wall, cpu


if __name__ == "__main__":
    main()
