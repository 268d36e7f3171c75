"""The student's file: read it, compare it with the stub, and say where it is wrong."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ..course.causes import GENERIC
from ..errors import reason
from ..i18n import Text
from ..text.align import columns
from .course import Exercise


@dataclass(frozen=True)
class Problem:
    """Why a file cannot be run at all."""

    cause: str
    text: Text


def read(path: Path) -> str:
    """The file's text, decoded as Python decodes it (BOM, coding line).

    Raises
    ------
    OSError, SyntaxError, UnicodeDecodeError
    """
    import io
    import tokenize

    data = path.read_bytes()
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding)


def sha(path: Path) -> str:
    """Of the content, whatever the line ends; empty where there is no file."""
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    import hashlib

    return hashlib.sha256(_normal(data)).hexdigest()


def is_begun(exercise: Exercise) -> bool:
    """Whether the student's file differs from the stub by more than blanks at line ends."""
    try:
        data = exercise.file.read_bytes()
    except OSError:
        return False
    try:
        return _normal(data) != _normal(exercise.stub.read_bytes())
    except OSError:
        return True


def _normal(data: bytes) -> bytes:
    return b"\n".join(line.rstrip() for line in data.removeprefix(b"\xef\xbb\xbf").splitlines()).strip()


def problem(path: Path) -> Problem | None:
    """Why the file cannot be compiled, with its own line and a caret; None where it can."""
    try:
        data = path.read_bytes()
        _compile(data, path)
    except FileNotFoundError:
        return Problem(
            "load_error",
            Text(
                f"{path.name} is not there. 'autograder reset {path.stem}' brings back the stub.",
                f"{path.name} がありません。autograder reset {path.stem} で雛形を取り戻せます。",
            ),
        )
    except OSError as error:
        return Problem(
            "load_error", Text("{name}: {reason}", "{name}: {reason}").format(name=path.name, reason=reason(error))
        )
    except SyntaxError:
        return Problem("syntax_error", _syntax_of(path))
    except (ValueError, RecursionError, MemoryError) as error:  # NUL bytes; nested too deeply
        return Problem("syntax_error", Text.of(f"{path.name}: {error or type(error).__name__}"))
    return None


def _compile(source: str | bytes, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(source, str(path), "exec", dont_inherit=True)


def _syntax_of(path: Path) -> Text:
    """Compiled once more from text: from bytes, Python counts a line's columns in bytes."""
    try:
        _compile(read(path), path)
    except SyntaxError as error:
        return _syntax(path, error)
    except ValueError:
        pass
    return Text(
        f"{path.name} is not UTF-8 text. Save it as UTF-8.",
        f"{path.name} は UTF-8 ではありません。UTF-8 で保存してください。",
    )


def _syntax(path: Path, error: SyntaxError) -> Text:
    message = error.msg or "invalid syntax"
    if error.lineno is None:
        return Text.of(f"{path.name}: {message}")
    lines = [f"{path.name}, line {error.lineno}: {message}"]
    ja = [f"{path.name}、{error.lineno} 行目: {message}"]
    shown: list[str] = []
    if error.text and error.text.strip():
        code = error.text.rstrip("\r\n").replace("\t", " ")
        indent = len(code) - len(code.lstrip())
        before = columns(code[indent : max(indent, (error.offset or 1) - 1)])
        shown = ["    " + code.strip(), "    " + " " * before + "^"]
    cause = GENERIC["syntax_error"]
    return Text("\n".join([*lines, *shown, cause.en]), "\n".join([*ja, *shown, cause.ja]))


def frames(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    """File and line of every frame of a traceback, outermost first."""
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next


def last_line(error: BaseException, path: Path) -> int:
    """The innermost line of `path` on the way to where `error` was raised; 0 where there is none."""
    return next((line for file, line in reversed([*frames(error.__traceback__)]) if file == str(path)), 0)
