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
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..collect.scope import STAR, Scope, read_scope
from ..course.causes import GENERIC
from ..i18n import Text
from ..model import Block, Blocks, Cause, NoFunction, NotLoaded, Place, Sentence
from .history import Executed

_FUTURE = re.compile(r"^from __future__ import [^\n]*$", re.MULTILINE)
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


VISIBLE = "test_visible.py"
_NOT_LOADED = Text(
    "The cell did not finish loading. Code outside the functions runs when the file is loaded.",
    "セルの読み込みが終わりません。関数の外に書いたコードは、読み込むときに実行されます。",
)
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
_SAID_INSTEAD = {GENERIC[cause]: said for cause, said in _SAID.items()}


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

    def in_cells(self, message: Blocks) -> Blocks:
        """A message about the file, said about the cells."""
        return tuple(map(self._in_cells, message))

    def _in_cells(self, block: Block) -> Block:
        match block:
            case Place(label, line, source) if label.en != VISIBLE:
                number, line = self.where(line)
                return Place(Text(f"cell [{number}]", f"セル [{number}]"), line, source)
            case NoFunction(_, name, hint):
                more = hint or Text("", "")
                return Sentence(
                    Text(
                        f"No cell that was run has the function {name!r}. {more.en}".rstrip(),
                        f"実行したセルに関数 {name!r} がありません。{more.ja}",
                    )
                )
            case NotLoaded():
                return Sentence(_NOT_LOADED)
            case Cause(cause) if cause in _SAID:
                return Cause(cause, _SAID[cause])
            case Sentence(text):
                return Sentence(_SAID_INSTEAD.get(text, text))
        return block

    def output_in_cells(self, line: str, file: str) -> str:
        """A printed line (a warning) that names a line of the file."""
        return re.sub(rf"\b{re.escape(file)}:(\d+)(?=:)", lambda m: self._place(m, "[{}]:{}"), line)

    def _place(self, match: re.Match[str], form: str) -> str:
        number, line = self.where(int(match[1]))
        return form.format(number, line)


@dataclass(frozen=True)
class _Cell:
    number: int
    scope: Scope


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
        scope = cells[i].scope
        for name in scope.uses - scope.defines:
            pending += _definers(cells, name, cells[i].number)
    needed |= {i for i, cell in enumerate(cells) if STAR in cell.scope.defines}
    return _join([cells[i] for i in sorted(needed)])


def is_begun(executed: Iterable[Executed], functions: Sequence[str]) -> bool:
    """Whether some function, as last defined, is more than its docstring and ``raise NotImplementedError``."""
    cells = [_read(e) for e in executed]
    for name in functions:
        i = _definer(cells, name)
        tree = cells[i].scope.tree if i is not None else None
        if i is not None and (tree is None or not _is_stub(tree, name)):
            return True
    return False


def _read(executed: Executed) -> _Cell:
    return _Cell(executed.number, read_scope(executed.source))


def _definer(cells: Sequence[_Cell], name: str) -> int | None:
    """Position of the cell that, of those that define `name`, ran last."""
    return max(_holding(cells, name), key=lambda i: cells[i].number, default=None)


def _definers(cells: Sequence[_Cell], name: str, user: int) -> Iterable[int]:
    """Where cell number `user` finds a name: what ran last before it did, and what a function finds when called."""
    found = sorted(_holding(cells, name), key=lambda i: cells[i].number)
    return {*[i for i in found if cells[i].number < user][-1:], *found[-1:]}


def _holding(cells: Sequence[_Cell], name: str) -> list[int]:
    return [i for i, cell in enumerate(cells) if name in cell.scope.defines]


def _is_stub(tree: ast.Module, name: str) -> bool:
    for node in tree.body:
        if isinstance(node, _Definition) and node.name == name:
            functions = [n for n in ast.walk(node) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
            return all(_is_empty(f) for f in functions)
    return False


def _is_empty(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return [ast.unparse(statement) for statement in body] in (["raise NotImplementedError"], [])


def _join(cells: Sequence[_Cell]) -> Program:
    future = [m for cell in cells for m in _FUTURE.findall(cell.scope.code)]
    lines = ["; ".join(dict.fromkeys(future))]  # must come first in a file; a kernel keeps it from then on
    starts = []
    for cell in cells:
        starts.append(len(lines) + 1)
        lines += _FUTURE.sub("", cell.scope.code).split("\n")
    return Program("\n".join(lines) + "\n", tuple(c.number for c in cells), tuple(starts))
