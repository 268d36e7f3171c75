"""Canvas's REST interface for one assignment: jobs that run later, comments that append, a leaky bucket."""

from __future__ import annotations

import re
import time
from typing import Any

from .server import Answer, Loopback, Request

TOKEN = "7~c4n4ryT0kenOfCanvas00000000000"
COURSE, ASSIGNMENT = 12, 345
_BASE = f"/api/v1/courses/{COURSE}"
_HOME = f"{_BASE}/assignments/{ASSIGNMENT}"
_FIELD = re.compile(r"grade_data\[([^\]]+)\]\[(posted_grade|text_comment|excuse)\]")


class CanvasServer(Loopback):
    def __init__(self) -> None:
        super().__init__()
        self.users: dict[str, dict[str, Any]] = {}
        self.submissions: dict[str, dict[str, Any]] = {}
        self.facts: dict[str, Any] = {
            "id": ASSIGNMENT,
            "name": "Homework 1",
            "points_possible": 10.0,
            "grading_type": "points",
            "published": True,
        }
        self.jobs: dict[int, dict[str, Any]] = {}
        self.job_delay = 0.0
        self.page_size = 7
        self.lost: set[str] = set()  # users whom the job does not find, though the roster has them
        self.remaining = 700.0
        self.elsewhere: str | None = None  # a host for the next page's link

    def add(self, user: int, **details: Any) -> None:
        self.users[str(user)] = {"id": user, "name": f"Student {user}", **details}
        self.submissions[str(user)] = {
            "user_id": user,
            "score": None,
            "entered_score": None,
            "excused": False,
            "submission_comments": [],
        }

    def comments(self, user: int) -> list[str]:
        return [c["comment"] for c in self.submissions[str(user)]["submission_comments"]]

    def score(self, user: int) -> float | None:
        return self.submissions[str(user)]["score"]

    def handle(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer({"errors": [{"message": "Invalid access token."}]}, 401)
        self._work()
        answer = self._route(request)
        answer.headers.setdefault("X-Rate-Limit-Remaining", str(self.remaining))
        return answer

    def _route(self, request: Request) -> Answer:
        match request.method, request.path:
            case "GET", path if path == _HOME:
                return Answer(self.facts)
            case "GET", path if path == f"{_BASE}/users":
                return self._page(request, list(self.users.values()))
            case "GET", path if path == f"{_HOME}/submissions":
                return self._page(request, [self._shown(s, request) for s in self.submissions.values()])
            case "POST", path if path == f"{_HOME}/submissions/update_grades":
                return self._order(request)
            case "GET", path if path.startswith("/api/v1/progress/"):
                job = self.jobs[int(path.rsplit("/", 1)[1])]
                return Answer({key: job[key] for key in ("id", "workflow_state", "message", "url")})
        return Answer({"errors": [{"message": "The specified resource does not exist."}]}, 404)

    @staticmethod
    def _shown(submission: dict[str, Any], request: Request) -> dict[str, Any]:
        with_comments = request.query.get("include[]") == "submission_comments"
        return {k: v for k, v in submission.items() if k != "submission_comments" or with_comments}

    def _page(self, request: Request, items: list[Any]) -> Answer:
        page = int(request.query.get("page", "1"))
        size = min(self.page_size, int(request.query.get("per_page", "10")))
        answer = Answer(items[(page - 1) * size : page * size])
        if page * size < len(items):
            more = "".join(f"&{k}={v}" for k, v in request.query.items() if k != "page")
            home = self.elsewhere or self.url
            link = f"{home}{request.path}?page={page + 1}{more}"
            answer.headers["Link"] = f'<{self.url}{request.path}?page=1>; rel="first",<{link}>; rel="next"'
        return answer

    def _order(self, request: Request) -> Answer:
        data: dict[str, dict[str, str]] = {}
        for key, value in request.form.items():
            match = _FIELD.fullmatch(key)
            if match is None:
                return Answer({"errors": [{"message": f"unknown field {key}"}]}, 400)
            data.setdefault(match[1], {})[match[2]] = value
        number = len(self.jobs) + 1
        self.jobs[number] = {
            "id": number,
            "workflow_state": "queued",
            "message": None,
            "url": f"{self.url}/api/v1/progress/{number}",
            "data": data,
            "due": time.monotonic() + self.job_delay,
        }
        if self.job_delay == 0:
            self._work()
        return Answer({key: self.jobs[number][key] for key in ("id", "workflow_state", "message", "url")})

    def _work(self) -> None:
        for job in self.jobs.values():
            if job["workflow_state"] == "queued" and time.monotonic() >= job["due"]:
                missing = [user for user in job["data"] if user not in self.submissions or user in self.lost]
                for user, data in job["data"].items():
                    if user not in missing:
                        self._grade(self.submissions[user], data)
                job["workflow_state"] = "failed" if missing else "completed"
                if missing:
                    quoted = ", ".join(f"'{user}'" for user in missing)
                    job["message"] = f"Couldn't find User(s) with API ids {quoted}"

    @staticmethod
    def _grade(submission: dict[str, Any], data: dict[str, str]) -> None:
        if "posted_grade" in data:
            submission["score"] = submission["entered_score"] = round(float(data["posted_grade"]), 2)
            submission["excused"] = False
        if "text_comment" in data:
            comments = submission["submission_comments"]
            comments.append({"id": len(comments) + 1, "comment": data["text_comment"]})
