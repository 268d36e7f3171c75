"""What an upload would change, worked out without touching anything: the dry run.

A score that would be wrong is refused by student; a scale that would make every score wrong
refuses the whole plan. No score is no score: it is skipped, and never becomes 0.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from ...errors import ConfigError, UsageError
from ...i18n import Lang, Text
from ..rows import GradeRow
from .match import Refusal
from .target import Change, Destination, Person, Stored

PLACES = Decimal("0.00001")  # Moodle stores five decimals, and no LMS more
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<\s*(br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Plan:
    """All of a dry run.

    Attributes
    ----------
    same
        Students for whom everything is stored already.
    skipped
        Those without a score, or whom the LMS does not want graded.
    refused
        Those whose score would be wrong; a person must act.
    """

    destination: Destination
    column: str
    changes: tuple[Change, ...]
    same: tuple[str, ...]
    skipped: tuple[Refusal, ...]
    refused: tuple[Refusal, ...]


def decimal(value: Fraction) -> Decimal:
    """The number as it is sent: five decimals at most, no exponent, no trailing zeros."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    short = exact.quantize(PLACES, ROUND_HALF_EVEN).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral() else short


def column_maximum(rows: Sequence[GradeRow], column: str) -> Fraction:
    """Most points of a column.

    Raises
    ------
    UsageError
        The gradebook has no such column.
    """
    columns = list(dict.fromkeys(key for row in rows for key in row.maxima))
    if column not in columns or not rows[0].maxima.get(column):
        raise UsageError(_NO_COLUMN.format(column=column, columns=", ".join(columns)))
    return rows[0].maxima[column]


def scale_of(destination: Destination, maximum: Fraction, scale: bool) -> Fraction:
    """By how much each score is multiplied.

    Raises
    ------
    ConfigError
        The LMS has another maximum, and scaling was not asked for.
    """
    if destination.maximum is None or destination.maximum == decimal(maximum):
        return Fraction(1)
    if not scale or destination.maximum <= 0:
        raise ConfigError(
            _OTHER_SCALE.format(title=destination.title, theirs=destination.maximum, ours=decimal(maximum))
        )
    return Fraction(destination.maximum) / maximum


def make_plan(
    rows: Sequence[GradeRow],
    column: str,
    destination: Destination,
    people: Mapping[str, Person],
    stored: Mapping[str, Stored],
    *,
    refused: Sequence[Refusal] = (),
    factor: Fraction = Fraction(1),
    tolerance: Decimal = Decimal(0),
    language: Lang | None = None,
    remembered: Callable[[str, str], bool] = lambda user, comment: False,
    wrote: Callable[[str], bool | None] = lambda user: None,
) -> Plan:
    """Compare what is stored with what should be.

    Parameters
    ----------
    people
        The LMS user of each student; a student who is not in it is in `refused`, or skipped.
    stored
        What the LMS holds, by user.
    factor
        From the gradebook's scale to the destination's.
    language
        Of the comments; None for no comments.
    remembered
        Whether a comment that cannot be read was sent to this user before.
    wrote
        Whether what we sent last to this user held a comment, None if nothing was sent.
    """
    no_match = {refusal.student: refusal for refusal in refused}
    changes: list[Change] = []
    same: list[str] = []
    skipped: list[Refusal] = []
    wrong: list[Refusal] = []
    for row in rows:
        score = row.scores.get(column)
        if score is None:
            why = _ABSENT if row.absent else _NOT_UNDERSTOOD if row.not_understood else _NO_SCORE
            skipped.append(Refusal(row.student, why))
            continue
        problem = _problem(score, row.maxima.get(column))
        if problem is not None:
            wrong.append(Refusal(row.student, problem))
            continue
        if row.student in no_match:
            wrong.append(no_match[row.student])
            continue
        person = people[row.student]
        was = stored.get(person.user, Stored())
        if was.locked is not None:
            skipped.append(Refusal(row.student, was.locked))
            continue
        comment = (row.feedback.get(language).strip() or None) if language else None
        change = Change(row.student, person.user, person.name or row.name, was, decimal(score * factor), comment)
        change = against(change, was, tolerance, remembered)
        if (change.send_score or change.send_comment) and _would_lose(change, destination, wrote):
            wrong.append(Refusal(row.student, _UNREAD))
        elif change.send_score or change.send_comment:
            changes.append(change)
        else:
            same.append(row.student)
    return Plan(destination, column, tuple(changes), tuple(same), tuple(skipped), tuple(wrong))


def _would_lose(change: Change, destination: Destination, wrote: Callable[[str], bool | None]) -> bool:
    """Whether sending would overwrite a comment that nobody could read and that may not be ours."""
    if not destination.together or change.was.comments is not None:
        return False
    ours = wrote(change.user)
    return ours is None or (ours and change.comment is None)


def against(change: Change, stored: Stored, tolerance: Decimal, remembered: Callable[[str, str], bool]) -> Change:
    """The change with what of it is still missing, given what is stored now."""
    score = stored.score is None or abs(stored.score - change.score) > tolerance
    comment = False
    if change.comment is not None:
        if stored.comments is None:
            comment = not remembered(change.user, change.comment)
        else:
            comment = not any(same_text(there, change.comment) for there in stored.comments)
    return Change(change.student, change.user, change.name, stored, change.score, change.comment, score, comment)


def same_text(stored: str, sent: str) -> bool:
    """Whether a reader sees the same words; an LMS adds tags, entities and spaces of its own."""
    return _words(stored) == _words(sent) or _words(visible(stored)) == _words(sent)


def visible(markup: str) -> str:
    """The text of a piece of HTML."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").split()


def _problem(score: Fraction, maximum: Fraction | None) -> Text | None:
    if score < 0:
        return _NEGATIVE.format(score=decimal(score))
    if maximum is None or score > maximum:
        return _OVER.format(score=decimal(score), maximum="?" if maximum is None else decimal(maximum))
    return None


_UNREAD = Text(
    "the LMS does not show the comment that may be stored (a grade that is hidden or not released yet), and sending "
    "would replace it. Release the grade in the LMS and repeat the command, or use the grading worksheet",
    "登録済みかもしれないコメントを LMS が返しません（評定が非表示か、まだ公開されていません）。送信すると"
    "上書きするため送りません。LMS で評定を公開してから再実行するか、評定ワークシートを使ってください",
)
_ABSENT = Text("handed in nothing (absent is not 0)", "提出がありません（未提出を 0 点にはしません）")
_NOT_UNDERSTOOD = Text(
    "handed in, but not understood (not 0: a person must look)",
    "提出はありますが、内容を判別できません（0 点にはしません。人による確認が必要です）",
)
_NO_SCORE = Text("has no score", "得点がありません")
_NEGATIVE = Text("the score {score} is negative", "得点 {score} が負です")
_OVER = Text("the score {score} is over the maximum {maximum}", "得点 {score} が満点 {maximum} を超えています")
_NO_COLUMN = Text(
    "The gradebook has no column {column!r}. It has: {columns}",
    "成績簿に {column!r} という列はありません。ある列: {columns}",
)
_OTHER_SCALE = Text(
    "{title}: its maximum is {theirs}, the gradebook's is {ours}. Change the maximum in the LMS, or let "
    "--scale convert every score.",
    "{title}: LMS の満点は {theirs} 点、成績簿の満点は {ours} 点です。LMS の満点を変えるか、--scale で"
    "換算してください。",
)
