"""IPython's input language as plain Python: what runs in Jupyter runs here, line for line.

Theory of operation
-------------------
A cell that is valid Python is left alone. Otherwise its indentation and pasted prompts (``>>>``,
``In [1]:``) go, and each *statement* that begins with one of IPython's escapes is replaced, never
a line in the middle of a string or a bracket. Magics that only run Python (``%time x = f()``,
``%%capture``) leave their Python; others become ``pass``. Every line keeps its number, so that
an error names the line that the student sees.

What cannot run here (another language, another process) is `Foreign`, by its name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_RUNS_CELL = {"time", "timeit", "capture", "prun", "check", "writefile", "file", "memit", "mprun", "lprun", "debug"}
_RUNS_LINE = {"time", "prun", "memit", "debug"}
_CELL_MAGIC = re.compile(r"\s*(%%(?!\s)[^\n]*)\n?")
_PROMPT = re.compile(r"[ \t]*(?:(?:>>>|\.\.\.)(?:[ \t]|$)|(?:In ?\[\d*\]:|\.{3,}:)[ \t]?)")
_FIRST_PROMPT = re.compile(r"[ \t]*(?:>>>(?:[ \t]|$)|In ?\[\d*\]:)")
_ASSIGN = re.compile(r"([ \t]*)([A-Za-z_][\w.\[\]'\", \t]*)=[ \t]*([!%])(?!=)(.*)", re.DOTALL)
_ESCAPE = re.compile(r"([ \t]*)(%{1,2}|!{1,2}|\?{1,2}|[,;/](?=[A-Za-z_]))(.*)", re.DOTALL)
_HELP = re.compile(r"([ \t]*)[%\w.*\[\]]+\?{1,2}[ \t]*$")
_OPTIONS = re.compile(r"(?:[ \t]*(?:-[slTDron][ \t]*\S+|-[a-zA-Z]|--[\w-]+)(?=[ \t]|$))*[ \t]*")
_WRITTEN = re.compile(
    r"\s*%%(?:writefile|file)[ \t]++(?:-a[ \t]++)?['\"]?(?:[^\n'\"]*/)?([A-Za-z_]\w*)\.py['\"]?[ \t]*(?:\n|$)"
)
_STARTS = re.compile(r"[ \t]*(?:[%!?]|[,;/][A-Za-z_]|[A-Za-z_][\w.]*[ \t]*=[ \t]*[!%][^=])")
_TO_LINE_END = re.compile(r"(?:[^\\\n]|\\\n|\\)*+")
_TOKEN = re.compile(
    r"#[^\n]*"
    # A string may end anywhere, or a text with many quotes would be read once from each.
    r"|[rbfuRBFU]{0,2}(?:\"\"\"(?:\\.|[^\\])*?(?:\"\"\"|\\?\Z)|'''(?:\\.|[^\\])*?(?:'''|\\?\Z)"
    r"|\"(?:\\.|[^\"\\\n])*+(?:\"|(?=\n)|\\?\Z)|'(?:\\.|[^'\\\n])*+(?:'|(?=\n)|\\?\Z))"
    r"|\\\n|[\[({\])}]|\n|[^\[({\])}\"'\\\n#]+|.",
    re.DOTALL,
)


class Foreign(Exception):
    """A cell that is no Python; the text is what it begins with."""


def python(source: str) -> str:
    """A cell's source as Python, each line in its place.

    Raises
    ------
    Foreign
        The cell is in another language, or meant for another process.
    """
    above, at = [], 0
    while magic := _CELL_MAGIC.match(source, at):
        above += [
            "\n" * source.count("\n", at, magic.start(1)),
            _cell_magic(magic[1]),
            "\n" * (magic.end() > magic.end(1)),
        ]
        at = magic.end()
    source = source[at:]
    if not _is_python(source):
        source = _without_prompts(_dedented(source))
    return "".join(above) + (source if _is_python(source) else without_escapes(source))


def without_escapes(source: str) -> str:
    """A script's text without magics and shell lines, which Colab leaves in when it exports a notebook."""
    return "".join(_statements(source))


def line_magic(name: str, argument: str) -> str:
    """The Python of ``%name argument``."""
    return _line_magic(f"{name} {argument}", "")


def written_file(source: str) -> tuple[str, str] | None:
    """Name of the module and its text, where a cell writes a ``.py`` file (``%%writefile relu.py``)."""
    match = _WRITTEN.match(source)
    return (match[1], source[match.end() :]) if match else None


def _cell_magic(first: str) -> str:
    """What stands in the place of a cell's first line."""
    name, *words = first[2:].split() or [""]
    if name not in _RUNS_CELL or (name in ("writefile", "file") and written_file(first) is None):
        raise Foreign(first.strip())
    words = [word for word in words if not word.startswith("-")]
    if name == "capture" and words and words[0].isidentifier():
        return f"{words[0]} = get_ipython()"
    return ""


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _dedented(source: str) -> str:
    """Without the indentation of the first line, which IPython takes off, too."""
    first = next((line for line in source.split("\n") if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return "\n".join(line.removeprefix(indent) for line in source.split("\n")) if indent else source


def _without_prompts(source: str) -> str:
    """Without the prompts of a session that was pasted; its outputs go, too, where it has prompts of Python."""
    lines = source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if not _FIRST_PROMPT.match(first):
        return source
    classic = first.lstrip().startswith(">>>")
    return "\n".join(
        line[match.end() :] if (match := _PROMPT.match(line)) else "" if classic or _is_output(line) else line
        for line in lines
    )


def _is_output(line: str) -> bool:
    return re.match(r"Out ?\[\d*\]:", line) is not None


def _statements(source: str) -> Iterator[str]:
    """The text again, with each statement that begins with an escape replaced."""
    for line in _logical_lines(source):
        body = line.rstrip("\n")
        yield _statement(body) + line[len(body) :]


def _logical_lines(source: str) -> Iterator[str]:
    """The text cut at the ends of statements: not in a string, in a bracket, or behind a backslash."""
    begin, at, depth = 0, 0, 0
    start = True  # only blanks so far
    while at < len(source):
        if start and _starts_with_escape(source, at):  # its rest is no Python: quotes and brackets mean nothing
            match = _TO_LINE_END.match(source, at)
            assert match is not None
            at = match.end()
            depth, start = 0, False
            continue
        token = _TOKEN.match(source, at)
        assert token is not None
        at = token.end()
        text = token[0]
        start = start and text.isspace()
        if text in ("(", "[", "{"):
            depth += 1
        elif text in (")", "]", "}"):
            depth = max(0, depth - 1)
        elif text == "\n" and not depth:
            yield source[begin:at]
            begin, start = at, True
    if begin < len(source):
        yield source[begin:]


def _starts_with_escape(source: str, at: int) -> bool:
    return _STARTS.match(source, at) is not None


def _statement(line: str) -> str:
    """One statement as Python, with as many lines."""
    assign = _ASSIGN.fullmatch(line)
    if assign:
        indent, target, mark, rest = assign.groups()
        value = _line_magic(rest, "get_ipython()") if mark == "%" else "[]"
        return f"{indent}{target.rstrip()} = {value}" + "\n" * (line.count("\n") - value.count("\n"))
    escape = _ESCAPE.fullmatch(line)
    if escape:
        indent, mark, rest = escape.groups()
        value = _line_magic(rest, "pass") if mark == "%" else "pass"
        return f"{indent}{value}" + "\n" * (line.count("\n") - value.count("\n"))
    asked = _HELP.fullmatch(line)
    return f"{asked[1]}pass" if asked else line


def _line_magic(rest: str, otherwise: str) -> str:
    name, _, argument = rest.partition(" ") if " " in rest.split("\n")[0] else (rest.strip(), "", "")
    if name in _RUNS_LINE and argument.strip():
        options = _OPTIONS.match(argument)
        assert options is not None
        code = argument[options.end() :].strip()
        return code or otherwise
    if name == "pylab":
        return "import numpy; np = numpy; from numpy import *; plt = get_ipython()"
    words = re.split(r"[^\w.]", argument) if name == "run" else []
    if file := next((w for w in words if w.endswith(".py") and w[:-3].isidentifier()), None):
        return f"from {file[:-3]} import *"
    return otherwise
