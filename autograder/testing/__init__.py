"""What an exercise's test files import and use.

A test file is an ordinary pytest file. It takes what it needs as fixtures:

``student``
    The submission, called like a module: ``student.relu(x)``.
``reference``
    The course's own version (hidden suites only).
``rng``
    A NumPy generator for inputs, seeded anew for each grading. Never hand it to the student.
``make_rng``
    ``make_rng(0)`` gives a generator that may be handed to the student.
``expect(actual, expected)``
    Compare two results of any structure and explain the difference.
``agree("conv2d", x, w, b, stride=2)``
    Call the reference, then the student, with the same arguments, and ``expect``.
``either("softmax", (x,), (x[None],))``
    Like ``agree``, but one question in several forms of its input: one right answer is enough.
``unchanged("softmax", x)``
    Call the student and fail if an argument was modified.
``after(0)``, ``after("w")``
    An argument of the student's last call as that call left it. The test's own arguments stay
    as they were, whatever the call did to them.
``require(condition, cause="not-rescaled")``
    Fail with that cause unless the condition holds.

A property that recurs (lists, whole numbers, views, an empty batch, ...) is a decorator of `properties`.
"""

from . import properties
from .bench import FLOAT32, FLOAT64, Bench, Failed, LocalStudent, Tolerance
from .marks import Case, case, case_of

__all__ = [
    "FLOAT32",
    "FLOAT64",
    "Bench",
    "Case",
    "Failed",
    "LocalStudent",
    "Tolerance",
    "case",
    "case_of",
    "properties",
]
