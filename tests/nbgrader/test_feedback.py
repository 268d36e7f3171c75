"""What nbgrader's feedback says: nothing of a suite, whatever a student's code does with what it is given.

The course has one exercise whose hidden suite, reference and inputs carry canaries.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")
REPOSITORY = Path(__file__).resolve().parents[2]
CANARY = "qzx7canary"
NUMBER = "918273.125"
EXERCISE = {
    "exercise.yaml": """\
title: {en: Doubling, ja: 2 倍}
functions: [double]
groups:
  values: {points: 3, title: {en: Values, ja: 値}}
  names: {points: 1, title: {en: Names, ja: 名前}}
""",
    "hints.yaml": "causes: {}\nhints: []\n",
    "statement.en.md": "# Doubling\n\nReturn the double.\n",
    "statement.ja.md": "# 2 倍\n\n2 倍を返してください。\n",
    "double.py": f'''\
def double(x):
    """Return the double of ``x``."""
    ### BEGIN SOLUTION
    solution_{CANARY} = x + x
    return solution_{CANARY}
    ### END SOLUTION
''',
    "test_visible.py": """\
from autograder.testing import case


@case("values", en="one", ja="1")
def test_one(student, expect):
    expect(student.double(1.0), 2.0)
""",
    "test_hidden.py": f'''\
from autograder.testing import case

SECRET_{CANARY} = {NUMBER}


@case("values", en="a large number", ja="大きな数")
def test_large_{CANARY}(student, expect):
    expect(student.double(SECRET_{CANARY}), 2 * SECRET_{CANARY})  # comment {CANARY}


@case("values", en="another", ja="別の数")
def test_other(student, expect):
    assert student.double(3.0) == 6.0, "{CANARY}"


@case("names", en="text", ja="文字列")
def test_text(student, expect):
    assert student.double("{CANARY}") == "{CANARY}{CANARY}"
''',
}
STUDENTS = {
    "right": "def double(x):\n    return x + x\n",
    "wrong": "def double(x):\n    return x\n",
    "raises": "def double(x):\n    raise ValueError(f'got {x!r}')\n",
    "raises_type": "def double(x):\n    raise type(f'E{x}', (Exception,), {})(x)\n",
    "prints": "import sys\ndef double(x):\n    print(x)\n    print(x, file=sys.stderr, flush=True)\n    return x\n",
    "keeps": "s = []\ndef double(x):\n    s.append(x)\n    if s[1:]:\n        raise KeyError(s)\n    return 2 * x\n",
    "returns": "def double(x):\n    return {'all': [x], str(x): x}\n",
    "syntax": "def double(x):\n    return (x\n",
    "exits": "import sys\ndef double(x):\n    sys.exit(f'{x}')\n",
    "reads": (
        "import sys\ndef double(x):\n    frame = sys._getframe()\n"
        "    while frame.f_back:\n        frame = frame.f_back\n"
        "    raise RuntimeError(str(frame.f_globals) + str(x))\n"
    ),
    "warns": "import warnings\ndef double(x):\n    warnings.warn(f'{x}')\n    return x * 2\n",
}


@pytest.fixture(scope="module", params=["autograde", "fast"])
def feedback(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    nbgrader: Callable[..., subprocess.CompletedProcess[str]],
    hand_in: Callable[[Path, Path, dict[str, str]], None],
) -> dict[str, str]:
    """All that nbgrader may give back to a student, by student."""
    from autograder.course.load import load_course
    from autograder.nbgrader.init import init

    root = tmp_path_factory.mktemp("feedback")
    folder = root / "solutions" / "double"
    folder.mkdir(parents=True)
    for name, text in EXERCISE.items():
        (folder / name).write_text(text, encoding="utf-8")
    (root / "course.yaml").write_text(
        "title: {en: Canaries, ja: 漏洩}\n"
        "units:\n  - {id: unit, title: {en: Unit, ja: 単元}, exercises: [{id: double}]}\n",
        encoding="utf-8",
    )
    course = root / "course"
    init(load_course(root), course)
    made = nbgrader(course, "generate_assignment", "unit")
    assert made.returncode == 0, made.stderr
    path = Path("unit") / "unit.ipynb"
    for student, source in STUDENTS.items():
        hand_in(course / "release" / path, course / "submitted" / student / path, {"double": source})
    if request.param == "autograde":
        done = nbgrader(course, "autograde", "unit")
    else:
        command = [sys.executable, "-m", "autograder", "grade", "--nbgrader", str(course)]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    made = nbgrader(course, "generate_feedback", "unit")
    assert made.returncode == 0, made.stderr[-3000:]
    pages = {p.parent.parent.name: p for p in (course / "feedback").glob("*/unit/unit.html")}
    assert pages.keys() == STUDENTS.keys()
    return {student: page.read_text(encoding="utf-8") for student, page in pages.items()}


@pytest.mark.parametrize("student", STUDENTS)
def test_feedback_leaks_nothing(feedback: dict[str, str], student: str) -> None:
    page = feedback[student]
    for secret in (CANARY, NUMBER, "1836546.25", "HIDDEN TESTS", "autograder.nbgrader", "test_hidden"):
        assert secret not in page, secret


def test_feedback_says_why(feedback: dict[str, str]) -> None:
    assert "Failed: a large number" in feedback["wrong"]
    assert "Failed" not in feedback["right"]
    assert "不合格" not in feedback["wrong"]  # the course was made in English
    assert "ValueError" in feedback["raises"]  # of the visible test, whose input the student has
