"""What an exercise needs of the cells that were run: one Python file, and where its lines come from.

Theory of operation
-------------------
A grader runs all code cells of the notebook in one namespace. For a check it is enough to run
the cells that define the exercise's functions, the cells that define what those use (imports,
helpers, other exercises' functions), and so on; a plot or an hour's training elsewhere is left
out. Of several cells that define a name, the one run last counts, as it does in the kernel.
Magics are treated as the grader treats them (`worker.namespace.python_of`), and every line
keeps its place, so that a message about the file can be said about the cell.
"""

from __future__ import annotations

import ast
import re
import symtable
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..causes import GENERIC
from ..i18n import Text
from ..worker.namespace import python_of
from .history import Executed

_FUTURE = re.compile(r"^from __future__ import [^\n]*$", re.MULTILINE)
_DEFINITION = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


# Causes whose sentence speaks of a file.
_SAID = {
    "syntax_error": Text(
        "The cell is not valid Python, so nothing in it could run.",
        "Python の文法に合わない箇所があり、セル全体を実行できませんでした。",
    ),
    "load_error": Text(
        "The cell raised an error before any function could be called.",
        "関数を呼び出す前に、セルの実行中にエラーが起きました。",
    ),
}


@dataclass(frozen=True)
class Program:
    """A Python file made of cells.

    Attributes
    ----------
    numbers, starts
        For each cell in it, the count beside the cell and its first line in the file.
    """

    text: str
    numbers: tuple[int, ...]
    starts: tuple[int, ...]

    def where(self, line: int) -> tuple[int, int]:
        """Count of the cell, and line in it, of a line of the file."""
        i = max(0, bisect_right(self.starts, line) - 1)
        return self.numbers[i], line - self.starts[i] + 1

    def in_cells(self, text: Text, file: str) -> Text:
        """A message about the file, said about the cells."""
        name = re.escape(file)
        en = re.sub(rf"\b{name}, line (\d+)", lambda m: self._place(m, "cell [{}], line {}"), text.en)
        ja = re.sub(rf"\b{name}、(\d+) 行目", lambda m: self._place(m, "セル [{}]、{} 行目"), text.ja)
        for cause, said in _SAID.items():
            en, ja = en.replace(GENERIC[cause].en, said.en), ja.replace(GENERIC[cause].ja, said.ja)
        return Text(
            en.replace(f"{file} has no", "No cell that was run has the").replace(f"{file} did", "The cell did"),
            ja.replace(f"{file} に", "実行したセルに").replace(f"{file} の", "セルの"),
        )

    def output_in_cells(self, line: str, file: str) -> str:
        """A printed line (a warning) that names a line of the file."""
        return re.sub(rf"\b{re.escape(file)}:(\d+)(?=:)", lambda m: self._place(m, "[{}]:{}"), line)

    def _place(self, match: re.Match[str], form: str) -> str:
        number, line = self.where(int(match[1]))
        return form.format(number, line)


@dataclass(frozen=True)
class _Cell:
    number: int
    code: str
    defines: frozenset[str]
    uses: frozenset[str]
    tree: ast.Module | None


def program(executed: Iterable[Executed], functions: Sequence[str]) -> Program | None:
    """The file that defines `functions`; None where no cell that was run defines any of them."""
    cells = [_read(e) for e in executed]
    needed: set[int] = set()
    pending = [i for name in functions if (i := _definer(cells, name)) is not None]
    if not pending:
        return None
    while pending:
        i = pending.pop()
        if i in needed:
            continue
        needed.add(i)
        names = cells[i].uses - cells[i].defines
        pending += [found for name in names if (found := _definer(cells, name)) is not None]
    needed |= {i for i, cell in enumerate(cells) if "*" in cell.defines}
    return _join([cells[i] for i in sorted(needed)])


def is_begun(executed: Iterable[Executed], functions: Sequence[str]) -> bool:
    """Whether some function, as last defined, is more than its docstring and ``raise NotImplementedError``."""
    cells = [_read(e) for e in executed]
    for name in functions:
        i = _definer(cells, name)
        tree = cells[i].tree if i is not None else None
        if i is not None and (tree is None or not _is_stub(tree, name)):
            return True
    return False


def _read(executed: Executed) -> _Cell:
    source = executed.source.replace("\r\n", "\n")
    code = python_of(source)
    if code is None:  # a cell of another language
        return _Cell(executed.number, "", frozenset(), frozenset(), None)
    code = "\n" * (source.count("\n") - code.count("\n")) + code
    try:
        tree = ast.parse(code)
        table = symtable.symtable(code, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError):
        # What a cell with a syntax error was meant to define: its check then shows the error.
        return _Cell(executed.number, code, frozenset(_DEFINITION.findall(code)), frozenset(), None)
    defines = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    if any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in tree.body):
        defines.add("*")
    return _Cell(executed.number, code, frozenset(defines), frozenset(_globals(table)), tree)


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    """Names that the code looks up in the module: all of its top level, and what is no local further in."""
    top = table.get_type() == "module"
    yield from (s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global()))
    for inner in table.get_children():
        yield from _globals(inner)


def _definer(cells: Sequence[_Cell], name: str) -> int | None:
    """Position of the cell that, of those that define `name`, ran last."""
    found = [i for i, cell in enumerate(cells) if name in cell.defines]
    return max(found, key=lambda i: cells[i].number, default=None)


def _is_stub(tree: ast.Module, name: str) -> bool:
    for node in tree.body:
        if isinstance(node, _Scope) and node.name == name:
            functions = [n for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
            return all(_is_empty(f) for f in functions)
    return False


def _is_empty(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return [ast.unparse(statement) for statement in body] in (["raise NotImplementedError"], [])


def _join(cells: Sequence[_Cell]) -> Program:
    future = [m for cell in cells for m in _FUTURE.findall(cell.code)]
    lines = ["; ".join(dict.fromkeys(future))]  # must come first in a file; a kernel keeps it from then on
    starts = []
    for cell in cells:
        starts.append(len(lines) + 1)
        lines += _FUTURE.sub("", cell.code).split("\n")
    return Program("\n".join(lines) + "\n", tuple(c.number for c in cells), tuple(starts))
