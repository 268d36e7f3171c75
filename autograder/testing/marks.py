"""`case`: what a test is about, in both languages, and the group whose points it shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ..i18n import Text

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Case:
    """Group and title of a test. A student reads the title, so it names no input and no value."""

    group: str
    title: Text


def case(group: str, *, en: str, ja: str) -> Callable[[F], F]:
    """Mark a test function with its group (a key of ``groups`` in exercise.yaml) and title."""

    def mark(function: F) -> F:
        function.__case__ = Case(group, Text(en, ja))  # type: ignore[attr-defined]
        return function

    return mark


def case_of(function: Any) -> Case | None:
    """The `Case` of a test function, or None where it was not marked."""
    found = getattr(function, "__case__", None)
    return found if isinstance(found, Case) else None
