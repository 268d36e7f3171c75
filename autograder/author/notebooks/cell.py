"""One cell of a unit's notebook, as its writers get it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["title", "setup", "statement", "solution", "check", "plot", "quiz"]


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook.

    Attributes
    ----------
    source
        Markdown, or code as IPython reads it (magics included), without a final line break.
    exercise
        Id of the exercise (or quiz) that the cell belongs to; None for title and setup.
    """

    kind: Literal["markdown", "code"]
    source: str
    role: Role
    exercise: str | None = None
