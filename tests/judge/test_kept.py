"""A container that a test hands back unchanged is the student's own object again."""

from __future__ import annotations

import pytest

from autograder.judge.kept import Kept
from autograder.worker import wire


@pytest.mark.parametrize("value", [(1, 2), {"a": 1}, [3]])
def test_an_unchanged_container_stands_for_its_object(value: object) -> None:
    kept = Kept()
    assert kept.note(7, value) is value
    assert kept.standing(value) == [wire.HANDLE, 7]


def test_an_equal_one_or_a_changed_one_does_not() -> None:
    kept = Kept()
    value = kept.note(7, {"a": 1})
    assert kept.standing({"a": 1}) is None
    value["a"] = 2
    assert kept.standing(value) is None


def test_what_ended_with_its_process_is_not_asked_for() -> None:
    kept = Kept()
    value = kept.note(7, (1, 2))
    kept.clear()
    assert kept.standing(value) is None


@pytest.mark.parametrize(("number", "value"), [("7", (1,)), (7, "text"), (7, None)])
def test_a_forged_note_is_refused(number: object, value: object) -> None:
    with pytest.raises(wire.WireError):
        Kept().note(number, value)
