"""An exercise that people grade: a task to write about and a rubric.

Its folder in ``solutions/`` has ``rubric.yaml`` beside ``task.en.md`` and ``task.ja.md``, and no code. The suite never
sees it; in nbgrader it is an assignment of its own, one answer cell a row of the rubric, graded
in formgrader.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, field_validator

from ..author.markers import read_source
from ..course.load import ID_PATTERN, LoadedCourse
from ..course.yaml_file import Bilingual, Config, parse
from ..errors import ContentError
from ..i18n import LANGS, Lang, Text

RUBRIC = "rubric.yaml"


class Level(Config):
    """What earns so many points."""

    points: float = Field(ge=0, allow_inf_nan=False)
    text: Bilingual


class Row(Config):
    """One thing to write about, and how it is graded; the points are the best level's."""

    id: str = Field(pattern=ID_PATTERN)
    title: Bilingual
    task: Bilingual = Field(description="What to write.")
    levels: list[Level] = Field(min_length=2, description="From the best to the worst.")
    example: Bilingual | None = Field(default=None, description="A good answer; students never get it.")

    @field_validator("levels")
    @classmethod
    def _from_best_to_worst(cls, levels: list[Level]) -> list[Level]:
        points = [level.points for level in levels]
        if points != sorted(points, reverse=True) or points[0] == 0:
            raise ValueError("list the levels from the most points down")
        return levels

    @property
    def points(self) -> float:
        return self.levels[0].points


class RubricConfig(Config):
    """rubric.yaml."""

    title: Bilingual
    rows: list[Row] = Field(min_length=1)

    @field_validator("rows")
    @classmethod
    def _ids_differ(cls, rows: list[Row]) -> list[Row]:
        ids = [row.id for row in rows]
        for i, name in enumerate(ids):
            if name in ids[:i] or "__" in name or name == "statement":
                raise ValueError(f"row id {name!r} is taken, or has two underscores in a row")
        return rows


@dataclass(frozen=True)
class Report:
    """One such exercise."""

    id: str
    folder: Path
    config: RubricConfig

    @property
    def points(self) -> float:
        return sum(row.points for row in self.config.rows)

    def task(self, lang: Lang) -> str:
        """The introduction, as markdown."""
        return read_source(self.folder / f"task.{lang}.md").replace("\r\n", "\n").strip()


def reports_of(course: LoadedCourse) -> list[Report]:
    """Every folder of ``solutions/`` with a rubric, by id.

    Raises
    ------
    ConfigError, ContentError
        A rubric is wrong, or a task is missing.
    """
    return [load_report(path.parent) for path in sorted(course.solutions_dir.glob(f"*/{RUBRIC}"))]


def load_report(folder: Path) -> Report:
    """Read one; see `reports_of`."""
    missing = [name for lang in LANGS if not (folder / (name := f"task.{lang}.md")).is_file()]
    if missing:
        names = ", ".join(missing)
        raise ContentError(Text(f"{folder}: not complete yet, missing {names}", f"{folder}: 未完成です。不足: {names}"))
    return Report(folder.name, folder, parse(folder / RUBRIC, RubricConfig))
