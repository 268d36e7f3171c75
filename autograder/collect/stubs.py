"""How much of an exercise still is what was handed out: ``raise NotImplementedError``, or nothing in its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Set

from .scope import read_scope

STUB = "raise NotImplementedError"
_STUB_LINE = re.compile(r"^[ \t]*raise NotImplementedError", re.MULTILINE)
# Whatever may be an empty body; a docstring alone is one, too.
_MAY_BE_EMPTY = re.compile(
    r"\braise NotImplementedError\b|\bpass\b|\.\.\.|\breturn[ \t]*(?:None\b|$|#)|[\"']{3}", re.MULTILINE
)


def unfinished(cells: Iterable[tuple[str, str]], functions: Set[str]) -> int:
    """The number of `functions` whose last definition is a stub; in text that is not Python, 1 for any stub."""
    stub: dict[str, bool] = {}
    unclear = False
    texts = [source for _, source in cells]
    if not any(map(_MAY_BE_EMPTY.search, texts)):
        return 0
    for text in texts:
        scope = read_scope(text)
        if scope.tree is None:
            unclear = unclear or bool(_STUB_LINE.search(text) and (scope.defines & functions or not scope.code))
            continue
        for node in scope.tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                stub[node.name] = _is_stub(node)
        for name in scope.defines - stub.keys():
            stub[name] = False
    return sum(stub.get(name, False) for name in functions) or int(unclear)


def _is_stub(node: ast.stmt) -> bool:
    """Whether a function holds the stub's line or does nothing at all, or a method of a class holds the line.

    A method that does nothing is common in finished work: ``def __init__(self): pass``.
    """
    if isinstance(node, ast.ClassDef):
        return any(map(_holds_stub_line, node.body))
    return _holds_stub_line(node) or (
        isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and all(map(_does_nothing, node.body))
    )


def _holds_stub_line(node: ast.stmt) -> bool:
    """After a docstring, imports, ..."""
    if isinstance(node, ast.ClassDef):
        return any(map(_holds_stub_line, node.body))
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    return any(isinstance(line, ast.Raise) and _raised(line) == "NotImplementedError" for line in node.body)


def _does_nothing(line: ast.stmt) -> bool:
    """``pass``, ``...``, a docstring, ``return`` or ``return None``."""
    value = line.value if isinstance(line, (ast.Expr, ast.Return)) else None
    if isinstance(line, ast.Return):
        return value is None or (isinstance(value, ast.Constant) and value.value is None)
    return isinstance(line, ast.Pass) or (
        isinstance(value, ast.Constant) and (value.value is ... or isinstance(value.value, str))
    )


def _raised(line: ast.Raise) -> str:
    error = line.exc.func if isinstance(line.exc, ast.Call) else line.exc
    return error.id if isinstance(error, ast.Name) else ""
