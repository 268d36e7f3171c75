"""How far the student has come: ``.autograder/progress.json`` beside ``exercises/``.

A pass belongs to the file's content at that moment, so an edit afterwards shows as edited.
Losing this file loses nothing but the marks in ``autograder list``.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any, Literal

from .course import Course, Exercise
from .source import is_begun, sha

State = Literal["not_begun", "begun", "passed", "edited"]


class Progress:
    """Read once, written whenever something is noted. A folder that is read-only forgets."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._path = course.root / ".autograder" / "progress.json"
        self._entries: dict[str, dict[str, Any]] = {}
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            found = json.loads(self._path.read_text(encoding="utf-8"))["exercises"]
            self._entries = {str(k): dict(v) for k, v in dict(found).items()}

    def state(self, exercise: Exercise) -> State:
        """Where the student stands with one exercise."""
        passed = self._entries.get(exercise.id, {}).get("passed")
        if not is_begun(exercise):
            return "not_begun"
        if passed is None:
            return "begun"
        return "passed" if passed == sha(exercise.file) else "edited"

    def is_passed(self, exercise: Exercise) -> bool:
        return self.state(exercise) == "passed"

    def current(self) -> Exercise | None:
        """What to work on: the first that is begun and not passed, else the first not passed."""
        states = {e.id: self.state(e) for e in self._course.exercises}
        open_ones = [e for e in self._course.exercises if states[e.id] != "passed"]
        return next((e for e in open_ones if states[e.id] != "not_begun"), open_ones[0] if open_ones else None)

    def note_check(self, exercise: Exercise, checked_sha: str, passed: bool) -> None:
        """Remember a check of the content with `checked_sha`."""
        entry = self._entries.setdefault(exercise.id, {})
        if passed:
            entry["passed"] = checked_sha
        elif entry.get("passed") == checked_sha:
            del entry["passed"]
        self._save()

    def hints(self, exercise: Exercise) -> int:
        """How many hints were shown."""
        count = self._entries.get(exercise.id, {}).get("hints", 0)
        return count if isinstance(count, int) else 0

    def note_hints(self, exercise: Exercise, count: int) -> None:
        self._entries.setdefault(exercise.id, {})["hints"] = count
        self._save()

    def forget(self, exercise: Exercise) -> None:
        """As if the exercise had never been checked; shown hints stay shown."""
        self._entries.get(exercise.id, {}).pop("passed", None)
        self._save()

    def _save(self) -> None:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            _write(self._path, json.dumps({"schema": 1, "exercises": self._entries}, indent=1))


def _write(path: Path, text: str) -> None:
    """Replace the file at once, so that two commands never leave half of one."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
