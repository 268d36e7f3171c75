"""The errors that people meet, each with the exit code of the command that meets it."""

from __future__ import annotations

from .i18n import Text


class AutograderError(Exception):
    """Base of every error that is reported as one message without a traceback.

    Parameters
    ----------
    text
        What is wrong, where, and how to mend it; one string or both languages.
    """

    exit_code = 4

    def __init__(self, text: Text | str) -> None:
        self.text = Text.of(text)
        super().__init__(self.text.en)


class UsageError(AutograderError):
    """The command was called with something that cannot be: exit code 2."""

    exit_code = 2


class ConfigError(AutograderError):
    """course.yaml, exercise.yaml or hints.yaml is wrong: exit code 3."""

    exit_code = 3


class ContentError(AutograderError):
    """An exercise's folder is wrong (markers, missing parts, failed validation): exit code 3."""

    exit_code = 3


class GraderError(AutograderError):
    """The grader itself failed; nobody's score may follow from it: exit code 4."""

    exit_code = 4
