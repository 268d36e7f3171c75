"""`Source` and `TestResult` as JSON, for the pipe between the pipeline and the judge's host."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..i18n import Text
from ..model import Source, TestResult


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
    return {
        "name": result.name,
        "tier": result.tier,
        "status": result.status,
        "points": str(result.points),
        "max_points": str(result.max_points),
        "cause": result.cause,
        "message": result.message.as_dict(),
        "title": result.title.as_dict(),
        "group": result.group,
    }


def result_from_wire(data: dict[str, Any]) -> TestResult:
    """The inverse of `result_to_wire`."""
    return TestResult(
        data["name"],
        data["tier"],
        data["status"],
        Fraction(data["points"]),
        Fraction(data["max_points"]),
        data["cause"],
        Text.of(data["message"]),
        Text.of(data["title"]),
        data["group"],
    )
