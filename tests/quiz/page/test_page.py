"""A quiz's page: what is in the file, and what a student does with it in a browser."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import ContentError
from autograder.i18n import Text
from autograder.model import Source
from autograder.quiz.answer.answers import read_answers
from autograder.quiz.draw.draw import replicas
from autograder.quiz.draw.replica import Image
from autograder.quiz.grading import QuizSuite, grade_quiz
from autograder.quiz.page.page import page
from autograder.quiz.page.public import PublicQuiz, publish
from autograder.quiz.proof.solve import right_answer
from autograder.quiz.source.items import load_quiz

from ..browser import chromium

QUIZ = load_quiz(Path(__file__).parents[1] / "sample.yaml")
DRAWN = [tuple(replicas(item, QUIZ.replicas)) for item in QUIZ.items]
OWN = {r[0].item: r for r in DRAWN}


def make(graded: bool) -> PublicQuiz:
    return publish("sample", QUIZ.title, graded, QUIZ.intro, DRAWN)


def text(graded: bool) -> str:
    return page(make(graded), lambda src: b"")


def data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="quiz">(.*?)</script>', html, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_a_graded_page_has_no_field_for_an_answer() -> None:
    fields = {key for item in data(text(True))["items"] for variant in item["variants"] for key in variant}
    assert fields <= {"number", "kind", "stem", "ask", "code", "image"}


def test_a_graded_page_has_no_word_of_an_answer() -> None:
    secret = "canary-4711"
    variants = [
        dataclasses.replace(r, solution=Text(secret, secret), body=dataclasses.replace(r.body, fix=secret))
        if r.kind == "find_the_error"
        else dataclasses.replace(r, solution=Text(secret, secret))
        for drawn in DRAWN
        for r in drawn[:1]
    ]
    assert secret in page(publish("q", QUIZ.title, False, None, [[v] for v in variants]), lambda src: b"")
    assert secret not in page(publish("q", QUIZ.title, True, None, [[v] for v in variants]), lambda src: b"")


def test_only_the_page_s_own_scripts_run_and_nothing_is_fetched() -> None:
    html = text(False)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    assert "://" not in re.sub(r"<script type=.application/json.*?</script>", "", html, flags=re.DOTALL)
    allowed = re.findall(r"'sha256-([^']*)'", policy[1])
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts] == allowed


def test_the_same_quiz_gives_the_same_bytes() -> None:
    assert text(False) == text(False)


def test_a_text_cannot_end_the_data() -> None:
    evil = Text("</script><script>alert(1)</script>", "<!-- <script>")
    html = page(publish("q", evil, False, evil, DRAWN), lambda src: b"")
    assert html.count("</script>") == 3
    assert data(html)["title"]["en"] == evil.en


def test_what_is_no_picture_is_refused() -> None:
    drawn = [[dataclasses.replace(DRAWN[0][0], image=Image("notes.txt", Text("a", "b")))]]
    with pytest.raises(ContentError, match=r"notes\.txt"):
        page(publish("q", QUIZ.title, False, None, drawn), lambda src: b"x")


# ---- in a browser ----


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """A tab whose page fails the test by any error or request."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="en-US")
    found, problems = context.new_page(), []
    found.on("pageerror", lambda error: problems.append(str(error)))
    found.on("console", lambda message: problems.append(message.text))
    found.on("request", lambda r: problems.append(r.url) if not r.url.startswith(("file:", "data:", "blob:")) else None)
    yield found
    assert problems == []
    context.close()


@pytest.fixture
def opened(tab: Any, tmp_path: Path) -> Any:
    """``opened(graded, student)`` is the tab with the quiz begun."""

    def begin(graded: bool, student: str = "s001") -> Any:
        path = tmp_path / "sample.html"
        path.write_text(text(graded), encoding="utf-8")
        tab.goto(path.as_uri())
        tab.fill("#student", student)
        tab.keyboard.press("Enter")
        return tab

    return begin


def own(item: str, student: str = "s001") -> Any:
    public = make(False).by_id[item]
    return public.replicas[public.variant(student)]


def give(tab: Any, item: str, raw: Any) -> None:
    """Answer as a person would."""
    box, kind = tab.locator(f"#q-{item}"), own(item).kind
    if kind in ("single", "find_the_error") or (kind == "output" and box.locator("input").count()):
        box.locator(f'input[value="{raw}"]').check()
    elif kind == "multi":
        for letter in raw:
            box.locator(f'input[value="{letter}"]').check()
    elif kind == "match":
        for at, number in enumerate(raw.values()):
            box.locator("select").nth(at).select_option(str(number))
    elif kind == "order":
        for place, step in enumerate(raw):
            while (at := [r.get_attribute("data-step") for r in box.locator("li").all()].index(step)) > place:
                box.locator("li").nth(at).get_by_role("button").first.click()
    elif kind == "cloze":
        for name, value in raw.items():
            control = box.locator(f'[data-name="{name}"]')
            if control.evaluate("e => e.tagName") == "SELECT":
                control.select_option(str(value))
            else:
                control.fill(str(value))
    else:
        box.locator("input, textarea").fill(str(raw))


def answer_all(tab: Any) -> None:
    for item in OWN:
        give(tab, item, right_answer(own(item)))


def saved(tab: Any, tmp_path: Path) -> Path:
    with tab.expect_download() as made:
        tab.click("#download")
    assert made.value.suggested_filename == "sample.yaml"
    path = tmp_path / "sample.yaml"
    made.value.save_as(path)
    return path


def test_every_type_can_be_answered_right_in_the_page(opened: Any) -> None:
    tab = opened(False)
    answer_all(tab)
    for item in OWN:
        tab.locator(f"#q-{item} button.main").click()
        assert tab.locator(f"#q-{item} .result.right").count() == 1, item
    total = sum((r[0].points for r in DRAWN), Fraction(0))
    assert f"{len(OWN)} of {len(OWN)} answered, {float(total):g} of {float(total):g} points" in tab.inner_text("#count")


def test_the_file_of_a_graded_page_is_graded_with_full_marks(opened: Any, tmp_path: Path) -> None:
    tab = opened(True)
    answer_all(tab)
    path = saved(tab, tmp_path)
    suite = QuizSuite(dataclasses.replace(QUIZ, graded=True), OWN)
    read = path.read_text(encoding="utf-8")
    results, notes = grade_quiz(suite, Source(path.name, (("file", read),), "x"), ["s001"], Fraction(10))
    assert notes == ()
    assert sum(r.points for r in results) == 10


def test_answers_are_there_after_the_page_is_opened_again(opened: Any) -> None:
    tab = opened(True)
    answer_all(tab)
    tab.reload()
    tab.keyboard.press("Escape")
    assert tab.input_value("#student") == "s001"
    tab.click("button.main")
    assert tab.inner_text("#count") == f"{len(OWN)} of {len(OWN)} answered"


def test_two_students_of_one_browser_do_not_see_each_other_s_answers(opened: Any) -> None:
    tab = opened(True)
    answer_all(tab)
    tab.get_by_role("button", name="Change").click()
    tab.fill("#student", "s002")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#count").startswith("0 of")


def test_a_file_is_loaded_for_its_own_student_only(opened: Any, tmp_path: Path) -> None:
    tab = opened(True)
    answer_all(tab)
    path = saved(tab, tmp_path)
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.get_by_role("button", name="Start again").click()
    assert tab.inner_text("#count").startswith("0 of")
    tab.set_input_files('input[type="file"]', path)
    tab.get_by_text(f"{len(OWN)} answers loaded.").wait_for()
    assert read_answers(saved(tab, tmp_path).read_text(encoding="utf-8")).student == "s001"
    tab.get_by_role("button", name="Change").click()
    tab.fill("#student", "s002")
    tab.keyboard.press("Enter")
    tab.set_input_files('input[type="file"]', path)
    tab.get_by_text("holds the answers of s001").wait_for()
    assert tab.inner_text("#count").startswith("0 of")


@pytest.mark.parametrize("content", ["", "[1", "null", "answers: {a: b}", '{"answers": 3}', '{"answers": {"x": "a"}}'])
def test_a_file_that_is_none_changes_nothing(opened: Any, tmp_path: Path, content: str) -> None:
    tab = opened(True)
    path = tmp_path / "other.yaml"
    path.write_text(content, encoding="utf-8")
    tab.set_input_files('input[type="file"]', path)
    tab.wait_for_function("document.getElementById('said').textContent !== ''")
    assert tab.inner_text("#count").startswith("0 of")


def test_a_graded_page_asks_who_answers_and_judges_nothing(opened: Any) -> None:
    tab = opened(True, "")
    assert tab.locator("section.q").count() == 0
    tab.fill("#student", "s001")
    tab.keyboard.press("Enter")
    assert tab.locator("section.q").count() == len(OWN)
    assert tab.get_by_role("button", name="Check").count() == 0
    tab.locator("#in-s-numeric").fill("abc")
    tab.keyboard.press("Tab")
    assert "not a number" in tab.locator("#q-s-numeric .result").inner_text()


def test_a_wrong_answer_shows_why_and_a_second_try_leaves_the_first_points(opened: Any) -> None:
    tab = opened(False)
    wrong = own("s-single").body.choices
    chosen = next(c for c in wrong if not c.correct and c.remark.feedback)
    give(tab, "s-single", chosen.id)
    tab.locator("#q-s-single button.main").click()
    shown = tab.locator("#q-s-single .result").inner_text()
    assert chosen.remark.feedback.en in shown
    assert "relu(x) = max(x, 0)" not in shown
    before = tab.inner_text("#count")
    give(tab, "s-single", right_answer(own("s-single")))
    assert tab.locator("#q-s-single .result").count() == 0
    tab.locator("#q-s-single button.main").click()
    assert tab.locator("#q-s-single .result.right").count() == 1
    assert tab.inner_text("#count") == before


def test_what_is_typed_is_never_html(opened: Any) -> None:
    evil = "<img src=x onerror=alert(1)>"
    tab = opened(False, evil)
    tab.locator("#in-s-numeric").fill(evil)
    tab.keyboard.press("Enter")
    assert evil in tab.locator("#q-s-numeric .result").inner_text()
    assert tab.locator("img").count() == 0


def test_a_step_is_moved_by_keyboard_and_keeps_the_focus(opened: Any) -> None:
    tab = opened(False)
    rows = tab.locator("#q-s-order li")
    first = rows.first.get_attribute("data-step")
    rows.first.get_by_role("button").nth(1).focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    assert rows.nth(2).get_attribute("data-step") == first


def test_a_step_is_dragged(opened: Any) -> None:
    tab = opened(False)
    rows = tab.locator("#q-s-order li")
    rows.first.scroll_into_view_if_needed()
    first = rows.first.get_attribute("data-step")
    grip, goal = rows.first.locator(".grip").bounding_box(), rows.nth(2).bounding_box()
    tab.mouse.move(grip["x"] + 5, grip["y"] + 10)
    tab.mouse.down()
    tab.mouse.move(goal["x"] + 5, goal["y"] + goal["height"] - 2, steps=12)
    tab.mouse.up()
    assert rows.nth(2).get_attribute("data-step") == first


def test_a_language_is_switched_without_losing_an_answer(opened: Any) -> None:
    tab = opened(False)
    give(tab, "s-numeric", "0.5")
    tab.get_by_role("button", name="日本語").click()
    assert tab.evaluate("document.documentElement.lang") == "ja"
    assert tab.input_value("#in-s-numeric") == "0.5"
    assert "問中 1 問に解答" in tab.inner_text("#count")


def test_nothing_is_wider_than_a_phone(opened: Any) -> None:
    tab = opened(False)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_control_has_a_name(opened: Any) -> None:
    tab = opened(False)
    nameless = """() => [...document.querySelectorAll("input, select, textarea, button")].filter(e =>
      e.getAttribute("aria-hidden") !== "true" && !e.getAttribute("aria-label") && !(e.labels && e.labels.length)
      && !e.textContent.trim()).map(e => e.outerHTML)"""
    assert tab.evaluate(nameless) == []
