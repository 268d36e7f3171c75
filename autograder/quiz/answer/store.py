"""The answers that a student has given so far: ``exercises/quizzes/<quiz id>.yaml``.

The text is JSON, which is YAML, so that nothing has to be installed to write it and a person
can still read and mend it. It is replaced as a whole after every answer, so Ctrl-C loses none.
"""

from __future__ import annotations

import contextlib
import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

from ...i18n import Text
from ...student.course import Quiz
from .answers import Given, read_answers

PRACTICE = Path(".autograder") / "practice.json"  # below the course's folder


def count_kept(root: Path, quiz: Quiz) -> int:
    """How many answers there are: of a graded quiz in the file to hand in, of a practice quiz in the notes."""
    if quiz.graded:
        return len(AnswerStore(quiz.answers, quiz.id).given)
    return len(PracticeStore(root / PRACTICE, quiz.id))


class AnswerStore:
    """Answers by item; `problems` is what could not be read of an existing file."""

    def __init__(self, path: Path, quiz: str) -> None:
        self.path = path
        self._quiz = quiz
        self.student: str | None = None
        self.given: dict[str, Given] = {}
        self.problems: tuple[Text, ...] = ()
        if path.is_file():
            found = read_answers(path.read_text(encoding="utf-8-sig", errors="replace"))
            self.student, self.problems = found.student, found.problems
            self.given = dict(found.given)

    def raw(self, item: str, variant: int | None = None) -> Any:
        """What was answered, None for nothing; an answer to another variant does not count."""
        given = self.given.get(item)
        if given is None or (variant is not None and given.variant not in (None, variant)):
            return None
        return given.raw

    def put(self, item: str, raw: Any, variant: int) -> None:
        """Keep an answer, and write it down.

        Raises
        ------
        OSError
        """
        self.given[item] = Given(raw, variant)
        self.save()

    def save(self) -> None:
        """Write the file.

        Raises
        ------
        OSError
        """
        answers = {
            item: {"answer": given.raw} if given.variant is None else {"variant": given.variant, "answer": given.raw}
            for item, given in self.given.items()
        }
        head = {"quiz": self._quiz} | ({"student": self.student} if self.student else {})
        lines = [f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in answers.items()]
        start = "".join(f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)},\n" for k, v in head.items())
        text = "{\n" + start + ' "answers": {\n' + ",\n".join(lines) + "\n }\n}\n"
        _replace(self.path, text)


class PracticeStore:
    """What was answered of the practice quizzes: ``.autograder/practice.json``, which is not handed in.

    Of each item the first answer that could be understood, and its credit. A folder that is read-only forgets.
    """

    def __init__(self, path: Path, quiz: str) -> None:
        self._path = path
        self._quiz = quiz
        self._all: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(path.read_text(encoding="utf-8"))
            self._all = found if isinstance(found, dict) else {}
        own = self._all.get(quiz)
        self._own: dict[str, Any] = own if isinstance(own, dict) else {}

    def credit(self, item: str, variant: int) -> Fraction | None:
        """The credit of the first answer, None where there is none to this variant."""
        entry = self._own.get(item)
        with contextlib.suppress(ValueError, TypeError, KeyError, ZeroDivisionError):
            if isinstance(entry, dict) and entry["variant"] == variant:
                return Fraction(entry["credit"])
        return None

    def raw(self, item: str, variant: int) -> Any:
        """What was answered first, None for nothing."""
        return self._own[item].get("answer") if self.credit(item, variant) is not None else None

    def put(self, item: str, variant: int, credit: Fraction, raw: Any) -> None:
        """Keep the first answer to an item; a later one changes nothing."""
        if self.credit(item, variant) is None:
            self._own[item] = {"variant": variant, "credit": str(credit), "answer": raw}
            self._save()

    def clear(self) -> None:
        """Begin again."""
        self._own.clear()
        self._save()

    def __len__(self) -> int:
        return len(self._own)

    def _save(self) -> None:
        with contextlib.suppress(OSError):
            _replace(self._path, json.dumps(self._all | {self._quiz: self._own}, ensure_ascii=False, indent=1) + "\n")


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.part")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
