"""`either` asks one question, whatever form of the input the code takes."""

import types

import numpy as np
import pytest

from autograder.errors import GraderError
from autograder.testing import Bench, Failed, LocalStudent

X = np.array([1.0, 2.0, 4.0])


def largest(x):
    return np.max(x, axis=-1)


def bench(function):
    return Bench(LocalStudent(types.SimpleNamespace(f=function)), types.SimpleNamespace(f=largest), "1")


def rows_only(x):
    return x.max(axis=1)


def vector_only(x):
    return sorted(x)[-1]


@pytest.mark.parametrize("function", [largest, rows_only, vector_only])
def test_one_right_form_is_enough(function):
    one = bench(function)
    one.either("f", (X,), (X[None],))
    assert one.steps == 1


def test_of_the_failures_a_wrong_result_is_told_before_an_error():
    with pytest.raises(Failed) as failure:
        bench(lambda x: -x.max(axis=1)).either("f", (X,), (X[None],))
    assert (failure.value.observation.kind, failure.value.observation.step) == ("value", 0)


def test_where_every_form_raises_the_first_error_is_told():
    def broken(x):
        raise ValueError(f"{np.ndim(x)} axes")

    with pytest.raises(ValueError, match="1 axes"):
        bench(broken).either("f", (X,), (X[None],))


def test_what_one_form_writes_into_its_argument_does_not_reach_the_next():
    seen = []

    def spoils(x):
        seen.append(x.ravel().tolist())
        x[...] = 0
        return -1 if x.ndim == 1 else np.array([4.0])

    x = X.copy()
    bench(spoils).either("f", (x,), (x[None],))
    assert seen == [[1, 2, 4], [1, 2, 4]]


def test_a_failure_of_the_grader_is_no_failure_of_a_form():
    def fails(x):
        raise GraderError("no answer")

    with pytest.raises(GraderError):
        bench(fails).either("f", (X,), (X[None],))
