"""Name the cause of a failed visible test from ``causes.json``.

The build runs the author's wrong versions on the visible tests and ships what each was seen
to return, never its code. A student's failure that shows the same is given that cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..course.causes import GENERIC
from ..i18n import Text
from ..testing.bench import Observation
from ..testing.causes_file import KnownFailure, read_causes
from ..testing.diagnosis import Diagnosis


class Misconceptions:
    """The `Diagnosis` of one exercise, and the sentences of its causes.

    Parameters
    ----------
    table
        The known failures of each test; see `causes_file.read_causes`.
    """

    def __init__(self, table: Mapping[str, Iterable[KnownFailure]]) -> None:
        rows = [(test, failure) for test, failures in table.items() for failure in failures]
        versions = sorted({failure.version for _, failure in rows})
        cause_of = {failure.version: failure.cause for _, failure in rows}
        seen = {(failure.version, test): failure.observation for test, failure in rows}
        self._texts = {failure.cause: failure.text for _, failure in rows}
        self._diagnosis = Diagnosis(
            [cause_of[v] for v in versions], lambda index, test: seen.get((versions[index], test))
        )

    @classmethod
    def load(cls, path: Path) -> Misconceptions:
        """From ``causes.json``; a file that is not there or is damaged names no cause."""
        try:
            return cls(read_causes(path))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls({})

    def choose(
        self,
        failures: Mapping[str, tuple[Observation | None, BaseException | None]],
        passed: Iterable[str],
        told: Mapping[str, str | None] | None = None,
    ) -> dict[str, str | None]:
        """One cause, or None, for each failed test; see `Diagnosis.choose`.

        Few visible tests tell versions apart: where two causes explain equally much, neither is named.
        """
        return self._diagnosis.choose(failures, list(passed), told, settle=False)

    def text(self, cause: str | None) -> Text | None:
        """The sentence of a cause: the exercise's own, else the generic one."""
        return self._texts.get(cause) or GENERIC.get(cause) if cause else None
