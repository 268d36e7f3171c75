"""Sixty students from an LMS's own zip through the real commands to that LMS's own format, and into its service.

`CLASS_OF_SIXTY=FILE python -m pytest tests/lms/test_class_of_sixty.py` also writes each command and what
it said to FILE, and judges every submission anew for each LMS; otherwise `regrade` takes what the judge
said of the same code when it came from Moodle.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from autograder.lms.readback import canvas_reads, moodle_reads

from . import sixty
from .sixty import ABSENT, CLASS, EVERYBODY, GUEST, LATE, Student
from .test_privacy import ask_php
from .upload.loopback import canvas, lti, moodle

WAYS: dict[str, Callable[[], sixty.Members]] = {
    "moodle": sixty.moodle_in,
    "canvas": sixty.canvas_in,
    "blackboard": sixty.blackboard_in,
    "webclass": sixty.webclass_in,
    "manaba": sixty.manaba_in,
    "gradescope": sixty.gradescope_in,
}
SCORED = [s for s in EVERYBODY if s.files]


class Course:
    """The class in a folder: its course.yaml, its roster and, by LMS, its results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scores: dict[str, dict[str, Fraction]] = {}
        self.said: dict[str, str] = {}
        (folder / "course.yaml").write_text(sixty.course(), encoding="utf-8")
        (folder / "roster.csv").write_bytes(sixty.roster(encoding="cp932"))

    def run(self, *args: object, code: int | None = 0) -> str:
        """The command as one types it; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "autograder", *map(str, args)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(sixty.ROOT), "NO_PROXY": "127.0.0.1"},
            capture_output=True,
            text=True,
            timeout=300,
        )
        note(f"$ autograder {' '.join(map(str, args))}\n{shortened(done.stdout + said_badly(done.stderr))}\n")
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def grade(self, lms: str) -> None:
        download = sixty.write_zip(self.folder / f"{lms}.zip", WAYS[lms]())
        args = ["--out", lms, "--course", "course.yaml", "--roster", "roster.csv"]
        verb = "grade"
        if self.scores and "CLASS_OF_SIXTY" not in os.environ:
            verb = "regrade"
            (self.folder / lms).mkdir()
            shutil.copy(self.folder / "moodle" / "gradebook.sqlite", self.folder / lms)
        self.said[lms] = self.run(verb, download.name, *args)
        results = json.loads((self.folder / lms / "results.json").read_text(encoding="utf-8"))
        self.scores[lms] = {
            s["student"]: Fraction(str(s["score"])) for s in results["submissions"] if s["score"] is not None
        }
        self.status = {s["student"]: s["exercises"][0]["status"] for s in results["submissions"]}

    def export(self, form: str, lms: str, *more: object, code: int = 0) -> str:
        return self.run("export", form, "--gradebook", lms, "--course", "course.yaml", *more, code=code)

    def filled(self, form: str, lms: str, name: str, template: bytes, *more: object) -> bytes:
        """Shown first, then written; the download stays as it was."""
        path = self.folder / name
        path.write_bytes(template)
        args = ("--column", "relu", "--template", name, *more)
        shown = self.export(form, lms, *args, "--dry-run").splitlines()
        made = path.with_stem(f"{path.stem}-filled")
        assert not made.exists()
        written = self.export(form, lms, *args, "--lang", "ja")
        assert path.read_bytes() == template
        assert shown[-1] == "Nothing was written."
        assert "作成しました" in written
        return made.read_bytes()


def note(text: str) -> None:
    if path := os.environ.get("CLASS_OF_SIXTY"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)


def said_badly(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(("Grading:", "Sent:")))


def shortened(text: str) -> str:
    lines = text.rstrip().splitlines()
    return "\n".join(lines if len(lines) < 18 else [*lines[:8], f"... ({len(lines) - 14} more lines)", *lines[-6:]])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    made = Course(tmp_path_factory.mktemp("sixty"))
    made.grade("moodle")
    return made


@pytest.fixture
def graded(course: Course) -> Callable[[str], str]:
    """Grades the class as an LMS hands it over, if that was not done yet; the folder's name."""

    def grade(lms: str) -> str:
        if lms not in course.scores:
            course.grade(lms)
        return lms

    return grade


def wanted(course: Course, who: Callable[[Student], Any], people: Iterable[Student] = SCORED) -> dict[Any, Fraction]:
    """The right points of each, told by the answer that each handed in, and by another person's score on it."""
    by_answer = {s.answer: course.scores["moodle"][s.number] for s in CLASS if s.files and not s.late}
    return {who(s): by_answer[s.answer] * (Fraction(4, 5) if s.late else 1) for s in people}


@pytest.mark.parametrize("lms", WAYS)
def test_in(lms: str, course: Course, graded: Callable[[str], str]) -> None:
    graded(lms)
    said, scores = course.said[lms], dict(course.scores[lms])
    guest = next(student for student in scores if student not in {s.number for s in CLASS})
    assert "1 on the roster handed in nothing." in said
    assert "1 submission was late." in said
    assert "Graded 60 submissions" in said
    assert guest in said  # listed by name at the end of grading
    assert scores.pop(guest) == 10
    assert scores.pop(CLASS[ABSENT].number) == 0
    assert {n: float(x) for n, x in scores.items()} == pytest.approx(
        {n: float(x) for n, x in wanted(course, lambda s: s.number, [s for s in SCORED if s is not GUEST]).items()},
        abs=1e-4,
    )
    assert len(set(scores.values())) >= len(sixty.ANSWERS)
    assert scores[CLASS[sixty.TWICE].number] == 10


def check(found: Mapping[Any, str], right: Mapping[Any, Fraction], within: float = 1e-4) -> None:
    """The same people, and for each their points."""
    assert {who: float(x) for who, x in found.items() if x not in ("", "-")} == pytest.approx(
        {who: float(x) for who, x in right.items()}, abs=within
    )


def as_moodle(data: bytes) -> list[list[str]]:
    """Through our model of Moodle's reader, and through real PHP where it is installed."""
    text = data.decode("utf-8-sig")
    rows = moodle_reads(text)
    if shutil.which("php"):
        (_, stored) = ask_php([text.replace("\r\n", "\n").strip()])[0]
        assert [row for row in ask_php([stored])[0][0] if row is not None] == rows
    return rows


def test_moodle_worksheet(course: Course) -> None:
    old = sixty.moodle_sheet()
    new = course.filled("moodle-worksheet", "moodle", "評点-DL-HW1-4711.csv", old)
    rows = as_moodle(new)
    away = f"参加者{CLASS[ABSENT].participant}"  # nothing changes there, so the line is left out
    assert len(rows) == len(EVERYBODY)
    scores = wanted(course, lambda s: f"参加者{s.participant}")
    check({row[0]: row[4] for row in rows[1:]}, {key: score for key, score in scores.items() if key != away})
    assert all(row[4] != "-" for row in rows)
    others = [[c for i, c in enumerate(row) if i not in (4, 9)] for row in rows]
    before = [[c for i, c in enumerate(row) if i not in (4, 9)] for row in as_moodle(old)]
    assert others == [row for row in before if row[0] != away]
    feedback = {row[0]: row[9] for row in rows[1:]}
    assert away not in feedback
    assert "ReLU" in feedback[f"参加者{GUEST.participant}"]


def test_moodle_feedback_zip(course: Course) -> None:
    args = ("--template", "moodle.zip", "--out", "feedback.zip")
    course.export("moodle-feedback", "moodle", *args, "--dry-run")
    course.export("moodle-feedback", "moodle", *args)
    with zipfile.ZipFile(course.folder / "feedback.zip") as archive:
        pages = {name.split("/")[0]: archive.read(name).decode() for name in archive.namelist()}
    assert set(pages) == {sixty.moodle_folder(s) for s in SCORED}
    for s in SCORED:
        # The pages name no one but their own student.
        assert [o.number for o in CLASS if o.number in pages[sixty.moodle_folder(s)]] == [s.number][: s is not GUEST]


def test_moodle_gradebook_imports_want_everybody_known(course: Course) -> None:
    """A number of Moodle's is no ID number: the guest is refused by name, put on the roster, and goes through."""
    args = ("--column", "relu=relu-2026", "--maximum", "10")
    refused = course.export("moodle-xml", "moodle", *args, code=2)
    assert "99: no ID number" in refused
    (course.folder / "roster2.csv").write_bytes(sixty.roster(EVERYBODY))
    where = ["--out", "moodle2", "--course", "course.yaml", "--roster", "roster2.csv"]
    course.run("grade", "moodle.zip", *where)
    course.export("moodle-xml", "moodle2", *args, "--out", "grades.xml")
    root = ElementTree.fromstring((course.folder / "grades.xml").read_bytes())
    check({r.findtext("student"): r.findtext("score") or "" for r in root}, wanted(course, lambda s: s.number))
    assert {r.findtext("assignment") for r in root} == {"relu-2026"}
    course.export("moodle-csv", "moodle2", *args, "--feedback", "--out", "grades.csv")
    rows = as_moodle((course.folder / "grades.csv").read_bytes())
    assert rows[0] == ["ID number", "relu-2026", "Feedback"]
    check({row[0]: row[1] for row in rows[1:]}, wanted(course, lambda s: s.number))


def test_canvas_csv(course: Course, graded: Callable[[str], str]) -> None:
    old = sixty.canvas_sheet()
    new = course.filled("canvas-csv", graded("canvas"), "Grades-DL.csv", old)
    rows = canvas_reads(new.decode())
    check({row[1]: row[6] for row in rows[2:]}, wanted(course, lambda s: str(s.canvas)))
    others = [row[:6] + row[7:] for row in rows]
    assert others == [row[:6] + row[7:] for row in canvas_reads(old.decode())]


def test_blackboard(course: Course, graded: Callable[[str], str]) -> None:
    new = course.filled("blackboard", graded("blackboard"), "gc_DL-2026.xls", sixty.blackboard_sheet())
    rows = list(csv.reader(io.StringIO(new.decode("utf-16"), newline=""), delimiter="\t"))
    check({row[2]: row[4] for row in rows[1:]}, wanted(course, lambda s: s.user))


def test_webclass(course: Course, graded: Callable[[str], str]) -> None:
    new = course.filled("webclass", graded("webclass"), "answer.csv", sixty.webclass_sheet(), "--maximum", "10")
    rows = list(csv.reader(io.StringIO(new.decode("cp932"), newline="")))
    check({row[0]: row[5] for row in rows[1:]}, wanted(course, lambda s: s.user))


def test_manaba(course: Course, graded: Callable[[str], str]) -> None:
    new = course.filled("manaba-xlsx", graded("manaba"), "採点シート.xlsx", sixty.manaba_sheet())
    page = load_workbook(io.BytesIO(new)).worksheets[0]
    rows = [[str(c) if c is not None else "" for c in row] for row in page.iter_rows(min_row=3, values_only=True)]
    check({row[0]: row[4] for row in rows if row[0] != "#end"}, wanted(course, lambda s: s.number))


def test_gradescope_grades_the_same(course: Course) -> None:
    """Out to Gradescope is the grader itself: its zip gives the points that the class got here, before lateness."""
    course.run("export", "gradescope", "--course", "course.yaml", "--out", "autograder.zip")
    box = course.folder / "autograder"
    with zipfile.ZipFile(course.folder / "autograder.zip") as archive:
        archive.extractall(box / "source")
    for s in (CLASS[0], CLASS[1], CLASS[2], CLASS[LATE]):
        shutil.rmtree(box / "submission", ignore_errors=True)
        for part in ("submission", "results"):
            (box / part).mkdir(exist_ok=True)
        for name, text in s.files.items():
            (box / "submission" / name).write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "autograder.lms.gradescope", str(box), str(box / "source")]
        subprocess.run(command, check=True, cwd=box, env={**os.environ, "PYTHONPATH": str(box / "source")}, timeout=120)
        result = json.loads((box / "results" / "results.json").read_text(encoding="utf-8"))
        score = sum(test["score"] for test in result["tests"])
        note(f"# Gradescope, {s.number}: {score:g} of 10, {len(result['tests'])} tests\n")
        assert score == pytest.approx(float(wanted(course, lambda s: s.i, [s])[s.i]) / (0.8 if s.late else 1), abs=1e-3)


def killed(course: Course, server: Any, *args: object) -> None:
    """An upload that is killed while the server holds an answer back."""
    command = [sys.executable, "-m", "autograder", *map(str, args), "--yes"]
    env = {**os.environ, "PYTHONPATH": str(sixty.ROOT), "NO_PROXY": "127.0.0.1"}
    process = subprocess.Popen(
        command, cwd=course.folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.reached.wait(60), process.communicate(timeout=5)[1]
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    server.release.set()
    note(f"$ autograder {' '.join(map(str, args))} --yes   # SIGKILL in the middle\n")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], Any]]:
    servers: list[Any] = []
    monkeypatch.setenv("AUTOGRADER_MOODLE_TOKEN", moodle.TOKEN)
    monkeypatch.setenv("AUTOGRADER_CANVAS_TOKEN", canvas.TOKEN)
    monkeypatch.setenv("AUTOGRADER_LTI_KEY", lti.PEM)
    yield lambda server: servers.append(server) or server
    for server in servers:
        server.stop()


def test_moodle_rest(course: Course, served: Callable[[Any], Any]) -> None:
    server = served(moodle.MoodleServer())
    for s in EVERYBODY:
        server.add(700 + s.i, fullname=s.name, email=s.email, username=s.user, idnumber=s.number)
        server.mappings[s.participant] = 700 + s.i
    server.grades = {700: moodle.Decimal(3)}
    args = ["upload", "moodle", "--gradebook", "moodle", "--column", "relu"]
    args += ["--assignment", str(moodle.CMID), "--url", server.url]
    shown = course.run(*args, "--dry-run")
    assert "60 to change (59 without a score so far" in shown
    assert f"{CLASS[ABSENT].number}: handed in nothing" in shown
    assert not server.saves
    server.fail("save_grades", "hang", skip=30)
    killed(course, server, *args)
    assert len(server.saves) == 31
    done = course.run(*args, "--yes")
    assert "29 stored and read back as they should be." in done
    assert sorted(server.saves) == [700 + s.i for s in SCORED]  # each was sent once
    check({u: str(g) for u, g in server.grades.items()}, wanted(course, lambda s: 700 + s.i))
    assert "0 to change" in course.run(*args, "--yes", "--lang", "en")
    assert len(server.saves) == len(SCORED)


def test_canvas_rest(course: Course, graded: Callable[[str], str], served: Callable[[Any], Any]) -> None:
    server = served(canvas.CanvasServer())
    for s in EVERYBODY:
        server.add(s.canvas, name=s.name, sis_user_id=s.number, login_id=s.user, email=s.email)
    page = f"{server.url}/courses/{canvas.COURSE}/assignments/{canvas.ASSIGNMENT}"
    args = ["upload", "canvas", "--gradebook", graded("canvas"), "--column", "relu", "--assignment", page]
    args += ["--run", "1" if "CLASS_OF_SIXTY" in os.environ else "2"]
    assert "60 to change" in course.run(*args, "--dry-run")
    server.fail("/progress/", "hang")
    killed(course, server, *args)
    assert len(server.jobs) == 1
    assert "10 to change" in course.run(*args, "--yes")
    scores = {s.canvas: server.score(s.canvas) for s in EVERYBODY}
    known = {who: str(x) for who, x in scores.items() if x is not None}
    check(known, wanted(course, lambda s: s.canvas), 0.005)  # Canvas stores two decimals
    assert {s.number: len(server.comments(s.canvas)) for s in EVERYBODY} == {s.number: bool(s.files) for s in EVERYBODY}
    assert "0 to change" in course.run(*args, "--yes")
    assert len(server.jobs) == 2


def test_lti_ags(course: Course, served: Callable[[Any], Any]) -> None:
    server = served(lti.LtiServer())
    for s in EVERYBODY:
        server.users.add(str(800 + s.i))
        about = {"user_id": str(800 + s.i), "name": s.name, "email": s.email, "lis_person_sourcedid": s.number}
        server.members.append({**about, "roles": ["Learner"], "status": "Active"})
    args = ["upload", "lti", "--gradebook", "moodle", "--column", "relu", "--assignment", "relu-2026"]
    args += ["--url", server.line_items, "--members", server.members_url]
    args += ["--client-id", lti.CLIENT_ID, "--key-id", lti.KEY_ID, "--token-url", server.token_url]
    shown = course.run(*args, "--dry-run", code=1)
    assert "59 to change" in shown
    assert "99: no id that the LMS knows" in shown
    server.fail("/scores", "hang", skip=20)
    killed(course, server, *args)
    course.run(*args, "--yes", code=1)
    stored = {int(user) - 800: r["resultScore"] for (_, user), r in server.results.items()}
    check(stored, wanted(course, lambda s: s.i, [s for s in SCORED if s is not GUEST]))
    assert len(server.items) == 1
    course.run(*args, "--yes", code=1)
