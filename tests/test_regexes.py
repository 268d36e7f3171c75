"""No regular expression takes more than linear time over what a student wrote."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import autograder

from .backtracking import growth

ROOT = Path(autograder.__file__).parent
FUNCTIONS = {"search", "sub", "subn", "split", "findall", "finditer", "match", "fullmatch"}
ANCHORED = {"match", "fullmatch"}

# What the patterns of these meet is written by the course's authors or comes from the LMS's server.
NOT_STUDENTS = (
    "author/",
    "demo/",
    "text/",
    "quiz/draw/",
    "quiz/export/",
    "quiz/page/",
    "quiz/proof/",
    "quiz/source/",
    "quiz/shown.py",
    "lms/upload/",
    "notebook/localize.py",
    "student/",
    "testing/",
)
# The files of class lists, of LMS and of nbgrader, which an instructor downloads; names in them are short.
NOT_STUDENTS += ("collect/class_list.py", "collect/times.py", "course/", "lms/")
NAMES = "names are cut or passed over beyond 500 characters"
TYPED = "an answer of more than 100 characters is no number"
# Over a text with a cap, or never trying again; by file and the pattern's beginning.
HARMLESS = {
    ("collect/lms/blackboard.py", "(?P<before>"): NAMES,
    ("collect/lms/blackboard.py", "[^:："): NAMES,
    ("collect/lms/folders.py", "[_@ -]+"): NAMES,
    ("collect/names.py", r"\s*"): NAMES,
    ("collect/nbjson.py", '"'): "every part may be left out, so no string is read twice",
    ("nbgrader/batch_course.py", None): "nbgrader's path format, over a path",
    ("nbgrader/preprocessor.py", None): "nbgrader's path format, over a path",
    ("nbgrader/mend.py", "^"): "over cells as they were released",
    ("quiz/answer/normalise.py", "(?<![0-9])"): "at most 2,000 characters, and gives back one of them",
    ("quiz/answer/numbers.py", r"\s*"): TYPED,
    ("quiz/answer/numbers.py", r"[(\[{]"): TYPED,
    ("quiz/answer/score.py", None): "an author's pattern, over at most 200 characters",
    ("worker/ipython.py", "(?:[ \\t]*(?:-[slTDron]"): "each round ends at a blank, and no round is needed",
    ("worker/namespace.py", "(?:^|[;:])"): "runs in the sandbox",
}


def used_patterns() -> Iterator[tuple[str, str | bytes | None, int, str]]:
    """Where, the pattern, its flags, and how it is used: every ``re.…(…)`` and every compiled pattern's calls."""
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
        module: Any = None
        for call in calls:
            assert isinstance(call.func, ast.Attribute)
            if not (isinstance(call.func.value, ast.Name) and call.func.value.id == "re"):
                continue
            if call.func.attr not in FUNCTIONS | {"compile"}:
                continue
            module = module or importlib.import_module("autograder." + name.removesuffix(".py").replace("/", "."))
            pattern = _value(call.args[0], module)
            if call.func.attr != "compile":
                yield f"{name}:{call.lineno}", pattern, _flags(call, module), call.func.attr
                continue
            uses = _uses_of(call, tree, calls) or {"search"}
            for use in uses:
                yield f"{name}:{call.lineno}", pattern, _flags(call, module), use


def _uses_of(compiled: ast.Call, tree: ast.Module, calls: list[ast.Call]) -> set[str]:
    targets = {
        t.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and node.value is compiled
        for t in node.targets
        if isinstance(t, ast.Name)
    }
    return {
        c.func.attr
        for c in calls
        if isinstance(c.func, ast.Attribute)
        and c.func.attr in FUNCTIONS
        and isinstance(c.func.value, ast.Name)
        and c.func.value.id in targets
    }


def _value(node: ast.expr, module: Any) -> str | bytes | None:
    """The pattern, None where it is not known when the module is; ``re.escape(…)`` stands for a letter."""

    class Known(ast.NodeTransformer):
        def visit_FormattedValue(self, part: ast.FormattedValue) -> ast.AST:
            try:
                eval(compile(ast.Expression(part.value), "", "eval"), module.__dict__)
            except NameError:
                return ast.Constant("Q")
            return part

        def visit_Call(self, part: ast.Call) -> ast.AST:
            is_escape = isinstance(part.func, ast.Attribute) and part.func.attr == "escape"
            return ast.Constant("Q") if is_escape else part

    known = ast.fix_missing_locations(ast.Expression(Known().visit(node)))
    try:
        value: Any = eval(compile(known, "", "eval"), module.__dict__)
    except (NameError, TypeError):
        return None
    return value if isinstance(value, (str, bytes)) else "Q"


def _flags(call: ast.Call, module: Any) -> int:
    given = [k.value for k in call.keywords if k.arg == "flags"]
    given += [a for a in call.args[1:] if isinstance(a, ast.Attribute) and ast.unparse(a).startswith("re.")]
    return int(eval(" | ".join(map(ast.unparse, given)) or "0", {"re": re}))


def test_every_pattern_over_a_students_text_is_linear() -> None:
    used = list(used_patterns())
    assert len(used) > 100, "the patterns are found"
    slow = {}
    for where, pattern, flags, use in used:
        if where.startswith(NOT_STUDENTS) or _harmless(where, pattern):
            continue
        found = "unknown" if pattern is None else growth(pattern, flags, use if use in ANCHORED else "search")
        if found != "linear":
            slow[where] = (found, pattern)
    assert slow == {}


def test_every_exception_is_still_one() -> None:
    met = {key for where, pattern, *_ in used_patterns() if (key := _harmless(where, pattern))}
    assert met == HARMLESS.keys()


def _harmless(where: str, pattern: str | bytes | None) -> tuple[str, str | None] | None:
    file = where.split(":")[0]
    return next(
        (
            (name, begins)
            for name, begins in HARMLESS
            if name == file and (pattern is None if begins is None else str(pattern or "").startswith(begins))
        ),
        None,
    )


@pytest.mark.parametrize(
    ("pattern", "use", "expected"),
    [
        (r"\s*-+(\s*\|\s*-+|-\|-+)*\s*$", "match", "exponential"),  # hung a whole class's report
        (r"(\s*)(?:- )?([a-z][\w-]*)\s*:\s*(.*?)\s*,?\s*$", "match", "polynomial"),  # a minute for 10 KB
        (r"\{\s*answer\s*:\s*(.*?)\s*\}?", "fullmatch", "polynomial"),
        (r"[.,]+$", "search", "polynomial"),
        (r"(a+)+$", "match", "exponential"),
        (r"(a|a)*b", "match", "exponential"),
        (r"(a*b*)*c", "match", "exponential"),
        (r"(?:a?){50}b", "match", "exponential"),
        (r"a*a*b", "match", "polynomial"),
        (r"^\s*a", "search", "linear"),
        (r"(?m)^\s*a", "search", "polynomial"),
        (r"(?m)^[ \t]*a", "search", "linear"),
        (r"\s+", "search", "linear"),
        (r"a*b*c", "match", "linear"),
        (r"\w+\d+", "fullmatch", "polynomial"),
        (r"\w++[^\n]*+x", "match", "linear"),
        (r"(?:ab|a)*c", "match", "linear"),
    ],
)
def test_the_structure_tells_how_the_time_grows(pattern: str, use: Any, expected: str) -> None:
    assert growth(pattern, 0, use) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"\s*-+(\s*\|\s*-+|-\|-+)*\s*$", "--|"), (r"(.*?)\s*,?\s*$", " "), (r"[.,]+$", ".")],
)
def test_what_is_called_slow_is_slow(pattern: str, text: str) -> None:
    find = re.compile(pattern).search if pattern.startswith("[") else re.compile(pattern).match
    size, before = 8, 0.0
    while True:
        began = time.perf_counter()
        find("x" * (not pattern.startswith(r"\s")) + text * size + "x\n\n")
        took = time.perf_counter() - began
        if took > 0.2:
            break
        before, size = took, size * 2 if not pattern.startswith(r"\s") else size + 4
        assert size < 100_000, "it is fast after all"
    assert took > 2.5 * before
