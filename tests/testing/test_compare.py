"""A signature is named only where undoing it takes the error away."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.testing.compare import explain

GRID = np.arange(1.0, 13.0).reshape(3, 4) ** 1.5


def _signature(actual: object, expected: object, sizes: tuple[int, ...] = ()) -> str | None:
    found = explain(actual, expected, sizes=sizes)
    assert found is not None
    return found.signature


@pytest.mark.parametrize(
    ("actual", "cause"),
    [
        (GRID[::-1], "permuted"),
        (GRID[:, ::-1], "permuted"),
        (np.roll(GRID.ravel(), 1).reshape(3, 4), "permuted"),
        (GRID + 0.5, "constant_offset"),
        (-GRID, "opposite_sign"),
        (np.round(GRID, 1), "rounded"),
        (np.trunc(GRID), "truncated"),
        (2 * GRID, "twice"),
        (GRID / 2, "half"),
        (4 * GRID, "times_n"),
    ],
)
def test_a_slip_that_explains_the_whole_error_is_named(actual: np.ndarray, cause: str) -> None:
    assert _signature(actual, GRID, (3, 4)) == cause


NEAR = np.array([1e-9, 2e-9, 0.4, 0.6])


@pytest.mark.parametrize(
    ("actual", "expected", "never"),
    [
        # sorted, the two are within ten tolerances; so they are unsorted
        (np.array([5e-8, 2e-9, 0.4, 0.6]), NEAR, "permuted"),
        # of two values, a wrong choice is no order
        (np.array([0.0, 1.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0, 1.0]), "permuted"),
        (np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([[1.0, 1.0], [1.0, 0.0]]), "permuted"),
        # a bias that is missing in one row of two
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.5, 4.5]]), "constant_offset"),
        (np.array([0.0, 0.0, 0.0]), np.array([1.0, 1.0, 1.0]), "constant_offset"),
        # a hard choice instead of probabilities is no rounding
        (np.array([0.0, 0.0, 1.0]), np.array([0.1, 0.2, 0.7]), "rounded"),
        (np.array([0.0, 0.0, 0.0]), np.array([0.1, 0.2, 0.7]), "truncated"),
        # a factor of 2 has more reasons than an axis of length 2
        (np.array([2.0, 4.0]), np.array([1.0, 2.0]), "times_n"),
    ],
)
def test_a_coincidence_is_not_named(actual: np.ndarray, expected: np.ndarray, never: str) -> None:
    assert _signature(actual, expected, (2,)) != never


@pytest.mark.parametrize("shape", [(4,), (2, 6), (3, 4), (2, 3, 2), (1, 12)])
def test_arrays_of_any_shape_are_explained(shape: tuple[int, ...]) -> None:
    want = np.linspace(1, 9, int(np.prod(shape))).reshape(shape)
    for got in (
        want[::-1],
        want + 1,
        -want,
        want * 3,
        np.round(want),
        want**2,
        want * np.arange(want.size).reshape(shape),
    ):
        if not np.array_equal(got, want):
            assert explain(got, want, sizes=shape) is not None
