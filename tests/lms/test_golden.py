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
from openpyxl import load_workbook

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
    files = {golden_name(name): stable(name, data) for name, data in rendered.files.items()}
    if os.environ.get("GOLDEN_UPDATE"):
        (case / "expected").mkdir(exist_ok=True)
        for name, data in files.items():
            (case / "expected" / name).write_bytes(data)
        (case / "diff.txt").write_text(shown, encoding="utf-8")
    assert files == {path.name: path.read_bytes() for path in (case / "expected").iterdir()}
    assert shown == (case / "diff.txt").read_text(encoding="utf-8")


def golden_name(name: str) -> str:
    return name + ".txt" if name.endswith((".zip", ".xlsx")) else name


def stable(name: str, data: bytes) -> bytes:
    """The bytes themselves, but of an archive only what another version of a library would write as well."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(f"{path}\n" for path in archive.namelist()).encode()
    if name.endswith(".xlsx"):
        lines = []
        for page in load_workbook(io.BytesIO(data)):
            cells = (cell for row in page.iter_rows() for cell in row if cell.value is not None)
            lines += [f"{page.title}!{c.coordinate} {c.data_type} {c.font.b} {c.value!r}\n" for c in cells]
        return "".join(lines).encode()
    return data


def test_each_page_of_the_feedback_zip_is_of_its_own_student(a_class: list[GradeRow], course: CourseInfo) -> None:
    rendered, _ = render(GOLDEN / "moodle-feedback" / "ja", a_class, course)
    people = {row.ids["moodle"]: row.student for row in a_class}
    with zipfile.ZipFile(io.BytesIO(rendered.files["moodle-feedback.zip"])) as archive:
        for path in archive.namelist():
            html = archive.read(path).decode()
            number = path.split("_")[1]
            assert {student for student in people.values() if student in html} == {people[number]}


def test_a_workbook_keeps_what_is_not_a_score(a_class: list[GradeRow], course: CourseInfo) -> None:
    case = GOLDEN / "manaba-xlsx" / "ja"
    new, _ = render(case, a_class, course)
    before, after = (
        stable("x.xlsx", data).decode().splitlines()
        for data in ((case / "採点シート.xlsx").read_bytes(), *new.files.values())
    )
    assert [line for line in before if "!H" not in line] == [line for line in after if "!H" not in line]
    assert any("=AVERAGE(H6:H11)" in line for line in after)


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
    sent = {row[0] for row in new}
    assert 1 < len(sent) < len(old)  # a line in which nothing changes is left out
    assert [[c for i, c in enumerate(r) if i not in (4, 9)] for r in old if r[0] in sent] == [
        [c for i, c in enumerate(r) if i not in (4, 9)] for r in new
    ]


def test_the_xml_is_well_formed_and_holds_each_student_once() -> None:
    root = ElementTree.fromstring((GOLDEN / "moodle-xml" / "two" / "expected" / "moodle-grades.xml").read_bytes())
    found = [(r.findtext("student"), r.findtext("assignment")) for r in root]
    assert len(found) == len(set(found)) == 9
    assert ("0012346", "softmax-2026") not in found


def test_feedback_on_an_item_that_is_one_exercise_speaks_of_that_alone(
    a_class: list[GradeRow], course: CourseInfo
) -> None:
    request = Request(("relu",), {"relu": "x"}, course=course, feedback="en")
    text = format_of("moodle-xml").render(a_class, request).files["moodle-grades.xml"].decode()
    assert "ReLU: 0.5 / 1" in text
    assert "Softmax" not in text
    folders = tuple(f"x_{n}_assignsubmission_file" for n in (4, 8, 11, 12, 15))
    request = Request(("relu",), template=Template("z", folders=folders), course=course, ignore_names=True)
    data = format_of("moodle-feedback").render(a_class, request).files["moodle-feedback.zip"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert all("Softmax" not in archive.read(name).decode() for name in archive.namelist())


def test_a_grade_that_becomes_lower_is_marked(a_class: list[GradeRow], course: CourseInfo) -> None:
    case = GOLDEN / "moodle-worksheet" / "en"
    data = (case / "Grades-DL-HW1-4711.csv").read_bytes().replace(b",,2.00,", b",1.75,2.00,", 1)
    lines = show(format_of("moodle-worksheet").render(a_class, Request(template=Template("w", data))), "en")
    assert any("1.5 (lower)" in line for line in lines)
    assert any("(1 lower)" in line for line in lines)
