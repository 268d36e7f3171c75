"""Report the ready-made functions that a stub asks not to use. It costs no points: a person decides."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..i18n import Text
from ..model import Note, Source


def shortcuts_used(source: Source, banned: Sequence[str]) -> tuple[Note, ...]:
    """A note for each banned function that the code names.

    Parameters
    ----------
    banned
        Dotted names such as ``scipy.special.softmax``. Aliases of modules are followed;
        what is hidden from reading (``getattr``) is not found.
    """
    if not banned:
        return ()
    modules = {name.partition(".")[0] for name in banned}
    used: dict[str, str] = {}
    for label, text in source.cells:
        if not any(module in text for module in modules):
            continue
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for name, line in _dotted_names(tree):
            if name in banned:
                used.setdefault(name, f"{label}:{line}")
    return tuple(
        Note(
            "shortcut",
            Text(
                f"{where}: uses {name}, which the statement asks you to write yourself.",
                f"{where}: 自分で書くことになっている {name} を使っています。",
            ),
        )
        for name, where in used.items()
    )


def _dotted_names(tree: ast.AST) -> list[tuple[str, int]]:
    """Every imported or used dotted name, with aliases resolved."""
    aliases: dict[str, str] = {}
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                top = item.name.partition(".")[0]
                aliases[item.asname or top] = item.name if item.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for item in node.names:
                aliases[item.asname or item.name] = f"{node.module}.{item.name}"
                found.append((f"{node.module}.{item.name}", node.lineno))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            name = _chain(node)
            if name:
                head, _, rest = name.partition(".")
                found.append((f"{aliases.get(head, head)}.{rest}", node.lineno))
    return found


def _chain(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
