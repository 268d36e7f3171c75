"""Each property is asked by itself: code that lacks it fails that one test."""

import types

import numpy as np
import pytest

from autograder.errors import GraderError
from autograder.testing import Bench, LocalStudent, case_of, properties
from autograder.testing.bench import observe


def double(x):
    return np.asarray(x, dtype=float) * 2


def run(test, function):
    """What a test observes on this function; None where it passes."""
    module = lambda f: types.SimpleNamespace(double=f)  # noqa: E731
    bench = Bench(LocalStudent(module(function)), module(double), "1")
    return observe(lambda: test(**{n: getattr(bench, n) for n in test.__signature__.parameters}), bench)[0]


def made(rng):
    return np.floor(rng.uniform(1, 9, size=(3, 4)))


def in_place(x):
    if isinstance(x, np.ndarray) and x.dtype == float:
        x *= 2
        return x
    return double(x)


ALL = {
    "lists": properties.lists,
    "integers": properties.integers,
    "unsigned": properties.unsigned,
    "views": properties.views,
    "float32": properties.float32,
    "one_sample": properties.one_sample,
    "unchanged": properties.unchanged,
    "empty_batch": properties.empty_batch,
}


@pytest.mark.parametrize(
    ("lacking", "name"),
    [
        (lambda x: x.astype(float) * 2, "lists"),
        (lambda x: double(x) + (np.asarray(x).dtype == np.int64), "integers"),
        (lambda x: x * 2 if getattr(x, "dtype", 0) == np.uint8 else double(x), "unsigned"),
        (lambda x: double(x) + is_view(x), "views"),
        (lambda x: double(x) + (np.asarray(x).dtype == np.float32), "float32"),
        (in_place, "unchanged"),
        (lambda x: double(x) if np.size(x) else 0, "empty_batch"),
    ],
)
def test_code_that_lacks_one_property_fails_that_test_alone(lacking, name):
    def large(rng):
        return made(rng) + 120  # twice this is more than uint8 holds

    tests = {other: ALL[other]("double", "g")(large) for other in ALL}
    assert [other for other, test in tests.items() if run(test, lacking) is not None] == [name]
    assert all(run(test, double) is None for test in tests.values())


def is_view(x):
    return isinstance(x, np.ndarray) and x.dtype == float and not x.flags.c_contiguous


def test_single_precision_is_good_enough_for_single_precision():
    test = properties.float32("double", "g")(made)
    assert run(test, lambda x: x * np.float32(2.00001)) is None


def test_a_nested_list_need_not_say_how_wide_nothing_is():
    test = properties.empty_batch("double", "g")(made)
    assert run(test, lambda x: double(x).tolist()) is None
    assert run(test, lambda x: np.zeros((0, 4))) is not None  # nothing, whatever it is given


def test_a_view_shares_nothing_with_its_neighbours():
    x = np.arange(6.0).reshape(2, 3)
    view = properties.as_views(x)
    assert np.array_equal(view, x)
    assert not view.flags.c_contiguous
    assert not view.flags.f_contiguous
    assert min(view.strides) < 0


def test_an_input_that_is_not_whole_is_the_suites_mistake():
    for value, kind in ((0.5, np.int64), (256.0, np.uint8), (-1.0, np.uint8)):
        with pytest.raises(GraderError, match="cannot hold"):
            properties.as_integers(np.array([value]), kind)


def test_several_arguments_and_keywords_are_passed_on():
    def scaled(x, n, t, by=1):
        assert isinstance(x, list)
        assert (n, t) == (3, ["a"])
        return np.asarray(x) * by

    bench = Bench(LocalStudent(types.SimpleNamespace(scaled=scaled)), types.SimpleNamespace(scaled=scaled), "1")
    test = properties.lists("scaled", "g", by=2)(lambda: (np.ones(2), 3, ["a"]))
    test(either=bench.either)
    assert bench.student.last_call.kwargs == {"by": 2}


def test_one_form_that_the_code_takes_is_enough_but_no_argument_may_change():
    def forms(rng):
        x = rng.uniform(1, 9, size=3)
        return [(x,), (x[None],)]

    def rows_only(x):
        return [[2 * v for v in row] for row in x]

    def changes_a_vector(x):
        if np.ndim(x) == 1:
            x[0] = 0
            return 0
        return rows_only(x)

    assert run(properties.lists("double", "g")(forms), rows_only) is None
    assert run(properties.unchanged("double", "g")(forms), rows_only) is None
    assert run(properties.unchanged("double", "g")(forms), changes_a_vector).kind == "mutated"


def test_the_test_keeps_its_name_and_gets_a_title_in_both_languages():
    test = properties.lists("double", "g")(made)
    assert test.__name__ == "made"
    assert (case_of(test).group, case_of(test).title.en) == ("g", "double: lists")
    assert case_of(test).title.ja == "double：リスト"
