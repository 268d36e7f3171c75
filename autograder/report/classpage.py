"""``report/index.html``: what an instructor wants to know of a class, on one self-contained page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from ..course.causes import title_and_rest
from ..files import atomic, make_folder
from ..gradebook import CourseInfo, ExerciseInfo, RunInfo
from ..i18n import Lang, Text
from ..model import TestStatus
from . import statistics
from .classdata import STOPPED, ClassData, ExerciseItem, Item, Person, Remark, Row
from .filenames import FileNames, link
from .formatting import plain
from .quizsection import quiz_section
from .render import STATES, percent, template

_STEPS = "abcdefghijk"


@dataclass(frozen=True)
class Figures:
    """The numbers at the top. `left_out` students have an exercise without a score, hence no known total."""

    students: int
    submitted: int
    median: Fraction | None
    mean: Fraction | None
    maximum: Fraction
    left_out: int
    late: int
    review: int


@dataclass(frozen=True)
class CauseLine:
    """A cause, how many students it explains, and where. `title` is its first sentence, `rest` what follows."""

    id: str
    title: Text
    rest: Text
    people: tuple[Person, ...]
    exercises: tuple[tuple[Text, int], ...]


@dataclass(frozen=True)
class ItemLine:
    """A row of the item table."""

    title: Text
    name: str
    takers: int
    facility: int | None
    discrimination: float | None
    stopped: int
    visible: bool = False
    tests: tuple[ItemLine, ...] = ()

    @property
    def weak(self) -> bool:
        return self.discrimination is not None and self.discrimination < statistics.WEAK


@dataclass(frozen=True)
class RemarkLine:
    """Something about one student, and at which exercise."""

    person: Person
    exercise: Text | None
    text: Text


@dataclass(frozen=True)
class StoppedLine:
    """An exercise in which calls timed out or ended Python, how often in which test, and whose."""

    exercise: Text
    state: Text
    tests: tuple[tuple[Text, int], ...]
    people: tuple[Person, ...]


@dataclass(frozen=True)
class HeatRow:
    """One student's row: ``(css class, text)`` for each exercise."""

    person: Person
    cells: tuple[tuple[str, str], ...]
    total: str
    late: bool


class ClassPage:
    """The page's content, computed once from `ClassData`; the template only lays it out."""

    def __init__(
        self, data: ClassData, course: CourseInfo, run: RunInfo, names: FileNames, exercises: Iterable[str]
    ) -> None:
        self._data = data
        self._people = [Person(r.student, r.name, "../feedback/" + link(names.of(r.student))) for r in data.rows]
        self.run = run
        self.course = course
        self.exercises: list[ExerciseInfo] = [course.exercise(i) for i in exercises]
        self.figures = self._figures()
        self.histogram = self._histogram()
        self.causes = self._causes()
        self.unnamed = self._who(data.unnamed)
        self.items = [self._exercise_line(e, data.exercises.get(e.id, ExerciseItem())) for e in self.exercises]
        self.quizzes = [quiz_section(course.exercise(i), items, self._who) for i, items in data.quizzes.items()]
        self.heat = [self._heat_row(i, row) for i, row in enumerate(data.rows)]
        self.units = [(unit, len(list(group))) for unit, group in groupby(self.exercises, key=lambda e: e.unit)]
        self.stopped = self._stopped()
        self.grader_errors = [self._remark_line(remark) for remark in data.grader_errors]
        self.not_understood = [self._remark_line(remark) for remark in data.not_understood]
        self.notes = [self._remark_line(remark) for remark in data.notes]
        self.late = [(self._people[i], row) for i, row in enumerate(data.rows) if row.late_seconds]
        self.absent = self._who(i for i, row in enumerate(data.rows) if not row.submitted)
        self.partial = [
            (self._people[i], [course.exercise(m).title for m in row.missing])
            for i, row in enumerate(data.rows)
            if row.submitted and row.missing
        ]
        self.protections_off = sorted(name for name, on in run.sandbox.items() if not on)

    def _figures(self) -> Figures:
        rows = self._data.rows
        known = [row for row in rows if row.submitted and row.known]
        totals = [row.score for row in known]
        return Figures(
            len(rows),
            sum(row.submitted for row in rows),
            statistics.median(totals),
            sum(totals, Fraction(0)) / len(totals) if totals else None,
            max((row.max_score for row in rows), default=Fraction(0)),
            sum(not row.known for row in rows),
            sum(row.late_seconds > 0 for row in rows),
            sum(row.status == "needs_review" for row in rows),
        )

    def _histogram(self) -> list[tuple[str, int, int]]:
        """``(range, students, height in percent)`` of each tenth."""
        rows = [row for row in self._data.rows if row.submitted and row.known and row.max_score]
        counts = statistics.histogram([row.score / row.max_score for row in rows])
        most = max(counts, default=0) or 1
        width = 100 // statistics.BINS
        return [(f"{i * width}-{(i + 1) * width}", n, round(100 * n / most)) for i, n in enumerate(counts)]

    def _causes(self) -> list[CauseLine]:
        lines = [
            CauseLine(
                cause.id,
                *title_and_rest(cause.sentence),
                self._who(cause.students),
                tuple((self.course.exercise(i).title, n) for i, n in cause.exercises.most_common()),
            )
            for cause in self._data.causes.values()
        ]
        return sorted(lines, key=lambda line: (-len(line.people), line.title.en, line.id))

    def _exercise_line(self, info: ExerciseInfo, item: ExerciseItem) -> ItemLine:
        tests = tuple(_item_line(t.title, name, t, tier == "visible") for (tier, name), t in item.tests.items())
        stopped = sum(t.stopped for t in tests)
        line = _item_line(info.title, info.id, item)
        return ItemLine(line.title, line.name, line.takers, line.facility, line.discrimination, stopped, False, tests)

    def _heat_row(self, index: int, row: Row) -> HeatRow:
        cells = tuple(_cell(row.shares[e.id]) if e.id in row.shares else ("hn", "") for e in self.exercises)
        return HeatRow(self._people[index], cells, plain(row.score, 2) if row.known else "?", row.late_seconds > 0)

    def _stopped(self) -> list[StoppedLine]:
        found: dict[tuple[str, TestStatus], dict[Text, dict[int, None]]] = {}
        for (exercise, title, status), students in self._data.stopped.items():
            found.setdefault((exercise, status), {})[title] = students
        lines = [
            StoppedLine(
                self.course.exercise(exercise).title,
                STATES[status],
                tuple((title, len(students)) for title, students in tests.items()),
                self._who(dict.fromkeys(sorted(i for students in tests.values() for i in students))),
            )
            for (exercise, status), tests in found.items()
        ]
        return sorted(lines, key=lambda line: (-len(line.people), line.exercise.en))

    def _remark_line(self, remark: Remark) -> RemarkLine:
        title = self.course.exercise(remark.exercise).title if remark.exercise else None
        return RemarkLine(self._people[remark.student], title, remark.text)

    def _who(self, students: Iterable[int]) -> tuple[Person, ...]:
        return tuple(self._people[i] for i in students)


def class_page(path: Path, page: ClassPage, lang: Lang) -> None:
    """Write the page; `lang` is the language that is shown first."""
    make_folder(path.parent, ours=True)
    with atomic(path) as file:
        file.writelines(template("class.html").generate(page=page, lang=lang))


def _item_line(title: Text, name: str, item: Item, visible: bool = False) -> ItemLine:
    facility = item.facility
    return ItemLine(
        title,
        name,
        item.takers,
        None if facility is None else percent(Fraction(facility), Fraction(1)),
        statistics.correlation(item.shares, item.rests),
        sum(item.statuses[status] for status in STOPPED),
        visible,
    )


def _cell(share: float | None) -> tuple[str, str]:
    """Colour step and text: a whole percent, ``-`` for not handed in, ``?`` for no score."""
    if share is None:
        return ("hx", "?")
    if share < 0:
        return ("hm", "-")
    shown = percent(Fraction(share), Fraction(1))
    return (f"h{_STEPS[shown // 10]}", str(shown))
