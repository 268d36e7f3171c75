"""Moodle's REST web service, as the real one behaves (4.3, 4.5): see the facts in ``docs/lms-upload.md``."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from .server import Answer, Loopback, Request

TOKEN = "c4n4ry70k3n0fm00dle0000000000000"
FUNCTIONS = frozenset(
    {
        "core_course_get_course_module",
        "core_course_get_course_module_by_instance",
        "core_enrol_get_enrolled_users",
        "mod_assign_get_assignments",
        "mod_assign_get_grades",
        "mod_assign_get_submission_status",
        "mod_assign_get_user_flags",
        "mod_assign_get_user_mappings",
        "mod_assign_list_participants",
        "mod_assign_save_grades",
    }
)
COURSE, CMID, INSTANCE, FORUM = 5, 42, 17, 99
_EDITOR = "assignfeedbackcomments_editor"


class _Error(Exception):
    def __init__(self, code: str, message: str = "", exception: str = "moodle_exception") -> None:
        self.code, self.message, self.exception = code, message or code, exception


class MoodleServer(Loopback):
    def __init__(self) -> None:
        super().__init__()
        self.functions = set(FUNCTIONS)
        self.users: dict[int, dict[str, Any]] = {}
        self.students: set[int] = set()
        self.mappings: dict[int, int] = {}  # participant number: user
        self.grades: dict[int, Decimal] = {}
        self.comments: dict[int, str] = {}
        self.flags: dict[int, str] = {}
        self.saves: list[int] = []
        self.facts: dict[str, Any] = {
            "id": INSTANCE,
            "cmid": CMID,
            "course": COURSE,
            "name": "演習 1 ReLU",
            "grade": 10,
            "teamsubmission": 0,
            "markingworkflow": 0,
            "configs": [
                {"plugin": "comments", "subtype": "assignfeedback", "name": "enabled", "value": "1"},
                {"plugin": "file", "subtype": "assignfeedback", "name": "enabled", "value": "1"},
            ],
        }
        self.knows_files = True
        self.silently_ignores: set[int] = set()
        self.forbidden: set[str] = set()
        self.hidden: set[int] = set()
        self.unlisted: set[int] = set()  # graded, and not in the list of grades (members of a group)

    def add(self, user: int, student: bool = True, **details: Any) -> None:
        self.users[user] = {"id": user, "fullname": f"学生 {user}", **details}
        if student:
            self.students.add(user)

    def label(self, request: Request) -> str:
        return request.form.get("wsfunction", "?")

    def handle(self, request: Request) -> Answer:
        if request.path != "/webservice/rest/server.php":
            return Answer(b"<!DOCTYPE html>", 404, kind="text/html; charset=utf-8")
        form = request.form
        try:
            if form.get("wstoken") != TOKEN:
                raise _Error("invalidtoken", "Invalid token - token not found")
            function = form.get("wsfunction", "")
            if function not in self.functions:
                raise _Error("accessexception", "Access control exception", "webservice_access_exception")
            if function in self.forbidden:
                message = "Sorry, but you do not currently have permissions to do that."
                raise _Error("nopermissions", message, "required_capability_exception")
            return Answer(getattr(self, "_" + function)(_nested(form), form))
        except _Error as error:
            said = {"exception": error.exception, "errorcode": error.code, "message": error.message}
            return Answer({**said, "debuginfo": f"wstoken={form.get('wstoken')}"})

    def _cm(self) -> dict[str, Any]:
        cm = {"id": CMID, "course": COURSE, "modname": "assign", "instance": INSTANCE, "name": self.facts["name"]}
        return {"cm": cm, "warnings": []}

    def _core_course_get_course_module(self, args: Any, _: Any) -> Any:
        if args["cmid"] == str(FORUM):
            return {"cm": {"id": FORUM, "course": COURSE, "modname": "forum", "instance": 3}, "warnings": []}
        if args["cmid"] != str(CMID):
            raise _Error("invalidrecordunknown", "Can't find data record in database.", "dml_missing_record_exception")
        return self._cm()

    def _core_course_get_course_module_by_instance(self, args: Any, _: Any) -> Any:
        if (args["module"], args["instance"]) != ("assign", str(INSTANCE)):
            raise _Error("invalidrecord", "Can't find data record in database.")
        return self._cm()

    def _mod_assign_get_assignments(self, args: Any, _: Any) -> Any:
        return {"courses": [{"id": COURSE, "assignments": [self.facts]}], "warnings": []}

    def _core_enrol_get_enrolled_users(self, args: Any, _: Any) -> Any:
        return list(self.users.values())

    def _mod_assign_list_participants(self, args: Any, _: Any) -> Any:
        return [self.users[user] for user in sorted(self.students)]

    def _mod_assign_get_user_mappings(self, args: Any, _: Any) -> Any:
        mappings = [{"id": number, "userid": user} for number, user in self.mappings.items()]
        return {"assignments": [{"assignmentid": INSTANCE, "mappings": mappings}], "warnings": []}

    def _mod_assign_get_user_flags(self, args: Any, _: Any) -> Any:
        flags = [{"userid": user, "workflowstate": state} for user, state in self.flags.items()]
        return {"assignments": [{"assignmentid": INSTANCE, "userflags": flags}], "warnings": []}

    def _mod_assign_get_grades(self, args: Any, _: Any) -> Any:
        if not self.grades:
            warning = {"item": "assignment", "itemid": INSTANCE, "warningcode": "3", "message": "No grades found"}
            return {"assignments": [], "warnings": [warning]}
        grades = [{"userid": user, "grade": f"{g:.5f}"} for user, g in self.grades.items() if user not in self.unlisted]
        return {"assignments": [{"assignmentid": INSTANCE, "grades": grades}], "warnings": []}

    def _mod_assign_get_submission_status(self, args: Any, form: dict[str, str]) -> Any:
        user = int(args["userid"])
        # "feedback" is left out until a grade is released, and for a hidden grade.
        unreleased = self.facts["markingworkflow"] and self.flags.get(user) != "released"
        if user not in self.grades or unreleased or user in self.hidden:
            return {"warnings": []}
        text = self.comments.get(user, "")
        if form.get("moodlewssettingraw") != "true":  # what filters and format_text make of it
            text = f'<div class="no-overflow">{text.replace(":)", "<img alt=smile>")}</div>'
        fields = [{"name": "comments", "text": text, "format": 1}]
        grade = {"userid": user, "grade": f"{self.grades[user]:.5f}"}
        return {"feedback": {"grade": grade, "plugins": [{"type": "comments", "editorfields": fields}]}, "warnings": []}

    def _mod_assign_save_grades(self, args: Any, _: Any) -> Any:
        if args.get("assignmentid") != str(INSTANCE) or args.get("applytoall") not in ("0", "1"):
            raise _Error("invalidparameter", "Invalid parameter value detected")
        for grade in args["grades"].values():
            self._save(grade)
        return None

    def _save(self, grade: dict[str, Any]) -> None:
        needed = {"userid", "grade", "attemptnumber", "addattempt", "workflowstate"}
        data = grade.get("plugindata", {})
        known = {_EDITOR, *(["files_filemanager"] if self.knows_files else [])}
        if needed - set(grade) or set(grade) - needed - {"plugindata"} or set(data) - known:
            raise _Error("invalidparameter", "Invalid parameter value detected")
        if not grade["workflowstate"].isalpha() and grade["workflowstate"]:
            raise _Error("invalidparameter", "Invalid parameter value detected")
        try:
            points = Decimal(grade["grade"])
        except InvalidOperation:
            raise _Error("invalidparameter", "Invalid parameter value detected") from None
        user = int(grade["userid"])
        self.saves.append(user)
        if user in self.silently_ignores:
            return
        # Nobody checks that the user is enrolled, and a grade that is too high becomes "no grade".
        self.grades[user] = points if 0 <= points <= self.facts["grade"] else Decimal(-1)
        self.comments[user] = data.get(_EDITOR, {}).get("text", "")
        if self.facts["markingworkflow"]:
            self.flags[user] = grade["workflowstate"]


def _nested(form: dict[str, str]) -> Any:
    """``a[0][b]=c`` as PHP reads it."""
    root: dict[str, Any] = {}
    for key, value in form.items():
        parts = re.findall(r"[^\[\]]+", key)
        here = root
        for part in parts[:-1]:
            here = here.setdefault(part, {})
        here[parts[-1]] = value
    return root
