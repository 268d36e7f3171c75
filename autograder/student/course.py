"""The course as a student has it: the built ``exercises/`` and its public manifest."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ConfigError, UsageError
from ..i18n import Lang, Text


@dataclass(frozen=True)
class Exercise:
    """One exercise in the student's folder.

    Attributes
    ----------
    folder
        ``exercises/<id>``; absolute.
    seconds
        What one call may take by the course's limits.
    """

    id: str
    unit: str
    title: Text
    folder: Path
    functions: tuple[str, ...] = ()
    points: float = 1.0
    due: str | None = None
    seconds: float = 2.0

    @property
    def file(self) -> Path:
        """The file that the student edits."""
        return self.folder / f"{self.id}.py"

    @property
    def stub(self) -> Path:
        return self.folder.parent / ".stubs" / f"{self.id}.py"

    @property
    def visible(self) -> Path:
        return self.folder / "test_visible.py"

    def statement(self, lang: Lang) -> Path:
        return self.folder / f"statement.{lang}.md"


@dataclass(frozen=True)
class Quiz:
    """One quiz in the student's folder; `folder` is ``exercises/quizzes``."""

    id: str
    unit: str
    title: Text
    folder: Path
    graded: bool
    items: int
    points: float = 1.0
    due: str | None = None

    @property
    def file(self) -> Path:
        """The questions."""
        return self.folder / f"{self.id}.quiz.json"

    @property
    def answers(self) -> Path:
        """The student's answers to a graded quiz."""
        return self.folder / f"{self.id}.yaml"

    def as_dict(self) -> dict[str, Any]:
        mode = "graded" if self.graded else "practice"
        shown = {"id": self.id, "unit": self.unit, "title": self.title.as_dict(), "mode": mode}
        return shown | {"items": self.items, "points": self.points, "due": self.due}


@dataclass(frozen=True)
class Unit:
    """Exercises and quizzes that belong together."""

    id: str
    title: Text
    exercises: tuple[Exercise, ...]
    quizzes: tuple[Quiz, ...] = ()


@dataclass(frozen=True)
class Course:
    """``root`` is the folder that holds ``exercises/``."""

    root: Path
    title: Text
    units: tuple[Unit, ...]

    @property
    def exercises(self) -> list[Exercise]:
        return [e for unit in self.units for e in unit.exercises]

    @property
    def quizzes(self) -> list[Quiz]:
        return [q for unit in self.units for q in unit.quizzes]

    def find(self, name: str, cwd: Path) -> list[Exercise]:
        """The exercises that a word on the command line means.

        Parameters
        ----------
        name
            An id, a unit's id, or a path to an exercise's folder or a file in it.

        Raises
        ------
        UsageError
            There is none; the message names the nearest id.
        """
        known = {e.id: e for e in self.exercises}
        if name in known:
            return [known[name]]
        for unit in self.units:
            if unit.id == name:
                return list(unit.exercises)
        path = (cwd / name).resolve()
        for word in (path.stem if path.suffix == ".py" else path.name, path.parent.name):
            if word in known:
                return [known[word]]
        if path == self.root / "exercises" or path == self.root:
            return self.exercises
        raise UsageError(unknown(name, [*known, *(u.id for u in self.units)]))

    def next_after(self, done: Iterable[str]) -> Exercise | None:
        """The first exercise that is not among `done`."""
        finished = set(done)
        return next((e for e in self.exercises if e.id not in finished), None)

    def relative(self, path: Path, cwd: Path) -> str:
        """`path` as one would type it from `cwd`."""
        if cwd != self.root and self.root not in cwd.parents:
            return str(path)
        return Path(os.path.relpath(path, cwd)).as_posix()


_EXERCISE = Text("exercise", "演習")


def unknown(name: str, known: list[str], kind: Text = _EXERCISE) -> Text:
    """``There is no exercise 'softmx'. Did you mean 'softmax'?``"""
    import difflib

    near = difflib.get_close_matches(name.lower().removesuffix(".py"), known, 1, 0.5)
    if near:
        return Text(
            f"There is no {kind.en} {name!r}. Did you mean {near[0]!r}?",
            f"{kind.ja} {name!r} はありません。{near[0]!r} のことでしょうか。",
        )
    if kind is not _EXERCISE:
        listed = ", ".join(known) or "-"
        return Text(
            f"There is no {kind.en} {name!r}. There are: {listed}",
            f"{kind.ja} {name!r} はありません。あるもの: {listed}",
        )
    return Text(
        f"There is no {kind.en} {name!r}. 'autograder list' shows them all.",
        f"{kind.ja} {name!r} はありません。autograder list で一覧を確認できます。",
    )


def find_course(cwd: Path) -> Course:
    """The course whose ``exercises/course.json`` is in `cwd` or a folder above it.

    Raises
    ------
    UsageError
        There is none.
    ConfigError
        The manifest cannot be read.
    """
    for folder in (cwd, *cwd.parents):
        manifest = folder / "exercises" / "course.json"
        if manifest.is_file():
            return load_course(manifest)
    raise UsageError(
        Text(
            f"No course here: neither {cwd} nor a folder above it has exercises/course.json.\n"
            "Go to the folder that you unpacked (cd ...) and try again.",
            f"ここには教材がありません。{cwd} にも、その上のフォルダーにも exercises/course.json がありません。\n"
            "教材を展開したフォルダーに cd してから、もう一度実行してください。",
        )
    )


def load_course(manifest: Path) -> Course:
    """Read ``exercises/course.json``.

    Raises
    ------
    ConfigError
        It is not what ``autograder build`` writes.
    """
    try:
        data = json.loads(manifest.read_text(encoding="utf-8"))
        units = tuple(_unit(unit, manifest.parent) for unit in data["units"])
        return Course(manifest.parent.parent, Text.of(data["title"]), units)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        said = f"{type(error).__name__}: {error}"
        raise ConfigError(
            Text(
                f"{manifest} cannot be read ({said}). Unpack the course again over it; your own files stay.",
                f"{manifest} を読めません（{said}）。配布ファイルからこのファイルを取り直してください。",
            )
        ) from None


def _unit(data: dict[str, Any], exercises: Path) -> Unit:
    return Unit(
        data["id"],
        Text.of(data["title"]),
        tuple(
            Exercise(
                e["id"],
                data["id"],
                Text.of(e["title"]),
                exercises / e["id"],
                tuple(e.get("functions", ())),
                float(e.get("points", 1.0)),
                e.get("due"),
                float((e.get("limits") or {}).get("seconds", 2.0)),
            )
            for e in data["exercises"]
        ),
        tuple(
            Quiz(
                q["id"],
                data["id"],
                Text.of(q["title"]),
                exercises / "quizzes",
                q["mode"] == "graded",
                int(q["items"]),
                float(q.get("points", 1.0)),
                q.get("due"),
            )
            for q in data.get("quizzes", ())
        ),
    )
