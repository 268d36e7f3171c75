"""Moodle: grades of an assignment through the REST web service.

What the protocol does not tell, and the real server does:

- ``mod_assign_save_grades`` answers ``null`` whatever happened, stores -1 ("no grade") for a
  score over the maximum, and takes users who are not enrolled: so maxima and participants are
  checked before, and everything is read back.
- It wants the *instance* of the assignment; the number in the address of its page is the course
  module's (``cmid``).
- The comment replaces the one before. A request without a comment would empty it, so the
  stored one is sent again where comments are to be left alone. The same goes for the marking
  workflow's state.
- A submission's status leaves its ``feedback`` out until a grade is released, and where the grade
  is hidden: that is *unknown*, and *none* only for somebody whom no grade list knows.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ...errors import ConfigError, UsageError
from ...i18n import Text
from ..rows import GradeRow, normal_id
from .client import Client
from .errors import Denied, Refused
from .journal import Journal
from .moodle_service import NEEDS, NotFound, Service
from .plan import visible
from .secret import Secret
from .target import Change, Destination, Person, Stored

TOKEN = "AUTOGRADER_MOODLE_TOKEN"


class Moodle:
    """One assignment of one Moodle site.

    Parameters
    ----------
    url
        The site's address.
    assignment
        The number in the address of the assignment's page, or ``instance:`` and its instance id.
    """

    kinds = ("moodle", "idnumber", "username", "email")
    own_kinds = ("idnumber", "username")
    tolerance = Decimal("0.00001")

    def __init__(self, client: Client, url: str, token: Secret, assignment: str) -> None:
        self._service = Service(client, url, token)
        self._wanted = assignment
        self._instance = 0
        self._course = 0
        self._with_file = True
        self._comments_on = True
        self._is_listed = True  # whoever has a stored comment is in the list of grades, or the status tells it
        self._workflow: dict[str, str] | None = None

    def open(self, maximum: Decimal) -> Destination:
        self._instance, self._course, cm = self._find()
        facts = self._facts() or cm
        grade = facts.get("grade")
        if grade is None:
            raise ConfigError(NEEDS.format(functions="mod_assign_get_assignments"))
        if int(grade) <= 0:
            raise ConfigError(_NOT_POINTS.format(title=facts.get("name", self._instance)))
        self._is_listed = not (facts.get("teamsubmission") and facts.get("markingworkflow"))
        if facts.get("markingworkflow"):
            self._workflow = self._states()
        notes = [text for key, text in _NOTES.items() if facts.get(key)]
        self._comments_on = _takes_comments(facts.get("configs"))
        if not self._comments_on:
            notes.append(_NO_COMMENTS)
        return Destination(
            f"moodle {self._service.url} {self._instance}",
            str(facts.get("name", self._instance)),
            Decimal(str(grade)),
            tuple(notes),
            self._comments_on,
            together=self._comments_on,
        )

    def people(self, rows: Sequence[GradeRow]) -> list[Person]:
        enrolled = self._service.optional("core_enrol_get_enrolled_users", courseid=self._course)
        taking = self._service.optional(
            "mod_assign_list_participants", assignid=self._instance, groupid=0, filter="", includeenrolments=0
        )
        if enrolled is None and taking is None:
            raise ConfigError(NEEDS.format(functions="core_enrol_get_enrolled_users, mod_assign_list_participants"))
        users: dict[str, dict[str, Any]] = {}
        for user in [*(enrolled or []), *(taking or [])]:
            known = {key: value for key, value in user.items() if value not in (None, "")}
            users.setdefault(str(user["id"]), {}).update(known)
        may = {str(user["id"]) for user in (enrolled if taking is None else taking) or []}
        numbers = self._participant_numbers()
        return [_person(user, numbers.get(user), users[user]) for user in users if user in may]

    def settle(self, journal: Journal, wait: bool) -> None:
        """Nothing to do: Moodle has stored a grade when it answers, and storing it twice is harmless."""

    def read(self, users: Collection[str], comments: bool) -> dict[str, Stored]:
        answer = self._service.call("mod_assign_get_grades", assignmentids=[self._instance])
        for warning in answer.get("warnings", []):
            if str(warning.get("warningcode")) == "1":
                raise Denied(_NO_GRADES)
        scores: dict[str, Decimal] = {}
        for assignment in answer.get("assignments", []):
            if int(assignment["assignmentid"]) == self._instance:
                scores = {str(g["userid"]): Decimal(str(g["grade"] or "-1")) for g in assignment["grades"]}
        found = {}
        for user in users:
            status = self._status(user) if self._comments_on else None
            if status is None and self._comments_on and not comments:
                raise ConfigError(NEEDS.format(functions="mod_assign_get_submission_status"))
            score = scores.get(user)
            if score is None and status is not None:  # of a group's assignment, the list may leave out members
                grade = (status.get("feedback", {}).get("grade") or {}).get("grade")
                score = None if grade in (None, "") else Decimal(str(grade))
            graded = score is not None and score >= 0  # -1 is Moodle's "no grade"
            texts = _comments(status)
            if texts is None and user not in scores and self._is_listed:
                texts = ()  # a comment hangs on a line of the list of grades
            found[user] = Stored(score if graded else None, texts if self._comments_on else ())
        return found

    def send(self, changes: Sequence[Change], journal: Journal) -> Iterator[tuple[Change, Text | None]]:
        for change in changes:
            markup = self._markup(change)
            journal.record("sending", change.student, change.user, change.score, change.carried)
            try:
                self._save(change, markup)
            except Refused as error:
                yield change, error.text
                continue
            journal.record("sent", change.student, change.user, change.score, change.carried)
            yield change, None

    def _save(self, change: Change, markup: str) -> None:
        data: dict[str, Any] = {"assignfeedbackcomments_editor": {"text": markup, "format": 1}}
        if self._with_file:
            data["files_filemanager"] = 0
        grade = {
            "userid": change.user,
            "grade": str(change.score),
            "attemptnumber": -1,
            "addattempt": 0,
            "workflowstate": (self._workflow or {}).get(change.user, ""),
            "plugindata": data,
        }
        try:
            self._service.call("mod_assign_save_grades", assignmentid=self._instance, applytoall=0, grades=[grade])
        except Refused as error:
            # A site without feedback files does not know that field, and says so before it stores anything.
            if error.code != "invalidparameter" or not self._with_file:
                raise
            self._with_file = False
            self._save(change, markup)

    def _markup(self, change: Change) -> str:
        """The comment as HTML; where none is to be sent, the stored one as it is."""
        if change.comment is not None:
            return as_html(change.comment)
        assert change.was.comments is not None, "the plan refuses to overwrite what could not be read"
        return change.carried or ""

    def _find(self) -> tuple[int, int, dict[str, Any]]:
        """Instance, course, and what the course module says, of the assignment that was asked for."""
        by_instance, number = _number(self._wanted)
        ask = self._service.optional
        try:
            if by_instance:
                answer = ask("core_course_get_course_module_by_instance", module="assign", instance=number)
            else:
                answer = ask("core_course_get_course_module", cmid=number)
        except NotFound:
            raise UsageError(_NO_ASSIGNMENT.format(number=self._wanted)) from None
        if answer is not None:
            cm = answer["cm"]
            if cm["modname"] != "assign":
                raise UsageError(_OTHER_ACTIVITY.format(number=number, kind=cm["modname"]))
            return int(cm["instance"]), int(cm["course"]), cm
        for assignment in self._assignments():
            if int(assignment["id" if by_instance else "cmid"]) == number:
                return int(assignment["id"]), int(assignment["course"]), {}
        raise UsageError(_NO_ASSIGNMENT.format(number=self._wanted))

    def _facts(self) -> dict[str, Any] | None:
        found = self._assignments(courseids=[self._course], includenotenrolledcourses=1)
        return next((a for a in found if int(a["id"]) == self._instance), None)

    def _assignments(self, **which: Any) -> list[dict[str, Any]]:
        answer = self._service.optional("mod_assign_get_assignments", **which) or {}
        return [a for course in answer.get("courses", []) for a in course.get("assignments", [])]

    def _states(self) -> dict[str, str]:
        answer = self._service.call("mod_assign_get_user_flags", assignmentids=[self._instance])
        flags = [f for a in answer.get("assignments", []) for f in a.get("userflags", [])]
        return {str(flag["userid"]): flag.get("workflowstate") or "" for flag in flags}

    def _participant_numbers(self) -> dict[str, str]:
        answer = self._service.optional("mod_assign_get_user_mappings", assignmentids=[self._instance]) or {}
        mappings = [
            m
            for a in answer.get("assignments", [])
            if int(a["assignmentid"]) == self._instance
            for m in a.get("mappings", [])
        ]
        return {str(m["userid"]): str(m["id"]) for m in mappings}

    def _status(self, user: str) -> dict[str, Any] | None:
        # Raw: filters would turn ":)" into a picture, and links of files must survive a round trip.
        answer: dict[str, Any] | None = self._service.optional(
            "mod_assign_get_submission_status",
            assignid=self._instance,
            userid=user,
            moodlewssettingraw="true",
            moodlewssettingfilter="false",
            moodlewssettingfileurl="false",
        )
        return answer


def site_and_assignment(url: str | None, assignment: str) -> tuple[str | None, str]:
    """Take apart the address of an assignment's page, where that is what was given."""
    if "://" not in assignment:
        return url, assignment
    parts = urlsplit(assignment)
    number = parse_qs(parts.query).get("id", [""])[0]
    site = f"{parts.scheme}://{parts.netloc}{parts.path.partition('/mod/assign/')[0]}"
    return url or site, number


def as_html(text: str) -> str:
    """Plain text as it is safe in every later export of Moodle too (a backslash breaks its CSV)."""
    escaped = html.escape(text, quote=True).replace("\\", "&#92;").replace("\x00", "")
    return re.sub(r"\r\n|\r|\n", "<br>", escaped)


def _number(wanted: str) -> tuple[bool, int]:
    kind, _, number = wanted.rpartition(":")
    digits = normal_id(number)
    if kind not in ("", "cmid", "instance") or not digits.isdecimal():
        raise UsageError(_BAD_NUMBER.format(wanted=wanted))
    return kind == "instance", int(digits)


def _person(user: str, participant: str | None, details: Mapping[str, Any]) -> Person:
    ids = {kind: normal_id(str(details[kind]), kind) for kind in ("idnumber", "username", "email") if kind in details}
    if participant is not None:
        ids["moodle"] = participant
    return Person(user, details.get("fullname"), ids)


def _comments(status: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """The feedback comment in a submission's status; None where it does not tell."""
    if status is None or not isinstance(status.get("feedback"), Mapping):
        return None
    plugins = status["feedback"].get("plugins", [])
    texts = [f["text"] for p in plugins if p["type"] == "comments" for f in p.get("editorfields", [])]
    return tuple(text for text in texts if visible(text).strip())


def _takes_comments(configs: Any) -> bool:
    """Whether feedback comments are on; yes where Moodle does not say."""
    found = [c for c in configs or [] if c.get("plugin") == "comments" and c.get("subtype") == "assignfeedback"]
    return not found or any(c.get("name") == "enabled" and str(c.get("value")) == "1" for c in found)


_NOTES = {
    "teamsubmission": Text(
        "The assignment is for groups; each student gets their own score.",
        "グループ提出の課題です。得点は学生ごとに登録します。",
    ),
    "markingworkflow": Text(
        "The assignment uses the marking workflow; its states stay as they are, and students see a score when it "
        "is released in Moodle.",
        "評定ワークフローを使う課題です。状態は変更しないため、学生に見えるのは Moodle で公開した後になります。",
    ),
}
_NO_COMMENTS = Text(
    "Feedback comments are off in this assignment; only scores are sent.",
    "この課題ではフィードバックコメントが無効のため、得点だけを送信します。",
)
_NOT_POINTS = Text(
    "{title}: this assignment is not graded with points (a scale, or no grade)",
    "{title}: 点数で評定する課題ではありません（尺度、または評定なし）",
)
_NO_GRADES = Text(
    "The token's user may not read the grades of this assignment (mod/assign:grade).",
    "このトークンのユーザーには、この課題の評定を読む権限（mod/assign:grade）がありません。",
)
_OTHER_ACTIVITY = Text(
    "{number} is the number of another activity ({kind}). Give the number in the address of the assignment's page, "
    "or instance:{number} for an instance id.",
    "{number} は別の活動（{kind}）の番号です。課題のページのアドレスにある番号を指定してください。"
    "インスタンス ID の場合は instance:{number} と書きます。",
)
_NO_ASSIGNMENT = Text(
    "There is no assignment {number} that this token can see.",
    "このトークンから見える課題に {number} はありません。",
)
_BAD_NUMBER = Text(
    "{wanted!r} names no assignment: give the number in the address of its page, instance:NUMBER, or the address.",
    "{wanted!r} では課題を特定できません。課題のページのアドレスにある番号、instance:番号、またはアドレスそのものを"
    "指定してください。",
)
