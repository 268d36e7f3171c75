"""``pytest exercises/relu`` without our command."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from .conftest import ABS, RIGHT, Tree


def run_pytest(tree: Tree, *arguments: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "AUTOGRADER_LANG": lang, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=tree.root, env=env, capture_output=True, encoding="utf-8", timeout=60)


@pytest.mark.parametrize("where", ["exercises/relu", "exercises/relu/test_visible.py"])
def test_a_right_solution_passes(tree: Tree, where: str):
    tree.write(RIGHT)
    ran = run_pytest(tree, where)
    assert ran.returncode == 0
    assert "4 passed" in ran.stdout


def test_all_exercises_run_together(tree: Tree):
    tree.write(RIGHT)
    ran = run_pytest(tree, "exercises")
    assert "4 passed" in ran.stdout
    assert "3 failed" in ran.stdout


def test_a_failure_is_explained_and_our_own_code_is_not_shown(tree: Tree):
    tree.write(ABS)
    out = run_pytest(tree, "exercises/relu", lang="ja").stdout
    assert "負、0、正\n  relu(array([-2., -1., 0., 1., 2.]))\n  戻り値の 5 個の要素のうち" in out
    assert "考えられる原因: 負の入力が絶対値になっています。" in out
    assert "bench.py" not in out


def test_an_error_names_the_students_line(tree: Tree):
    tree.write(RIGHT.replace("return np.where(", "undefined\n    return np.where("))
    out = run_pytest(tree, "exercises/relu").stdout
    assert "NameError: name 'undefined' is not defined" in out
    assert ": undefined\n" in out
    assert "bench.py" not in out


def test_a_missing_function_is_said(tree: Tree):
    tree.write(RIGHT.replace("def relu_grad", "def relu_gard"))
    assert "no function 'relu_grad'. There is 'relu_gard'" in run_pytest(tree, "exercises/relu").stdout


@pytest.mark.parametrize(
    ("text", "said"), [("def relu(x:\n", "line 1:"), ("import no_such_thing\n", "No module named")]
)
def test_a_file_that_cannot_run_is_explained(tree: Tree, text: str, said: str):
    tree.write(text)
    ran = run_pytest(tree, "exercises/relu")
    assert said in ran.stdout
    assert "importlib" not in ran.stdout
