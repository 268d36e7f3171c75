"""course.yaml: which exercises and quizzes the course has, their points, due dates and limits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator, model_validator

from ..errors import ConfigError
from ..i18n import Text
from .yaml_file import Bilingual, Config, Document, did_you_mean, parse_document
from .zones import suggestion

FILE = "course.yaml"
QUIZZES = "quizzes"  # folder of the quizzes below solutions/ and exercises/
ID_PATTERN = r"^[a-z][a-z0-9_]*$"
SCHEMA_URL = "https://json-schema.org/draft/2020-12/schema"


class ExerciseEntry(Config):
    """One exercise or quiz of a unit. The points are what all its tests or items are worth together."""

    id: str = Field(
        pattern=ID_PATTERN, description="Folder name below solutions/, or file name below solutions/quizzes/."
    )
    points: float = Field(default=1.0, gt=0, allow_inf_nan=False, description="Points for the whole exercise or quiz.")
    due: datetime | None = Field(
        default=None, description="Last moment on time. Without an offset: course time. A date alone: until its end."
    )

    @field_validator("due", mode="before")
    @classmethod
    def _day_or_moment(cls, value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
            except ValueError:
                raise _not_a_date() from None
        if value is None or isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime.combine(value, time(23, 59, 59))
        raise _not_a_date()


class QuizEntry(ExerciseEntry):
    """One quiz of a unit."""

    points: float = Field(
        default=1.0, ge=0, allow_inf_nan=False, description="Points for the whole quiz; 0: for practice, never graded."
    )


class Unit(Config):
    """A chapter of the course."""

    id: str = Field(pattern=ID_PATTERN)
    title: Bilingual
    exercises: list[ExerciseEntry] = Field(default=[])
    quizzes: list[QuizEntry] = Field(default=[])

    @model_validator(mode="after")
    def _has_something(self) -> Unit:
        if not self.exercises and not self.quizzes:
            raise _Invalid(
                Text("list exercises or quizzes in the unit", "単元に exercises か quizzes を書いてください")
            )
        return self


class LatePolicy(Config):
    """What a late submission costs."""

    grace_minutes: float = Field(default=0, ge=0, allow_inf_nan=False, description="Not yet late for so long.")
    per_day: float = Field(
        default=0, ge=0, le=100, description="Percent of the maximum taken off for each day that has begun."
    )
    maximum: float = Field(default=100, ge=0, le=100, description="Percent taken off at most.")
    after: Literal["penalty", "zero", "accept"] = Field(
        default="penalty", description="After the due date: per_day is taken off, or all, or nothing."
    )
    cutoff_days: float | None = Field(default=None, ge=0, allow_inf_nan=False, description="Later than this scores 0.")


class CourseLimits(Config):
    """Limits for every exercise; where null, each exercise's own."""

    seconds: float | None = Field(default=None, gt=0, le=60, description="One call of the student's code.")
    memory_mb: int | None = Field(default=None, ge=32, le=4096)
    submission_seconds: float = Field(default=120, gt=0, description="All exercises of one submission together.")


class Lms(Config):
    """The column of each exercise in an LMS gradebook."""

    moodle: dict[str, str] = Field(default={}, description="Exercise id (or 'total') to ID number.")
    canvas: dict[str, str] = Field(
        default={}, description="Exercise id (or 'total') to column title, e.g. 'ReLU (4711)'."
    )
    blackboard: dict[str, str] = Field(
        default={},
        description="Exercise id (or 'total') to the number at the end of the column's title, e.g. '664617'.",
    )


class Course(Config):
    """course.yaml."""

    title: Bilingual
    languages: list[Literal["en", "ja"]] = Field(default=["en", "ja"], min_length=1)
    solutions: str = Field(default="solutions", description="Folder of the exercises' sources.")
    exercises: str = Field(default="exercises", description="Folder of what students get; made by `autograder build`.")
    timezone: str = Field(default="Asia/Tokyo", description="IANA name; due dates without an offset are in it.")
    units: list[Unit] = Field(min_length=1)
    late: LatePolicy = LatePolicy()
    attempts: Literal["newest", "best"] = Field(
        default="newest",
        description="Of a student's attempts in an LMS: the newest counts, or the one with most points.",
    )
    limits: CourseLimits = CourseLimits()
    lms: Lms = Lms()

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        if name not in available_timezones():
            hint = suggestion(name)
            raise _Invalid(
                Text(
                    f"{name!r} is no IANA time zone{hint.en}",
                    f"{name!r} は IANA のタイムゾーン名ではありません{hint.ja}",
                )
            )
        return name


class _Invalid(ConfigError, ValueError):
    """A validator's error in both languages; pydantic wants a ValueError."""


def _not_a_date() -> _Invalid:
    return _Invalid(
        Text(
            "write a date and time: 2026-05-31 or 2026-05-31 17:00",
            "日時は 2026-05-31 や 2026-05-31 17:00 のように書いてください",
        )
    )


@dataclass(frozen=True)
class LoadedCourse:
    """A course and where it lies on disk."""

    config: Course
    root: Path
    path: Path

    @property
    def entries(self) -> dict[str, ExerciseEntry]:
        """Entries by exercise id, in the order of the course."""
        return {entry.id: entry for unit in self.config.units for entry in unit.exercises}

    @property
    def quizzes(self) -> dict[str, QuizEntry]:
        """Entries by quiz id, in the order of the course."""
        return {entry.id: entry for unit in self.config.units for entry in unit.quizzes}

    @property
    def graded_ids(self) -> list[str]:
        """Ids of all that gives points, in the order of the course: a unit's exercises, then its quizzes."""
        entries = (entry for unit in self.config.units for entry in (*unit.exercises, *unit.quizzes))
        return [entry.id for entry in entries if entry.points]

    @property
    def exercise_ids(self) -> list[str]:
        return list(self.entries)

    @property
    def solutions_dir(self) -> Path:
        return (self.root / self.config.solutions).resolve()

    @property
    def exercises_dir(self) -> Path:
        return (self.root / self.config.exercises).resolve()

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.config.timezone)

    def entry(self, exercise_id: str) -> ExerciseEntry:
        """The entry of an exercise or a quiz.

        Raises
        ------
        ConfigError
            The course has no such exercise; the message names the nearest one.
        """
        known = self.entries | self.quizzes
        try:
            return known[exercise_id]
        except KeyError:
            hint = did_you_mean(exercise_id, known)
            raise ConfigError(
                Text(
                    f"{self.path}: no exercise {exercise_id!r}{hint.en}",
                    f"{self.path}: 演習 {exercise_id!r} はありません{hint.ja}",
                )
            ) from None

    def due(self, exercise_id: str) -> datetime | None:
        """The due moment, aware, or None where there is none."""
        due = self.entry(exercise_id).due
        return due.replace(tzinfo=self.timezone) if due is not None and due.tzinfo is None else due

    def sha(self) -> str:
        """SHA-256 of what course.yaml says; comments and layout do not count."""
        return hashlib.sha256(self.config.model_dump_json().encode()).hexdigest()


def load_course(path: Path | None = None) -> LoadedCourse:
    """Read course.yaml.

    Parameters
    ----------
    path
        The file or its folder. None: the nearest one from the working directory upwards,
        else the one beside the package.

    Raises
    ------
    ConfigError
        The file is missing or wrong, an exercise is listed twice or has no folder.
    """
    path = (find_course() if path is None else path / FILE if path.is_dir() else path).absolute()
    document = parse_document(path, Course)
    course = LoadedCourse(document.config, path.parent.resolve(), path)
    _check(document, course)
    return course


def find_course() -> Path:
    """The course.yaml that a command without ``--course`` means."""
    here = Path.cwd()
    beside = Path(__file__).resolve().parents[2]
    for folder in (here, *here.parents, beside):
        if (folder / FILE).is_file():
            return folder / FILE
    raise ConfigError(
        Text(
            f"no {FILE} in {here} or above it; go to the course's folder or give --course",
            f"{here} とその上位に {FILE} がありません。教材のフォルダーで実行するか、--course で指定してください",
        )
    )


def course_schema() -> dict[str, Any]:
    """The JSON Schema of course.yaml, for completion in editors."""
    schema = Course.model_json_schema()
    schema["$schema"] = SCHEMA_URL
    schema["title"] = FILE
    # YAML reads an unquoted date as a date, and JSON Schema then sees no "date-time" string.
    for entry in ("ExerciseEntry", "QuizEntry"):
        schema["$defs"][entry]["properties"]["due"]["anyOf"] = [{"type": "string"}, {"type": "null"}]
    return schema


def _check(document: Document[Course], course: LoadedCourse) -> None:
    folders = [p.name for p in course.solutions_dir.iterdir() if p.is_dir()] if course.solutions_dir.is_dir() else None
    if folders is None:
        raise document.error(
            ["solutions"], Text(f"no folder {course.solutions_dir}", f"フォルダー {course.solutions_dir} がありません")
        )
    units: set[str] = set()
    seen: set[str] = set()
    for u, unit in enumerate(course.config.units):
        if unit.id in units:
            raise document.error(
                ["units", u, "id"], Text(f"unit {unit.id!r} is there twice", f"単元 {unit.id!r} が 2 回あります")
            )
        units.add(unit.id)
        for e, entry in enumerate(unit.exercises):
            where: list[str | int] = ["units", u, "exercises", e, "id"]
            if entry.id in seen:
                raise document.error(
                    where, Text(f"exercise {entry.id!r} is listed twice", f"演習 {entry.id!r} が 2 回あります")
                )
            if entry.id not in folders:
                hint = did_you_mean(entry.id, folders)
                raise document.error(
                    where,
                    Text(
                        f"no folder {course.config.solutions}/{entry.id}{hint.en}",
                        f"フォルダー {course.config.solutions}/{entry.id} がありません{hint.ja}",
                    ),
                )
            seen.add(entry.id)
    _check_quizzes(document, course, seen)
    seen |= course.quizzes.keys()
    for name in Lms.model_fields:
        for key in getattr(course.config.lms, name):
            if key not in seen | {"total"}:
                hint = did_you_mean(key, seen)
                raise document.error(
                    ["lms", name, key], Text(f"no such exercise{hint.en}", f"そのような演習はありません{hint.ja}")
                )


def _check_quizzes(document: Document[Course], course: LoadedCourse, exercises: set[str]) -> None:
    files = [p.stem for p in (course.solutions_dir / QUIZZES).glob("*.yaml")]
    seen = set(exercises)
    for u, unit in enumerate(course.config.units):
        for q, entry in enumerate(unit.quizzes):
            where: list[str | int] = ["units", u, "quizzes", q, "id"]
            if entry.id in seen:
                raise document.error(
                    where, Text(f"id {entry.id!r} is listed twice", f"id {entry.id!r} が 2 回あります")
                )
            if entry.id not in files:
                hint = did_you_mean(entry.id, files)
                name = f"{course.config.solutions}/{QUIZZES}/{entry.id}.yaml"
                raise document.error(where, Text(f"no file {name}{hint.en}", f"ファイル {name} がありません{hint.ja}"))
            seen.add(entry.id)
