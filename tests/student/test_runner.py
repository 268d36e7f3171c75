"""The child process, by fork and by a fresh interpreter, and the deadline inside it."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

import pytest

from autograder.student.course import find_course
from autograder.student.deadline import Overtime, limited
from autograder.student.runner import run_checks

from .conftest import ABS, RIGHT, Tree


def check(tree: Tree, text: str):
    tree.write(text)
    exercise = find_course(tree.root).find("relu", tree.root)[0]
    (report,) = run_checks([replace(exercise, seconds=2.0)])
    return report


def test_a_fresh_interpreter_finds_the_same_as_a_fork(tree: Tree, monkeypatch: pytest.MonkeyPatch):
    forked = check(tree, ABS)
    monkeypatch.delattr(os, "fork")
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    assert check(tree, ABS) == forked
    assert check(tree, RIGHT).state == "passed"


def test_a_fresh_interpreter_that_dies_costs_one_test(tree: Tree, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(os, "fork")
    report = check(tree, RIGHT.replace("return np.where(", "import os\n    os._exit(3)\n    return np.where("))
    assert [t.status for t in report.tests] == ["passed", "passed", "passed", "crashed"]


@pytest.mark.parametrize("alarm", [True, False])
def test_overlong_code_is_interrupted_and_quick_code_is_not(alarm: bool, monkeypatch: pytest.MonkeyPatch):
    if not alarm:
        monkeypatch.delattr(signal, "setitimer")
    done = []
    limited(0.2, lambda: done.append(1))
    time.sleep(0.3)
    assert done == [1]

    def loop() -> None:
        while True:
            pass

    began = time.monotonic()
    with pytest.raises(Overtime) as caught:
        limited(0.2, loop)
    assert time.monotonic() - began < 3
    assert any(entry.name == "loop" for entry in caught.traceback)


def test_a_ctrl_c_of_the_user_is_not_taken_for_a_time_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(signal, "setitimer")

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        limited(5, interrupted)
