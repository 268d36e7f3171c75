"""The real visible tests in a real child process, on cells given by hand."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.errors import ConfigError
from autograder.notebook.checking import Checked, begun, check_cells, read_hints
from autograder.notebook.history import Executed
from autograder.student.course import Course, load_course
from autograder.text.told import text_of

from .conftest import ABS, RELU, ROOT

STUB = "def relu(x):\n    raise NotImplementedError\n\n\ndef relu_grad(x):\n    raise NotImplementedError\n"


@pytest.fixture(scope="module")
def students() -> Course:
    return load_course(ROOT / "exercises" / "course.json")


def check(students: Course, *sources: str) -> Checked:
    (checked,) = check_cells(students.find("relu", ROOT), [Executed(i, s) for i, s in enumerate(sources, 1)])
    return checked


def test_right_code_passes(students: Course) -> None:
    checked = check(students, RELU)
    assert checked.report.state == "passed"
    assert checked.cells == (1,)


def test_code_spread_over_cells_passes(students: Course) -> None:
    assert check(students, "import numpy as np", *RELU.split("\n\n\n")[1:]).report.state == "passed"


def test_wrong_code_is_explained_and_its_cause_named(students: Course) -> None:
    report = check(students, ABS).report
    failed = next(t for t in report.tests if t.status == "failed")
    assert failed.cause == "absolute_value"
    assert "relu(array([-2., -1., 0., 1., 2.]))" in text_of(failed.message).en


def test_the_stub_is_not_begun_and_nothing_run_is_said(students: Course) -> None:
    assert check(students, STUB).report.state == "not_begun"
    nothing = check(students, "x = 1")
    assert nothing.report.problem is not None
    assert "No cell that defines relu, relu_grad was run yet" in text_of(nothing.report.problem).en
    assert begun(students, [Executed(1, STUB)]) == []
    assert [e.id for e in begun(students, [Executed(1, RELU)])] == ["relu"]


def test_an_endless_loop_is_stopped_and_told_by_cell_and_line(students: Course) -> None:
    looping = RELU.replace("return np.where(", "while True: pass\n    return np.where(")
    (timeout,) = [t for t in check(students, "x = 1", looping).report.tests if t.status == "timeout"]
    assert "cell [2], line 9: while True: pass" in text_of(timeout.message).en
    assert "セル [2]、9 行目" in text_of(timeout.message).ja


def test_a_crash_costs_the_tests_it_hit(students: Course) -> None:
    crashing = RELU.replace("return np.where(", "import os; os._exit(1)\n    return np.where(")
    statuses = [t.status for t in check(students, crashing).report.tests]
    assert statuses.count("crashed") == 1
    assert statuses.count("passed") == len(statuses) - 1
    assert len(statuses) > 4


def test_what_the_code_writes_past_python_is_no_event(students: Course) -> None:
    noisy = RELU.replace("return np.max", "import os; os.system('echo no event; echo {}')\n    return np.max")
    assert check(students, noisy).report.state == "passed"


def test_a_failing_cell_is_told_and_what_it_had_defined_counts(students: Course) -> None:
    report = check(students, RELU + "\nrelu('text')\n").report
    assert report.state == "passed"
    assert any("Error" in line and line.startswith("[1]:") for line in report.output)


def test_a_cell_that_fails_before_it_defines_the_function_is_the_problem(students: Course) -> None:
    report = check(students, "import no_such_module\n" + RELU).report
    assert report.cause == "missing_module"
    assert report.problem is not None
    assert "cell [1], line 1: import no_such_module" in text_of(report.problem).en


def test_a_syntax_error_is_shown_in_its_cell(students: Course) -> None:
    report = check(students, "x = 1", RELU.replace("def relu(x):", "def relu(x)")).report
    assert report.problem is not None
    assert text_of(report.problem).en.startswith("cell [2], line 4: ")
    assert "The cell is not valid Python" in text_of(report.problem).en


def test_a_missing_function_is_named(students: Course) -> None:
    report = check(students, RELU.replace("relu_grad", "relu_gard")).report
    (missing,) = [t for t in report.tests if t.status != "passed"]
    assert missing.cause == "function_missing"
    assert "relu.py" not in text_of(missing.message).en + text_of(missing.message).ja


def test_a_file_of_the_working_folder_stands_in_for_no_module(
    students: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert check(students, RELU).report.state == "passed"


def test_damaged_hints_are_an_error_and_missing_ones_none(students: Course, tmp_path: Path) -> None:
    exercise = replace(students.find("relu", ROOT)[0], folder=tmp_path)
    assert read_hints(exercise) == ()
    (tmp_path / "hints.json").write_text("[1", encoding="utf-8")
    with pytest.raises(ConfigError):
        read_hints(exercise)


HEAVY = "{'numpy', 'pytest', 'yaml', 'pydantic', 'jinja2', 'msgpack', 'rich', 'IPython', 'nbgrader', 'jupytext'}"


@pytest.mark.parametrize("modules", ["autograder", "autograder.notebook.extension, autograder.notebook.html"])
def test_a_kernel_imports_nothing_that_a_student_may_not_have(modules: str) -> None:
    code = f"import sys, {modules}; sys.exit(str({{m.split('.')[0] for m in sys.modules}} & {HEAVY} or ''))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr.strip() == ""
