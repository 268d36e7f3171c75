"""How the student's failures look inside a test: exceptions of our own making.

An error that the student's code raised becomes a `StudentError` that also *is* the built-in
exception of the same name, so that ``pytest.raises(ValueError)`` works. What no test may hope
for (a time-out, a crash, a stub, a missing function) is a `WorkerGone`.
"""

from __future__ import annotations

import builtins
from functools import cache
from typing import Any

from ..course.causes import cause_of_error
from ..model import TestStatus

MAX_NAME, MAX_MESSAGE = 100, 2000


class WorkerGone(BaseException):
    """The call has no outcome that a test could look at.

    ``loading`` tells an exception that the file raised before any test began; ``detail`` is then
    its type and message.

    Derived from BaseException so that ``pytest.raises(Exception)`` in a suite can't take a
    time-out for the error that it hopes for.
    """

    def __init__(
        self,
        status: TestStatus,
        cause: str,
        detail: str = "",
        line: int = 0,
        label: str = "",
        loading: bool = False,
    ) -> None:
        super().__init__(cause, detail)
        self.status = status
        self.cause = cause
        self.detail = detail
        self.line = line
        self.label = label
        self.loading = loading

    def again(self) -> WorkerGone:
        """A fresh exception that says the same, without the old traceback."""
        return WorkerGone(self.status, self.cause, self.detail, self.line, self.label, self.loading)

    def at_load(self) -> WorkerGone:
        """The same, met while the file was loaded: a stub's word there is an error like any other."""
        cause = {"not_implemented": "load_error", "timeout": "load_timeout"}.get(self.cause, self.cause)
        return WorkerGone(self.status, cause, self.detail, self.line, self.label)

    def without_words(self) -> WorkerGone:
        """The same without anything that the student's process said."""
        return WorkerGone(self.status, self.cause)

    @classmethod
    def from_load(cls, error: Exception) -> WorkerGone:
        """What an exception at load time makes of every test."""
        type_name = getattr(error, "type_name", type(error).__name__)
        if type_name in ("SyntaxError", "IndentationError", "TabError"):
            cause = "syntax_error"
        else:
            cause = cause_of_error(type_name, str(error)) or "load_error"
        detail = f"{type_name}: {error}"
        return cls("error", cause, detail, getattr(error, "line", 0), getattr(error, "label", ""), True)


class StudentError(Exception):
    """The student's code raised.

    Attributes
    ----------
    type_name
        Name of the exception's class over there.
    line, label
        The last line of the student's own file on the way, and that file's name.
    """

    type_name = "Exception"
    line = 0
    label = ""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


_PLAIN = [
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "EOFError",
    "FloatingPointError",
    "ImportError",
    "IndexError",
    "KeyError",
    "LookupError",
    "ModuleNotFoundError",
    "NameError",
    "OverflowError",
    "RuntimeError",
    "StopIteration",
    "TypeError",
    "UnboundLocalError",
    "ValueError",
    "ZeroDivisionError",
]


@cache
def _class_for(name: str) -> type[StudentError]:
    base = getattr(builtins, name) if name in _PLAIN else None
    bases = (StudentError, base) if base is not None else (StudentError,)
    return type(f"Student{name if base else 'Error'}", bases, {})


def student_error(description: Any, in_cell: bool = False) -> Exception | WorkerGone:
    """The exception for ``[type names, message, line, label]`` as the worker described it.

    Parameters
    ----------
    in_cell
        Whether a notebook's cell was run, and not a function called: only then can it be the cell
        that is in another language, whose first line is told even of a hidden test.
    """
    names, message, line, label = description
    names = [n[:MAX_NAME] for n in names if isinstance(n, str)] or ["Exception"]
    message, line, label = str(message)[:MAX_MESSAGE], int(line), str(label)
    for name, cause in (
        ("NotImplementedError", "not_implemented"),
        ("MemoryError", "memory"),
        ("RecursionError", "recursion"),
    ):
        if name in names:
            return WorkerGone("error", cause, message, line, label)
    if names[0] == "OutOfTime":
        return WorkerGone("timeout", "timeout", message, line, label)
    if names[0] == "Foreign" and in_cell:
        return WorkerGone("error", "foreign_cell", message, line, label)
    if names[0] == "WireError":
        return WorkerGone("error", "wrong_type", message, line, label)
    if "Exception" not in names:  # SystemExit, KeyboardInterrupt and whatever else derives from BaseException
        cause = "exited" if names[0] == "SystemExit" else "crashed"
        return WorkerGone("error", cause, message, line, label)
    error = _class_for(next((n for n in names if n in _PLAIN), "Exception"))(message)
    error.type_name = names[0]
    error.line, error.label = line, label
    return error
