"""Canvas: scores of an assignment through the REST interface.

Canvas answers ``update_grades`` with a *Progress* and does the work later; it grades whom it
finds and then fails with the ids that it did not. Scores replace each other, comments append.
So that no comment is ever sent twice:

- comments that are there are read first, and one with the same words is not sent;
- each request is a job in the journal, begun before it is sent and ended when its Progress is
  over. A run that finds an open job waits for it before it reads anything. Where the answer
  with the Progress never came, it waits ``settle`` seconds for the work to show.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import requests

from ...errors import ConfigError, UsageError
from ...i18n import Text
from ..rows import GradeRow, normal_id
from .client import Client
from .errors import Lost, Refused, UploadError
from .journal import Journal
from .plan import against
from .secret import Secret
from .target import Change, Destination, Person, Stored

TOKEN = "AUTOGRADER_CANVAS_TOKEN"
BATCH = 50
_PER_PAGE = {"per_page": "100"}
_LOW = 100.0  # of the bucket that a token starts with, 700; a request costs little more than its seconds
_QUOTED = re.compile(r"'([^'\s]+)'")  # without spaces: the sentence begins "Couldn't"
_PAGE = re.compile(r"(?P<site>.*?)/courses/(?P<course>[^/]+)/assignments/(?P<assignment>\d+)")


def over_limit(response: requests.Response) -> bool:
    """Canvas says 403, not 429, to a token that asks too much."""
    return response.status_code == 403 and b"rate limit" in response.content[:1000].lower()


def pace(response: requests.Response) -> float:
    """Seconds to rest: the emptier the bucket, the longer."""
    try:
        remaining = float(response.headers["X-Rate-Limit-Remaining"])
    except (KeyError, ValueError):
        return 0.0
    return max(0.0, (_LOW - remaining) / _LOW) * 2


class Canvas:
    """One assignment of one course.

    Parameters
    ----------
    url
        The site's address.
    course, assignment
        Their numbers; a course may be ``sis_course_id:…``.
    settle
        Seconds after which an order that was not answered is taken to have had its effect.
    patience
        Seconds that a Progress may take.
    """

    kinds = ("canvas", "sis", "idnumber", "username", "email")
    own_kinds = ("sis", "username")
    tolerance = Decimal("0.005")  # Canvas rounds what it shows, and some versions what they store

    def __init__(
        self,
        client: Client,
        url: str,
        course: str,
        assignment: str,
        *,
        settle: float = 60.0,
        patience: float = 900.0,
    ) -> None:
        self._client = client
        self._site = url.rstrip("/")
        self._course = f"{self._site}/api/v1/courses/{course}"
        self._assignment = f"{self._course}/assignments/{assignment}"
        self._number = assignment
        self._settle = settle
        self._patience = patience

    def open(self, maximum: Decimal) -> Destination:
        try:
            facts = self._client.json(self._client.request("GET", self._assignment))
        except Refused as error:
            if error.status == 404:
                raise UsageError(_NO_ASSIGNMENT.format(number=self._number)) from None
            raise
        title = str(facts.get("name", self._number))
        if facts.get("grading_type") in ("pass_fail", "not_graded"):
            raise ConfigError(_NOT_POINTS.format(title=title))
        if facts.get("group_category_id") and not facts.get("grade_group_students_individually"):
            raise ConfigError(_GROUPS.format(title=title))
        if facts.get("points_possible") is None:
            raise ConfigError(_NOT_POINTS.format(title=title))
        notes = [] if facts.get("published", True) else [_UNPUBLISHED]
        return Destination(
            f"canvas {self._assignment}", title, Decimal(str(facts["points_possible"])), tuple(notes), appends=True
        )

    def people(self, rows: Sequence[GradeRow]) -> list[Person]:
        query = {**_PER_PAGE, "enrollment_type[]": "student", "include[]": "email"}
        return [_person(user) for user in self._client.pages(f"{self._course}/users", query=query)]

    def settle(self, journal: Journal, wait: bool) -> None:
        for job in journal.open_jobs():
            if job.url is not None:
                if not wait and not self._over(job.url):
                    raise UploadError(_UNDER_WAY)
                self._follow(job.url)
            elif wait:
                age = (datetime.now(UTC) - job.at).total_seconds()
                if age < self._settle:
                    self._client.backoff.sleep(self._settle - max(0.0, age))
            if wait:
                journal.end_job(job.id)

    def read(self, users: Collection[str], comments: bool) -> dict[str, Stored]:
        query = {**_PER_PAGE, **({"include[]": "submission_comments"} if comments else {})}
        found = {
            str(s["user_id"]): _stored(s) for s in self._client.pages(f"{self._assignment}/submissions", query=query)
        }
        return {user: found.get(user, Stored(locked=_NOT_ASSIGNED)) for user in users}

    def send(self, changes: Sequence[Change], journal: Journal) -> Iterator[tuple[Change, Text | None]]:
        for start in range(0, len(changes), BATCH):
            batch = changes[start : start + BATCH]
            for change in batch:
                sent = change.comment if change.send_comment else None
                journal.record("sending", change.student, change.user, change.score, sent)
            job = journal.begin_job()
            try:
                progress = self._order(batch)
            except Lost:
                self._wait_for(batch, journal)
                journal.end_job(job)
                continue  # what it did is read back; what it did not is sent again
            except Refused as error:
                journal.end_job(job)
                yield from ((change, error.text) for change in batch)
                continue
            journal.job_at(job, progress)
            missing = _missing(self._follow(progress))
            journal.end_job(job)
            for change in batch:
                if change.user in missing:
                    yield change, _NOT_FOUND
                    continue
                sent = change.comment if change.send_comment else None
                journal.record("sent", change.student, change.user, change.score, sent)
                yield change, None

    def _order(self, batch: Sequence[Change]) -> str:
        """Order the work; the address of its Progress."""
        form: dict[str, str] = {}
        for change in batch:
            if change.send_score:
                form[f"grade_data[{change.user}][posted_grade]"] = str(change.score)
            if change.send_comment and change.comment is not None:
                form[f"grade_data[{change.user}][text_comment]"] = change.comment
        url = f"{self._assignment}/submissions/update_grades"
        answer = self._client.json(self._client.request("POST", url, form=form, repeat=False))
        return self._client.same_origin(url, answer.get("url") or f"{self._site}/api/v1/progress/{answer['id']}")

    def _over(self, progress: str) -> bool:
        return self._state(progress).get("workflow_state") in ("completed", "failed")

    def _state(self, progress: str) -> dict[str, Any]:
        return dict(self._client.json(self._client.request("GET", progress)))

    def _follow(self, progress: str) -> dict[str, Any]:
        """Ask until the work is done or has failed; the last answer."""
        pause, waited = 0.25, 0.0
        while True:
            try:
                state = self._state(progress)
            except Refused as error:
                if error.status == 404:  # Canvas forgets a Progress after some weeks
                    return {}
                raise
            if state.get("workflow_state") in ("completed", "failed"):
                return state
            if waited >= self._patience:
                raise UploadError(_SLOW)
            self._client.backoff.sleep(pause)
            waited += pause
            pause = min(10.0, pause * 1.6)

    def _wait_for(self, batch: Sequence[Change], journal: Journal) -> None:
        """Give an order that nobody answered the time to show: until all of it is there, or `settle` is over."""
        waited, pause = 0.0, min(2.0, self._settle)
        while waited < self._settle:
            self._client.backoff.sleep(pause)
            waited += pause
            stored = self.read([change.user for change in batch], True)
            missing = [against(c, stored[c.user], self.tolerance, journal.knows) for c in batch]
            if not any(change.send_score or change.send_comment for change in missing):
                return
            pause = min(10.0, pause * 1.6)


def site_and_numbers(url: str | None, course: str | None, assignment: str) -> tuple[str | None, str | None, str]:
    """Take apart the address of an assignment's page, where that is what was given."""
    match = _PAGE.match(assignment)
    if match is None:
        if not assignment.isascii() or not assignment.isdecimal():
            raise UsageError(_BAD_NUMBER.format(wanted=assignment))
        return url, course, assignment
    return url or match["site"], course or match["course"], match["assignment"]


def bearer(token: Secret) -> dict[str, str]:
    """The header that shows a token."""
    return {"Authorization": f"Bearer {token.reveal()}"}


def _person(user: dict[str, Any]) -> Person:
    given = {
        "sis": user.get("sis_user_id"),
        "idnumber": user.get("sis_user_id"),
        "username": user.get("login_id"),
        "email": user.get("email"),
    }
    ids = {kind: normal_id(str(value), kind) for kind, value in given.items() if value}
    return Person(str(user["id"]), user.get("name"), {**ids, "canvas": str(user["id"])})


def _stored(submission: dict[str, Any]) -> Stored:
    # Canvas takes its own late penalty off the score; the one that was given is kept beside it.
    score = submission.get("entered_score")
    score = submission.get("score") if score is None else score
    comments = submission.get("submission_comments")
    return Stored(
        None if score is None else Decimal(str(score)),
        None if comments is None else tuple(str(c.get("comment") or "") for c in comments),
        _EXCUSED if submission.get("excused") else None,
    )


def _missing(progress: dict[str, Any]) -> frozenset[str]:
    """The ids that a failed Progress says it did not find."""
    if progress.get("workflow_state") != "failed":
        return frozenset()
    return frozenset(_QUOTED.findall(str(progress.get("message") or "")))


_NO_ASSIGNMENT = Text(
    "There is no assignment {number} in this course that the token can see.",
    "このコースに、トークンから見える課題 {number} はありません。",
)
_NOT_POINTS = Text("{title}: this assignment is not graded with points", "{title}: 点数で採点する課題ではありません")
_GROUPS = Text(
    '{title}: one grade counts for a whole group, so students would overwrite each other. Tick "assign grades to '
    'each student individually" in Canvas.',
    "{title}: 1 人の得点がグループ全員に付く設定のため、互いに上書きしてしまいます。"
    "Canvas で「各受講生に個別に成績を割り当てる」を有効にしてください。",
)
_UNPUBLISHED = Text(
    "The assignment is not published; Canvas may refuse scores.",
    "課題が公開されていません。Canvas が得点を受け付けないことがあります。",
)
_NOT_ASSIGNED = Text("the assignment is not assigned to this student", "この学生には課題が割り当てられていません")
_EXCUSED = Text("is excused in Canvas", "Canvas で免除になっています")
_NOT_FOUND = Text("Canvas did not find this user", "Canvas にこのユーザーが見つかりませんでした")
_UNDER_WAY = Text(
    "Canvas is still working on an earlier upload. Try again in a minute.",
    "前回のアップロードを Canvas が処理中です。しばらくしてからもう一度実行してください。",
)
_SLOW = Text(
    "Canvas has not finished yet. Run the same command later: it goes on without sending anything twice.",
    "Canvas の処理がまだ終わりません。後で同じコマンドを実行すると、二重に送らずに続きから再開します。",
)
_BAD_NUMBER = Text(
    "{wanted!r} names no assignment: give its number, or the address of its page.",
    "{wanted!r} では課題を特定できません。課題の番号か、課題のページのアドレスを指定してください。",
)
