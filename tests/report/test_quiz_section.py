"""A quiz on the class page and on feedback pages, from answers that went through the real scoring."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.gradebook import CourseInfo, ExerciseInfo, Gradebook
from autograder.i18n import Text
from autograder.model import Source, SubmissionResult
from autograder.quiz.draw.draw import replicas
from autograder.quiz.draw.variant import replica_number
from autograder.quiz.grading import QuizSuite, grade_quiz
from autograder.quiz.proof.solve import right_answer
from autograder.quiz.source.items import load_quiz
from autograder.report import write_all
from autograder.score import exercise_result

SAMPLE = Path(__file__).parents[1] / "quiz" / "sample.yaml"
POINTS = Fraction(13)
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def suite() -> QuizSuite:
    quiz = load_quiz(SAMPLE)
    return QuizSuite(quiz, {item.id: tuple(replicas(item, quiz.replicas)) for item in quiz.items})


def mine(suite: QuizSuite, student: str, item: str):
    variants = suite.variants[item]
    return variants[replica_number(student, item, len(variants))]


def wrong(replica, misconception: str) -> str:
    return next(c.id for c in replica.body.choices if c.remark.misconception == misconception)


def submission(suite: QuizSuite, i: int) -> SubmissionResult:
    """The first half knows everything; the second has the misconception, a strange number and a gap."""
    student = f"s{i:02}"
    given = {item: right_answer(mine(suite, student, item)) for item in suite.variants}
    if i >= 20:
        given["s-single"] = wrong(mine(suite, student, "s-single"), "identity")
        given["s-numeric"] = HOSTILE if i == 39 else "777"
        del given["s-shape"]
    source = Source("sample.yaml", (("sample.yaml", json.dumps(given)),), "sha")
    tests, notes = grade_quiz(suite, source, (student,), POINTS)
    return SubmissionResult(student, (exercise_result("sample", tests, POINTS, notes=notes),))


def course(suite: QuizSuite) -> CourseInfo:
    info = ExerciseInfo("sample", suite.quiz.title, POINTS, causes=suite.causes, items=suite.items)
    return CourseInfo(Text("Course", "講義"), (info,))


@pytest.fixture(scope="module")
def out(suite, tmp_path_factory) -> Path:
    """The pages, written from the gradebook alone."""
    folder = tmp_path_factory.mktemp("quiz")
    with Gradebook.open(folder / "gradebook.sqlite") as book:
        run = book.begin_run(course(suite), course_sha="c", seed=1, sandbox={}, engine="0")
        for i in range(40):
            book.record(run, submission(suite, i))
        book.finish_run(run)
        write_all(book, run, folder)
    return folder


@pytest.fixture(scope="module")
def section(out) -> str:
    page = (out / "report" / "index.html").read_text(encoding="utf-8")
    return page[page.index('<section id="quizzes">') : page.index('<section id="heatmap">')]


def row(section: str, item: str) -> str:
    """What belongs to one item: up to the next item, or the end of the section."""
    rest = section[section.index(f'aria-label="{item}"') :]
    return re.split('<tbody class="item">|</section>', rest, maxsplit=1)[0]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_the_section_says_what_the_class_answered_in_both_languages(section):
    single = words(row(section, "s-single"))
    assert re.search(r"Negative inputs do not pass\. 負の入力は通しません。 identity 20 50%", single)
    assert re.search(r"right answer 正解 0 20 50%", single)
    assert re.search(r"Is it \|x\|\? 絶対値でしょうか。 absolute 0 0%", single)


def test_answers_that_nobody_foresaw_are_quoted_and_only_text(section):
    numeric = row(section, "s-numeric")
    assert "<code>777</code> (19)" in numeric
    assert HOSTILE not in section
    assert "&lt;img" in numeric


def test_no_answer_is_counted(section):
    assert re.search(r"No answer 無解答 20 50%", words(row(section, "s-shape")))


def test_reliability_has_an_interval(section):
    assert re.search(r"Reliability \(alpha, KR-20\) 0\.\d\d", words(section))
    assert re.search(r"95 % interval 0\.\d\d to 0\.\d\d", words(section))


def test_variants_are_listed_with_a_p_value(section):
    assert re.search(r"Facility by variant: .* Equally hard: p = \d\.\d\d\d", words(row(section, "s-single")))


def test_a_key_that_the_strong_students_contradict_is_flagged(suite, tmp_path):
    """As if the author had marked the wrong option: the better half gives what counts as wrong."""
    with Gradebook.open(tmp_path / "gradebook.sqlite") as book:
        run = book.begin_run(course(suite), course_sha="c", seed=1, sandbox={}, engine="0")
        for i in range(40):
            result = submission(suite, i)
            quiz = result.exercises[0]
            tests = [_miskeyed(t, good=i < 20) if t.name == "s-single" else t for t in quiz.tests]
            book.record(run, replace(result, exercises=(exercise_result("sample", tests, POINTS),)))
        book.finish_run(run)
        write_all(book, run, tmp_path)
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    single = row(page, "s-single")
    assert single.count('class="flag"') == 3  # the row, the item, the answer
    assert "the stronger students gave it" in single
    assert 'class="flag"' not in row(page, "s-shape")


def _miskeyed(test, good: bool):
    if good:
        return replace(test, status="failed", points=Fraction(0), picks=("wrong:identity",))
    return replace(test, status="passed", points=test.max_points, picks=("right",))


def test_misconceptions_are_named_with_their_question_and_who_has_them(section):
    mistakes = words(section[: section.index('class="list items quiz"')])
    assert re.search(r"20 What is relu\(-\d\)\? .* s-single Negative inputs do not pass\. .* identity", mistakes)
    assert "s25" in mistakes
    assert "s10" not in mistakes


def test_what_is_said_to_a_quizs_answers_does_not_stand_alone_among_the_causes(out):
    page = (out / "report" / "index.html").read_text(encoding="utf-8")
    causes = words(page[page.index('<section id="causes">') : page.index('<section id="distribution">')])
    assert "Negative inputs" not in causes
    assert "no one cause could be named" not in causes  # an unanswered question is no failure without a cause


def test_a_feedback_page_speaks_of_questions(out):
    strong, weak = ((out / "feedback" / f"{s}.html").read_text(encoding="utf-8") for s in ("s00", "s25"))
    assert "questions right" in strong
    assert "tests passed" not in strong + weak
    told = words(weak)
    assert re.search(r"Wrong 不正解 .*Negative inputs do not pass\..*relu\(x\) = max\(x, 0\)", told)
    assert "No answer 無解答" in told
    assert "public" not in told.split("Exercises and quizzes")[1].replace("public checks", "")
    assert "Likely cause" not in told  # the feedback for the student's own numbers says it


def test_a_feedback_page_keeps_partial_credit_apart(suite, tmp_path):
    student = "s00"
    given = {"s-single": wrong(mine(suite, student, "s-single"), "absolute")}
    tests, _ = grade_quiz(suite, Source("sample.yaml", (("q", json.dumps(given)),), "sha"), (student,), POINTS)
    with Gradebook.open(tmp_path / "gradebook.sqlite") as book:
        run = book.begin_run(course(suite), course_sha="c", seed=1, sandbox={}, engine="0")
        book.record(run, SubmissionResult(student, (exercise_result("sample", tests, POINTS),)))
        book.finish_run(run)
        write_all(book, run, tmp_path)
    page = words((tmp_path / "feedback" / "s00.html").read_text(encoding="utf-8"))
    assert "Partly right 部分点" in page
    section = words((tmp_path / "report" / "index.html").read_text(encoding="utf-8"))
    assert "Reliability is given for 30 students and more." in section


def test_what_a_run_remembers_of_a_quiz_survives_the_gradebook(suite):
    info = course(suite)
    assert CourseInfo.from_dict(json.loads(json.dumps(info.as_dict()))) == info


def test_a_misconception_stands_under_its_title_with_its_id_beside_it(suite, tmp_path):
    title = Text("ReLU taken for the identity", "ReLU を恒等関数と考えた")
    titled = replace(suite, titles={"identity": title})
    with Gradebook.open(tmp_path / "gradebook.sqlite") as book:
        run = book.begin_run(course(titled), course_sha="c", seed=1, sandbox={}, engine="0")
        for i in range(40):
            book.record(run, submission(titled, i))
        book.finish_run(run)
        write_all(book, run, tmp_path)
    page = words((tmp_path / "report" / "index.html").read_text(encoding="utf-8"))
    assert f"{title.en} {title.ja} identity Negative inputs do not pass." in page
