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


def test_two_slips_at_once_get_their_two_causes() -> None:
    first, second = dict.fromkeys(TESTS[:5], 1.0), dict.fromkeys(TESTS[5:9], 2.0)
    third = {TESTS[0]: 1.0, TESTS[5]: 2.0, **dict.fromkeys(TESTS[1:5], 7.0)}  # alike on one test of each
    diagnosis = _diagnosis({"third": third, "first": first, "second": second})
    told = diagnosis.choose(_failures({**first, **second}), TESTS[9:])
    assert [told[t] for t in TESTS[:9]] == ["first"] * 5 + ["second"] * 4


def test_a_version_that_mostly_shows_something_else_is_no_cause() -> None:
    neighbour = {TESTS[0]: 1.0, **dict.fromkeys(TESTS[1:6], 3.0)}
    failing = {TESTS[0]: 1.0, **dict.fromkeys(TESTS[1:6], 4.0)}
    assert set(_diagnosis({"neighbour": neighbour}).choose(_failures(failing), TESTS[6:]).values()) == {None}


def test_where_two_causes_explain_equally_much_a_few_visible_tests_name_neither() -> None:
    diagnosis = _diagnosis({"one": {"test_0": 5.0}, "other": {"test_0": 5.0}})
    assert diagnosis.choose(_failures({"test_0": 5.0}), TESTS[1:])["test_0"] == "one"
    assert diagnosis.choose(_failures({"test_0": 5.0}), TESTS[1:], settle=False)["test_0"] is None


def _errors(tests: list[str]) -> dict[str, tuple[Observation | None, BaseException | None]]:
    return {t: (Observation("error", 0, "ValueError: x"), ValueError("x")) for t in tests}


def test_what_the_exception_says_wins_over_a_neighbour_that_meets_it_on_some_of_the_tests() -> None:
    versions = [{t: Observation("error", 0, "ValueError: x") for t in TESTS[:3]}]
    diagnosis = Diagnosis(["loop_over_rows"], lambda version, test: versions[version].get(test))
    told = diagnosis.choose(_errors(TESTS[:6]), TESTS[6:], dict.fromkeys(TESTS[:6], "if_on_array"))
    assert set(told.values()) == {"if_on_array"}
    told = diagnosis.choose(_errors(TESTS[:3]), TESTS[3:], dict.fromkeys(TESTS[:3], "if_on_array"))
    assert set(told.values()) == {"loop_over_rows"}


def test_an_exception_is_not_explained_by_a_version_that_changes_its_argument() -> None:
    seen = {"test_0": Observation("mutated", 0, 1.0), "test_1": Observation("error", 0, "ValueError: x")}
    diagnosis = Diagnosis(["mutated_argument"], lambda version, test: seen.get(test))
    assert diagnosis.choose(_errors(["test_1"]), [], {"test_1": "number_argument"})["test_1"] == "number_argument"
