"""A demo class: sixty plausible submissions, made from the course's own right and wrong versions.

Everything is derived from the student's number, so the same class comes out each time: most
people solve most exercises in some style, some share a misconception, a few are late, hand in
a notebook, forget a file, loop, crash or try to cheat, and two hand in nothing. Quizzes that
are graded are answered too; practice quizzes count nothing in the demo's course.
"""

from __future__ import annotations

import csv
import json
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from ..author.stub import make_stub
from ..course.declared import WrongVersion
from ..course.exercise import Exercise
from ..course.load import LoadedCourse
from ..course.version import Version
from ..quiz.grading import QuizSuite, load_suite, quiz_file
from ..quiz.source.items import load_quiz
from .quiz_answers import quiz_answers

DUE = datetime(2026, 5, 29, 17, 0)
COMMENT = "# 提出 {student}\n"


@dataclass(frozen=True)
class DemoClass:
    """Where the class lies."""

    folder: Path
    submissions: Path
    moodle_zip: Path
    roster: Path
    course: Path


LOOP = "\n\ndef {name}(*args, **kwargs):\n    while True:\n        pass\n"
CRASH = "\n\ndef {name}(*args, **kwargs):\n    import os\n\n    os._exit(1)\n"
CHEAT = '''
import os


def {name}(*args, **kwargs):
    """Look for the solution instead of writing one."""
    for folder, _, files in os.walk("/"):
        if "test_hidden.py" in files:
            return eval(open(os.path.join(folder, "test_hidden.py")).read())
'''


def make_class(folder: Path, course: LoadedCourse, exercises: Mapping[str, Exercise], students: int = 60) -> DemoClass:
    """Write the class below `folder`; existing files there are overwritten.

    Parameters
    ----------
    students
        How many hand something in; two more are on the roster.
    """
    submissions = folder / "submissions"
    submissions.mkdir(parents=True, exist_ok=True)
    sealed = [i for i in course.quizzes if load_quiz(quiz_file(course.solutions_dir, i)).graded]
    quizzes = [load_suite(course.solutions_dir, i) for i in sealed]
    received = []
    for number in range(1, students + 1):
        student = f"s{number:03}"
        files = _with_quizzes(_files(number, exercises), number, quizzes)
        home = submissions / student
        home.mkdir(exist_ok=True)
        for name, data in files.items():
            (home / name).write_bytes(data)
        late = timedelta(hours=30) if number % 13 == 5 else -timedelta(hours=number % 40, minutes=7 * number % 60)
        received.append((student, (DUE + late).isoformat()))
    _write_csv(submissions / "received.csv", ("student", "received_at"), received)
    people = [(f"s{n:03}", f"学生 {n:03}", f"{1000 + n}") for n in range(1, students + 3)]
    _write_csv(folder / "roster.csv", ("student", "name", "moodle"), people)
    moodle = folder / "moodle.zip"
    _moodle_zip(moodle, submissions, people[: min(12, students)])
    return DemoClass(folder, submissions, moodle, folder / "roster.csv", _course_file(folder, course, sealed))


def _files(number: int, exercises: Mapping[str, Exercise]) -> dict[str, bytes]:
    """One student's files by name. `number` decides everything."""
    chance = random.Random(number)
    special = _SPECIAL.get(number % 20)
    ability = _ability(chance)
    sources = {}
    for position, (exercise_id, exercise) in enumerate(exercises.items()):
        if chance.random() < 0.03 + 0.08 * (1 - ability):
            continue  # not handed in
        sources[exercise_id] = _source(exercise, chance, ability, position)
    if special is None:
        return {f"{i}.py": text.encode() for i, text in sources.items()}
    return special(sources, exercises, chance)


def _ability(chance: random.Random) -> float:
    return chance.betavariate(5, 2)


def _with_quizzes(files: dict[str, bytes], number: int, quizzes: Sequence[QuizSuite]) -> dict[str, bytes]:
    """The files and the same student's answers: files of their own, or more cells."""
    ability, chance = _ability(random.Random(number)), random.Random(f"quizzes of {number}")
    cells = []
    for suite in quizzes:
        name, text = quiz_answers(suite, f"s{number:03}", ability, chance) or ("", "")
        if name:
            files[name] = text.encode()
        elif text:
            cells.append(_cell("code", text))
    if cells:
        book = json.loads(files.get("homework.ipynb", _book([])))
        files["homework.ipynb"] = _book([*book["cells"], *cells])
    return files


def _source(exercise: Exercise, chance: random.Random, ability: float, position: int) -> str:
    if chance.random() < ability - 0.03 * position:
        version = chance.choice([Version.read("reference", exercise.reference), *exercise.right])
    else:
        wrong = [v for v in exercise.wrong if WrongVersion.read(v).run]
        version = chance.choice(wrong[: 4 + len(wrong) // 3])  # a class shares its misconceptions
    return _plain(version.code)


def _plain(code: str) -> str:
    """A version as a student would hand it in: without the author's markers and declarations."""
    lines = code.splitlines()
    kept = [line for line in lines if not line.strip().startswith(("### ", "# fails:", "# cause:", "# run:"))]
    return "\n".join(kept) + "\n"


Sources = dict[str, str]
_Special = Callable[[Sources, Mapping[str, Exercise], random.Random], dict[str, bytes]]


def _as_files(sources: Sources) -> dict[str, bytes]:
    return {f"{i}.py": text.encode() for i, text in sources.items()}


def _append(template: str) -> _Special:
    def special(sources: Sources, exercises: Mapping[str, Exercise], chance: random.Random) -> dict[str, bytes]:
        victim = chance.choice(list(exercises))
        name = exercises[victim].config.functions[0]
        return _as_files({**sources, victim: sources.get(victim, "") + template.format(name=name)})

    return special


def _notebook(sources: Sources, exercises: Mapping[str, Exercise], chance: random.Random) -> dict[str, bytes]:
    cells = [_cell("markdown", "# My notebook\n")]
    cells.append(_cell("code", "%matplotlib inline\nimport matplotlib.pyplot as plt\n"))
    cells += [_cell("code", text) for text in sources.values()]
    cells.append(_cell("code", "plt.plot([0, 1], [0, 1])\n"))
    return {"homework.ipynb": _book(cells)}


def _book(cells: Sequence[dict[str, object]]) -> bytes:
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False).encode()


def _cell(kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _typo(sources: Sources, exercises: Mapping[str, Exercise], chance: random.Random) -> dict[str, bytes]:
    victim = chance.choice(list(sources) or list(exercises))
    broken = sources.get(victim, "def f(x):\n").replace("):\n", ")\n", 1)
    return _as_files({**sources, victim: broken})


def _shift_jis(sources: Sources, exercises: Mapping[str, Exercise], chance: random.Random) -> dict[str, bytes]:
    comment = "# 自分の解答です\n"
    return {f"{i}.py": (comment + t.replace("ε", "eps")).encode("cp932", "replace") for i, t in sources.items()}


def _stubs(sources: Sources, exercises: Mapping[str, Exercise], chance: random.Random) -> dict[str, bytes]:
    kept = dict(list(sources.items())[:3])
    return _as_files({i: kept.get(i) or make_stub(e.reference, e.config.functions) for i, e in exercises.items()})


def _duplicates(sources: Sources, exercises: Mapping[str, Exercise], chance: random.Random) -> dict[str, bytes]:
    files = _as_files(sources)
    first = next(iter(files), None)
    if first:
        files[first.replace(".py", " (1).py")] = files[first] + b"# second try\n"
    return files


_SPECIAL: dict[int, _Special] = {
    3: _notebook,
    6: _append(LOOP),
    8: _typo,
    9: _append(CRASH),
    12: _append(CHEAT),
    14: _shift_jis,
    16: _stubs,
    18: _duplicates,
}


def _moodle_zip(path: Path, submissions: Path, people: list[tuple[str, str, str]]) -> None:
    """The first of the class as Moodle would export them: by participant number, not by student id."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, name, number in people:
            for file in sorted((submissions / student).iterdir()):
                archive.write(file, f"{name}_{number}_assignsubmission_file/{file.name}")


def _course_file(folder: Path, course: LoadedCourse, sealed: Sequence[str]) -> Path:
    """The course with one due date and a late policy; quizzes that are not `sealed` give no points."""
    config = course.config.model_dump(mode="json", exclude_none=True)
    config["solutions"] = str(course.solutions_dir)
    config["exercises"] = str(course.exercises_dir)
    config["late"] = {"per_day": 10.0, "maximum": 50.0, "grace_minutes": 10.0}
    for unit in config["units"]:
        for entry in unit["exercises"]:
            entry["due"] = DUE.isoformat(sep=" ")
        for entry in unit["quizzes"]:
            entry |= {"due": DUE.isoformat(sep=" ")} if entry["id"] in sealed else {"points": 0.0}
    path = folder / "course.yaml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def _write_csv(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
