"""``autograder upload`` as an instructor runs it: diff, question, result, exit codes, both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder import cli
from autograder.cli import main
from autograder.cli import upload as verb
from autograder.errors import AutograderError, UsageError

from .conftest import absent, result
from .loopback import canvas, lti, moodle


@pytest.fixture
def book(make_book: Callable[..., Path], moodle_server: moodle.MoodleServer) -> Path:
    moodle_server.add(101, idnumber="s1", fullname="山田 太郎")
    moodle_server.add(102, idnumber="s2", fullname="Ann \x1b[31mRed")
    moodle_server.grades = {101: moodle.Decimal("9.5")}
    return make_book(
        result("s1", Fraction(3), Fraction(6)),
        result("s2", Fraction(1), Fraction(2)),
        absent("s3"),
        result("ghost", Fraction(1), Fraction(1), email="ghost@x.jp"),
    )


def call(*args: object, **more: Any) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], standalone_mode=False, **more)


def moodle_args(book: Path, server: moodle.MoodleServer, *more: object) -> list[object]:
    return ["upload", "moodle", "--gradebook", book, "--assignment", moodle.CMID, "--url", server.url, *more]


def test_a_dry_run_shows_was_and_becomes_and_sends_nothing(book, moodle_server):
    shown = call(*moodle_args(book, moodle_server, "--dry-run", "--comments", "none"))
    assert shown.return_value == 1  # somebody was refused
    lines = shown.output.splitlines()
    assert lines[0] == "演習 1 ReLU <- total / 10"
    assert lines[1].split(" | ")[0].strip() == "student"
    assert [cell.strip() for cell in lines[3].split("|")] == ["s1", "山田 太郎", "9.5", "9 (lower)", ""]
    assert "\x1b" not in shown.output
    assert "2 to change (1 without a score so far, 1 become lower), 0 as they should be, 1 skipped, 1 refused." in lines
    assert "  s3: handed in nothing (absent is not 0)" in lines
    assert "  ghost: nobody with email ghost@x.jp takes part in this assignment" in lines
    assert lines[-1] == "Dry run: nothing was sent."
    assert moodle_server.saves == []
    assert not (book / "uploads.sqlite").exists()


def test_a_dry_run_speaks_japanese(book, moodle_server):
    shown = call(*moodle_args(book, moodle_server, "--dry-run", "--lang", "ja"))
    assert (
        "変更 2 名（うち新規 1 名、得点が下がる学生 1 名）、変更なし 0 名、対象外 1 名、送信不可 1 名。" in shown.output
    )
    assert "  s3: 提出がありません（未提出を 0 点にはしません）" in shown.output
    assert "確認だけを行いました。何も送信していません。" in shown.output


def test_nothing_is_sent_without_yes_or_a_terminal(book, moodle_server):
    refused = call(*moodle_args(book, moodle_server))
    assert isinstance(refused.exception, UsageError)
    assert "--yes" in str(refused.exception)
    assert moodle_server.saves == []


@pytest.mark.parametrize(("answer", "sent"), [("n\n", False), ("\n", False), ("y\n", True)])
def test_on_a_terminal_the_answer_decides(book, moodle_server, monkeypatch, answer, sent):
    monkeypatch.setattr(verb, "_can_ask", lambda state: True)
    call(*moodle_args(book, moodle_server), input=answer)
    assert bool(moodle_server.saves) is sent


def test_yes_sends_reads_back_and_says_so(book, moodle_server):
    done = call(*moodle_args(book, moodle_server, "--yes"))
    assert done.return_value == 1  # the refused one needs a person
    assert "2 stored and read back as they should be." in done.output
    assert moodle_server.grades == {101: moodle.Decimal(9), 102: moodle.Decimal(3)}
    again = call(*moodle_args(book, moodle_server, "--yes", "--student", "s1"))
    assert again.return_value == 0
    assert "0 to change" in again.output
    assert len(moodle_server.saves) == 2


def test_json_says_the_same(book, moodle_server):
    done = call(*moodle_args(book, moodle_server, "--yes", "--json"))
    said = json.loads(done.stdout)
    assert [(c["student"], c["was"], c["becomes"]) for c in said["changes"]] == [("s1", 9.5, 9.0), ("s2", None, 3.0)]
    assert said["skipped"][0]["student"] == "s3"
    assert said["refused"][0]["reason"]["ja"].startswith("この課題の参加者に")
    assert sorted(said["result"]["verified"]) == ["s1", "s2"]
    dry = json.loads(call(*moodle_args(book, moodle_server, "--dry-run", "--json")).stdout)
    assert dry["result"] is None
    assert dry["same"] == ["s1", "s2"]


def test_absent_students_get_0_only_on_demand(book, moodle_server):
    moodle_server.add(103, idnumber="s3")
    call(*moodle_args(book, moodle_server, "--yes"))
    assert 103 not in moodle_server.grades
    call(*moodle_args(book, moodle_server, "--yes", "--absent", "zero"))
    assert moodle_server.grades[103] == 0


def test_one_exercise_goes_to_its_own_assignment(book, moodle_server):
    moodle_server.facts["grade"] = 4
    moodle_server.grades = {}
    call(*moodle_args(book, moodle_server, "--yes", "--column", "relu"))
    assert moodle_server.grades == {101: moodle.Decimal(3), 102: moodle.Decimal(1)}
    assert "ReLU" in moodle_server.comments[101]
    assert "Adam" not in moodle_server.comments[101]


def test_an_unknown_student_is_named(book, moodle_server):
    refused = call(*moodle_args(book, moodle_server, "--dry-run", "--student", "nobody"))
    assert isinstance(refused.exception, UsageError)
    assert "nobody" in str(refused.exception)


def test_canvas_and_lti_have_the_same_face(make_book, canvas_server, lti_server):
    book = make_book(result("s1", Fraction(3), Fraction(6), lti="31"))
    canvas_server.add(7, sis_user_id="s1")
    lti_server.users = {"31"}
    page = f"{canvas_server.url}/courses/{canvas.COURSE}/assignments/{canvas.ASSIGNMENT}"
    done = call("upload", "canvas", "--gradebook", book, "--assignment", page, "--yes")
    assert done.return_value == 0
    assert canvas_server.score(7) == 9.0
    who = ["--client-id", lti.CLIENT_ID, "--key-id", lti.KEY_ID, "--token-url", lti_server.token_url]
    args = ["upload", "lti", "--gradebook", book, "--assignment", "hw1", "--url", lti_server.line_items, *who, "--yes"]
    assert call(*args).return_value == 0
    assert lti_server.results[1, "31"]["resultScore"] == "9.00000"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--url", "http://moodle.example.ac.jp", "--assignment", "1"], 3, "https"),
        (["--url", "ftp://moodle.example.ac.jp", "--assignment", "1"], 3, "not the address"),
        (["--url", "https://user:pw@moodle.example.ac.jp", "--assignment", "1"], 3, "not the address"),
        (["--assignment", "1"], 2, "--url"),
    ],
)
def test_addresses_that_would_give_the_token_away_are_refused(make_book, args, code, said):
    book = make_book(result("s1", Fraction(3), Fraction(6)))
    refused = call("upload", "moodle", "--gradebook", book, "--dry-run", *args).exception
    assert isinstance(refused, AutograderError)
    assert refused.exit_code == code
    assert said in str(refused)
    assert "pw@" not in str(refused)


def test_without_a_token_the_variable_is_named(make_book, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_MOODLE_TOKEN")
    book = make_book(result("s1", Fraction(3), Fraction(6)))
    args = ["--gradebook", book, "--dry-run", "--url", "https://x.ac.jp", "--assignment", "1"]
    refused = call("upload", "moodle", *args).exception
    assert isinstance(refused, AutograderError)
    assert "AUTOGRADER_MOODLE_TOKEN" in refused.text.ja
    assert refused.exit_code == 3


def test_the_verb_is_listed():
    assert "upload" in cli.VERBS
