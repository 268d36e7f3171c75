"""One exercise's folder under ``solutions/``, as its author wrote it."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from pydantic import Field, field_validator

from ..errors import ContentError
from ..i18n import Text
from .causes import GENERIC
from .slips import read_slips
from .version import Version, known, versions_in
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

    @cached_property
    def wrong(self) -> list[Version]:
        """Files in ``wrong/`` and slips alike."""
        files = versions_in(self.folder, "wrong")
        reference = Version.read("reference", self.reference)
        bases = {"reference": reference, **{v.label: v for v in (*self.right, *files)}}
        return sorted([*files, *read_slips(self.folder, bases)], key=lambda v: v.name)

    @cached_property
    def right(self) -> list[Version]:
        return versions_in(self.folder, "right")

    @cached_property
    def partial(self) -> list[Version]:
        return versions_in(self.folder, "partial")

    def version(self, name: str) -> Version:
        """The version of this name; ``wrong/NAME`` where several roles have one.

        Raises
        ------
        ContentError
            There is none, or more than one; the message names what there is.
        """
        reference = Version.read("reference", self.reference)
        found = {v.label: v for v in (reference, *self.right, *self.partial, *self.wrong)}
        matching = [v for v in found.values() if name in (v.name, v.label)]
        if len(matching) > 1:
            names = ", ".join(v.label for v in matching)
            raise ContentError(
                Text(f"{self.id}: which {name!r} is meant, {names}?", f"{self.id}: {name!r} は {names} のどれですか")
            )
        if not matching:
            known(self.id, name, [*found, *(v.name for v in found.values())], Text("version", "版"))
        return matching[0]

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
