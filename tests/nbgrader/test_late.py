"""The late policy in nbgrader takes off what ``autograder grade`` takes off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("nbgrader", reason="nbgrader is not installed")

from traitlets.config import Configurable

from autograder.course.load import ExerciseEntry, LatePolicy, LoadedCourse
from autograder.errors import GraderError
from autograder.nbgrader.late import CourseLatePolicy, first_due, parts_of, penalty
from autograder.nbgrader.where import VARIABLE, cell_id
from autograder.score import late_score

DUE = datetime(2026, 5, 29, 8, 0, tzinfo=UTC)
CENT = 0.005

policies = st.builds(
    LatePolicy,
    grace_minutes=st.sampled_from([0, 10, 90]),
    per_day=st.sampled_from([0, 3.3, 10, 100]),
    maximum=st.sampled_from([0, 50, 100]),
    after=st.sampled_from(["penalty", "zero", "accept"]),
    cutoff_days=st.sampled_from([None, 0, 2, 7]),
)
# Of each exercise: points, the share of them that each of its groups earned, and when it is due.
exercises = st.lists(
    st.tuples(
        st.sampled_from([0.5, 1.0, 2.0, 3.0]),
        st.lists(st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(5, 7), Fraction(1)]), min_size=1, max_size=4),
        st.sampled_from([None, timedelta(), timedelta(hours=36), timedelta(days=7)]),
    ),
    min_size=1,
    max_size=4,
)


def _course(entries: dict[str, ExerciseEntry]) -> Any:
    """What `parts_of` needs of a course; the entries are real ones."""
    return SimpleNamespace(entries=entries, due=lambda i: entries[i].due)


@given(exercises, policies, st.integers(min_value=-86400, max_value=20 * 86400))
def test_a_notebook_loses_what_its_exercises_lose_in_grade(given_exercises, policy, seconds):
    received = DUE + timedelta(seconds=seconds)
    entries, grades, expected = {}, [], Fraction(0)
    for number, (points, shares, after) in enumerate(given_exercises):
        name = f"e{number}"
        due = None if after is None else DUE + after
        entries[name] = ExerciseEntry(id=name, points=points, due=due)
        maximum = Fraction(str(points))
        raw = sum((maximum / len(shares) * share for share in shares), Fraction(0))
        late = 0 if due is None else max(0, int((received - due).total_seconds()))
        expected += raw - late_score(raw, maximum, late, policy)
        grades += [
            (cell_id(name, f"g{k}"), float(maximum / len(shares) * s), float(maximum / len(shares)))
            for k, s in enumerate(shares)
        ]
    loaded = _course(entries)
    due = first_due(loaded, list(entries))
    seconds_late = 0.0 if due is None else (received - due).total_seconds()
    lost = penalty(parts_of(loaded, grades).values(), seconds_late, policy) if seconds_late > 0 else Fraction(0)
    assert abs(float(lost - expected)) < CENT / 100


def test_a_due_date_that_only_nbgrader_knows_counts_for_every_exercise():
    entries = {"relu": ExerciseEntry(id="relu", points=1.0)}
    grades = [("relu__values", 1.0, 1.0), ("case_study__data", 2.0, 4.0)]
    parts = parts_of(_course(entries), grades)
    policy = LatePolicy(per_day=10)
    assert penalty(parts.values(), 3600, policy) == Fraction(1, 10) + Fraction(4, 10)


def test_an_exercise_without_a_due_date_is_never_late_beside_one_with():
    entries = {"a": ExerciseEntry(id="a", due=DUE), "b": ExerciseEntry(id="b")}
    parts = parts_of(_course(entries), [("a__g", 1.0, 1.0), ("b__g", 1.0, 1.0)])
    assert penalty(parts.values(), 3600, LatePolicy(after="zero")) == 1


def test_the_plug_in_reads_the_scores_where_nbgrader_keeps_them(small_course: LoadedCourse, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(small_course.path))
    rows = [("relu__relu", 0.4, 0.4), ("relu__gradient", 0.0, 0.6), ("softmax__rows", 2.0, 2.0)]
    notebook = SimpleNamespace(grades=[SimpleNamespace(name=n, score=s, max_score=m) for n, s, m in rows])
    gradebook = SimpleNamespace(find_submission_notebook=lambda *_: notebook)
    plug_in = CourseLatePolicy()
    plug_in.parent = _asking(gradebook)
    day = 86400
    assert plug_in.late_submission_penalty("s001", 2.4, 60.0) == 0.0  # grace
    assert plug_in.late_submission_penalty("s001", 2.4, 1.0 * day) == pytest.approx(0.1)
    assert plug_in.late_submission_penalty("s001", 2.4, 2.5 * day) == pytest.approx(0.3 + 0.2)
    assert plug_in.late_submission_penalty("s001", 2.4, 90.0 * day) == pytest.approx(0.4 + 1.0)


def test_the_plug_in_refuses_to_guess_the_scores(small_course: LoadedCourse, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(small_course.path))
    with pytest.raises(GraderError, match="AssignLatePenalties"):
        CourseLatePolicy().late_submission_penalty("s001", 1.0, 60.0)


def _asking(gradebook: Any) -> Configurable:
    """What nbgrader's AssignLatePenalties is to the plug-in."""
    parent = Configurable()
    parent.gradebook = gradebook
    parent.notebook_id = parent.assignment_id = "activations"
    parent.student_id = "s001"
    return parent
