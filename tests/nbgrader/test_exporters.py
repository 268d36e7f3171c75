"""``nbgrader export``: every name stays in its column, and only a score that was given is one."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")

from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from autograder.nbgrader.exporters import COLUMNS, CsvExporter


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory) -> Iterator[Any]:
    """Five students: graded, partly graded, not graded, absent, graded by hand before the last autograding."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # nbgrader looks for alembic there
        Gradebook(f"sqlite:///{path}").close()
    with Gradebook(f"sqlite:///{path}") as book:
        book.add_assignment("a1", duedate=datetime(2026, 5, 29, 8))
        book.add_assignment("later")
        book.add_notebook("a1", "a1")
        for name, points in (("relu__values", 0.4), ("relu__gradient", 0.6)):
            book.add_grade_cell(name, "a1", "a1", max_score=points, cell_type="code")
        for student in ("graded", "partial", "ungraded", "absent", "review"):
            book.add_student(student, last_name="Smith, Jr", first_name="=1+1", email='"quoted"@example.org')
        scores = {"graded": (0.1, 0.2), "partial": (0.4, None), "ungraded": (None, None), "review": (0.4, 0.6)}
        for student, (values, gradient) in scores.items():
            book.add_submission("a1", student, timestamp=datetime(2026, 5, 29, 9))
            for name, score in (("relu__values", values), ("relu__gradient", gradient)):
                grade = book.find_grade(name, "a1", "a1", student)
                grade.auto_score = score
                grade.needs_manual_grade = score is None or student == "review"
        book.find_submission_notebook("a1", "a1", "graded").late_submission_penalty = 0.1
        book.db.commit()
        yield book


def export(gradebook: Any, path: Path, plugin: type = CsvExporter, **options: Any) -> dict[str, dict[str, str]]:
    plugin(to=str(path), **options).export(gradebook)
    with path.open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def test_a_name_with_a_comma_stays_in_its_column_where_the_stock_exporter_shifts_it(gradebook, tmp_path):
    ours = export(gradebook, tmp_path / "ours.csv")
    assert {row["last_name"] for row in ours.values()} == {"Smith, Jr"}
    assert {row["email"] for row in ours.values()} == {'"quoted"@example.org'}
    assert ours["graded"]["score"] == "0.2"
    stock = export(gradebook, tmp_path / "stock.csv", CsvExportPlugin)
    assert stock["graded"]["last_name"] == "Smith"
    assert stock["graded"]["score"] != "0.2"


def test_the_stock_columns_come_first_and_under_their_names(gradebook, tmp_path):
    export(gradebook, tmp_path / "stock.csv", CsvExportPlugin)
    assert (tmp_path / "stock.csv").read_text().splitlines()[0].split(",") == list(COLUMNS[:11])


def test_a_cell_that_a_spreadsheet_would_run_is_text(gradebook, tmp_path):
    assert export(gradebook, tmp_path / "g.csv")["graded"]["first_name"] == "'=1+1"


@pytest.mark.parametrize(
    ("student", "raw", "score", "ungraded"),
    [
        ("graded", "0.3", "0.2", "0"),
        ("partial", "0.4", "", "1"),
        ("ungraded", "", "", "2"),
        ("absent", "", "", ""),
        ("review", "1", "1", "0"),
    ],
)
def test_only_a_score_that_was_given_is_a_score(gradebook, tmp_path, student, raw, score, ungraded):
    row = export(gradebook, tmp_path / "g.csv")[student]
    assert row["status"] == {"absent": "missing"}.get(student, student)
    assert (row["raw_score"], row["score"], row["ungraded_cells"]) == (raw, score, ungraded)
    assert row["max_score"] == "1"


def test_only_the_students_and_assignments_that_are_asked_for(gradebook, tmp_path):
    assert list(export(gradebook, tmp_path / "g.csv", student=["graded"])) == ["graded"]
    assert export(gradebook, tmp_path / "g.csv", assignment=["other"]) == {}


def test_an_assignment_that_was_never_generated_is_left_out(gradebook, tmp_path):
    assert {row["assignment"] for row in export(gradebook, tmp_path / "g.csv").values()} == {"a1"}
