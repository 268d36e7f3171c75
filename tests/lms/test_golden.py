"""Each format on real-looking downloads: the bytes that come out, and what a person is shown first."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograder.gradebook import CourseInfo
from autograder.lms import GradeRow
from autograder.lms.diff import show
from autograder.lms.export import Format, Rendered, Request, Template
from autograder.lms.formats import FORMATS

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.parent for path in GOLDEN.glob("*/*/request.json"))
GRADES = [
    name for name, entry in FORMATS.items() if entry.target.startswith("lms.") and entry.target.endswith(":FORMAT")
]


def format_of(name: str) -> Format:
    module, attribute = FORMATS[name].target.split(":")
    found = getattr(importlib.import_module(f"autograder.{module}"), attribute)
    assert isinstance(found, Format)
    return found


def render(case: Path, rows: list[GradeRow], course: CourseInfo) -> tuple[Rendered, Request]:
    asked = json.loads((case / "request.json").read_text(encoding="utf-8"))
    name = asked.pop("template", None)
    request = Request(
        columns=tuple(asked.pop("columns", ["total"])),
        template=Template(name, (case / name).read_bytes()) if name else None,
        maximum=Fraction(asked.pop("maximum")) if "maximum" in asked else None,
        course=course,
        **asked,
    )
    return format_of(case.parent.name).render(rows, request), request


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_the_bytes_and_the_diff_are_the_golden_ones(case: Path, a_class: list[GradeRow], course: CourseInfo) -> None:
    rendered, request = render(case, a_class, course)
    shown = "\n".join(show(rendered, request.lang)) + "\n"
    if os.environ.get("GOLDEN_UPDATE"):
        (case / "expected").mkdir(exist_ok=True)
        for name, data in rendered.files.items():
            (case / "expected" / name).write_bytes(data)
        (case / "diff.txt").write_text(shown, encoding="utf-8")
    expected = {path.name: path for path in (case / "expected").iterdir()}
    assert set(rendered.files) == set(expected)
    for name, data in rendered.files.items():
        if name.endswith((".zip", ".xlsx")):  # compressed differently by another zlib
            assert contents(data) == contents(expected[name].read_bytes())
        else:
            assert data == expected[name].read_bytes()
    assert shown == (case / "diff.txt").read_text(encoding="utf-8")


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", GRADES)
def test_every_format_has_a_golden_folder(name: str) -> None:
    assert any(case.parent.name == name for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_rendering_twice_gives_the_same_bytes(case: Path, a_class: list[GradeRow], course: CourseInfo) -> None:
    assert render(case, a_class, course)[0].files == render(case, a_class, course)[0].files


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_no_score_is_written_for_a_student_who_has_none(
    case: Path, a_class: list[GradeRow], course: CourseInfo
) -> None:
    rendered, request = render(case, a_class, course)
    scored = {(r.student, c) for r in a_class for c in request.columns if r.scores[c] is not None}
    written = [change.student for change in rendered.changes if change.kind == "score"]
    assert set(written) <= {student for student, _ in scored}
    assert "0012349" not in {change.student for change in rendered.changes}


def test_a_worksheet_reads_back_with_the_same_cells_but_for_grade_and_feedback() -> None:
    case = GOLDEN / "moodle-worksheet" / "en"
    old, new = (
        list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        for path in (case / "Grades-DL-HW1-4711.csv", case / "expected" / "Grades-DL-HW1-4711.csv")
    )
    assert [[c for i, c in enumerate(r) if i not in (4, 9)] for r in old] == [
        [c for i, c in enumerate(r) if i not in (4, 9)] for r in new
    ]


def test_the_xml_is_well_formed_and_holds_each_student_once() -> None:
    root = ElementTree.fromstring((GOLDEN / "moodle-xml" / "two" / "expected" / "moodle-grades.xml").read_bytes())
    found = [(r.findtext("student"), r.findtext("assignment")) for r in root]
    assert len(found) == len(set(found)) == 9
    assert ("0012346", "softmax-2026") not in found
