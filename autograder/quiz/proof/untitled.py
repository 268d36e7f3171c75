"""Misconceptions that the class page could only show by their ids, and titles of none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ...i18n import Text
from ..source.items import Quiz
from ..source.titles import TITLES, read_titles
from .lint import Finding


def untitled(quizzes: Iterable[Quiz], solutions: Path) -> Iterator[Finding]:
    """What of ``misconceptions.yaml`` does not go with the quizzes; nothing where there is no such file."""
    titles = read_titles(solutions)
    named: dict[str, Quiz] = {}
    for quiz in quizzes:
        for item in quiz.items:
            for name in _misconceptions(item.model_dump()):
                named.setdefault(name, quiz)
    for name, quiz in named.items() if titles else ():
        if name not in titles:
            text = Text(
                f"{quiz.path}: misconception {name!r} has no title in {TITLES}: the class page shows its id",
                f"{quiz.path}: misconception {name!r} の題が {TITLES} にありません。クラスレポートには id が出ます",
            )
            yield Finding(quiz.path, text, "warning", quiz.id)
    for name in titles.keys() - named.keys():
        path = solutions / TITLES
        text = Text(f"{path}: {name}: no quiz has it", f"{path}: {name}: どのクイズにもありません")
        yield Finding(path, text, "warning")


def _misconceptions(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("misconception"):
            yield value["misconception"]
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from _misconceptions(part)
