"""Whoever adds a type of question is told by mypy where it has to be dealt with: no dispatch has a silent default."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

from autograder.quiz.draw.replica import Body
from autograder.quiz.page.sealed import Ask
from autograder.quiz.source import kinds

PACKAGE = Path(kinds.__file__).parents[2]
TYPES = {t.__name__ for t in (*get_args(Body), *get_args(Ask), *get_args(kinds.Item))}


def dispatches() -> list[tuple[str, ast.Match]]:
    """Every ``match`` on a type of question."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Match) and TYPES & {
                _name(p) for case in node.cases for p in ast.walk(case.pattern)
            }:
                found.append((f"{path.relative_to(PACKAGE)}:{node.lineno}", node))
    return found


def _name(pattern: ast.AST) -> str:
    cls = pattern.cls if isinstance(pattern, ast.MatchClass) else None
    return cls.attr if isinstance(cls, ast.Attribute) else cls.id if isinstance(cls, ast.Name) else ""


@pytest.mark.parametrize(("place", "node"), dispatches(), ids=lambda v: v if isinstance(v, str) else "")
def test_every_dispatch_ends_with_what_mypy_proves_unreachable(place: str, node: ast.Match):
    last = node.cases[-1]
    assert isinstance(last.pattern, ast.MatchAs), f"{place}: end with 'case _: assert_never(...)'"
    assert last.pattern.pattern is None
    assert "assert_never(" in ast.unparse(last.body[0])


def test_there_are_dispatches_to_look_at():
    assert len(dispatches()) > 20
