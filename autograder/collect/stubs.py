"""How much of an exercise still is what was handed out: ``raise NotImplementedError``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Set

from .scope import read_scope

STUB = "raise NotImplementedError"
_STUB_LINE = re.compile(r"^[ \t]*raise NotImplementedError", re.MULTILINE)


def unfinished(cells: Iterable[tuple[str, str]], functions: Set[str]) -> int:
    """The number of `functions` whose last definition is a stub; in text that is not Python, 1 for any stub."""
    stub: dict[str, bool] = {}
    unclear = False
    texts = [source for _, source in cells]
    if not any(STUB in text for text in texts):
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
    """Whether a function begins with the stub's line (after a docstring, imports, ...), or any method does."""
    if isinstance(node, ast.ClassDef):
        return any(_is_stub(inner) for inner in node.body)
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    return any(isinstance(line, ast.Raise) and _raised(line) == "NotImplementedError" for line in node.body)


def _raised(line: ast.Raise) -> str:
    error = line.exc.func if isinstance(line.exc, ast.Call) else line.exc
    return error.id if isinstance(error, ast.Name) else ""
