"""What a student gets, as file contents: the one list of everything in ``exercises/``.

Each part is a function from the course to files; `PARTS` is the table of contents. Nothing
here reads a reference except through `stub`, and nothing copies a folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ..course.exercise import Exercise, load_exercise
from ..course.load import QUIZZES, LoadedCourse
from ..course.yaml_file import Bilingual
from ..errors import AutograderError, ContentError
from ..i18n import Text
from ..quiz.grading import load_suite, quiz_file
from ..quiz.page.page import ENDING as PAGE_ENDING
from ..quiz.page.page import page
from ..quiz.page.public import ENDING, to_json
from ..quiz.source.items import load_quiz
from ..student.notebooks import RECORD, record
from ..testing.causes_file import write_causes
from .markers import read_source
from .notebooks.write import student_notebooks
from .stub import make_stub
from .visible import known_failures

Files = dict[str, str]
AnyFiles = Mapping[str, str | bytes]
T = TypeVar("T")

README = """\
# {title}

One folder is one exercise: read `statement.en.md`, write your code in the `.py` file, and check it.

    autograder start          # where to begin
    autograder check relu     # check one exercise
    autograder hint relu      # stuck?

`pytest exercises/relu` works too. The files here are made from the course's sources; of each folder,
only the `.py` file with the exercise's name is yours to change.

If you would rather work in Jupyter, take the same exercises from `notebooks/`, one notebook a unit
(`pip install jupyterlab matplotlib`, then `jupyter lab`). They need nothing else: run the cells from the top.
{quizzes}
---

# {title_ja}

1 つのフォルダーが 1 つの演習です。`statement.ja.md` を読み、`.py` ファイルにコードを書いて確かめましょう。

    autograder start          # 始め方
    autograder check relu     # 演習を 1 つ確かめる
    autograder hint relu      # 困ったとき

`pytest exercises/relu` でも確かめられます。ここにあるファイルは教材の元データから作られています。
各フォルダーで書き換えてよいのは、演習と同じ名前の `.py` ファイルだけです。

Jupyter で取り組みたい人は、`notebooks/` のノートブックを使ってください。単元ごとに 1 つあり、演習の内容は同じです
（`pip install jupyterlab matplotlib` のあと `jupyter lab` を実行）。セルを上から順に実行すれば使えます。
{quizzes_ja}"""

# Of a course that has some.
QUIZZES_NOTE = Text(
    """
Quizzes are answered where you like: open `quizzes/<quiz>.html` in a browser (no network is needed), run
`autograder quiz <quiz>` in a terminal, or use the cells at the end of a unit's notebook.
""",
    """
クイズには 3 つの解答方法があります。`quizzes/<クイズ名>.html` をブラウザーで開く（ネットワーク不要）、ターミナルで
`autograder quiz <クイズ名>` を実行する、単元のノートブックの最後にあるセルを使う、のどれでもかまいません。
""",
)

CONFTEST = '''\
"""Lets plain ``pytest`` find what the tests use. Nothing here is for you to change."""

import sys
from pathlib import Path

try:
    import autograder  # noqa: F401
except ImportError:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from autograder.student.plain_pytest import pytest_runtest_makereport  # noqa: F401
from autograder.testing.fixtures import (  # noqa: F401
    agree,
    bench,
    expect,
    make_rng,
    reference,
    require,
    rng,
    student,
    unchanged,
)
'''

PYTEST_INI = """\
[pytest]
addopts = --import-mode=importlib -p no:cacheprovider --tb=short
"""


def load_exercises(course: LoadedCourse) -> dict[str, Exercise]:
    """Every exercise of the course, or one error that lists all that are not complete."""
    return _each(course.exercise_ids, lambda exercise_id: load_exercise(course.solutions_dir / exercise_id))


def student_files(course: LoadedCourse, exercises: Mapping[str, Exercise]) -> AnyFiles:
    """Every file of ``exercises/`` by its path below it.

    Raises
    ------
    ContentError
        Some exercise cannot be published; the message lists all problems.
    """
    files: dict[str, str | bytes] = {}
    for part in PARTS:
        files |= part(course, exercises)
    return dict(sorted(files.items()))


def frame(course: LoadedCourse, exercises: Mapping[str, Exercise]) -> Files:
    """What belongs to no exercise."""
    title = course.config.title
    note = QUIZZES_NOTE if course.quizzes else Text("", "")
    return {
        "README.md": README.format(title=title.en, title_ja=title.ja, quizzes=note.en, quizzes_ja=note.ja),
        "conftest.py": CONFTEST,
        "pytest.ini": PYTEST_INI,
        "course.json": _json(manifest(course, exercises)),
    }


def manifest(course: LoadedCourse, exercises: Mapping[str, Exercise]) -> dict[str, Any]:
    """course.json: what a student's commands need to know."""
    return {
        "schema": 1,
        "title": _both(course.config.title),
        "units": [
            {
                "id": unit.id,
                "title": _both(unit.title),
                "exercises": [_entry(course, exercises[entry.id]) for entry in unit.exercises],
                "quizzes": [_quiz_entry(course, entry.id) for entry in unit.quizzes],
            }
            for unit in course.config.units
        ],
    }


def folders(course: LoadedCourse, exercises: Mapping[str, Exercise]) -> Files:
    """The folder of each exercise, and its stub once more for ``autograder reset``."""
    found = _each(list(exercises), lambda exercise_id: exercise_files(exercises[exercise_id]))
    return {path: text for files in found.values() for path, text in files.items()}


def exercise_files(exercise: Exercise) -> Files:
    """The files of one exercise."""
    stub = make_stub(exercise.reference, exercise.config.functions)
    name = exercise.id
    return {
        f"{name}/{name}.py": stub,
        f".stubs/{name}.py": stub,
        f"{name}/statement.en.md": _text(exercise, "statement.en.md"),
        f"{name}/statement.ja.md": _text(exercise, "statement.ja.md"),
        f"{name}/test_visible.py": _text(exercise, "test_visible.py"),
        f"{name}/hints.json": _json([_both(hint) for hint in exercise.hints.hints]),
        f"{name}/causes.json": write_causes(known_failures(exercise)),
    }


def quizzes(course: LoadedCourse, exercises: Mapping[str, Exercise]) -> AnyFiles:
    """The public copy of each quiz and its page: of a graded one the questions alone."""
    suites = _each(list(course.quizzes), lambda quiz_id: load_suite(course.solutions_dir, quiz_id))
    files: dict[str, str | bytes] = {}
    for suite in suites.values():
        public = suite.public()
        files[f"{QUIZZES}/{suite.id}{ENDING}"] = to_json(public)
        images = {src: (course.solutions_dir / QUIZZES / src).read_bytes() for src in public.images}
        files |= {f"{QUIZZES}/{src}": data for src, data in images.items()}
        files[f"{QUIZZES}/{suite.id}{PAGE_ENDING}"] = page(public, images.__getitem__)
    return files


def notebooks(course: LoadedCourse, exercises: Mapping[str, Exercise]) -> Files:
    """The notebook of each unit, and what their code is as given out, for ``autograder submit``."""
    files = student_notebooks(course, exercises)
    return {**files, RECORD: record((path.rpartition("/")[2], text) for path, text in files.items())}


PARTS: tuple[Callable[[LoadedCourse, Mapping[str, Exercise]], AnyFiles], ...] = (
    frame,
    folders,
    notebooks,
    quizzes,
)


def _entry(course: LoadedCourse, exercise: Exercise) -> dict[str, Any]:
    due = course.due(exercise.id)
    return {
        "id": exercise.id,
        "title": _both(exercise.config.title),
        "functions": exercise.config.functions,
        "points": course.entry(exercise.id).points,
        "due": due.isoformat() if due else None,
        "groups": {name: _both(group.title) for name, group in exercise.config.groups.items()},
        "limits": {"seconds": course.config.limits.seconds or exercise.config.limits.seconds},
    }


def _quiz_entry(course: LoadedCourse, quiz_id: str) -> dict[str, Any]:
    due = course.due(quiz_id)
    quiz = load_quiz(quiz_file(course.solutions_dir, quiz_id))
    return {
        "id": quiz_id,
        "title": quiz.title.as_dict(),
        "mode": "graded" if quiz.graded else "practice",
        "items": len(quiz.items),
        "points": course.entry(quiz_id).points,
        "due": due.isoformat() if due else None,
    }


def _each(ids: list[str], make: Callable[[str], T]) -> dict[str, T]:
    """``make(id)`` for each id; errors are gathered so that an author sees all of them at once."""
    made: dict[str, T] = {}
    problems: list[Text] = []
    for exercise_id in ids:
        try:
            made[exercise_id] = make(exercise_id)
        except AutograderError as error:
            problems.append(error.text)
    if problems:
        raise ContentError(Text("\n".join(p.en for p in problems), "\n".join(p.ja for p in problems)))
    return made


def _text(exercise: Exercise, name: str) -> str:
    text = read_source(exercise.folder / name).replace("\r\n", "\n")
    return text.rstrip("\n") + "\n" if text.strip() else ""


def _both(text: Bilingual) -> dict[str, str]:
    return text.text.as_dict()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
