"""Turn what happened in a test, or while loading a file, into words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from io import TextIOBase
from pathlib import Path

from ..course.causes import GENERIC, cause_of_error
from ..course.error_causes import MISSING
from ..i18n import Text
from ..model import Blocks, Cause, NoFunction, NotLoaded, Place, Sentence
from ..testing.bench import Call, Failed, error_name
from ..testing.explain import because, called, error_message, visible_message
from ..testing.own_code import OwnCode
from ..testing.suite import Outcome
from ..text.told import at
from .deadline import Overtime
from .results import CheckResult
from .source import last_line, read

OUTPUT_LINES = 20
_OUTPUT_CHARACTERS = 8000


class Output(TextIOBase):
    """Where the student's prints go: the first lines are kept, the rest is counted."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._size = 0
        self._more = 0

    @classmethod
    def install(cls) -> Output:
        """A fresh one, as stdout and stderr of this process."""
        sys.stdout = sys.stderr = output = cls()
        return output

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._size < _OUTPUT_CHARACTERS:
            self._kept.append(text[: _OUTPUT_CHARACTERS - self._size])
        else:
            self._more += text.count("\n")
        self._size += len(text)
        return len(text)

    def lines(self) -> tuple[str, ...]:
        """At most 20 lines; the last one says how many are left out."""
        lines = "".join(self._kept).splitlines()
        more = self._more + len(lines) - OUTPUT_LINES
        return (*lines[:OUTPUT_LINES], f"... (+{more})") if more > 0 else tuple(lines)


def describe(
    test: CheckResult,
    outcome: Outcome,
    call: Call | None,
    path: Path,
    cause: str | None,
    text_of: Callable[[str | None], Text | None],
    seconds: float,
    code: OwnCode | None = None,
) -> CheckResult:
    """The result of one test.

    Parameters
    ----------
    call
        The last call of the student's code.
    path
        The student's file.
    cause
        Id of the cause that was found by comparison, if any.
    code
        The text of the student's file, read once for all tests.
    """
    error = outcome.error
    if error is None:
        return replace(test, status="passed")
    code = code or code_of(path)
    if outcome.gone is not None:
        cause = outcome.gone.cause
        if cause == "function_missing":
            cause = code.of_missing(outcome.gone.detail)
        message = _gone(cause, error, call, path, seconds)
        return replace(test, status=outcome.gone.status, cause=cause, message=message)
    if isinstance(error, Failed):
        cause = code.refined(cause or error.cause, call.name if call else "")
        return replace(
            test, status="failed", cause=cause, message=visible_message(error, _cause(cause, text_of(cause)))
        )
    if isinstance(error, AssertionError) and not last_line(error, path):
        return replace(
            test, status="failed", cause=cause, message=_assertion(error, call, path, _cause(cause, text_of(cause)))
        )
    cause = cause or cause_of_error(error_name(error), str(error), inside=bool(last_line(error, path)))
    said = "input() cannot be used here" if isinstance(error, EOFError) else str(error)
    detail = code.detail(cause, last_line(error, path), path.name)
    why = _cause(cause, text_of(cause))
    message = (*error_message(error_name(error), said, place_of(error, path), call, why), *_more(detail))
    return replace(test, status="error", cause=cause, message=message)


def told_by(code: OwnCode, outcome: Outcome, path: Path) -> str | None:
    """What the student's own code says about an exception."""
    error = outcome.error
    if error is None or outcome.gone is not None or isinstance(error, Failed):
        return None
    return code.of_error(error_name(error), str(error), last_line(error, path), path.name, outcome.call)


def code_of(path: Path) -> OwnCode:
    """The text of the student's file; nothing where it cannot be read."""
    try:
        return OwnCode([(path.name, read(path))])
    except (OSError, ValueError, SyntaxError):
        return OwnCode([])


def describe_load(error: BaseException, path: Path) -> tuple[str, Blocks]:
    """Cause and words for a file that cannot be run at all."""
    if isinstance(error, Overtime):
        place = place_of(error, path)
        return "timeout", (NotLoaded(path.name), *_where(place))
    name = type(error).__name__
    found = cause_of_error(name, str(error))
    cause = found if found in ("exited", "missing_module", "recursion", "memory") else "load_error"
    code, line = code_of(path), last_line(error, path)
    cause = code.of_load(name, str(error), line, path.name, cause)
    detail = code.detail(cause, line, path.name)
    why = Cause(cause, GENERIC[cause])
    return cause, (*error_message(name, str(error), place_of(error, path), None, why), *_more(detail))


def place_of(error: BaseException, path: Path) -> Place | None:
    """The innermost line of the student's file on the way to `error`."""
    line = last_line(error, path)
    if not line:
        return None
    try:
        source = read(path).splitlines()
    except (OSError, ValueError, SyntaxError):
        source = []
    return Place(Text.of(path.name), line, source[line - 1] if line <= len(source) else "")


def _gone(cause: str, error: BaseException, call: Call | None, path: Path, seconds: float) -> Blocks:
    origin = error.__cause__ or error
    place = place_of(origin, path)
    detail = str(error.args[1]) if len(error.args) > 1 else ""
    if cause in MISSING:
        return missing_function(detail, path, cause)
    if cause == "timeout":
        head = Text(f"Stopped after {seconds:g} seconds.", f"{seconds:g} 秒で打ち切りました。")
        if detail == "again":
            head = Text("Not tried again: it ran out of time before.", "前に時間切れになったため、実行しませんでした。")
        return (*called(call), Sentence(head), *_where(place), Cause(cause, GENERIC[cause]))
    if cause == "not_implemented":
        return (*_where(place), Sentence(GENERIC[cause]))
    message = "" if cause == "recursion" else detail
    return error_message(type(origin).__name__, message, place, call, _cause(cause, GENERIC.get(cause)))


def missing_function(name: str, path: Path, cause: str | None = None) -> Blocks:
    """What is told of a function of the stub that is not in the student's file."""
    code = code_of(path)
    cause = cause or code.of_missing(name)
    return NoFunction(path.name, name, code.detail(cause, 0, path.name, name)), Sentence(GENERIC[cause])


def _assertion(error: AssertionError, call: Call | None, path: Path, cause: Cause | None) -> Blocks:
    """A plain ``assert`` of the test file: its own line says what was wanted."""
    test = path.parent / "test_visible.py"
    place = place_of(error, test)
    wanted = place.source.strip() if place else ""
    where = at(place) if place else Text.of("test_visible.py")
    said = str(error).strip()
    return (
        *called(call),
        Sentence(
            Text(f"This does not hold ({where.en}): {wanted}", f"次が成り立ちません（{where.ja}）: {wanted}"),
        ),
        *((Sentence(Text.of(said)),) if said else ()),
        *because(cause),
    )


def _cause(cause: str | None, text: Text | None) -> Cause | None:
    return Cause(cause, text) if text else None


def _more(detail: Text | None) -> Blocks:
    return (Sentence(detail),) if detail else ()


def _where(place: Place | None) -> Blocks:
    return (place,) if place else ()
