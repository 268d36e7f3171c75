"""What `observe` makes of an exception, wherever it was raised."""

import types

from autograder.testing.bench import Bench, LocalStudent, observe
from autograder.testing.failures import student_error


def refuses(x):
    if x % 2:
        raise AssertionError("does not fit")  # what an assert does; pytest rewrites those of this file
    return x


def remote(x):
    raise student_error([["AssertionError", "Exception"], "does not fit", 3, "conv2d.py"])


def test_an_assert_of_the_students_own_is_the_same_error_here_and_in_the_worker():
    seen = []
    for function in (refuses, remote):
        student = LocalStudent(types.SimpleNamespace(f=function))
        seen.append(observe(lambda student=student: student.f(3), Bench(student, None, "1"))[0])
    assert seen[0] == seen[1]
    assert (seen[0].kind, seen[0].value) == ("error", "AssertionError: does not fit")


def test_an_assert_of_the_test_is_told_by_its_line():
    def body():
        assert refuses(2) is None

    seen, _ = observe(body, Bench(LocalStudent(types.SimpleNamespace()), None, "1"))
    assert seen.kind == "assert"
