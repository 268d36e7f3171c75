"""One exercise's folder under ``solutions/``, as its author wrote it."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pydantic import Field, field_validator

from ..errors import ContentError
from ..i18n import Text
from .causes import GENERIC
from .yaml_file import Bilingual, Config, parse


class Group(Config):
    """Tests that share points. ``points`` is a weight: course.yaml scales the sum."""

    points: float = Field(gt=0)
    title: Bilingual


class Limits(Config):
    """What one call of the student's code may use."""

    seconds: float = Field(default=2.0, gt=0, le=60)
    memory_mb: int = Field(default=256, ge=32, le=4096)


class ExerciseConfig(Config):
    """exercise.yaml."""

    title: Bilingual
    functions: list[str] = Field(min_length=1)
    groups: dict[str, Group] = Field(min_length=1)
    needs: list[str] = Field(default=[])
    limits: Limits = Limits()
    banned: list[str] = Field(default=[], description="Ready-made functions not to be used; reported, not scored.")

    @field_validator("functions")
    @classmethod
    def _identifiers(cls, names: list[str]) -> list[str]:
        for i, name in enumerate(names):
            if not name.isidentifier() or keyword.iskeyword(name):
                raise ValueError(f"{name!r} is not a Python name")
            if name in names[:i]:
                raise ValueError(f"{name!r} is listed twice")
        return names


class HintsConfig(Config):
    """hints.yaml: ``causes`` in order of priority, and ``hints`` from vague to plain."""

    causes: dict[str, Bilingual] = Field(default={})
    hints: list[Bilingual] = Field(default=[])


@dataclass(frozen=True)
class Exercise:
    """An exercise with everything about it. Paths are relative to nothing: they are absolute."""

    id: str
    folder: Path
    config: ExerciseConfig
    hints: HintsConfig

    @property
    def reference(self) -> Path:
        return self.folder / f"{self.id}.py"

    @property
    def hidden(self) -> Path:
        return self.folder / "test_hidden.py"

    @property
    def visible(self) -> Path:
        return self.folder / "test_visible.py"

    @property
    def wrong(self) -> list[Path]:
        return sorted((self.folder / "wrong").glob("*.py"))

    @property
    def right(self) -> list[Path]:
        return sorted((self.folder / "right").glob("*.py"))

    @property
    def partial(self) -> list[Path]:
        return sorted((self.folder / "partial").glob("*.py"))

    @property
    def title(self) -> Text:
        return Text(self.config.title.en, self.config.title.ja)

    def cause_text(self, cause: str) -> Text | None:
        """The sentence for a cause: the exercise's own, else the generic one."""
        own = self.hints.causes.get(cause)
        return Text(own.en, own.ja) if own else GENERIC.get(cause)

    def weight(self, group: str, tests_in_group: int) -> Fraction:
        """A test's share of the exercise, between 0 and 1: its group's share, split evenly."""
        groups = self.config.groups
        total = sum(Fraction(str(g.points)) for g in groups.values())
        return Fraction(str(groups[group].points)) / total / tests_in_group


def load_exercise(folder: Path) -> Exercise:
    """Read an exercise's folder.

    Raises
    ------
    ContentError, ConfigError
        A file is missing or wrong; the message names it.
    """
    folder = folder.resolve()
    exercise_id = folder.name
    if not folder.is_dir():
        raise ContentError(Text(f"{folder}: no such exercise folder", f"{folder}: 演習のフォルダーがありません"))
    missing = [name for name in required_files(exercise_id) if not (folder / name).is_file()]
    if missing:
        names = ", ".join(missing)
        raise ContentError(Text(f"{folder}: not complete yet, missing {names}", f"{folder}: 未完成です。不足: {names}"))
    return Exercise(
        exercise_id,
        folder,
        parse(folder / "exercise.yaml", ExerciseConfig),
        parse(folder / "hints.yaml", HintsConfig),
    )


def required_files(exercise_id: str) -> tuple[str, ...]:
    """What every exercise's folder has, beside ``wrong/``, ``partial/`` and ``right/``."""
    return (
        "exercise.yaml",
        "hints.yaml",
        f"{exercise_id}.py",
        "statement.en.md",
        "statement.ja.md",
        "test_visible.py",
        "test_hidden.py",
    )
