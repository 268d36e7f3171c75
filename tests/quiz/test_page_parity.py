"""The page's script and the package give every answer to every replica of the bank the same credit and words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.i18n import LANGS
from autograder.quiz.answer.ask import problem_of
from autograder.quiz.answer.score import score
from autograder.quiz.draw.draw import replicas
from autograder.quiz.draw.replica import Choices, Cloze, Match, Order, Replica
from autograder.quiz.draw.variant import replica_number
from autograder.quiz.page.page import page
from autograder.quiz.page.public import PublicQuiz, from_json, publish
from autograder.quiz.page.sealed import AskGaps
from autograder.quiz.proof.lint import wrong_answers
from autograder.quiz.proof.solve import right_answer
from autograder.quiz.source.items import load_quiz
from autograder.text.markup import html

from .browser import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
BANK = sorted((ROOT / "exercises" / "quizzes").glob("*.quiz.json"))
TYPED = [
    *(
        "",
        " ",
        "0",
        "1",
        "-1",
        "1,5",
        "１．５",
        "1e-3",
        "1/3",
        "3/0",
        "−2",
        "1,234",
        "1.234,5",
        "0,125",
        "50%",
        "約 0.25",
    ),
    *(
        "2×10^3",
        "10⁻³",
        "½",
        "1_000",
        "inf",
        "9" * 101,
        "abc",
        "(3, 4)",
        "3x4",
        "３、４",
        "[3,4]",
        "(5,)",
        "()",
        "3 by 4",
    ),
    *("a", "B)", "（ｂ）", "a, c", "ac", "a a", "none", "なし", "z", "line 3", "3 行目", "0 行目", "3.0", "c, a, b"),
    *(
        "ReLU",
        "re-lu",
        "「過学習」",
        "Over-Fitting.",
        "0 0 2",
        "0\n0\n2",
        "0.\n0\n2.0",
        "[5, 6, 7]",
        "[5,6,7]",
        "<b>",
        "'",
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


def sample() -> PublicQuiz:
    quiz = load_quiz(Path(__file__).with_name("sample.yaml"))
    return publish("sample", quiz.title, False, quiz.intro, [replicas(item, quiz.replicas) for item in quiz.items])


def bank() -> list[PublicQuiz]:
    quizzes = [from_json(path.read_text(encoding="utf-8")) for path in BANK]
    return [sample(), *(quiz for quiz in quizzes if not quiz.graded)]


def answers(replica: Replica) -> list[Any]:
    """The right answer, every wrong one that the author foresaw, and what people type."""
    body, right = replica.body, right_answer(replica)
    foreseen = [(where, raw) for where, _, raw, _ in wrong_answers(body)]
    found: list[Any] = [right, *({str(w[1]): raw} if w[0] == "gaps" else raw for w, raw in foreseen)]
    match body:
        case Choices(several=True):
            ids = [c.id for c in body.choices]
            return found + [[i for n, i in enumerate(ids) if mask >> n & 1] for mask in range(2 ** len(ids))]
        case Match():
            lefts, rights = [a for a, _ in body.lefts], [n for n, _ in body.rights]
            return [*found, *({a: n for a in lefts} for n in rights), {lefts[0]: rights[0]}, {lefts[0]: 99}]
        case Order():
            given = [letter for letter, _ in body.steps]
            return [*found, *(given[n:] + given[:n] for n in range(len(given))), given[::-1], given[1:]]
        case Cloze():
            names = [gap.name for gap in body.gaps]
            return [*found, *({name: text for name in names} for text in TYPED), {names[0]: right[names[0]]}]
    return found + TYPED


def both(quiz: PublicQuiz) -> Iterator[tuple[str, int, Any, dict[str, Any]]]:
    for item in quiz.items:
        for number, replica in enumerate(item.replicas):
            for raw in answers(replica):
                outcome = score(replica, raw)
                feedback, problem = outcome.feedback, outcome.problem
                yield (
                    item.id,
                    number,
                    raw,
                    {
                        "credit": float(outcome.credit),
                        "response": None if problem else outcome.response,
                        "misconception": outcome.misconception,
                        "feedback": {lang: html(feedback.get(lang)) for lang in LANGS} if feedback else None,
                        "problem": problem.as_dict() if problem and isinstance(raw, str) else bool(problem),
                    },
                )


SCORE = """cases => {
  const quiz = JSON.parse(document.getElementById("quiz").textContent);
  const items = Object.fromEntries(quiz.items.map(i => [i.id, i]));
  return cases.map(([id, number, raw]) => {
    const found = Quiz.scoreBody(items[id].variants[number].body, raw);
    return {
      credit: found.credit, response: found.problem ? null : found.response,
      misconception: found.misconception, feedback: found.feedback,
      problem: found.problem && typeof raw === "string" ? found.problem : Boolean(found.problem),
    };
  });
}"""


def test_every_answer_scores_the_same_in_the_page(browser: Any, tmp_path: Path) -> None:
    images = ROOT / "exercises" / "quizzes"
    tab = browser.new_page()
    count = 0
    for quiz in bank():
        path = tmp_path / f"{quiz.id}.html"
        path.write_text(page(quiz, lambda src: (images / src).read_bytes()), encoding="utf-8")
        tab.goto(path.as_uri())
        cases = list(both(quiz))
        made = tab.evaluate(SCORE, [[item, number, raw] for item, number, raw, _ in cases])
        for (item, number, raw, wanted), found in zip(cases, made, strict=True):
            assert found["credit"] == pytest.approx(wanted.pop("credit"), abs=1e-9), (item, number, raw)
            del found["credit"]
            assert found == wanted, (item, number, raw)
        count += len(cases)
    assert count > 20_000


def test_a_graded_page_reads_what_the_package_reads(browser: Any, tmp_path: Path) -> None:
    quiz = publish("sample", sample().title, True, None, [list(item.replicas) for item in sample().items])
    path = tmp_path / "sample.html"
    path.write_text(page(quiz, lambda src: b""), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    cases, wanted = [], []
    for item in quiz.items:
        ask = item.questions[0].ask
        for typed in [*TYPED, "99"]:
            raw = {gap.name: typed for gap in ask.gaps} if isinstance(ask, AskGaps) else typed
            problem = problem_of(ask, raw)
            cases.append([item.id, raw])
            wanted.append(problem.as_dict() if problem else None)
    found = tab.evaluate(
        """cases => {
          const { items } = JSON.parse(document.getElementById("quiz").textContent);
          return cases.map(([id, raw]) => Quiz.problemOf(items.find(i => i.id === id).variants[0].ask, raw));
        }""",
        cases,
    )
    for case, made, text in zip(cases, found, wanted, strict=True):
        assert made == text, case


def test_every_student_gets_the_same_variants_in_the_page(browser: Any, tmp_path: Path) -> None:
    quiz = sample()
    path = tmp_path / "sample.html"
    path.write_text(page(quiz, lambda src: b""), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    students = [
        "s001",
        " S001 ",
        "ｓ００１",
        "山田 太郎",
        "ÅSA",
        "ß",
        "İ",
        "anonymous",
        "1" * 60,
        *map(str, range(200)),
    ]
    cases = [[s, item.id, n] for s in students for item in quiz.items for n in (1, 3, 8)]
    found = tab.evaluate("cases => cases.map(([s, i, n]) => Quiz.variant(s, i, n))", cases)
    assert found == [replica_number(s, i, n) for s, i, n in cases]


def test_numbers_are_written_as_python_writes_them(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "sample.html"
    path.write_text(page(sample(), lambda src: b""), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    values = [0.0, 1.0, -1.5, 1e-7, 1e-4, 9.99999999999e-5, 1 / 3, -2 / 3e5, 1e11, 1e12, 1e300, 0.1 + 0.2, 100.0, 12.5]
    values += [123456789012.5, 123456789013.5, 3.814697265625e-06]  # a half goes to the even digit
    found = tab.evaluate("values => values.map(Quiz.showNumber)", values)
    assert found == [f"{v:.12g}" for v in values]
