# ruff: noqa: E501 - a row of a table is one line
"""A secret is found wherever it hides in a student's file."""

import json

import pytest

from autograder.author.leaks import find_leaks, secrets_of
from autograder.course.exercise import load_exercise

SOLUTION = "x = np.asarray(x, dtype=np.float64)\nreturn x - np.mean(x, axis=axis, keepdims=True)\n"


def indented(code: str, by: int) -> str:
    return "".join(" " * by + line + "\n" for line in code.splitlines())


@pytest.fixture
def leaks(small):
    secrets = secrets_of([load_exercise(small.source)])

    def find(name: str, text: str) -> list[str]:
        files = {name: text.encode()}
        return [t.en for t in find_leaks(files, secrets, files)]

    return find


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "def centre(x, axis=-1):\n" + indented(SOLUTION, 4)),
        ("a.py", "def other(x, axis=-1):\n" + indented(SOLUTION, 2)),
        ("a.py", "def f(x, axis):\n    x = np.asarray( x,dtype = np.float64 ) # first\n    # then\n    return (x - np.mean(x, axis = axis,keepdims=True))\n"),
        ("a.py", f"TEXT = '''\n{SOLUTION}'''\n"),
        ("a.md", f"Do this:\n\n```python\n{SOLUTION}```\n"),
        ("a.md", f"- so:\n  ```\n{indented(SOLUTION, 2)}  ```\n"),
        ("a.json", json.dumps({"hint": [{"en": SOLUTION}]})),
        ("u.ipynb", json.dumps({"cells": [{"source": ["def centre(x, axis=-1):\n", *indented(SOLUTION, 4).splitlines(True)]}]})),
        ("a.txt", SOLUTION),
    ],
)  # fmt: skip
def test_a_solution_is_found(leaks, name, text):
    assert any("centre/centre.py: centre" in leak for leak in leaks(name, text))


def test_a_hidden_test_is_found_by_its_body_and_by_its_name(small, leaks):
    body = 'agree("centre", rng.uniform(1, 9, size=(2, 5, 3)), axis=1)'
    assert leaks("a.py", f"def other(agree, rng):\n    {body}\n") == [
        "a.py: contains centre/test_hidden.py: test_middle_axis"
    ]
    assert leaks("a.md", "see test_middle_axis") == ["a.md: contains centre/test_hidden.py: test_middle_axis"]


def test_wrong_and_right_versions_are_secrets_too(leaks):
    assert leaks("a.md", "    return x / np.mean(x, axis=axis, keepdims=True)\n") == []  # a line alone is no body
    text = "x = np.asarray(x, dtype=np.float64)\nreturn x / np.mean(x, axis=axis, keepdims=True)"
    assert leaks("a.md", text) == ["a.md: contains centre/wrong/divided.py: centre"]


def test_the_engine_may_have_a_word_in_common_with_a_suite(small):
    secrets = secrets_of([load_exercise(small.source)])
    assert find_leaks({"autograder/x.py": b"test_middle_axis = 1"}, secrets, []) == []


@pytest.mark.parametrize("name", ["statement.en.md", "statement.ja.md", "test_visible.py"])
def test_what_students_get_is_innocent(small, leaks, name):
    assert leaks(name, (small.source / name).read_text(encoding="utf-8")) == []


def test_an_example_in_the_engines_documentation_is_no_leak(small):
    secrets = secrets_of([load_exercise(small.source)])
    quoted = f'def shown():\n    """How it may look.\n\n{indented(SOLUTION, 4)}    """\n    return 1\n'
    assert find_leaks({"autograder/a.py": quoted.encode()}, secrets, []) == []
    assert find_leaks({"exercises/a.py": quoted.encode()}, secrets, ["exercises/a.py"]) != []
    code = f"def shown(x, axis):\n{indented(SOLUTION, 4)}"
    assert find_leaks({"autograder/a.py": code.encode()}, secrets, []) != []
