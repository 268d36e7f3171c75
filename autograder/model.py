"""What travels through the pipeline: frozen, and free of IO.

``collect`` makes a `Submission`, the judge a list of `TestResult`, ``score`` an
`ExerciseResult`, and the gradebook and the reports read `SubmissionResult`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Literal

from .i18n import Text

Tier = Literal["visible", "hidden"]
TestStatus = Literal["passed", "failed", "error", "timeout", "crashed", "not_run"]
ExerciseStatus = Literal["graded", "missing", "grader_error"]


# ---------------------------------------------------------------- what is told of a failure
# A failure stays data until somebody reads it: `text.told` makes lines of blocks, `text.told_html` a page's piece.


@dataclass(frozen=True)
class Called:
    """The call of the student's function, written as Python would."""

    code: str


@dataclass(frozen=True)
class Raised:
    """An exception as Python prints it: type and message, perhaps in several lines."""

    error: str


@dataclass(frozen=True)
class Sentence:
    """Words of ours, as one paragraph or several lines."""

    text: Text


@dataclass(frozen=True)
class Place:
    """A line of the student's code; `label` is the name of the file or cell that has it."""

    label: Text
    line: int
    source: str = ""


@dataclass(frozen=True)
class Table:
    """Values side by side; where there are more rows than shown, `of` says how many."""

    header: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]
    of: int = 0


@dataclass(frozen=True)
class NoFunction:
    """The student's `file` lacks a function; `hint` may say what is there instead."""

    file: str
    name: str
    hint: Text | None = None


@dataclass(frozen=True)
class NotLoaded:
    """The student's `file` did not finish loading."""

    file: str


@dataclass(frozen=True)
class Lines:
    """Text whose columns matter."""

    text: Text


@dataclass(frozen=True)
class Cause:
    """The one likely cause."""

    id: str | None
    text: Text


Block = Called | Raised | Sentence | Place | Table | NoFunction | NotLoaded | Lines | Cause
Blocks = tuple[Block, ...]
BLOCKS: dict[str, type[Block]] = {
    c.__name__: c for c in (Called, Raised, Sentence, Place, Table, NoFunction, NotLoaded, Lines, Cause)
}


@dataclass(frozen=True)
class Note:
    """Something a reader of the report must know about a submission (a duplicate file, say)."""

    code: str
    text: Text


@dataclass(frozen=True)
class Source:
    """The code handed in for one exercise, or the answers for one quiz.

    Attributes
    ----------
    cells
        ``(label, source)`` in the order in which they run. A ``.py`` file is one cell, and so
        is the YAML text of a quiz's answers.
    path
        Where it was found inside the submission, for people to read.
    problem
        Why the file cannot be run at all (not text, NUL bytes, invalid notebook), else None.
    is_empty
        The problem is that nothing is in it: that is understood.
    """

    path: str
    cells: tuple[tuple[str, str], ...]
    sha256: str
    is_notebook: bool = False
    problem: Text | None = None
    notes: tuple[Note, ...] = ()
    is_empty: bool = False

    @property
    def unreadable(self) -> bool:
        """Whether there is something in it that nobody can read."""
        return self.problem is not None and not self.is_empty


@dataclass(frozen=True)
class Submission:
    """All that one student handed in.

    Attributes
    ----------
    sources
        By exercise id and quiz id.
    doubtful
        For an exercise without a source, the files that may hold it.
    strays
        What could not be understood and may hold any exercise.
    ids
        How an LMS names the student: ``moodle`` (participant number), ``canvas`` (user id),
        ``username``, ``email``, ... as far as the names of the files or the roster tell.
    answers
        The scored items of each quiz, which are scored where they are read.
    unread
        Why nothing of it could be read; then `sources` is empty and says nothing.
    """

    student: str
    sources: dict[str, Source]
    received_at: datetime | None = None
    late_by_lms: bool = False
    attempt: int = 1
    name: str | None = None
    notes: tuple[Note, ...] = ()
    sha256: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[TestResult, ...]] = field(default_factory=dict)
    unread: Note | None = None
    doubtful: dict[str, tuple[str, ...]] = field(default_factory=dict)
    strays: tuple[str, ...] = ()

    def may_be_in(self, exercise_id: str) -> tuple[str, ...]:
        """The files in which an exercise without a source may be; none where it was not handed in."""
        return tuple(dict.fromkeys((*self.doubtful.get(exercise_id, ()), *self.strays)))


@dataclass(frozen=True)
class TestResult:
    """One test of one exercise, or one item of a quiz.

    Attributes
    ----------
    points
        Exact; rounding happens where it is shown.
    message
        Empty for a test that passed. The sentence of the cause is not in it: that stands once, in the course.
    response, variant
        For a quiz item: the answer in its canonical form (empty for none), and which replica it was.
    picks
        The same answer by keys that mean the same in every replica; see `quiz.pooling`.
    """

    __test__ = False

    name: str
    tier: Tier
    status: TestStatus
    points: Fraction
    max_points: Fraction
    cause: str | None
    message: Blocks
    title: Text
    group: str = ""
    response: str | None = None
    variant: int | None = None
    picks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise of one submission.

    ``raw_score`` is what the tests gave; ``score`` is that after the late policy. Both are
    None when the grader failed, and where something was handed in that was not understood: an
    unknown score is not 0.
    """

    id: str
    status: ExerciseStatus
    score: Fraction | None
    max_score: Fraction
    tests: tuple[TestResult, ...] = ()
    raw_score: Fraction | None = None
    late_seconds: int = 0
    notes: tuple[Note, ...] = ()
    source_sha256: str = ""
    suite_sha256: str = ""

    @property
    def not_understood(self) -> bool:
        """Whether it is missing only as far as the grader can tell: a person must look."""
        return self.status == "missing" and self.score is None


@dataclass(frozen=True)
class SubmissionResult:
    """One student's whole grade in one grading run; ``extra`` holds `Submission.ids`."""

    student: str
    exercises: tuple[ExerciseResult, ...]
    received_at: datetime | None = None
    attempt: int = 1
    name: str | None = None
    notes: tuple[Note, ...] = ()
    submission_sha256: str = ""
    seconds: float = 0.0
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def score(self) -> Fraction:
        """Sum over the exercises that have a score."""
        return sum((e.score for e in self.exercises if e.score is not None), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        return sum((e.max_score for e in self.exercises), Fraction(0))
