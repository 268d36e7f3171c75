"""``%quiz`` and ``%%quiz`` in a notebook: show a quiz, and read the answers that a cell holds."""

from __future__ import annotations

import contextlib
import shlex
from dataclasses import dataclass
from pathlib import Path

from ..errors import AutograderError, UsageError
from ..i18n import Text, choose_language
from ..quiz.answer.answers import read_answers
from ..quiz.answer.session import load, student_id
from ..student.course import Course, Quiz, unknown
from .locate import course_here
from .quiz_view import Questions, Taken, take
from .result import Said

UNFILLED = "ID"  # what a notebook has where the student's id belongs


@dataclass(frozen=True)
class Asked:
    """What stands behind ``%quiz``: ``quiz_cnn --student s001 --lang ja``."""

    names: tuple[str, ...]
    student: str | None = None
    lang: str | None = None


def parse(line: str) -> Asked:
    """Read the line; what looks like no option is a name."""
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    names: list[str] = []
    options: dict[str, str] = {}
    while words:
        word, _, value = words.pop(0).partition("=")
        if word in ("--student", "--lang"):
            options[word] = value or (words.pop(0) if words else "")
        else:
            names.append(word)
    return Asked(tuple(names), options.get("--student") or None, options.get("--lang") or None)


def quiz(line: str, cell: str | None = None) -> Questions | Taken | Said:
    """Show the questions of a quiz, or with a cell's body take its answers; never raises for a student's mistake."""
    asked = parse(line)
    lang = choose_language(asked.lang)
    try:
        course = course_here()
        if not asked.names and cell is None:
            return Said(_list(course), lang)
        found = _find(course, asked.names)
        public = load(found.file)
        named = asked.student if cell is None else read_answers(cell).student or asked.student
        named = None if named == UNFILLED else named
        student = student_id(course.root, named, False, lambda: None)
        # A cell that is handed in must say itself whose variants it answers.
        if public.graded and (student == "anonymous" or (cell is not None and named is None)):
            raise UsageError(_who(found.id, cell is not None))
        if cell is not None:
            return take(public, cell, student, lang)
        return Questions(public, student, lang, lambda src: _bytes(found.folder / src))
    except AutograderError as error:
        return Said(error.text, lang, problem=True)


def _find(course: Course, names: tuple[str, ...]) -> Quiz:
    known = {q.id: q for q in course.quizzes}
    if len(names) != 1:
        some = next(iter(known), "quiz_cnn")
        raise UsageError(Text(f"Name one quiz: %quiz {some}", f"クイズを 1 つ指定してください: %quiz {some}"))
    if names[0] not in known:
        raise UsageError(unknown(names[0], list(known), Text("quiz", "クイズ")))
    return known[names[0]]


def _who(quiz_id: str, in_cell: bool) -> Text:
    why = Text("Your id decides the numbers in your questions.", "問題の数値は学籍番号（学生 ID）によって変わります。")
    how = Text(
        f"Run `%quiz {quiz_id} --student ...` with your student id.",
        f"`%quiz {quiz_id} --student ...` の ... に自分の学籍番号（学生 ID）を書いて実行してください。",
    )
    if in_cell:
        how = Text(
            "Write your student id behind `student:` at the top of this cell, and run it again.",
            "このセルの先頭の `student:` のあとに自分の学籍番号（学生 ID）を書いて、もう一度実行してください。",
        )
    return Text(f"{how.en}\n{why.en}", f"{how.ja}\n{why.ja}")


def _list(course: Course) -> Text:
    if not course.quizzes:
        return Text("This course has no quizzes.", "この教材にクイズはありません。")
    return Text(
        "\n".join(f"`%quiz {q.id}`  {q.title.en}" for q in course.quizzes),
        "\n".join(f"`%quiz {q.id}`  {q.title.ja}" for q in course.quizzes),
    )


def _bytes(path: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return None
