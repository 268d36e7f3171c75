"""A test's own arrays are the same in every run, whatever an earlier run did to them."""

from pathlib import Path

import numpy as np

from autograder.testing.bench import Bench, LocalStudent
from autograder.testing.suite import collected

SUITE = """\
import numpy as np
import pytest
from autograder.testing import case

IMAGE = np.array([1.0, 2.0])
PAIRS = [(np.array([3.0]), 3.0)]

@case("g", en="constant", ja="定数")
def test_constant(student, expect):
    expect(student.f(IMAGE), [1.0, 2.0])

@case("g", en="parameter", ja="引数")
@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_parameter(student, expect, x, y):
    expect(student.f(x), [y])
"""


class Zeroing:
    @staticmethod
    def f(x):
        out = x.copy()
        x[:] = 0
        x.shape = (1, *x.shape)
        return out


def test_a_version_that_modifies_a_module_constant_does_not_change_the_next_run(tmp_path: Path):
    folder = tmp_path / "pristine_case"
    folder.mkdir()
    file = folder / "test_hidden.py"
    file.write_text(SUITE, encoding="utf-8")
    errors = []

    def body(suite):
        for _ in range(2):
            for item in suite.items:
                errors.append(suite.run_item(item, Bench(LocalStudent(Zeroing), None, "1")).error)
        assert np.all(suite.items[0].module.PAIRS[0][0] == 0)  # the last run did modify it

    collected([file], body)
    assert errors == [None] * 4
