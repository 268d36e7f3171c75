"""Name the cause of a failed visible test from ``causes.json``.

The build runs the author's wrong versions on the visible tests and ships what each was seen
to return, never its code. A student's failure that shows the same is given that cause.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..causes import GENERIC
from ..i18n import Text
from ..judge.diagnosis import Diagnosis
from ..testing.bench import Observation


class Misconceptions:
    """The `Diagnosis` of one exercise, rebuilt from JSON, and the sentences of its causes."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._texts: dict[str, Text] = {}
        seen: dict[str, dict[str, Observation]] = {}
        for test, entries in data.items():
            for entry in entries:
                self._texts[entry["cause"]] = Text.of(entry["text"])
                observation = Observation(entry["kind"], entry["step"], _arrays(entry["value"]))
                # Several wrong versions may share a cause: each is a version of its own.
                versions = (f"{entry['cause']}/{i}" for i in range(len(data) * len(entries) + 1))
                free = next(v for v in versions if test not in seen.get(v, {}))
                seen.setdefault(free, {})[test] = observation
        shown = list(seen.values())
        self._diagnosis = Diagnosis(
            [version.rsplit("/", 1)[0] for version in seen], lambda version, test: shown[version].get(test)
        )

    @classmethod
    def load(cls, path: Path) -> Misconceptions:
        """From ``causes.json``; a file that is not there or not readable names no cause."""
        try:
            return cls(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls({})

    def choose(
        self, failures: Mapping[str, tuple[Observation | None, BaseException | None]], passed: Iterable[str]
    ) -> dict[str, str | None]:
        """One cause, or None, for each failed test; see `Diagnosis.choose`."""
        plain = {
            test: (Observation(o.kind, o.step, _arrays(o.value)) if o else None, error)
            for test, (o, error) in failures.items()
        }
        return self._diagnosis.choose(plain, list(passed))

    def text(self, cause: str | None) -> Text | None:
        """The sentence of a cause: the exercise's own, else the generic one."""
        return self._texts.get(cause) or GENERIC.get(cause) if cause else None


def _arrays(value: Any) -> Any:
    """The same value whether it came from Python or through JSON: arrays, lists and dicts only."""
    if isinstance(value, dict):
        return {str(k): _arrays(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        try:
            array = np.asarray(value)
        except ValueError:
            array = np.asarray(None)
        return array if array.dtype.kind in "biufc" else [_arrays(v) for v in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return np.asarray(value)
    return value
