"""The course of this repository: what is committed in exercises/ is what its sources make."""

import pytest

from autograder.author.build import inspect
from autograder.author.leaks import find_leaks, secrets_of
from autograder.author.parts import load_exercises
from autograder.author.stub import make_stub
from autograder.course.load import load_course

COURSE = load_course(None)


def test_exercises_are_up_to_date():
    state = inspect(COURSE)
    assert ([state.name(p) for p in state.stale], state.orphans, state.strangers) == ([], [], [])


@pytest.mark.parametrize("exercise_id", COURSE.exercise_ids)
def test_a_committed_stub_is_what_its_reference_makes(exercise_id):
    exercise = load_exercises(COURSE)[exercise_id]
    stub = make_stub(exercise.reference, exercise.config.functions)
    for path in (f"{exercise_id}/{exercise_id}.py", f".stubs/{exercise_id}.py"):
        assert (COURSE.exercises_dir / path).read_text(encoding="utf-8") == stub


def test_no_committed_file_of_a_student_holds_a_secret():
    folder = COURSE.exercises_dir
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*") if p.is_file()}
    assert len(files) > 20
    assert find_leaks(files, secrets_of(load_exercises(COURSE).values()), files) == []
