"""What a student may see: a type without room for a hidden thing, and what fills it."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction

from autograder.gradebook import CourseInfo, ExerciseInfo
from autograder.i18n import Text
from autograder.model import Note, Sentence, SubmissionResult, TestResult
from autograder.report.studentview import HiddenTest, student_view
from autograder.score import exercise_result, grader_error_result

COURSE = CourseInfo(
    Text("c", "c"),
    (
        ExerciseInfo(
            "relu",
            Text("ReLU", "ReLU"),
            Fraction(2),
            groups={"a": Text("first", "一"), "b": Text("second", "二")},
            causes={"absolute": Text("An absolute value.", "絶対値です。")},
        ),
    ),
)


SECRET_MESSAGE = (Sentence(Text("secret 3.14", "秘密 3.14")),)


def failing(name: str, tier: str, cause: str | None = "absolute", group: str = "a", **changes) -> TestResult:
    test = TestResult(
        name,
        tier,
        "failed",
        Fraction(0),
        Fraction(1),
        cause,
        SECRET_MESSAGE,
        Text("title", "題"),
        group,
    )
    return replace(test, **changes)


def view_of(*tests: TestResult):
    result = exercise_result("relu", tests, Fraction(2))
    return student_view(SubmissionResult("s", (result,)), COURSE).exercises[0]


def test_a_hidden_test_has_exactly_the_fields_that_a_student_may_know():
    assert {f.name for f in fields(HiddenTest)} == {"title", "status", "points", "max_points", "cause"}


def test_nothing_of_a_hidden_test_but_its_title_and_cause_is_in_the_view():
    view = view_of(failing("test_secret_name", "hidden"), failing("test_b", "hidden", None))
    assert view.groups[0].tests[0].cause == Text("An absolute value.", "絶対値です。")
    assert "secret" not in repr(view)
    assert "秘密" not in repr(view)


def test_the_sentence_of_a_hidden_cause_never_comes_from_the_message():
    view = view_of(failing("t", "hidden", "unknown_cause"), failing("u", "hidden", None))
    assert [t.cause for t in view.groups[0].tests] == [None, None]


def test_an_unknown_tier_counts_as_hidden():
    view = view_of(failing("t", "internal"), failing("u", "hidden", None))
    assert isinstance(view.groups[0].tests[0], HiddenTest)


def test_a_visible_test_shows_its_message():
    view = view_of(failing("t", "visible"), failing("u", "hidden", None))
    assert view.groups[0].tests[0].message == SECRET_MESSAGE


def test_one_problem_that_fails_everything_is_told_once():
    view = view_of(*(failing(n, tier, "syntax_error") for n, tier in (("a", "visible"), ("b", "visible"))))
    assert view.problem == SECRET_MESSAGE
    assert view.problem_cause is not None
    assert {t.cause for t in view.groups[0].tests} == {None}
    assert {t.message for t in view.groups[0].tests} == {()}


def test_two_different_problems_are_told_at_their_tests():
    other = failing("b", "visible", message=(Sentence(Text("other", "別")),))
    assert view_of(failing("a", "visible"), other).problem is None
    assert view_of(failing("a", "visible"), failing("b", "hidden", "wrong_shape")).problem is None
    assert view_of(failing("a", "visible"), failing("b", "hidden", status="passed", cause=None)).problem is None


def test_groups_keep_the_order_of_the_author_and_add_up():
    view = view_of(
        failing("t", "hidden", group="b"), failing("u", "hidden", group="a", points=Fraction(1), status="passed")
    )
    assert [(g.title.en, g.points, g.max_points) for g in view.groups] == [("first", 1, 1), ("second", 0, 1)]


def test_the_words_of_a_grader_error_are_for_the_instructor_only():
    note = Note("grader_error", Text("/srv/solutions/relu: KeyError 3.14", "KeyError 3.14"))
    result = SubmissionResult("s", (grader_error_result("relu", Fraction(2), note),))
    view = student_view(result, COURSE)
    assert "3.14" not in repr(view)
    assert view.unscored == 1
