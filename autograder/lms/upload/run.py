"""The upload itself: send, read back, compare, and send again what did not arrive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ...i18n import Lang, Text
from ..rows import GradeRow
from .journal import Journal
from .match import Refusal, match
from .plan import Plan, against, column_maximum, decimal, make_plan, scale_of
from .target import Change, Stored, Target

ROUNDS = 3  # how often what did not arrive is sent again


@dataclass(frozen=True)
class Unverified:
    """A score that was accepted, and yet another one is stored."""

    student: str
    wanted: Decimal
    found: Stored


@dataclass
class Report:
    """How an upload ended, by student."""

    verified: list[str] = field(default_factory=list)
    failed: list[Refusal] = field(default_factory=list)
    unverified: list[Unverified] = field(default_factory=list)
    comments_unread: int = 0

    @property
    def complete(self) -> bool:
        return not self.failed and not self.unverified


def prepare(
    rows: Sequence[GradeRow],
    column: str,
    target: Target,
    journal: Journal,
    *,
    scale: bool = False,
    language: Lang | None = None,
    wait: bool = False,
    only: Collection[str] = (),
) -> Plan:
    """Read what is there and work out what to change. Nothing is written.

    Parameters
    ----------
    scale
        Convert to the destination's maximum.
    language
        Of the comments; None for no comments.
    wait
        Wait for what an earlier run left under way.
    only
        Leave all but these students alone; empty for everybody. Who is who is told by all rows, so that
        one who shares a user with another is refused here as well.
    """
    maximum = column_maximum(rows, column)
    destination = target.open(decimal(maximum))
    journal.destination = destination.key
    factor = scale_of(destination, maximum, scale)
    language = language if destination.comments else None
    people, refused = match(
        [row for row in rows if row.scores.get(column) is not None],
        target.people(rows),
        target.kinds,
        target.own_kinds,
    )
    rows = [row for row in rows if not only or row.student in only]
    people = {row.student: people[row.student] for row in rows if row.student in people}
    target.settle(journal, wait)
    stored = target.read([person.user for person in people.values()], language is not None)
    return make_plan(
        rows,
        column,
        destination,
        people,
        stored,
        refused=refused,
        factor=factor,
        tolerance=target.tolerance,
        language=language,
        remembered=journal.knows,
        wrote=journal.wrote,
    )


def upload(
    plan: Plan, target: Target, journal: Journal, progress: Callable[[int, int], None] = lambda done, total: None
) -> Report:
    """Carry out a plan.

    Parameters
    ----------
    progress
        Told how many of how many have been accepted.

    Raises
    ------
    UploadError
        The LMS cannot be reached any more. What was stored stays; the same command goes on.
    """
    report = Report()
    pending = {change.user: change for change in plan.changes}
    total = len(pending)
    for number in range(ROUNDS):
        for sent, (change, problem) in enumerate(target.send(list(pending.values()), journal), 1):
            if problem is not None:
                journal.record("failed", change.student, change.user, change.score, detail=problem.en)
                report.failed.append(Refusal(change.student, problem))
                del pending[change.user]
            if number == 0:
                progress(sent, total)
        _verify(pending, target, journal, report)
        if not pending:
            break
    for change in pending.values():
        journal.record("unverified", change.student, change.user, change.score, detail=str(change.was.score))
        report.unverified.append(Unverified(change.student, change.score, change.was))
    return report


def _verify(pending: dict[str, Change], target: Target, journal: Journal, report: Report) -> None:
    """Read back, and leave in `pending` what is not there, with what of it is missing."""
    if not pending:
        return
    comments = any(change.comment is not None for change in pending.values())
    stored = target.read(list(pending), comments)
    for user, change in list(pending.items()):
        now = stored.get(user, Stored())
        missing = against(change, now, target.tolerance, journal.knows)
        if missing.send_score or missing.send_comment:
            pending[user] = missing
            continue
        journal.record("verified", change.student, user, change.score, change.comment)
        report.verified.append(change.student)
        report.comments_unread += change.comment is not None and now.comments is None
        del pending[user]


SENT_AND_WRONG = Text("sent {wanted}, but {found} is stored", "{wanted} を送信しましたが、{found} が保存されています")
