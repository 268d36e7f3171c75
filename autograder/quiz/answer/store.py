"""The answers that a student has given so far: ``exercises/quizzes/<quiz id>.yaml``.

The text is JSON, which is YAML, so that nothing has to be installed to write it and a person
can still read and mend it. It is replaced as a whole after every answer, so Ctrl-C loses none.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ...i18n import Text
from .answers import Given, read_answers


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
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        new.write_text(text, encoding="utf-8")
        new.replace(self.path)
