"""A test file's own values are the same in every run, whatever an earlier run did to them."""

from pathlib import Path
from typing import Any

from autograder.testing.bench import Bench, LocalStudent
from autograder.testing.suite import Suite, collected

SUITE = """\
import numpy as np
import pytest
from autograder.testing import case

IMAGE = np.array([1.0, 2.0])
SIZES = [3, [4], {"k": [5]}]
BY_NAME = {"a": [6]}
PAIRS = [(np.array([3.0]), 3.0)]

@case("g", en="constants", ja="定数")
def test_constants(require):
    require(IMAGE.shape == (2,) and IMAGE[0] == 1 and SIZES == [3, [4], {"k": [5]}] and BY_NAME == {"a": [6]})
    IMAGE[:] = 0
    IMAGE.shape = (1, 2)
    SIZES[1].append(9)
    SIZES[2]["k"][0] = 9
    SIZES.clear()
    BY_NAME["a"].clear()
    BY_NAME["b"] = 9

@case("g", en="parameter", ja="引数")
@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_parameter(expect, x, y):
    expect(x, [y])
    x[:] = 0
"""


def test_a_run_that_modifies_a_module_constant_does_not_change_the_next_run(tmp_path: Path) -> None:
    folder = tmp_path / "pristine_case"
    folder.mkdir()
    file = folder / "test_hidden.py"
    file.write_text(SUITE, encoding="utf-8")
    errors: list[Any] = []

    def body(suite: Suite) -> None:
        for _ in range(2):
            for item in suite.items:
                errors.append(suite.run_item(item, Bench(LocalStudent(None), None, "1")).error)
        module: Any = suite.items[0].module  # type: ignore[attr-defined]
        assert module.PAIRS[0][0] == 0, "the last run did modify it"

    collected([file], body)
    assert errors == [None] * 4
