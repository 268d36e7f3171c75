"""What the build writes about wrong versions is what a student's laptop reads."""

import json

import numpy as np
import pytest

from autograder.i18n import Text
from autograder.testing.bench import Observation
from autograder.testing.causes_file import KnownFailure, encode, read_causes, write_causes
from autograder.testing.diagnosis import same


def there_and_back(tmp_path, value, kind="value"):
    known = {"test_x": [KnownFailure(3, "a_cause", Text("en", "日本語"), Observation(kind, 2, value))]}
    path = tmp_path / "causes.json"
    path.write_text(write_causes(known), encoding="utf-8")
    return read_causes(path)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        -3,
        True,
        None,
        float("nan"),
        float("-inf"),
        np.array([[1.0, np.nan], [np.inf, -np.inf]]),
        np.arange(6).reshape(2, 3),
        np.zeros((0, 3)),
        np.float32(0.25),
        np.array([True, False]),
        np.array(2.0),
        (np.array([1.0, 2.0]), 3.0),
        [1, [2.0, float("nan")]],
        {"W1": np.eye(2), "b1": [0.0]},
    ],
    ids=lambda v: type(v).__name__,
)
def test_every_plain_value_is_recognised_after_the_file(tmp_path, value):
    [failure] = there_and_back(tmp_path, value)["test_x"]
    assert (failure.version, failure.cause, failure.text) == (3, "a_cause", Text("en", "日本語"))
    assert same(failure.observation, Observation("value", 2, value))
    assert not same(failure.observation, Observation("value", 2, np.array([12345.0])))


def test_the_words_of_an_error_survive(tmp_path):
    [failure] = there_and_back(tmp_path, "ValueError: # is not #", "error")["test_x"]
    assert failure.observation == Observation("error", 2, "ValueError: # is not #")


def test_the_file_is_strict_json(tmp_path):
    there_and_back(tmp_path, np.array([np.nan, np.inf]))

    def refuse(constant):
        raise AssertionError(constant)

    json.loads((tmp_path / "causes.json").read_text(encoding="utf-8"), parse_constant=refuse)


def test_noise_in_the_last_digits_does_not_reach_the_file():
    assert encode(np.array([1 / 3, 1e-17, 100.0])) == encode(np.array([np.nextafter(1 / 3, 1), -2e-17, 100.0]))
    assert encode(1e-300) == 1e-300


@pytest.mark.parametrize("value", [object(), np.zeros(2000), np.array([1j]), {1: 2.0}, lambda: 0])
def test_what_is_large_or_no_plain_data_is_left_out(tmp_path, value):
    assert there_and_back(tmp_path, value) == {}
