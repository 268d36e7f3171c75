"""What the student's own code says about the cause of a failure.

Where no wrong version explains a failure, the exception, its line and the text of the file
often do. `OwnCode` holds the text; it never runs it. What is told of it to a student comes
from the text and from fixed sentences alone: a message of the student's process could hold
anything, hidden inputs included, so it only ever *chooses*.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from ..course.causes import DECISIVE
from ..course.syntax import cause_of_syntax
from ..i18n import Text
from .bench import Call
from .error_rules import Raised, cause_of, nearest

_Function = ast.FunctionDef | ast.AsyncFunctionDef
MAX_NODES = 5000  # of one statement that are looked at
_NEAR = Text("The nearest name is {name}.", "いちばん近い名前は {name} です。")
_IS_DEFINED = Text("There is {name}.", "{name} ならあります。")


class OwnCode:
    """The text of one submission.

    Parameters
    ----------
    cells
        ``(label, source)``: one for a file, several for a notebook.
    """

    def __init__(self, cells: Sequence[tuple[str, str]]) -> None:
        self._cells = dict(cells)
        self._lines: dict[tuple[str, int], list[ast.AST]] = {}
        self._missing: dict[str, str] = {}

    def of_error(self, type_name: str, message: str, line: int, label: str, called: Call | None) -> str | None:
        """The cause of an exception that a line of the student's raised; None where it could mean anything."""
        if line < 1:
            return None
        return cause_of(self._raised(type_name, message, line, label, called))

    def of_load(self, type_name: str, message: str, line: int, label: str, cause: str) -> str:
        """Why the file cannot be loaded, where `cause` is what the exception's type says."""
        if cause == "syntax_error":
            return cause_of_syntax(type_name, message, self._line_text(label, line))
        found = self.of_error(type_name, message, line, label, None)
        return found if found in DECISIVE else cause

    def of_missing(self, name: str) -> str:
        """Why there is no function of this name to call."""
        if name not in self._missing:
            self._missing[name] = self._why_missing(name)
        return self._missing[name]

    def _why_missing(self, name: str) -> str:
        if any(_binds(node, name) and not isinstance(node, _Function) for node in self._top_level):
            return "function_overwritten"
        for node in self._top_level:
            if isinstance(node, ast.If) and "__name__" in ast.dump(node.test) and _defines(node, name):
                return "under_main"
            if isinstance(node, _Function | ast.ClassDef) and _defines(node, name):
                return "function_nested"
        return "function_missing"

    def refined(self, cause: str | None, name: str) -> str | None:
        """The same cause, or what the text of the function adds to it."""
        if cause != "returned_none":
            return cause
        function = self._function(name)
        if function is None or any(isinstance(n, ast.Return) and n.value is not None for n in _own_nodes(function)):
            return cause
        prints = any(
            isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"
            for n in _own_nodes(function)
        )
        return "printed_not_returned" if prints else "nothing_returned"

    def detail(self, cause: str | None, line: int, label: str, name: str = "") -> Text | None:
        """One more sentence: the name that may have been meant."""
        if cause == "function_missing" and name:
            near = nearest(name, self._defined)
            return _IS_DEFINED.format(name=repr(near)) if near else None
        if cause == "unknown_module_name":
            return self._near_numpy(line, label)
        if cause == "misspelled_name":
            return self._near_name(line, label)
        return None

    # --- lines
    @cached_property
    def _trees(self) -> dict[str, ast.Module]:
        return {label: tree for label, source in self._cells.items() if (tree := _parsed(source)) is not None}

    @cached_property
    def _top_level(self) -> list[ast.stmt]:
        return [node for tree in self._trees.values() for node in tree.body]

    @cached_property
    def _bound(self) -> frozenset[str]:
        return frozenset(name for node in self._top_level for name in _bound(node))

    @cached_property
    def _stored(self) -> frozenset[str]:
        return frozenset(name for tree in self._trees.values() for name in _stored(tree))

    @cached_property
    def _names(self) -> frozenset[str]:
        return self._bound | self._stored

    @cached_property
    def _defined(self) -> list[str]:
        return [n.name for n in self._top_level if isinstance(n, _Function | ast.ClassDef)]

    def _line_text(self, label: str, line: int) -> str:
        lines = self._cells.get(label, "").splitlines()
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def _line(self, label: str, line: int) -> list[ast.AST]:
        """The syntax nodes of the statement that holds a line, without the body of a compound one."""
        if (label, line) not in self._lines:
            tree = self._trees.get(label)
            held = _innermost(tree, line) if tree is not None else None
            self._lines[label, line] = list(islice(_head(held), MAX_NODES)) if held is not None else []
        return self._lines[label, line]

    def _function(self, name: str) -> _Function | None:
        return next((n for n in reversed(self._top_level) if isinstance(n, _Function) and n.name == name), None)

    def _raised(self, type_name: str, message: str, line: int, label: str, called: Call | None) -> Raised:
        nodes = self._line(label, line)
        function = self._function(called.name) if called else None
        lists, numbers = _kinds(called, function, nodes, line)
        return Raised(type_name, message, nodes, self._bound, self._names, lists, numbers)

    # --- names
    def _near_numpy(self, line: int, label: str) -> Text | None:
        for node in self._line(label, line):
            if isinstance(node, ast.Attribute):
                place = _numpy_place(node.value)
                if place is not None and not hasattr(place[1], node.attr):
                    near = nearest(node.attr, [n for n in dir(place[1]) if not n.startswith("_")])
                    return _NEAR.format(name=f"{place[0]}.{near}") if near else None
        return None

    def _near_name(self, line: int, label: str) -> Text | None:
        names = {*self._names, *dir(builtins)}
        for node in self._line(label, line):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in names:
                near = nearest(node.id, sorted(names))
                return _NEAR.format(name=near) if near else None
        return None


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _innermost(tree: ast.Module, line: int) -> ast.stmt | None:
    """The smallest statement that holds a line; only what holds it is looked into."""
    found: ast.stmt | None = None
    pending: list[ast.AST] = [tree]
    while pending:
        inside = [
            child
            for child in ast.iter_child_nodes(pending.pop())
            if not isinstance(child, ast.expr) and getattr(child, "lineno", line) <= line <= _last_line(child, line)
        ]
        found = next((node for node in reversed(inside) if isinstance(node, ast.stmt)), found)
        pending += inside
    return found


def _last_line(node: ast.AST, line: int) -> int:
    return getattr(node, "end_lineno", None) or line


def _head(statement: ast.stmt) -> Iterator[ast.AST]:
    """A statement's nodes; of a compound one those before its body."""
    yield statement
    for name, value in ast.iter_fields(statement):
        if name in ("body", "orelse", "finalbody", "handlers", "cases"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from ast.walk(child)


def _own_nodes(function: _Function) -> Iterator[ast.AST]:
    """A function's nodes without those of functions inside it."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, _Function | ast.Lambda | ast.ClassDef):
            pending.extend(ast.iter_child_nodes(node))


def _defines(node: ast.AST, name: str) -> bool:
    return any(isinstance(n, _Function) and n.name == name and n is not node for n in ast.walk(node))


def _bound(node: ast.stmt) -> Iterator[str]:
    """Names that a top-level statement binds."""
    if isinstance(node, _Function | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (a.asname or a.name.partition(".")[0] for a in node.names)
    else:
        yield from _stored(node)


def _binds(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.For | ast.With) and name in _stored(node)


def _stored(node: ast.AST) -> set[str]:
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return names | {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}


def _numpy_place(node: ast.expr) -> tuple[str, Any] | None:
    """``np`` and ``np.linalg`` as written, and what they are."""
    written = ast.unparse(node)
    first, _, rest = written.partition(".")
    if first not in ("np", "numpy") or not re.fullmatch(r"\w*", rest):
        return None
    found = getattr(np, rest, None) if rest else np
    return (written, found) if found is not None else None


def _kinds(called: Call | None, function: _Function | None, nodes: Sequence[ast.AST], line: int) -> tuple[bool, bool]:
    """Whether the line uses an argument that is a list, or a plain number.

    Where the line belongs to the function that was called, only those of its parameters count
    that the line names; in a helper the first argument stands for all.
    """
    if called is None:
        return False, False
    given: dict[str, Any] = dict(called.kwargs)
    if function is not None:
        names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
        given |= dict(zip(names, called.args, strict=False))
        if function.lineno <= line <= (function.end_lineno or 0):
            named = {n.id for n in nodes if isinstance(n, ast.Name)}
            used = [v for k, v in given.items() if k in named]
            derived = [v for v in given.values() if isinstance(v, list)] if not used else []
            return any(map(_is_list, [*used, *derived])), any(map(_is_number, used or called.args[:1]))
    return any(map(_is_list, called.args)), any(map(_is_number, called.args[:1]))


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_number(value: Any) -> bool:
    return isinstance(value, (bool, int, float, complex, np.generic)) or getattr(value, "shape", None) == ()
