"""The student's file: read it, compare it with the stub, and say where it is wrong."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ..course.causes import GENERIC
from ..course.syntax import cause_of_syntax
from ..errors import reason
from ..i18n import Text
from ..model import Block, Blocks, Lines, Place, Sentence
from ..text.align import columns
from .course import Exercise


@dataclass(frozen=True)
class Problem:
    """Why a file cannot be run at all."""

    cause: str
    message: Blocks


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
        read(path)  # Python itself overlooks bytes of another encoding inside a comment
        _compile(path.read_bytes(), path)
    except FileNotFoundError:
        return _problem(
            "load_error",
            Text(
                f"{path.name} is not there. 'autograder reset {path.stem}' brings back the stub.",
                f"{path.name} がありません。autograder reset {path.stem} で雛形を取り戻せます。",
            ),
        )
    except OSError as error:
        return _problem(
            "load_error", Text("{name}: {reason}", "{name}: {reason}").format(name=path.name, reason=reason(error))
        )
    except UnicodeDecodeError:
        return _not_utf8(path)
    except SyntaxError as error:
        return _syntax_of(path) or _not_utf8(path, error.msg)
    except (ValueError, RecursionError, MemoryError) as error:  # NUL bytes; nested too deeply
        return _problem("syntax_error", Text.of(f"{path.name}: {error or type(error).__name__}"))
    return None


def _problem(cause: str, *said: Text) -> Problem:
    return Problem(cause, tuple(map(Sentence, said)))


def _compile(source: str | bytes, path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(source, str(path), "exec", dont_inherit=True)


def _syntax_of(path: Path) -> Problem | None:
    """Compiled once more from text: from bytes, Python counts a line's columns in bytes."""
    try:
        _compile(read(path), path)
    except SyntaxError as error:
        return _syntax(path, error) if error.lineno is not None else None
    except ValueError:
        pass
    return None


def _not_utf8(path: Path, said: str = "") -> Problem:
    """Bytes that are no UTF-8: the encoding it is instead, and how to save it again."""
    data = path.read_bytes()
    bad = next((n for n, line in enumerate(data.split(b"\n"), 1) if not _reads_as(line, "utf-8")), 0)
    if not bad:  # the file is text; it says itself, in a coding line, that it is something else
        return _problem("syntax_error", Text.of(f"{path.name}: {said}"))
    name = _looks_like(data)
    looks = Text(f"; it looks like {name}", f"（{name} のようです）") if name else Text("", "")
    return _problem(
        "not_utf8",
        Text(
            f"{path.name}, line {bad}: the text is not UTF-8{looks.en}.",
            f"{path.name}、{bad} 行目: 文字コードが UTF-8 ではありません{looks.ja}。",
        ),
        GENERIC["not_utf8"],
    )


def _looks_like(data: bytes) -> str:
    """The encoding of a Japanese text, by its mark or by what it does not turn into half-width katakana."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    shift_jis, euc = _reads_as(data, "cp932"), _reads_as(data, "euc_jp")
    if euc and not (shift_jis and not any("｡" <= c <= "ﾟ" for c in data.decode("cp932"))):
        return "EUC-JP"
    return "Shift_JIS (cp932)" if shift_jis else ""


def _reads_as(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _syntax(path: Path, error: SyntaxError) -> Problem:
    message = error.msg or "invalid syntax"
    blocks: list[Block] = [Place(Text.of(path.name), error.lineno or 0, message)]
    if error.text and error.text.strip():
        code = error.text.rstrip("\r\n").replace("\t", " ")
        indent = len(code) - len(code.lstrip())
        before = columns(code[indent : max(indent, (error.offset or 1) - 1)])
        blocks.append(Lines(Text.of(f"    {code.strip()}\n    {' ' * before}^")))
    cause = cause_of_syntax(type(error).__name__, message, error.text or "")
    blocks += [Sentence(GENERIC[c]) for c in dict.fromkeys(("syntax_error", cause))]
    return Problem(cause, tuple(blocks))


def frames(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    """File and line of every frame of a traceback, outermost first."""
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next


def last_line(error: BaseException, path: Path) -> int:
    """The innermost line of `path` on the way to where `error` was raised; 0 where there is none."""
    return next((line for file, line in reversed([*frames(error.__traceback__)]) if file == str(path)), 0)
