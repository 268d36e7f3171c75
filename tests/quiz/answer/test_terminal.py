"""A quiz in the terminal: practice judges at once, graded keeps answers; nothing typed is lost."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from autograder.quiz.draw.draw import replicas
from autograder.quiz.draw.replica import Words
from autograder.quiz.draw.variant import replica_number
from autograder.quiz.page.public import publish, to_json
from autograder.quiz.proof.solve import right_answer
from autograder.quiz.source.items import load_quiz
from autograder.text.align import columns

ROOT = Path(__file__).resolve().parents[3]
QUIZ = load_quiz(Path(__file__).parents[1] / "sample.yaml")
DRAWN = [replicas(item, QUIZ.replicas) for item in QUIZ.items]
# What a student's machine does not have.
MISSING = ("yaml", "pydantic", "jinja2", "nbformat", "rich", "msgpack", "scipy", "markupsafe")
BLOCK = "".join(f"sys.modules[{name!r}] = None\n" for name in MISSING)
COMMAND = f"import sys\n{BLOCK}from autograder.cli import run\nrun()"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "exercises" / "quizzes"
    folder.mkdir(parents=True)
    entries = []
    for name, graded in (("quiz_g", True), ("quiz_p", False)):
        (folder / f"{name}.quiz.json").write_text(
            to_json(publish(name, QUIZ.title, graded, QUIZ.intro, DRAWN)), encoding="utf-8"
        )
        mode = "graded" if graded else "practice"
        entries.append({"id": name, "title": {"en": name, "ja": name}, "mode": mode, "items": len(DRAWN), "points": 3})
    title = {"en": "Small", "ja": "小さな講義"}
    units = [{"id": "first", "title": title, "exercises": [], "quizzes": entries}]
    manifest = {"schema": 1, "title": title, "units": units}
    (tmp_path / "exercises" / "course.json").write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


def run(root: Path, *argv: str, typed: str = "", code: int = 0) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "88"}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *argv],
        cwd=root,
        input=typed.encode(),
        capture_output=True,
        env=env,
        check=False,
        timeout=60,
    )
    out = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == code, out
    assert "Traceback" not in out
    return out


def typing(student: str, count: int | None = None) -> str:
    """What the student types to answer everything rightly."""
    lines: list[str] = []
    for variants in DRAWN[:count]:
        replica = variants[replica_number(student, variants[0].item, len(variants))]
        answer = right_answer(replica)
        if replica.kind == "cloze":
            lines += map(str, answer.values())
        elif isinstance(replica.body, Words) and replica.body.printed:
            lines += [*answer.split("\n"), ""]
        elif isinstance(answer, dict):
            lines.append(", ".join(f"{k}: {v}" for k, v in answer.items()))
        else:
            lines.append(", ".join(answer) if isinstance(answer, list) else str(answer))
    return "\n".join(lines) + "\n"


def kept(root: Path) -> dict[str, dict]:
    text = (root / "exercises" / "quizzes" / "quiz_g.yaml").read_text(encoding="utf-8")
    return json.loads(text)["answers"]


@pytest.mark.parametrize(("lang", "said"), [("en", "12 of 12 answered"), ("ja", "12 問中 12 問の解答")])
def test_a_graded_quiz_is_answered_and_kept(root, lang, said):
    out = run(root, "quiz", "quiz_g", "--student", "s001", "--lang", lang, typed=typing("s001"))
    assert said in out
    assert len(kept(root)) == 12
    for variants in DRAWN:
        assert kept(root)[variants[0].item]["variant"] == replica_number("s001", variants[0].item, len(variants))


def test_a_graded_quiz_says_nothing_about_right_or_wrong(root):
    out = run(root, "quiz", "quiz_g", "--student", "s001", typed=typing("s001"))
    for word in ("Right", "Not right", "max(x, 0)", "Is it |x|", "answer:"):
        assert word not in out


def test_answers_until_the_end_of_the_input_are_kept_and_the_quiz_goes_on_from_there(root):
    first = run(root, "quiz", "quiz_g", "--student", "s001", typed=typing("s001", 3))
    assert "3 of 12 answered" in first
    again = run(root, "quiz", "quiz_g", typed=":q\n")
    assert "[4/12] s-shape" in again
    assert "[1/12]" not in again
    rest = typing("s001").removeprefix(typing("s001", 3).rstrip("\n")).lstrip("\n")
    assert "12 of 12 answered" in run(root, "quiz", "quiz_g", typed=rest)


def test_one_item_can_be_changed_and_everything_shown(root):
    run(root, "quiz", "quiz_g", "--student", "s001", typed=typing("s001"))
    out = run(root, "quiz", "quiz_g", "--item", "s-bug", typed="１行目\n")
    assert "Kept so far: 2" in out
    assert kept(root)["s-bug"]["answer"] == "１行目"
    assert "12 of 12 answered." in run(root, "quiz", "quiz_g", "--show")
    assert "did you mean" in run(root, "quiz", "quiz_g", "--item", "s-bgu", code=2).lower()


def test_what_cannot_be_understood_is_asked_again(root):
    out = run(root, "quiz", "quiz_g", "--student", "s001", "--item", "s-numeric", typed="1,234\n0,5\n")
    assert "could be 1234 or 1.234" in out
    assert kept(root)["s-numeric"]["answer"] == "0,5"


def test_back_and_skip_and_help(root):
    out = run(root, "quiz", "quiz_g", "--student", "s001", typed="\n:b\n:?\n\n\n:q\n")
    assert out.count("[1/12]") == 2
    assert "[3/12]" in out


def test_without_a_student_id_a_graded_quiz_is_not_begun(root):
    assert "--student" in run(root, "quiz", "quiz_g", code=2)


def test_the_answers_of_somebody_else_are_not_overwritten(root):
    run(root, "quiz", "quiz_g", "--student", "s001", typed=typing("s001", 2))
    out = run(root, "quiz", "quiz_g", "--student", "s002", typed=typing("s002", 2), code=2)
    assert "answers of s001" in out
    assert len(kept(root)) == 2


def test_a_practice_quiz_explains_at_once_and_lets_one_try_again(root):
    replica = DRAWN[0][replica_number("anonymous", "s-single", len(DRAWN[0]))]
    wrong = next(c for c in replica.body.choices if c.remark.misconception == "identity")
    out = run(root, "quiz", "quiz_p", "--item", "s-single", typed=f"{wrong.id}\n{right_answer(replica)}\n")
    for said in ("Not right.", "Negative inputs do not pass.", "Try again", "Right.", "relu(x) = max(x, 0)."):
        assert said in out
    assert "0 of 1 points at the first try" in out
    assert not (root / "exercises" / "quizzes" / "quiz_p.yaml").exists()


def test_a_practice_quiz_in_japanese(root):
    out = run(root, "--lang", "ja", "quiz", "quiz_p", typed=typing("anonymous"))
    assert out.count("正解です。") == 12
    assert "13 点中 13 点" in out


def test_a_file_is_checked_and_taken_over(root):
    path = root / "mine.yaml"
    path.write_text("s-bug： 2行目\ns-numeric: 1,234\ns-nope: a\n", encoding="utf-8")
    out = run(root, "quiz", "quiz_g", "--student", "s001", "--answers", str(path), code=1)
    assert "s-nope: no item of this quiz" in out
    assert "could be 1234" in out
    assert list(kept(root)) == ["s-bug"]
    assert "1 of 2 right" in run(root, "quiz", "quiz_p", "--answers", str(path), code=1)


def test_a_damaged_answer_file_keeps_what_can_be_read(root):
    path = root / "exercises" / "quizzes" / "quiz_g.yaml"
    path.write_text('{"answers": {\n"s-bug": "2",\n"s-short": "backprop"\n', encoding="utf-8")
    run(root, "quiz", "quiz_g", "--student", "s001", "--item", "s-numeric", typed="1\n")
    assert set(kept(root)) == {"s-bug", "s-short", "s-numeric"}


def test_submit_packs_the_answers(root):
    run(root, "quiz", "quiz_g", "--student", "s001", typed=typing("s001"))
    assert "quiz_g.yaml  12 of 12 answered" in run(root, "submit")
    with zipfile.ZipFile(root / "submission.zip") as archive:
        assert archive.namelist() == ["quiz_g.yaml"]


def test_quizzes_are_listed(root):
    out = run(root, "quiz")
    assert "quiz_g  quiz_g  graded    12 questions" in out
    assert [q["id"] for q in json.loads(run(root, "quiz", "--json"))] == ["quiz_g", "quiz_p"]
    assert json.loads(run(root, "quiz", "quiz_p", "--json"))["answered"] == 0
    assert "Did you mean 'quiz_g'?" in run(root, "quiz", "quizg", code=2)


def test_a_damaged_copy_is_one_sentence(root):
    (root / "exercises" / "quizzes" / "quiz_g.quiz.json").write_text("{", encoding="utf-8")
    assert "cannot be read" in run(root, "quiz", "quiz_g", "--student", "s1", code=3)


def test_bytes_that_are_no_text_do_no_harm(root):
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "quiz", "quiz_g", "--student", "s1", "--item", "s-short"],
        cwd=root,
        input=b"\xff\xfe\n",
        capture_output=True,
        env=env,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


def wrong_single(root: Path) -> tuple[str, str]:
    replica = DRAWN[0][replica_number("anonymous", "s-single", len(DRAWN[0]))]
    wrong = next(c for c in replica.body.choices if c.remark.misconception == "identity")
    return wrong.id, right_answer(replica)


def test_practice_goes_on_where_it_was_left_and_every_list_shows_it(root):
    first = run(root, "quiz", "quiz_p", typed=typing("anonymous", 3) + ":q\n")
    assert "3 of 12 answered" in first
    assert "Go on: autograder quiz quiz_p" in first
    assert "3 answered" in run(root, "quiz")
    assert "3 of 12 answered" in run(root, "list")
    assert json.loads(run(root, "quiz", "quiz_p", "--json"))["answered"] == 3
    assert "3 of 12 answered." in run(root, "quiz", "quiz_p", "--show")
    again = run(root, "quiz", "quiz_p", typed=":q\n")
    assert "[4/12] s-shape" in again
    assert "[1/12]" not in again
    rest = typing("anonymous").removeprefix(typing("anonymous", 3).rstrip("\n")).lstrip("\n")
    assert "12 of 12 answered, 13 of 13 points" in run(root, "quiz", "quiz_p", typed=rest)
    assert "begin again" in run(root, "quiz", "quiz_p", typed=":q\n")
    assert "answered" not in run(root, "list")


def test_practice_is_not_handed_in(root):
    run(root, "quiz", "quiz_p", typed=typing("anonymous", 3))
    assert "Nothing to hand in" in run(root, "submit", code=2)


def test_the_first_answer_counts_though_a_better_one_follows_another_day(root):
    wrong, right = wrong_single(root)
    run(root, "quiz", "quiz_p", "--item", "s-single", typed=f"{wrong}\n\n")
    assert "0 of 1 points at the first try" in run(root, "quiz", "quiz_p", "--item", "s-single", typed=f"{right}\n")


@pytest.mark.parametrize("quiz", ["quiz_p", "quiz_g"])
def test_enter_skips_and_shows_no_answer(root, quiz):
    out = run(root, "quiz", quiz, "--student", "s001", typed="\n" * 40)
    assert "[12/12]" in out
    assert "The answer:" not in out
    assert "relu(x) = max(x, 0)" not in out
    assert "0 of 12 answered" in out
    assert "Enter alone skips" in out


@pytest.mark.parametrize("typed", [":a", "：a", "：ａ", " :A "])
def test_an_answer_is_shown_when_it_is_asked_for(root, typed):
    wrong, _ = wrong_single(root)
    out = run(root, "quiz", "quiz_p", "--item", "s-single", typed=f"{typed}\n")
    assert "The answer:" in out
    assert "relu(x) = max(x, 0)." in out
    assert "1 of 1 answered, 0 of 1 points" in out
    assert "The answer:" in run(root, "quiz", "quiz_p", "--item", "s-single", typed=f"{wrong}\n{typed}\n")


def test_no_answer_of_a_graded_quiz_can_be_asked_for(root):
    out = run(root, "quiz", "quiz_g", "--student", "s001", typed=":a\n:q\n")
    assert ":a" not in out.split("[1/12]")[0]
    assert "The answer" not in out


def test_gaps_and_lines_that_were_filled_are_kept_when_one_leaves(root):
    run(root, "quiz", "quiz_g", "--student", "s001", "--item", "s-cloze", typed="a\n:q\n")
    assert kept(root)["s-cloze"]["answer"] == {"1": "a"}
    run(root, "quiz", "quiz_g", "--item", "s-output", typed="2.5 [5]\n:q\n")
    assert kept(root)["s-output"]["answer"] == "2.5 [5]"
    run(root, "quiz", "quiz_g", "--item", "s-print", typed=":b\n:q\n")
    assert "s-print" not in kept(root)


@pytest.mark.parametrize(("quiz", "item"), [("quiz_g", "s-cloze"), ("quiz_p", "s-single")])
def test_ctrl_c_keeps_what_was_answered(root, quiz, item):
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    argv = [sys.executable, "-c", COMMAND, "quiz", quiz, "--student", "s001"]
    argv += ["--item", item] if quiz == "quiz_g" else []
    with subprocess.Popen(argv, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as process:
        process.stdin.write(b"a\n")
        process.stdin.flush()
        shown = b""
        while b"\na\n" not in shown and b"> a" not in shown:
            shown += process.stdout.read1()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        shown += process.stdout.read()
        assert process.wait(20) == 130
    if quiz == "quiz_g":
        assert kept(root)["s-cloze"]["answer"] == {"1": "a"}
    else:
        assert "1 of 12 answered" in run(root, "list")


def test_answer_is_a_word_of_the_command(root):
    assert "[1/12]" in run(root, "quiz", "answer", "quiz_p", typed=":q\n")
    assert "quiz_g" in run(root, "quiz", "answer")


def test_no_line_is_longer_than_the_terminal_and_no_command_is_torn(root):
    for lang in ("en", "ja"):
        for quiz in ("quiz_p", "quiz_g"):
            out = run(root, "quiz", quiz, "--student", "s001", "--lang", lang, typed=":a\n" * 20 + "\n" * 40)
            own = [line for line in out.split("\n") if "quiz_g.yaml" not in line]  # a path is as long as it is
            assert all(columns(line) <= 88 for line in own), max(own, key=columns)
            assert out.count("autograder quiz") == len(re.findall(rf"autograder quiz {quiz}\b", out))


def test_a_half_filled_question_is_where_one_goes_on_and_its_gaps_stay(root):
    answered = typing("s001", 7)  # up to the one with gaps, of which only the first is filled
    run(root, "quiz", "quiz_g", "--student", "s001", typed=answered + "a\n:q\n")
    again = run(root, "quiz", "quiz_g", typed="\n2\n:q\n")
    assert "[8/12] s-cloze" in again
    assert "[7/12]" not in again
    assert kept(root)["s-cloze"]["answer"] == {"1": "a", "2": "2"}
