"""Look for solutions and hidden tests in what students get.

It knows nothing about how the student's files were made, so it also catches what a mistake in
the making lets through. A *secret* is the body of a function that a student must not see: of
the reference, of the hidden suite, of a wrong, a half-right or a right version. It is compared without
white space, comments and docstrings, once as its author wrote it and once as Python would
print it; names stay, because renamed code is no copy of a file. The names of hidden tests
are secrets too: they are the canaries of a suite.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..course.exercise import Exercise
from ..course.version import Version
from ..i18n import Text
from .problems import shown as place

# Shorter bodies (``return x``) stand in many innocent places.
MIN_LENGTH = 20
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Secret:
    """Something that no student's file may contain.

    Attributes
    ----------
    origin
        For people: file and function.
    forms
        Squeezed texts, any of which gives it away. For a canary, one word.
    """

    origin: str
    forms: frozenset[str]
    canary: bool = False


def secrets_of(exercises: Iterable[Exercise]) -> list[Secret]:
    """The secrets of some exercises."""
    exercises = list(exercises)
    folders = {exercise.folder.parent for exercise in exercises}
    shown = {n for folder in folders for path in folder.glob("*/test_visible.py") for n in _test_names(path)}
    found: list[Secret] = []
    for exercise in exercises:
        base = exercise.folder.parent
        reference = Version.read("reference", exercise.reference)
        for version in [reference, *exercise.right, *exercise.wrong, *exercise.partial]:
            found += _bodies(version.code, place(version, base))
        # A suite's helpers are no secret: a visible suite may well define the same sigmoid.
        origin = exercise.hidden.relative_to(base).as_posix()
        found += [s for s in _bodies(_text(exercise.hidden), origin) if ": test_" in s.origin]
        found += [Secret(f"{origin}: {n}", frozenset([n]), True) for n in sorted(_test_names(exercise.hidden) - shown)]
    return found


def find_leaks(files: Mapping[str, bytes], secrets: Iterable[Secret], content: Iterable[str]) -> list[Text]:
    """One sentence for each secret found in a file.

    Parameters
    ----------
    files
        What students get, by name.
    secrets
        From `secrets_of`.
    content
        Names of the files that are the course's own; canaries are looked for in these alone,
        since the engine may well have a word in common with a suite. Nor is a line of code that
        the engine's documentation quotes as an example the secret of an exercise that has the same.
    """
    secrets = list(secrets)
    own = set(content)
    leaks = []
    for name, data in files.items():
        text = data.decode("utf-8", "replace")
        if name not in own and name.endswith(".py"):
            text = _without_docstrings(text)
        squeezed = [squeeze(form) for form in _readings(name, text)]
        words = set(re.findall(r"\w+", text)) if name in own else set()
        for secret in secrets:
            if secret.canary:
                hit = bool(secret.forms & words)
            else:
                hit = any(form in whole for form in secret.forms for whole in squeezed)
            if hit:
                leaks.append(Text(f"{name}: contains {secret.origin}", f"{name}: {secret.origin} を含んでいます"))
    return leaks


def _bodies(source: str, where: str) -> Iterator[Secret]:
    lines = source.splitlines(keepends=True)
    for node in ast.walk(_tree(source) or ast.Module([], [])):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
        if not body:
            continue
        printed = squeeze("\n".join(map(ast.unparse, body)))
        written = squeeze(_without_comments("".join(lines[body[0].lineno - 1 : body[-1].end_lineno])))
        if len(printed) >= MIN_LENGTH and printed != "raiseNotImplementedError":
            yield Secret(f"{where}: {node.name}", frozenset([printed, written]))


def _readings(name: str, text: str) -> Iterator[str]:
    """The text as it stands, without comments, as Python prints it, and the strings inside JSON."""
    yield text
    if name.endswith(".py"):
        tree = _tree(text)
        if tree is not None:
            yield _without_comments(text)
            yield ast.unparse(tree)
    elif name.endswith((".json", ".ipynb")):
        try:
            data = json.loads(text)
        except ValueError:
            return
        for string in _strings(data):
            yield string
            tree = _tree(string)
            if tree is not None:
                yield _without_comments(string)
                yield ast.unparse(tree)
    elif name.endswith(".md"):
        for block in re.findall(r"^ *```.*?\n(.*?)^ *```", text, re.S | re.M):
            yield _without_comments(block)
            tree = _tree(block)
            if tree is not None:
                yield ast.unparse(tree)


def _strings(data: object) -> Iterator[str]:
    """Strings of a JSON value; a notebook's list of lines counts as one."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        if data and all(isinstance(v, str) for v in data):
            yield "".join(data)
        else:
            for value in data:
                yield from _strings(value)
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)


def squeeze(text: str) -> str:
    """A text as secrets are compared: without white space, with one kind of quotes."""
    return _SPACE.sub("", text).replace('"', "'")


def _without_comments(source: str) -> str:
    """The source without its comments; what cannot be tokenised to its end is kept from there on."""
    lines = source.splitlines(keepends=True)
    try:
        for token in list(tokenize.generate_tokens(io.StringIO(source).readline)):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column] + "\n"
    except (tokenize.TokenError, SyntaxError):
        # A piece cut out of a function is indented: comments on lines of their own are enough then.
        return "".join(line for line in lines if not line.lstrip().startswith("#"))
    return "".join(lines)


def _without_docstrings(source: str) -> str:
    """The source as Python prints it, without docstrings; as it stands where it is no Python."""
    tree = _tree(source)
    if tree is None:
        return source
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


def _test_names(path: Path) -> set[str]:
    tree = _tree(_text(path))
    names = (n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)) if tree else ()
    return {name for name in names if name.startswith("test_")}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")
