"""Cut the solutions out of a reference: what is left is the student's stub.

Theory of operation
-------------------
A reference is read three times. The *lines* give the regions between ``### BEGIN SOLUTION``
and ``### END SOLUTION``; a comment that merely looks like a marker is an error, because a typo
must never publish an answer. The *syntax tree* says which statements lie outside every region;
only what a stub needs may (docstrings, imports, constants, ``def`` and ``class`` lines of the
functions in exercise.yaml). Then the cut *result* is parsed again and must hold nothing else:
every function is its docstring and ``raise NotImplementedError``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path

from .markers import Region, comments, find_regions, first_line, parse, problem, read_source, solution_lines

TODO = (
    "# Write your code here and remove the line below.",
    "# ここにコードを書き、下の行を消しましょう。",
    "raise NotImplementedError",
)

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def make_stub(path: Path, functions: Sequence[str]) -> str:
    """The stub of the reference at `path`.

    Parameters
    ----------
    functions
        Names of the functions and classes that the student writes, from exercise.yaml.

    Raises
    ------
    ContentError
        ``path:line: ...``: markers that do not pair up or are misspelt, a function without a
        region, or code that no region encloses.
    """
    source = read_source(path)
    tree = parse(path, source)
    regions = find_regions(path, source)
    claimed = _claim(path, tree, regions, functions)
    lines = source.splitlines()
    kept: list[str] = []
    for number, line in enumerate(lines, 1):
        region = next((r for r in regions if r.begin <= number <= r.end), None)
        if region is None:
            kept.append(line)
        elif number == region.begin and claimed[region] is not None:
            kept += [" " * (claimed[region] or 0) + text for text in TODO]
    stub = re.sub(r"\n{4,}", "\n\n\n", "\n".join(kept).strip("\n")) + "\n"
    _verify(path, stub, functions, solution_lines(source, regions))
    return stub


def _claim(
    path: Path, tree: ast.Module, regions: Sequence[Region], functions: Sequence[str]
) -> dict[Region, int | None]:
    """Indentation of each region's function, or None for a region of helpers between functions."""
    claimed: dict[Region, int | None] = {}
    seen: set[str] = set()
    for position, node in enumerate(tree.body):
        region = next((r for r in regions if r.holds(node)), None)
        name = getattr(node, "name", None)
        if region is not None:
            if name in functions:
                raise problem(
                    path,
                    node.lineno,
                    f"{name!r} is wholly inside a region, so the stub would not have it",
                    f"{name!r} 全体が範囲の中にあるため、雛形に残りません",
                )
            claimed[region] = None
        elif isinstance(node, _Function) and name in functions:
            _claim_function(path, node, regions, claimed)
        elif isinstance(node, ast.ClassDef) and name in functions:
            _claim_class(path, node, regions, claimed)
        elif not _may_be_public(node, position):
            what = f"{name!r}" if name else "this code"
            raise problem(
                path,
                first_line(node),
                f"{what} is outside every solution region and would be published; "
                "put it between the markers, or list it in exercise.yaml",
                f"{name!r} は解答範囲の外にあり、公開されてしまいます。範囲に入れるか、exercise.yaml に挙げてください"
                if name
                else "このコードは解答範囲の外にあり、公開されてしまいます。マーカーの間に入れてください",
            )
        if name in functions:
            if name in seen:
                raise problem(path, node.lineno, f"{name!r} is defined twice", f"{name!r} が 2 回定義されています")
            seen.add(str(name))
    for name in functions:
        if name not in seen:
            raise problem(
                path,
                0,
                f"no function {name!r}, which exercise.yaml lists",
                f"exercise.yaml にある {name!r} がありません",
            )
    for region in regions:
        if region not in claimed:
            raise problem(
                path, region.begin, "the region encloses no function's code", "この範囲は関数のコードを囲んでいません"
            )
    return claimed


def _claim_function(path: Path, node: _Function, regions: Sequence[Region], claimed: dict[Region, int | None]) -> None:
    code = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    own = next((r for statement in code for r in regions if r.holds(statement)), None)
    if own is None:
        raise problem(
            path, node.lineno, f"{node.name!r} has no solution region", f"{node.name!r} に解答範囲がありません"
        )
    for statement in code:
        region = next((r for r in regions if r.holds(statement)), None)
        if region is None:
            raise problem(
                path,
                first_line(statement),
                f"code of {node.name!r} is outside its solution region and would be published",
                f"{node.name!r} のコードが解答範囲の外にあり、公開されてしまいます",
            )
        if region is not own:
            raise problem(
                path, region.begin, f"a second region in {node.name!r}", f"{node.name!r} に解答範囲が 2 つあります"
            )
    claimed[own] = code[0].col_offset


def _claim_class(path: Path, node: ast.ClassDef, regions: Sequence[Region], claimed: dict[Region, int | None]) -> None:
    for position, inner in enumerate(node.body):
        if isinstance(inner, _Function):
            _claim_function(path, inner, regions, claimed)
        elif (region := next((r for r in regions if r.holds(inner)), None)) is not None:
            claimed[region] = None
        elif not _may_be_public(inner, position):
            raise problem(
                path,
                first_line(inner),
                f"code of {node.name!r} is outside every solution region and would be published",
                f"{node.name!r} のコードが解答範囲の外にあり、公開されてしまいます",
            )


def _may_be_public(node: ast.stmt, position: int) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return True
    if isinstance(node, ast.Expr):
        return position == 0 and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
        try:
            ast.literal_eval(node.value)
        except ValueError:
            return False
        return True
    return False


def _verify(path: Path, stub: str, functions: Sequence[str], secret: set[str]) -> None:
    """Prove the result without trusting the way it was made."""
    tree = parse(path, stub)
    for node in ast.walk(tree):
        if isinstance(node, _Function):
            code = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            if [ast.unparse(s) for s in code] != ["raise NotImplementedError"]:
                raise problem(
                    path, 0, f"the stub of {node.name!r} is not empty", f"{node.name!r} の雛形が空になりません"
                )
        elif isinstance(node, ast.Lambda):
            raise problem(path, 0, "a lambda is left in the stub", "雛形に lambda が残っています")
    defined = {n.name for n in tree.body if isinstance(n, _Function | ast.ClassDef)}
    if defined != set(functions):
        raise problem(path, 0, f"the stub defines {sorted(defined)}", f"雛形で定義されるのは {sorted(defined)} です")
    for number, comment, _ in comments(path, stub):
        text = comment.lstrip("# ").strip()
        if len(text) >= 8 and text in secret:
            raise problem(
                path,
                0,
                f"a comment outside the regions repeats a solution line: {text!r} (stub line {number})",
                f"解答の行 {text!r} が範囲の外のコメントにあります（雛形の {number} 行目）",
            )
