"""A course of nbgrader on disk: its configuration, its assignments, and what was handed in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from ..errors import ConfigError, UsageError
from ..i18n import Text
from ..model import Note
from .gradebook import all_released_cells
from .released import MasterCell, tested_exercises
from .session import TIMESTAMP

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Place:
    """One student's submission of one assignment, not read yet."""

    student: str
    assignment: str
    folder: Path


@dataclass(frozen=True)
class NbgraderCourse:
    """What nbgrader knows of its course.

    Attributes
    ----------
    cells
        The released cells by assignment and notebook, of the assignments with test cells.
    places
        All submissions of these assignments, sorted by student.
    """

    config: Any
    directory: Any
    cells: Mapping[str, Mapping[str, tuple[MasterCell, ...]]]
    places: tuple[Place, ...]

    @property
    def db_url(self) -> str:
        return str(self.directory.db_url)

    def exercises(self, assignment: str) -> list[str]:
        """The exercises of an assignment that the judge grades."""
        return tested_exercises(cell for cells in self.cells[assignment].values() for cell in cells)

    def autograded(self, place: Place) -> Path:
        """Where formgrader and feedback look for the graded notebooks."""
        directory = self.directory
        return Path(directory.format_path(directory.autograded_directory, place.student, place.assignment))

    def source(self, assignment: str) -> Path:
        """The folder of the instructor's version."""
        return Path(self.directory.format_path(self.directory.source_directory, ".", assignment))


def open_course(folder: Path) -> NbgraderCourse:
    """Read a course's configuration and gradebook.

    Raises
    ------
    UsageError
        There is no such course, or no assignment has been generated.
    ConfigError
        Its ``nbgrader_config.py`` cannot be run.
    """
    root = folder.resolve()
    if not root.is_dir():
        raise UsageError(Text(f"{folder}: no such folder", f"{folder}: フォルダーがありません"))
    config = _config(root)
    directory: Any = CourseDirectory(config=config)
    if "root" not in config.CourseDirectory:
        directory.root = str(root)
    database = re.fullmatch(r"sqlite:///(.*)", directory.db_url)
    if database and not Path(database[1]).is_file():
        raise _none(folder)
    cells = {
        name: notebooks
        for name, notebooks in all_released_cells(directory.db_url).items()
        if any(cell.is_test for found in notebooks.values() for cell in found)
    }
    if not cells:
        raise _none(folder)
    return NbgraderCourse(config, directory, cells, tuple(_places(directory, cells)))


MAX_TIMESTAMP = 200  # characters; anybody can hand in a file of this name


def timestamp(folder: Path) -> tuple[datetime | None, tuple[Note, ...]]:
    """When a submission arrived, in UTC, as nbgrader reads ``timestamp.txt``."""
    path = folder / TIMESTAMP
    if not path.is_file():
        return None, ()
    try:
        with path.open(encoding="utf-8") as file:
            moment = parse_utc(file.read(MAX_TIMESTAMP).strip())
        return moment.replace(tzinfo=UTC), ()
    except (ValueError, OverflowError, OSError):
        text = Text(
            f"{TIMESTAMP} holds no time; taken as not late", f"{TIMESTAMP} が日時ではないため、遅延なしとしました"
        )
        return None, (Note("bad_timestamp", text),)


def _config(root: Path) -> Any:
    if not (root / CONFIG).is_file():
        return Config()
    try:
        return PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    except Exception as error:  # it is a program: anything
        raise ConfigError(f"{root / CONFIG}: {type(error).__name__}: {error}") from None


def _places(directory: Any, assignments: Mapping[str, Any]) -> list[Place]:
    found = []
    for assignment in assignments:
        step = directory.submitted_directory
        pattern = re.compile(directory.format_path(step, "(?P<student>[^/\\\\]+)", assignment, escape=True) + r"\Z")
        shape = Path(directory.format_path(step, "*", assignment))
        for path in sorted(Path(shape.anchor).glob(str(shape.relative_to(shape.anchor)))):
            match = pattern.match(str(path))
            if match and path.is_dir() and not match["student"].startswith("."):
                found.append(Place(match["student"], assignment, path))
    return sorted(found, key=lambda place: (place.student, place.assignment))


def _none(folder: Path) -> UsageError:
    return UsageError(
        Text(
            f"{folder}: no generated assignment with tests in nbgrader's gradebook. "
            "Make the course with 'autograder nbgrader init', then run 'nbgrader generate_assignment'.",
            f"{folder}: nbgrader の成績簿に、テストのある生成済みの課題がありません。"
            "autograder nbgrader init でコースを作り、nbgrader generate_assignment を実行してください。",
        )
    )
