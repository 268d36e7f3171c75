"""Which course an nbgrader course was made from.

nbgrader makes our plug-ins and preprocessors itself and gives them no argument of ours, and a
hidden test cell runs in a kernel. What all of them have is the environment, so the
``nbgrader_config.py`` that ``autograder nbgrader init`` writes sets `VARIABLE`; the name
of an exercise's or a group's cell is made and read here too.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..course.load import LoadedCourse, load_course
from ..errors import ConfigError
from ..i18n import Text

VARIABLE = "AUTOGRADER_COURSE"
_BETWEEN = "__"  # no exercise id and no group id holds two underscores in a row


def course() -> LoadedCourse:
    """The course that nbgrader's configuration names.

    Raises
    ------
    ConfigError
        The variable is not set, or there is no course where it points.
    """
    path = os.environ.get(VARIABLE)
    if not path:
        raise ConfigError(
            Text(
                f"{VARIABLE} is not set: run nbgrader in the folder that 'autograder nbgrader init' made, "
                "so that its nbgrader_config.py is read",
                f"{VARIABLE} が設定されていません。nbgrader_config.py が読み込まれるように、"
                "autograder nbgrader init で作ったフォルダーで nbgrader を実行してください",
            )
        )
    return load_course(Path(path))


def cell_id(exercise_id: str, part: str) -> str:
    """The ``grade_id`` of the cell of one part: a group of tests, a statement, a row of a rubric."""
    return exercise_id + _BETWEEN + part


def exercise_of(grade_id: str) -> str:
    """The exercise that a cell belongs to."""
    return grade_id.split(_BETWEEN, 1)[0]
