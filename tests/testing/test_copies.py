"""A copy is like its original to whoever gets it, and a value can be put back as it was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.testing.copies import Contents, clone, same_values

BASE = np.arange(24.0).reshape(4, 6)
ARRAYS = {
    "plain": BASE,
    "transposed": BASE.T,
    "backwards": BASE[::-1, ::2],
    "broadcast": np.broadcast_to(np.arange(3.0), (4, 3)),
    "sparse": np.arange(100_000.0)[::5000],
    "empty": BASE[:0],
    "number": np.array(3.0),
    "bytes": np.arange(16, dtype=np.uint8)[::-3],
    "odd strides": np.zeros(4, dtype=[("a", "u1"), ("b", "f8")])["b"],
}


@pytest.mark.parametrize("name", ARRAYS)
def test_a_copied_array_has_the_values_of_the_original_and_none_of_its_memory(name: str) -> None:
    array = ARRAYS[name]
    copied = clone(array)
    assert same_values(copied, array)
    assert copied.flags.writeable == array.flags.writeable
    assert not np.shares_memory(copied, array)


@pytest.mark.parametrize("name", ["plain", "transposed", "backwards", "broadcast", "bytes"])
def test_a_copied_array_keeps_its_strides(name: str) -> None:
    assert clone(ARRAYS[name]).strides == ARRAYS[name].strides


def test_what_is_one_object_stays_one() -> None:
    array = np.ones(2)
    a, (b, c), d = clone([array, (array, {"k": array}), np.ones(2)])
    assert a is b is c["k"]
    assert a is not array
    assert d is not a


def test_a_list_that_holds_itself_can_be_copied() -> None:
    value: list[Any] = [1]
    value.append(value)
    copied = clone(value)
    assert copied is not value
    assert copied[1] is copied


def test_what_is_kept_is_handed_on_itself() -> None:
    kept = {"k": [1]}
    a, b = clone([kept, {"k": [1]}], keep=lambda v: v is kept)
    assert a is kept
    assert b == kept


def test_everything_is_put_back_in_the_very_objects() -> None:
    inner, array = [4], BASE.copy()
    value = [3, inner, {"k": array}]
    contents = Contents([value])
    array[:] = 0
    array.shape = (24,)
    inner.append(5)
    value[2]["new"] = 1  # type: ignore[index]
    value.clear()
    contents.restore()
    assert value[1] is inner
    assert inner == [4]
    assert list(value[2]) == ["k"]  # type: ignore[call-overload]
    assert same_values(array, BASE)
