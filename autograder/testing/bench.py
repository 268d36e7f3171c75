"""The bench on which one test tries one implementation.

A test function never knows which implementation lies on the bench: a student's (behind a
process boundary), the reference, or one of the author's wrong versions. The last is how a
cause is found: the same test is run on each wrong version with the same random numbers, and
the student's failure is compared with theirs (see `judge.diagnosis`). For that every failure
carries an `Observation`: which expectation failed, and what was seen instead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ..course.causes import cause_of_problem
from ..errors import GraderError
from .compare import FLOAT32, FLOAT64, Difference, Tolerance, explain
from .copies import clone, is_generator, same_values, snapshot

__all__ = ["FLOAT32", "FLOAT64", "Bench", "Call", "Failed", "LocalStudent", "Observation", "Tolerance", "explain"]


Arguments = tuple[tuple[Any, ...], dict[str, Any]]


@dataclass(frozen=True)
class Observation:
    """What was seen where a test failed.

    Attributes
    ----------
    kind
        ``value`` (a result), ``mutated`` (arguments after the call), ``require``,
        ``error`` (an exception, numbers left out) or ``assert`` (a line number).
    step
        How many expectations the test had met before.
    """

    kind: str
    step: int
    value: Any = None


@dataclass(frozen=True)
class Call:
    """One call of the student's code, for messages: the arguments are as they were before it."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)


class Failed(AssertionError):
    """A test's expectation was not met.

    Attributes
    ----------
    cause
        Cause named by the test itself or by the difference's signature, else None.
    named
        Whether the author named the cause in the test; such a cause outranks any match.
    """

    def __init__(
        self,
        observation: Observation,
        cause: str | None = None,
        difference: Difference | None = None,
        call: Call | None = None,
        named: bool = False,
    ) -> None:
        super().__init__(cause or (difference.problem if difference else observation.kind))
        self.observation = observation
        self.cause = cause
        self.difference = difference
        self.call = call
        self.named = named


class LocalStudent:
    """A module in this process. As across two processes, it gets copies, and the test keeps its own arguments.

    Attributes
    ----------
    last_call
        The last call, for messages; its arguments are as they were before it.
    left_arguments
        Positional and keyword arguments as the last call left them.
    """

    def __init__(self, module: Any) -> None:
        self._module = module
        self.last_call: Call | None = None
        self.left_arguments: Arguments = ((), {})

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        return self._recorded(name, value) if callable(value) else value

    def _recorded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(*args: Any, **kwargs: Any) -> Any:
            self.last_call = Call(name, snapshot(args), snapshot(kwargs))
            self.left_arguments = given = clone((args, kwargs), keep=is_generator)
            return function(*given[0], **given[1])

        return recorded


class Bench:
    """One implementation, the reference, and the random numbers of one test.

    Parameters
    ----------
    student
        The implementation under test, with attributes ``last_call`` and ``left_arguments``.
    reference
        The course's own module; None where there is none (a student's laptop).
    seed
        Text from which this test's random numbers follow.
    """

    FIXTURES = ("student", "reference", "rng", "make_rng", "expect", "agree", "either", "unchanged", "after", "require")

    def __init__(self, student: Any, reference: Any, seed: str) -> None:
        self.student = student
        self.reference = reference
        self._entropy = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:16], "little")
        self.steps = 0
        self.explains = True  # False where only the observation is wanted
        self.judges = True  # False where only the calls are wanted

    @cached_property
    def rng(self) -> np.random.Generator:
        """The test's generator for inputs; made when asked for, as most visible tests have fixed inputs."""
        return np.random.default_rng(self._entropy)

    def make_rng(self, stream: int = 0) -> np.random.Generator:
        """A generator to hand to the student; the same `stream` gives the same numbers."""
        return np.random.default_rng([self._entropy, stream])

    def expect(
        self,
        actual: Any,
        expected: Any,
        tol: Tolerance = FLOAT64,
        sizes: tuple[int, ...] = (),
        cause: str | None = None,
    ) -> None:
        """Fail with an explanation unless `actual` agrees with `expected`.

        Parameters
        ----------
        actual, expected
            Number, array, or a tuple, list or dict of such. See `compare.explain`.
        sizes
            Axis lengths against which a constant factor is recognised.
        cause
            Name the cause yourself where a mismatch here can mean only one thing.
        """
        if not self.judges:
            return
        difference = explain(actual, expected, tol, sizes=sizes if self.explains else None)
        if difference is not None:
            raise Failed(
                Observation("value", self.steps, snapshot(actual)),
                cause or cause_of_problem(difference.problem, difference.signature),
                difference,
                self.student.last_call,
                named=cause is not None,
            )
        self.steps += 1

    def agree(self, name: str, *args: Any, tol: Tolerance = FLOAT64, **kwargs: Any) -> None:
        """Call `name` of reference and student with the same arguments and compare."""
        expected = getattr(self.reference, name)(*clone(args), **clone(kwargs))
        actual = getattr(self.student, name)(*args, **kwargs)
        self.expect(actual, expected, tol, sizes=_sizes((args, tuple(kwargs.values()))))

    def either(
        self, name: str, *forms: tuple[Any, ...], tol: Tolerance = FLOAT64, unchanged: bool = False, **kwargs: Any
    ) -> None:
        """Ask one question in several forms of its input; a right answer to one of them is enough.

        Whether code takes each form is a question of its own, and has a test of its own. Of the
        failures the one is told that has a wrong result to show, else the first.

        Parameters
        ----------
        forms
            The arguments, a tuple for each form.
        unchanged
            Fail as well if an argument of a form was modified on the way.
        """
        ask = self.unchanged if unchanged else self.agree
        failures: list[Exception] = []
        for form in forms:
            try:
                ask(name, *form, tol=tol, **kwargs)
            except GraderError:
                raise
            except Exception as error:
                if isinstance(error, Failed) and error.observation.kind == "mutated":
                    raise
                failures.append(error)
            else:
                return
        raise next((f for f in failures if isinstance(f, Failed) and f.observation.kind == "value"), failures[0])

    def unchanged(self, name: str, *args: Any, tol: Tolerance = FLOAT64, **kwargs: Any) -> Any:
        """Call `name` of the student; fail if it modified an argument, or if its result is wrong.

        The result counts too, because code that does nothing modifies nothing: it must not
        score for that. Returns the result.
        """
        if self.reference is not None:
            expected = getattr(self.reference, name)(*clone(args), **clone(kwargs))
        result = getattr(self.student, name)(*args, **kwargs)
        left = self.student.left_arguments
        if not same_values(left, (args, kwargs)):
            raise Failed(
                Observation("mutated", self.steps, snapshot(left)),
                "mutated_argument",
                call=self.student.last_call,
                named=True,
            )
        if self.reference is not None:
            self.expect(result, expected, tol)
        else:
            self.require(result is not None, "returned_none")
        return result

    def after(self, argument: int | str) -> Any:
        """An argument, by position or name, as the last call of the student left it.

        The test's own arguments are always as it made them: a test that asks what became of
        one asks here.
        """
        args, kwargs = self.student.left_arguments
        return kwargs[argument] if isinstance(argument, str) else args[argument]

    def require(self, condition: Any, cause: str | None = None, observed: Any = None) -> None:
        """Fail unless `condition` holds.

        Parameters
        ----------
        cause
            Id of the cause (hints.yaml or a generic one), where this can mean only one thing.
        observed
            What was measured; wrong versions with the same measurement then match.
        """
        if self.judges and not bool(condition):
            raise Failed(
                Observation("require", self.steps, snapshot(observed)),
                cause,
                call=self.student.last_call,
                named=cause is not None,
            )
        self.steps += 1


def _sizes(value: Any) -> tuple[int, ...]:
    if isinstance(value, np.ndarray):
        return tuple(value.shape)
    if isinstance(value, (tuple, list)):
        return tuple(s for v in value for s in _sizes(v))
    return ()


def observe(function: Callable[[], Any], bench: Bench) -> tuple[Observation | None, BaseException | None]:
    """Run one test body; the observation is None where it passed."""
    try:
        function()
    except Failed as failure:
        return failure.observation, failure
    except AssertionError as error:
        if _is_students(error):
            return Observation("error", bench.steps, error_text(error)), error
        line = error.__traceback__
        while line is not None and line.tb_next is not None:
            line = line.tb_next
        return Observation("assert", bench.steps, line.tb_lineno if line else 0), error
    except Exception as error:
        return Observation("error", bench.steps, error_text(error)), error
    return None, None


def _is_students(error: AssertionError) -> bool:
    """Whether an `assert` of the student's own failed: in the worker, or below a call of `LocalStudent`."""
    if hasattr(error, "type_name"):
        return True
    line = error.__traceback__
    while line is not None:
        if line.tb_frame.f_code.co_filename == __file__ and line.tb_frame.f_code.co_name == "recorded":
            return True
        line = line.tb_next
    return False


def error_text(error: BaseException) -> str:
    """Type and message without numbers: what two failures of the same kind have in common."""
    return f"{error_name(error)}: {re.sub(r'[-+]?[0-9.]+', '#', str(error))}"


def error_name(error: BaseException) -> str:
    """The type name of an exception as the student's Python would print it."""
    name = getattr(error, "type_name", None)
    return name if isinstance(name, str) else type(error).__name__
