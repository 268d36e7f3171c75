"""Two slips in one program: merge two wrong versions of an exercise where their texts allow it.

Both are compared with a common base. What only one of them changes in it is that one's slip,
what both change alike belongs to neither. Where the slips lie on different lines, the base
with both is a program that nobody wrote, by somebody who made both mistakes: a diagnosis should
name the two causes, or none, and never a third. A base is the reference, a right version, or
any other wrong version (whose own slip both sides then undo alike).
"""

from __future__ import annotations

import ast
import builtins
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MAX_CHANGED = 6  # lines; a version that differs more was written in another way
Change = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True)
class Doubled:
    """A program with the slips of two versions, named by their places in the list that was given."""

    first: int
    second: int
    code: str


def doubled(right: Sequence[str], wrong: Sequence[str]) -> Iterator[Doubled]:
    """Every pair of wrong versions that some base joins, in the order of the list.

    Parameters
    ----------
    right, wrong
        Sources of correct programs and of the versions to be joined.
    """
    plain = [_plain(code) for code in wrong]
    bases = [*map(_plain, right), *plain]
    changes = [[_changes(base, lines) for lines in plain] for base in bases]
    for i in range(len(plain)):
        for j in range(i + 1, len(plain)):
            merged = (_merge(base, known[i], known[j]) for base, known in zip(bases, changes, strict=True))
            code = next((m for m in merged if m is not None), None)
            if code is not None:
                yield Doubled(i, j, code)


def _plain(source: str) -> list[str]:
    """The lines of a source as Python prints it, without comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree).splitlines()


def _changes(base: list[str], lines: list[str]) -> frozenset[Change] | None:
    """What was changed where, line by line where the numbers of lines agree; None where that is a lot."""
    found: list[Change] = []
    for tag, start, end, new, new_end in SequenceMatcher(None, base, lines, autojunk=False).get_opcodes():
        if tag == "replace" and end - start == new_end - new:
            found += [(start + k, start + k + 1, (lines[new + k],)) for k in range(end - start)]
        elif tag != "equal":
            found.append((start, end, tuple(lines[new:new_end])))
    size = sum(max(end - start, len(new)) for start, end, new in found)
    return frozenset(found) if size <= MAX_CHANGED else None


def _merge(base: list[str], first: frozenset[Change] | None, second: frozenset[Change] | None) -> str | None:
    """The base with both changes; None where they meet, one has none, or the result is no Python."""
    if first is None or second is None or not first - second or not second - first:
        return None
    changes = sorted(first | second)
    if any(a[1] > b[0] or a[0] == b[0] for a, b in itertools.pairwise(changes)):
        return None
    lines, at = [], 0
    for start, end, new in changes:
        lines += [*base[at:start], *new]
        at = end
    code = "\n".join([*lines, *base[at:]]) + "\n"
    return code if _is_whole(code) else None


def _is_whole(code: str) -> bool:
    """Whether the text is Python in which every name is bound somewhere: one side may have renamed a variable."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:
        return False
    bound = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    bound |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    bound |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    bound |= {
        a.asname or a.name.split(".")[0] for n in nodes if isinstance(n, ast.Import | ast.ImportFrom) for a in n.names
    }
    used = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return used <= bound | set(dir(builtins))
