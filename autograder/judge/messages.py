"""`Source` and `TestResult` as JSON, for the pipe between the pipeline and the judge's host."""

from __future__ import annotations

from typing import Any

from ..codec import decode, encode
from ..i18n import Text
from ..model import BLOCKS, Source, TestResult


def source_to_wire(source: Source) -> dict[str, Any]:
    """What the judge needs of a source."""
    return {
        "path": source.path,
        "cells": source.cells,
        "is_notebook": source.is_notebook,
        "sha256": source.sha256,
        "problem": source.problem.as_dict() if source.problem else None,
    }


def source_from_wire(data: dict[str, Any]) -> Source:
    """The inverse of `source_to_wire`."""
    cells = tuple((label, text) for label, text in data["cells"])
    problem = Text.of(data["problem"]) if data["problem"] else None
    return Source(data["path"], cells, data["sha256"], data["is_notebook"], problem)


def result_to_wire(result: TestResult) -> dict[str, Any]:
    """A test's result; points as exact fractions."""
    return encode(result)  # type: ignore[no-any-return]


def result_from_wire(data: dict[str, Any]) -> TestResult:
    """The inverse of `result_to_wire`."""
    return decode(data, _CLASSES)  # type: ignore[no-any-return]


_CLASSES = {"TestResult": TestResult, **BLOCKS}
