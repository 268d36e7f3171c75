"""The skeleton is an exercise like any other."""

import pytest

from autograder.author.new import new_exercise, skeleton
from autograder.course.exercise import load_exercise, required_files
from autograder.errors import UsageError


@pytest.mark.parametrize(
    "exercise_id", ["Relu", "two words", "1st", "conv-2d", "", "sum", "lambda", "test_x", "平均", "a/b", "..", "abc\n"]
)
def test_an_id_that_cannot_be_is_refused(small, exercise_id):
    with pytest.raises(UsageError):
        new_exercise(small.load(), exercise_id)
    assert [p.name for p in small.source.parent.iterdir()] == ["centre"]


def test_an_exercise_that_is_there_is_never_overwritten(small):
    small.edit("centre.py", "np.float64", "float")
    with pytest.raises(UsageError, match="already there"):
        new_exercise(small.load(), "centre")
    assert "dtype=float" in (small.source / "centre.py").read_text(encoding="utf-8")


def test_an_unknown_unit_names_those_there_are(small):
    with pytest.raises(UsageError, match="there are first"):
        new_exercise(small.load(), "momentum", "second")


def test_every_place_of_the_skeleton_gets_the_id(small):
    folder = new_exercise(small.load(), "momentum", "first")
    exercise = load_exercise(folder)
    assert exercise.config.functions == ["momentum"]
    assert set(required_files("momentum")) <= set(skeleton("momentum"))
    assert not [p for p in folder.rglob("*") if p.is_file() and "ID" in p.read_text(encoding="utf-8").split()]
