"""A coincidence on one test is not told as the cause; what explains most failures is."""

from __future__ import annotations

from autograder.testing.bench import Failed, Observation
from autograder.testing.diagnosis import Diagnosis
from autograder.testing.failures import student_error

TESTS = [f"test_{i}" for i in range(12)]


def _diagnosis(shown: dict[str, dict[str, float]]) -> Diagnosis:
    """Versions by cause; for each, the value that it shows on the tests that it fails."""
    versions = list(shown.values())

    def run(version: int, test: str) -> Observation | None:
        value = versions[version].get(test)
        return None if value is None else Observation("value", 0, value)

    return Diagnosis(list(shown), run)


def _failures(values: dict[str, float]) -> dict[str, tuple[Observation | None, BaseException | None]]:
    return {t: (Observation("value", 0, v), Failed(Observation("value", 0, v), None)) for t, v in values.items()}


def test_a_version_that_the_students_passes_refute_is_no_cause() -> None:
    diagnosis = _diagnosis({"other": dict.fromkeys(TESTS, 5.0)})
    assert diagnosis.choose(_failures({"test_0": 5.0}), TESTS[1:]) == {"test_0": None}


def test_a_version_that_breaks_a_second_function_as_well_still_counts() -> None:
    diagnosis = _diagnosis({"both": dict.fromkeys(TESTS, 5.0)})
    failing = dict.fromkeys(TESTS[:3], 5.0)
    assert set(diagnosis.choose(_failures(failing), TESTS[3:]).values()) == {"both"}


def test_what_explains_the_other_failures_speaks_for_one_that_differs_a_little() -> None:
    diagnosis = _diagnosis({"coincidence": {"test_0": 1.0001}, "cause": dict.fromkeys(TESTS[:6], 1.0)})
    failing = {**dict.fromkeys(TESTS[:6], 1.0), "test_0": 1.0001}
    assert set(diagnosis.choose(_failures(failing), TESTS[6:]).values()) == {"cause"}


def test_a_wrong_call_inside_the_students_code_does_not_blame_their_signature() -> None:
    message = "f() takes 1 positional argument but 3 were given"
    outside = student_error([["TypeError", "Exception"], message, 0, ""])
    inside = student_error([["TypeError", "Exception"], message, 7, "neuron.py"])
    diagnosis = _diagnosis({})
    assert diagnosis.choose({"t": (None, outside)}, []) == {"t": "wrong_signature"}
    assert diagnosis.choose({"t": (None, inside)}, []) == {"t": None}
