"""What a notebook's cell defines and which names it looks up, read from its text without running it."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass

from ..worker.namespace import python_of

STAR = "*"
MAX_ANALYSED = 256 * 1024  # characters of one cell: a parsed tree takes 500 times the memory of its text
_DEFINITION = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Scope:
    """One cell.

    Attributes
    ----------
    code
        Without magics, each line in its place; empty where the cell is not Python.
    defines
        Names that it binds in the notebook's namespace; `STAR` stands for a star import.
    uses
        Names that it looks up there, at once or when one of its functions is called.
    tree
        None where it is not valid Python, or too long to be analysed. `defines` is then what
        its lines look as if they define.
    """

    code: str
    defines: frozenset[str]
    uses: frozenset[str]
    tree: ast.Module | None


def read_scope(source: str) -> Scope:
    """Analyse a cell. Never raises."""
    source = source.replace("\r\n", "\n")
    if len(source) > MAX_ANALYSED:
        return _by_lines(source)
    code = python_of(source)
    if code is None:  # a cell of another language
        return Scope("", frozenset(), frozenset(), None)
    code = "\n" * (source.count("\n") - code.count("\n")) + code
    try:
        tree = ast.parse(code)
        table = symtable.symtable(code, "cell", "exec")
        uses = frozenset(_globals(table))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _by_lines(code)
    defines = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    if any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in tree.body):
        defines.add(STAR)
    return Scope(code, frozenset(defines), uses, tree)


def _by_lines(code: str) -> Scope:
    return Scope(code, frozenset(_DEFINITION.findall(code)), frozenset(), None)


def _globals(module: symtable.SymbolTable) -> Iterator[str]:
    """Names that the code looks up in the module: all of its top level, and what is no local further in."""
    waiting = [module]
    while waiting:
        table = waiting.pop()
        top = table is module
        yield from (s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global()))
        waiting += table.get_children()
