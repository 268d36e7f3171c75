"""What a grading run remembers of its course: enough to write every report from the gradebook alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..course.causes import GENERIC
from ..i18n import Text

if TYPE_CHECKING:
    from ..course.exercise import Exercise


_NO_UNIT = Text("", "")


@dataclass(frozen=True)
class AnswerInfo:
    """An answer to a quiz item that its author foresaw, the same in all variants.

    Attributes
    ----------
    key
        As in `TestResult.picks`.
    text
        The answer in words; empty where the variants differ.
    feedback
        What is said to who gives it.
    title
        What its misconception is called.
    """

    key: str
    text: Text
    right: bool
    misconception: str | None = None
    feedback: Text | None = None
    title: Text | None = None

    def as_dict(self) -> dict[str, Any]:
        words = {"feedback": self.feedback, "title": self.title}
        known = {key: text.as_dict() for key, text in words.items() if text is not None}
        head = {"key": self.key, "text": self.text.as_dict(), "right": self.right}
        return head | {"misconception": self.misconception} | known

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> AnswerInfo:
        feedback, title = (Text.of(data[key]) if key in data else None for key in ("feedback", "title"))
        return cls(data["key"], Text.of(data["text"]), data["right"], data["misconception"], feedback, title)


@dataclass(frozen=True)
class ItemInfo:
    """A quiz item: the beginning of its question, and the answers that its author foresaw."""

    title: Text
    answers: tuple[AnswerInfo, ...] = ()
    variants: int = 1

    def as_dict(self) -> dict[str, Any]:
        answers = [answer.as_dict() for answer in self.answers]
        return {"title": self.title.as_dict(), "answers": answers, "variants": self.variants}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ItemInfo:
        return cls(Text.of(data["title"]), tuple(map(AnswerInfo.from_dict, data["answers"])), data["variants"])


@dataclass(frozen=True)
class ExerciseInfo:
    """One exercise or quiz as the reports show it.

    Attributes
    ----------
    groups
        Title of each group of tests, in the author's order.
    causes
        The exercise's own sentences, by cause id; a generic one is used where there is none.
    items
        Those of a quiz; an exercise has none.
    """

    id: str
    title: Text
    max_score: Fraction
    unit: Text = _NO_UNIT
    groups: Mapping[str, Text] = field(default_factory=dict)
    causes: Mapping[str, Text] = field(default_factory=dict)
    items: Mapping[str, ItemInfo] = field(default_factory=dict)

    @classmethod
    def of(cls, exercise: Exercise, max_score: Fraction, unit: Text = _NO_UNIT) -> ExerciseInfo:
        """What to remember of an `Exercise` that is worth `max_score` points in its course."""
        return cls(
            exercise.id,
            exercise.title,
            max_score,
            unit,
            {key: Text(group.title.en, group.title.ja) for key, group in exercise.config.groups.items()},
            {key: Text(cause.en, cause.ja) for key, cause in exercise.hints.causes.items()},
        )

    def cause_text(self, cause: str | None) -> Text | None:
        """The sentence for a cause: the exercise's own, else the generic one, else None."""
        return (self.causes.get(cause) or GENERIC.get(cause)) if cause else None


@dataclass(frozen=True)
class CourseInfo:
    """A course as the reports show it: its title and its exercises in order."""

    title: Text
    exercises: tuple[ExerciseInfo, ...] = ()

    def exercise(self, exercise_id: str, max_score: Fraction = Fraction(0)) -> ExerciseInfo:
        """The exercise of that id; one that the course does not know is its own title."""
        found = next((e for e in self.exercises if e.id == exercise_id), None)
        return found or ExerciseInfo(exercise_id, Text.of(exercise_id), max_score)

    def in_order(self, exercise_ids: Iterable[str]) -> list[str]:
        """The ids in the order of the course, unknown ones last."""
        position = {e.id: i for i, e in enumerate(self.exercises)}
        return sorted(exercise_ids, key=lambda i: (position.get(i, len(position)), i))

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title.as_dict(),
            "exercises": [
                {
                    "id": e.id,
                    "title": e.title.as_dict(),
                    "max_score": str(e.max_score),
                    "unit": e.unit.as_dict(),
                    "groups": {key: text.as_dict() for key, text in e.groups.items()},
                    "causes": {key: text.as_dict() for key, text in e.causes.items()},
                    "items": {key: item.as_dict() for key, item in e.items.items()},
                }
                for e in self.exercises
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CourseInfo:
        return cls(
            Text.of(data["title"]),
            tuple(
                ExerciseInfo(
                    e["id"],
                    Text.of(e["title"]),
                    Fraction(e["max_score"]),
                    Text.of(e["unit"]),
                    {key: Text.of(text) for key, text in e["groups"].items()},
                    {key: Text.of(text) for key, text in e["causes"].items()},
                    {key: ItemInfo.from_dict(item) for key, item in e.get("items", {}).items()},
                )
                for e in data["exercises"]
            ),
        )


@dataclass(frozen=True)
class RunInfo:
    """One grading run.

    Attributes
    ----------
    sandbox
        Which protections were on.
    finished_at
        None while it runs, or where it was killed.
    identity
        What decides a grade in it, part by part.
    resumed
        Whether it went on after it had finished.
    """

    id: int
    started_at: datetime
    finished_at: datetime | None
    course: CourseInfo
    course_sha: str
    seed: int
    sandbox: Mapping[str, bool]
    engine: str
    identity: Mapping[str, str] = field(default_factory=dict)
    resumed: bool = False
