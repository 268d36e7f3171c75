"""``autograder grade`` as an instructor runs it: real files in, real files out."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.course.exercise import load_exercise

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions"
RELU = (SOLUTIONS / "relu" / "relu.py").read_text(encoding="utf-8")
NEURON = (SOLUTIONS / "neuron" / "neuron.py").read_text(encoding="utf-8")
COURSE = """
title: {{en: Small, ja: 小さな講義}}
solutions: {solutions}
units:
  - id: first
    title: {{en: First, ja: 最初}}
    exercises:
      - {{id: relu, points: 2}}
      - {{id: neuron{due}}}
{more}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path)


def write_course(folder: Path, due: str = "", more: str = "", solutions: Path = SOLUTIONS) -> Path:
    path = folder / "course.yaml"
    path.write_text(COURSE.format(solutions=solutions, due=due, more=more), encoding="utf-8")
    return path


def write(folder: Path, **files: str | bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_bytes(text.encode() if isinstance(text, str) else text)


def grade(
    submissions: Path, out: Path, course: Path, *more: str, code: int | None = 0
) -> subprocess.CompletedProcess[str]:
    argv = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        str(submissions),
        "--out",
        str(out),
        "--course",
        str(course),
        *more,
    ]
    done = subprocess.run(argv, capture_output=True, text=True, cwd=ROOT)
    if code is not None:
        assert done.returncode == code, done.stdout + done.stderr
    return done


def results(out: Path) -> dict[str, Any]:
    data = json.loads((out / "results.json").read_text(encoding="utf-8"))
    return {s["student"]: s for s in data["submissions"]}


def notes(submission: dict[str, Any]) -> str:
    parts = [*submission["notes"], *(n for e in submission["exercises"] for n in e["notes"])]
    return json.dumps(parts, ensure_ascii=False)


def test_a_class_is_graded_and_everything_is_written(tmp_path: Path, course: Path) -> None:
    write(tmp_path / "in" / "s001", relu=RELU, neuron=NEURON)
    write(tmp_path / "in" / "s002" / "deep" / "er", relu=RELU.replace("np.maximum(x, 0)", "np.abs(x)"))
    (tmp_path / "roster.csv").write_text("student,name\ns001,A\ns002,B\ns003,C\n")
    out = tmp_path / "out"
    grade(tmp_path / "in", out, course, "--seed", "7", "--roster", str(tmp_path / "roster.csv"))
    data = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert (data["schema"], data["seed"]) == (1, 7)
    assert data["sandbox"]
    assert all(isinstance(on, bool) for on in data["sandbox"].values())
    by = results(out)
    assert (by["s001"]["score"], by["s001"]["max_score"]) == (3, 3)
    assert [e["status"] for e in by["s002"]["exercises"]] == ["graded", "missing"]
    assert [e["status"] for e in by["s003"]["exercises"]] == ["missing", "missing"]
    for exercise in by["s001"]["exercises"]:
        assert abs(sum(t["points"] for t in exercise["tests"]) - exercise["score"]) < 1e-3
        for test in exercise["tests"]:
            assert {"name", "tier", "status", "points", "max_points", "cause", "message"} <= set(test)
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["student", "relu", "neuron", "total", "status"]
    assert [r["student"] for r in rows] == ["s001", "s002", "s003"]
    assert (out / "report" / "index.html").is_file()
    assert {p.name for p in (out / "feedback").iterdir()} == {"s001.html", "s002.html", "s003.html"}


def test_the_same_seed_gives_the_same_results(tmp_path: Path, course: Path) -> None:
    for n, version in enumerate(load_exercise(SOLUTIONS / "relu").wrong[:6]):
        write(tmp_path / "in" / f"s{n}", relu=version.code)
    for out in ("a", "b"):
        grade(tmp_path / "in", tmp_path / out, course, "--seed", "11")
    first, second = (results(tmp_path / out) for out in ("a", "b"))
    assert [s["exercises"] for s in first.values()] == [s["exercises"] for s in second.values()]


def test_each_grading_draws_its_own_seed(tmp_path: Path, course: Path) -> None:
    write(tmp_path / "in" / "s1", relu=RELU)
    seeds = set()
    for out in ("a", "b"):
        grade(tmp_path / "in", tmp_path / out, course, "--only", "relu")
        seeds.add(json.loads((tmp_path / out / "results.json").read_text())["seed"])
    assert len(seeds) == 2


BAD = {
    "empty_file": b"",
    "bom": b"\xef\xbb\xbf" + RELU.encode(),
    "crlf": RELU.replace("\n", "\r\n").encode(),
    "utf16": RELU.encode("utf-16"),
    "sjis": ("# 提出します\n" + RELU.split('"""', 2)[2]).encode("cp932", "ignore"),
    "nul": b"x = 1\x00\n" + RELU.encode(),
    "binary": bytes(range(256)) * 20,
    "syntax": b"def relu(x:\n    return x\n",
}


def test_bad_files_cost_themselves_and_are_named(tmp_path: Path, course: Path) -> None:
    for name, data in BAD.items():
        write(tmp_path / "in" / name, relu=data)
    write(tmp_path / "in" / "good", relu=RELU)
    (tmp_path / "in" / "nothing").mkdir()
    write(tmp_path / "in" / "misnamed", rleu=RELU)
    write(tmp_path / "in" / "twice", relu=RELU)
    write(tmp_path / "in" / "twice" / "sub", relu="def relu(x): return 1\n")
    (tmp_path / "in" / "book").mkdir()
    (tmp_path / "in" / "book" / "hw.ipynb").write_text("{not json def relu")
    out = tmp_path / "out"
    grade(tmp_path / "in", out, course, "--only", "relu")
    by = results(out)
    score = {name: s["score"] for name, s in by.items()}
    assert {n for n in score if score[n] == 2} == {"good", "bom", "crlf", "utf16", "sjis", "twice", "misnamed"}
    assert all(s in (0, 2) for s in score.values())
    unscored = {n for n, s in by.items() if s["exercises"][0]["score"] is None}
    assert unscored == {"nul", "binary", "book"}  # there is something in them, and nobody can read it
    for name in ("empty_file", "utf16", "sjis", "nul", "binary", "misnamed", "twice", "book"):
        assert len(notes(by[name])) > 20, name
    assert "relu.py" in notes(by["misnamed"])
    assert {by[name]["status"] for name in ("misnamed", "book")} == {"needs_review"}
    syntax = by["syntax"]["exercises"][0]["tests"][-1]
    assert syntax["cause"] == "unbalanced"
    assert "def relu(x:" in syntax["message"]["en"]


def test_names_that_break_tables_stay_in_their_cell(tmp_path: Path, course: Path) -> None:
    names = ["=1+1", "a,b", 'q"uote', "new\nline", "<script>x", "日本 太郎", "-5", "@x"]
    for name in names:
        write(tmp_path / "in" / name, relu=RELU)
    out = tmp_path / "out"
    grade(tmp_path / "in", out, course, "--only", "relu")
    shown = {name.replace("\n", "\\n") for name in names}
    assert set(results(out)) == shown
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {r["student"].removeprefix("'") for r in rows} == shown
    assert not any(r["student"][:1] in "=+-@" for r in rows)
    assert len(list((out / "feedback").glob("*.html"))) == len(names)
    assert "<script>x" not in (out / "report" / "index.html").read_text(encoding="utf-8")


def test_symlinks_out_of_a_submission_are_not_followed(tmp_path: Path, course: Path) -> None:
    (tmp_path / "in" / "thief").mkdir(parents=True)
    (tmp_path / "in" / "thief" / "relu.py").symlink_to(SOLUTIONS / "relu" / "relu.py")
    write(tmp_path / "in" / "honest", relu=RELU)
    grade(tmp_path / "in", tmp_path / "out", course, "--only", "relu")
    by = results(tmp_path / "out")
    assert (by["thief"]["score"], by["honest"]["score"]) == (0, 2)
    assert "relu.py" in notes(by["thief"])


def test_moodle_and_canvas_zips_give_what_a_folder_gives(tmp_path: Path, course: Path) -> None:
    wrong = load_exercise(SOLUTIONS / "relu").version("wrong/absolute_value").code
    people = {"s1": ("太郎 山田", "4", RELU), "s2": ("花子 鈴木", "5", wrong)}
    (tmp_path / "roster.csv").write_text(
        "student,name,moodle,canvas\n" + "".join(f"{k},{n},{i},{i}\n" for k, (n, i, _) in people.items()),
        encoding="utf-8",
    )
    for key, (_, _, text) in people.items():
        write(tmp_path / "in" / key, relu=text)
    with zipfile.ZipFile(tmp_path / "moodle.zip", "w") as archive:
        for name, number, text in people.values():
            archive.writestr(f"{name}_{number}_assignsubmission_file/relu.py", text)
    with zipfile.ZipFile(tmp_path / "canvas.zip", "w") as archive:
        for name, number, text in people.values():
            archive.writestr(f"{name.replace(' ', '')}_{number}_991_relu-1.py", text)
    scores = []
    for source in ("in", "moodle.zip", "canvas.zip"):
        out = tmp_path / f"out_{source}"
        grade(tmp_path / source, out, course, "--only", "relu", "--seed", "3", "--roster", str(tmp_path / "roster.csv"))
        scores.append({k: s["score"] for k, s in results(out).items()})
    assert scores[0] == scores[1] == scores[2]
    assert scores[0]["s1"] == 2 > scores[0]["s2"]


def test_a_roster_that_knows_nobody_is_said_loudly_and_nothing_is_lost(tmp_path: Path, course: Path) -> None:
    write(tmp_path / "in" / "0012345", relu=RELU)
    (tmp_path / "roster.csv").write_text("学籍番号,氏名\n12345,山田\n", encoding="cp932")
    asked = ("--only", "relu", "--roster", str(tmp_path / "roster.csv"))
    done = grade(tmp_path / "in", tmp_path / "out", course, *asked, code=3)
    assert "THE ROSTER KNOWS NOBODY" in done.stdout
    assert "a spreadsheet has changed the ids" in done.stdout
    assert {k: s["score"] for k, s in results(tmp_path / "out").items()} == {"0012345": 2, "12345": 0}


def test_a_notebook_scores_like_its_functions(tmp_path: Path, course: Path) -> None:
    cells = ["%matplotlib inline\nimport matplotlib.pyplot as plt\n", RELU, "1 / 0", NEURON, "plt.show()"]
    book = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": c} for c in cells
        ],
    }
    (tmp_path / "in" / "s1").mkdir(parents=True)
    (tmp_path / "in" / "s1" / "homework.ipynb").write_text(json.dumps(book))
    grade(tmp_path / "in", tmp_path / "out", course)
    assert results(tmp_path / "out")["s1"]["score"] == 3


def test_late_work_loses_what_the_policy_says(tmp_path: Path) -> None:
    course = write_course(
        tmp_path,
        due=", due: 2026-05-01 12:00",
        more="timezone: UTC\nlate: {per_day: 10, maximum: 30, grace_minutes: 5}",
    )
    times = {
        "early": "2026-05-01T11:00",
        "grace": "2026-05-01T12:04",
        "day1": "2026-05-01T13:00",
        "week": "2026-05-08T13:00",
    }
    for name in times:
        write(tmp_path / "in" / name, neuron=NEURON)
    rows = "".join(f"{k},{v}\n" for k, v in times.items())
    (tmp_path / "in" / "received.csv").write_text("student,received_at\n" + rows)
    grade(tmp_path / "in", tmp_path / "out", course)
    assert {k: s["score"] for k, s in results(tmp_path / "out").items()} == {
        "early": 1,
        "grace": 1,
        "day1": 0.9,
        "week": 0.7,
    }


def test_a_broken_suite_gives_no_score_and_exit_code_4(tmp_path: Path) -> None:
    solutions = tmp_path / "solutions"
    for name in ("relu", "neuron"):
        shutil.copytree(SOLUTIONS / name, solutions / name)
    hidden = solutions / "relu" / "test_hidden.py"
    hidden.write_text(
        hidden.read_text(encoding="utf-8").replace("import numpy as np", "import nothing_of_that_name", 1)
    )
    course = write_course(tmp_path, solutions=solutions)
    write(tmp_path / "in" / "s1", relu=RELU, neuron=NEURON)
    done = grade(tmp_path / "in", tmp_path / "out", course, code=4)
    assert "GRADER ERROR" in done.stdout
    relu, neuron = results(tmp_path / "out")["s1"]["exercises"]
    assert (relu["status"], relu["score"]) == ("grader_error", None)
    assert (neuron["status"], neuron["score"]) == ("graded", 1)
    with (tmp_path / "out" / "grades.csv").open(newline="") as file:
        assert next(csv.DictReader(file))["relu"] == ""


def test_after_kill_9_resume_loses_nothing_and_grades_nothing_twice(tmp_path: Path, course: Path) -> None:
    slow = RELU + "\nimport time\ntime.sleep(0.25)\n"
    for n in range(24):
        write(tmp_path / "in" / f"s{n:02}", relu=slow)
    out = tmp_path / "out"
    argv = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        str(tmp_path / "in"),
        "--out",
        str(out),
        "--course",
        str(course),
    ]
    process = subprocess.Popen([*argv, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    database = out / "gradebook.sqlite"

    def recorded() -> list[str]:
        if not database.exists():
            return []
        try:
            with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as book:
                return [r[0] for r in book.execute("SELECT student FROM submission")]
        except sqlite3.Error:
            return []

    end = time.monotonic() + 60
    while len(recorded()) < 6 and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = recorded()
    assert 6 <= len(before) < 24
    done = subprocess.run([*argv, "--resume"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    after = recorded()
    assert sorted(after) == [f"s{n:02}" for n in range(24)]
    assert after[: len(before)] == before
    assert all(s["score"] == 2 for s in results(out).values())


def test_regrade_keeps_what_did_not_change(tmp_path: Path, course: Path) -> None:
    write(tmp_path / "in" / "s1", relu=RELU)
    write(tmp_path / "in" / "s2", relu="def relu(x): return 1\n")
    out = tmp_path / "out"
    grade(tmp_path / "in", out, course, "--only", "relu")
    write(tmp_path / "in" / "s2", relu=RELU)
    argv = [sys.executable, "-m", "autograder", "regrade", str(tmp_path / "in"), "--out", str(out)]
    subprocess.run([*argv, "--course", str(course), "--only", "relu"], check=True, cwd=ROOT)
    assert {k: s["score"] for k, s in results(out).items()} == {"s1": 2, "s2": 2}


def test_nothing_hidden_reaches_a_student(tmp_path: Path, course: Path) -> None:
    for version in load_exercise(SOLUTIONS / "relu").wrong[:15]:
        write(tmp_path / "in" / version.name, relu=version.code)
    leak = (
        "def relu(x):\n    raise ValueError('INPUT ' + repr(x))\n\n\ndef relu_grad(x):\n    raise ValueError(repr(x))\n"
    )
    write(tmp_path / "in" / "leak", relu=leak)
    grade(tmp_path / "in", tmp_path / "out", course, "--only", "relu")
    for submission in results(tmp_path / "out").values():
        for test in submission["exercises"][0]["tests"]:
            if test["tier"] == "hidden":
                assert (test["message"] is None) == (test["status"] == "passed")
                said = test["message"]["en"] if test["message"] else ""
                assert not re.search(r"INPUT [^']", said), said
    suite = (SOLUTIONS / "relu" / "test_hidden.py").read_text(encoding="utf-8")
    bodies = [line.strip() for line in suite.splitlines() if "agree(" in line or "rng." in line]
    assert bodies
    for page in (tmp_path / "out" / "feedback").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not [b for b in bodies if b in text]


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["{tmp}/nowhere"], 2, "nowhere"),
        (["{tmp}/in", "--only", "rellu"], 3, "relu"),
        (["{tmp}/in", "--jobs", "0"], 2, "--jobs"),
        (["{tmp}/flat"], 2, ""),
    ],
)
def test_wrong_use_is_said_in_one_line(tmp_path: Path, course: Path, argv: list[str], code: int, words: str) -> None:
    write(tmp_path / "in" / "s1", relu=RELU)
    write(tmp_path / "flat", relu=RELU)
    argv = [a.format(tmp=tmp_path) for a in argv]
    done = grade(Path(argv[0]), tmp_path / "out", course, *argv[1:], code=code)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_code_that_is_too_long_to_be_run_is_told_and_is_not_0(tmp_path: Path, course: Path) -> None:
    cells = [RELU, f"data = {'1,2,3,' * 250_000!r}"]
    book = {"nbformat": 4, "cells": [{"cell_type": "code", "source": c, "metadata": {}, "outputs": []} for c in cells]}
    write(tmp_path / "in" / "s1")
    (tmp_path / "in" / "s1" / "u.ipynb").write_text(json.dumps(book))
    grade(tmp_path / "in", tmp_path / "out", course, "--only", "relu")
    (result,) = results(tmp_path / "out")["s1"]["exercises"]
    assert (result["status"], result["score"]) == ("missing", None)
    assert "longer than 960 KiB" in result["notes"][0]["text"]["en"]
