"""What every file format shares: what it is asked, what it answers, and how points are checked.

A format is a pure function ``render(rows, request) -> Rendered``. It reads nothing but its
arguments and writes nothing; the command line shows the changes first and then writes the files.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from ..errors import UsageError
from ..gradebook import CourseInfo
from ..i18n import Lang, Text
from ..model import SubmissionResult
from ..report.studentview import student_view
from .comment import comment
from .numbers import rounded, write_number
from .rows import TOTAL, GradeRow

Platform = Literal["moodle", "canvas", "blackboard"]
EVERYONE = 300  # names in a message that leaves nobody out
_EMPTY = CourseInfo(Text("", ""))


@dataclass(frozen=True)
class Template:
    """The file that was downloaded from the LMS, or the names in a folder of submissions."""

    name: str
    data: bytes = b""
    folders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """How a class is to be exported.

    Attributes
    ----------
    columns
        Which scores: exercise ids and ``total``.
    names
        What the LMS calls a column (course.yaml's ``lms:``, or ``--column ID=NAME``), by column.
    feedback
        The language of comments, None for none; a page with both shows it first.
    scale
        Convert points to the LMS's maximum instead of refusing a different one.
    maximum
        Most points in the LMS where no template tells.
    allow_unmatched
        Leave out students who are on one side only, instead of refusing.
    ignore_names
        Do not take differing names for a file of another assignment.
    options
        What only one format knows, by the name of its option.
    """

    columns: tuple[str, ...] = (TOTAL,)
    names: Mapping[str, str] = field(default_factory=dict)
    template: Template | None = None
    course: CourseInfo = _EMPTY
    feedback: Lang | None = None
    lang: Lang = "en"
    scale: bool = False
    maximum: Fraction | None = None
    allow_unmatched: bool = False
    ignore_names: bool = False
    options: Mapping[str, str] = field(default_factory=dict)

    def the_template(self) -> Template:
        assert self.template is not None
        return self.template


@dataclass(frozen=True)
class Change:
    """One cell that becomes something else.

    Attributes
    ----------
    was
        What the downloaded file says; None where there is no such file.
    """

    student: str
    name: str | None
    column: str
    was: str | None
    becomes: str
    kind: Literal["score", "feedback"] = "score"


@dataclass(frozen=True)
class Rendered:
    """The files to write, by suggested name, and what is different in them."""

    files: Mapping[str, bytes]
    changes: tuple[Change, ...]
    notes: tuple[Text, ...] = ()
    unchanged: int = 0


Render = Callable[[Sequence[GradeRow], Request], Rendered]


@dataclass(frozen=True)
class Format:
    """A way out to one kind of file.

    Attributes
    ----------
    template
        What the instructor downloads first, None where nothing is needed.
    many
        Whether it takes more than one column; the default is then every exercise that has a
        name in the LMS.
    feedback
        Whether it is written unless the option says otherwise; None if the file has no place for it.
    """

    render: Render
    template: Text | None = None
    platform: Platform | None = None
    many: bool = False
    feedback: bool | None = None
    maximum: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Option:
    """An option of one format."""

    name: str
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()


class Problems:
    """Collects what is wrong, so that all of it is said at once."""

    def __init__(self) -> None:
        self._texts: list[Text] = []

    def add(self, en: str, ja: str) -> None:
        text = Text(en, ja)
        if text not in self._texts:
            self._texts.append(text)

    def refuse(self) -> None:
        """Raise if there was anything."""
        if self._texts:
            shown, rest = self._texts[:20], len(self._texts) - 20
            more = Text(f"... and {rest} more", f"ほか {rest} 件") if rest > 0 else None
            texts = [*shown, more] if more else shown
            raise UsageError(Text("\n".join(t.en for t in texts), "\n".join(t.ja for t in texts)))


def listed(names: Sequence[str], most: int = 20) -> str:
    """The first names, for a message."""
    return ", ".join(names[:most]) + (f", ... (+{len(names) - most})" if len(names) > most else "")


def points(row: GradeRow, column: str, maximum: Fraction | None, request: Request, problems: Problems) -> str | None:
    """What is written for a score, None where there is none; what cannot be is added to `problems`.

    Parameters
    ----------
    maximum
        Most points in the LMS; None if nothing tells, then ours must be theirs.
    """
    score, ours = row.scores.get(column), row.maxima[column]
    if score is None:
        return None
    if not 0 <= score <= ours:
        problems.add(
            f"{row.student}: {column} is {write_signed(score)}, outside of 0 to {write_number(ours)}. "
            "Grade this student again.",
            f"{row.student}: {column} の得点 {write_signed(score)} が 0～{write_number(ours)} の範囲にありません。"
            "この学生を採点し直してください。",
        )
        return None
    if maximum is not None and rounded(maximum) != rounded(ours):
        if not request.scale:
            here, there = write_number(ours), write_number(maximum)
            problems.add(
                f"{column}: {here} points at most here, {there} in the LMS. "
                "Give --scale to convert, or choose the right --column or file.",
                f"{column}: 満点は成績簿で {here} 点、LMS で {there} 点です。"
                "換算する場合は --scale を付けてください。そうでなければ --column とファイルを確かめてください。",
            )
            return None
        score = score * maximum / ours
    return write_number(min(rounded(score), maximum) if maximum is not None else score)


def result_on(row: GradeRow, columns: Sequence[str]) -> SubmissionResult | None:
    """What a student's feedback is made from: one exercise alone where that is the item of the LMS."""
    if row.result is None:
        return None
    only = tuple(e for e in row.result.exercises if [e.id] == list(columns))
    return dataclasses.replace(row.result, exercises=only) if only else row.result


def feedback(row: GradeRow, columns: Sequence[str], request: Request) -> str | None:
    """The comment for an item of the LMS, None if none is wanted."""
    if request.feedback is None:
        return None
    result = result_on(row, columns)
    if result is None or result is row.result:
        return row.feedback.get(request.feedback)
    return comment(student_view(result, request.course)).get(request.feedback)


def maximum_to_check(rows: Sequence[GradeRow], request: Request) -> list[Text]:
    """A note where nothing tells the LMS's maximum: a score above it is clipped or skipped there without a word."""
    ours = {column: write_number(row.maxima[column]) for row in rows for column in request.columns}
    if request.maximum is not None or not ours:
        return []
    most = ", ".join(f"{column} {points}" for column, points in ours.items())
    return [
        Text(
            f"The LMS's maximum is not known here; it must be: {most}. Give --maximum to have it checked.",
            f"LMS 側の満点がわかりません。次の点数になっていることを確かめてください: {most}。"
            "--maximum を付けると、ここで確認します。",
        )
    ]


def write_signed(value: Fraction) -> str:
    return ("-" if value < 0 else "") + write_number(abs(value))
