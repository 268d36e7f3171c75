"""``misconceptions.yaml``: what the misconceptions of the quizzes are called on the class page.

A feedback speaks to the student who has the misconception and asks back; a title names it for
the instructor. One file serves all quizzes, as a misconception shows in several.
"""

from __future__ import annotations

from pathlib import Path

from ...course.yaml_file import Bilingual, Config, parse
from ...i18n import Text

TITLES = "misconceptions.yaml"  # in the folder of the solutions


class Misconceptions(Config):
    """The whole file."""

    titles: dict[str, Bilingual]


def read_titles(solutions: Path) -> dict[str, Text]:
    """The title of each misconception, by its id; none where there is no such file.

    Raises
    ------
    ConfigError
    """
    path = solutions / TITLES
    return {i: title.text for i, title in parse(path, Misconceptions).titles.items()} if path.is_file() else {}
