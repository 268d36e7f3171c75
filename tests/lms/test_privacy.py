"""No cell ever reaches another student, whatever names and feedback hold.

Each student has a score and a marker in the feedback that nobody else has. The file that comes
out is read as the LMS reads it, and every score and marker must be in its own student's line.
A refusal is an answer only where the *download* cannot be read back safely; what this program
adds must never be the reason.
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import io
import json
import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import UsageError
from autograder.i18n import Text
from autograder.lms import GradeRow, canvas, moodle_csv, moodle_worksheet, moodle_xml, plain_csv
from autograder.lms.export import Request, Template
from autograder.lms.readback import canvas_reads, fputcsv, moodle_reads

from .conftest import make_row

EXAMPLES = int(os.environ.get("PRIVACY_EXAMPLES", "300"))  # cases of each of the six properties
PIECES = [
    "=1+1", "+", "-", "@SUM(A1)", "\\", '"', '""', '\\"', "\n", "\r\n", "\r", "\t", "\0", ",", ";", "\u2028", "\x85",
    "<b>", "&amp;", "&#92;", "]]>", "<!--", "'", " ", "　", "山田", "é", "𠮷", "\ufeff", "\u202e", "\ufffe", "\v", "x",
]  # fmt: skip
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=6).map("".join)
NASTY = st.one_of(HOSTILE, HOSTILE.map(lambda t: t + "\ud800"))
WRITABLE = HOSTILE.map(lambda t: t.encode("utf-8", "replace").decode())
settings.register_profile("privacy", max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
Students = list[tuple[str, str, str]]  # name in the download, feedback of the download, ours


def students(names: st.SearchStrategy[str] = WRITABLE) -> st.SearchStrategy[Students]:
    return st.lists(st.tuples(names, st.sampled_from(["", "ok", "old"]), NASTY), min_size=2, max_size=5)


def rows_of(given_students: Students) -> list[GradeRow]:
    rows = [
        make_row(
            f"s{i}",
            {"relu": Fraction(i + 1, 64)},
            name=name,
            ids={"moodle": str(i), "canvas": str(100 + i)},
            feedback=Text.of(f"{feedback}[mark{i}]{feedback}"),
        )
        for i, (name, _, feedback) in enumerate(given_students)
    ]
    return [dataclasses.replace(row, result=None) for row in rows]  # the feedback is that one, not made anew


def mark_of(cells: Sequence[str], count: int) -> set[int]:
    return {i for i in range(count) if any(f"[mark{i}]" in cell for cell in cells)}


HEADER = "Identifier|Full name|Email address|Status|Grade|Maximum grade|Grade can be changed|Last modified (grade)"


def worksheet(given_students: Students) -> bytes:
    """As Moodle writes it: by PHP's fputcsv."""
    table = [[*HEADER.split("|"), "Feedback comments"]]
    for i, (name, old, _) in enumerate(given_students):
        table.append([f"Participant {i}", name, f"s{i}@example.ac.jp", "Submitted", "", "1.00", "Yes", "-", old])
    return b"\xef\xbb\xbf" + "".join(map(fputcsv, table)).encode()


def filled_worksheet(given_students: Students) -> bytes:
    request = Request(template=Template("w.csv", worksheet(given_students)), feedback="en", ignore_names=True)
    return moodle_worksheet.render(rows_of(given_students), request).files["w.csv"]


def check_moodle(read: Sequence[Sequence[str]], count: int) -> None:
    body = [row for row in read[1:] if any(cell.strip() for cell in row)]
    assert len(body) == count
    for row in body:
        number = int(row[0].removeprefix("Participant "))
        assert Fraction(row[4]) == pytest.approx(Fraction(number + 1, 64), abs=1e-5)
        assert mark_of(row, count) == {number}
        assert mark_of([row[8]], count) == {number}


@given(students())
@settings(settings.get_profile("privacy"))
def test_worksheet_whatever_the_names(given_students: Students) -> None:
    try:
        data = filled_worksheet(given_students)
    except UsageError:
        # Only a name can be the reason: with plain ones the same feedback goes through.
        filled_worksheet([("x", old, ours) for _, old, ours in given_students])
        return
    check_moodle(moodle_reads(data.decode("utf-8-sig")), len(given_students))


@given(students(st.sampled_from(["山田 太郎", "O'Brien", "=1+1", 'Ann "Q"', "a, b", "x\ty"])))
@settings(settings.get_profile("privacy"))
def test_worksheet_whatever_the_feedback(given_students: Students) -> None:
    check_moodle(moodle_reads(filled_worksheet(given_students).decode("utf-8-sig")), len(given_students))


@pytest.mark.skipif(shutil.which("php") is None, reason="php is not installed")
def test_worksheets_as_php_itself_reads_them() -> None:
    """The same through real PHP: fgetcsv, fputcsv, fgetcsv, as Moodle's ``csv_import_reader`` does."""
    files: list[tuple[int, bytes]] = []

    @given(students())
    @settings(settings.get_profile("privacy"), max_examples=300, database=None)
    def collect(given_students: Students) -> None:
        with contextlib.suppress(UsageError):
            files.append((len(given_students), filled_worksheet(given_students)))

    collect()
    assert len(files) > 100
    # Moodle trims the file and makes its line ends \n before it is parsed.
    texts = [data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").strip() for _, data in files]
    stored = [answer[1] for answer in ask_php(texts)]
    for (count, _), answer in zip(files, ask_php(stored), strict=True):
        check_moodle([row for row in answer[0] if row is not None], count)


def ask_php(texts: list[str]) -> list[list[list[list[str]]]]:
    script = Path(__file__).parent / "fixtures" / "php_csv.php"
    lines = "\n".join(b64encode(text.encode()).decode() for text in texts) + "\n"
    done = subprocess.run(["php", str(script)], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.strip("\n").split("\n")]


def ruby_quoted(cell: str) -> str:
    """As Ruby's CSV writes a field."""
    must = set(cell) & set(',"\r\n') or cell != cell.strip(" ")
    return '"' + cell.replace('"', '""') + '"' if must else cell


def filled_gradebook(given_students: Students) -> bytes:
    table = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ReLU (4711)"]]
    table.append(["    Points Possible", "", "", "", "", "1"])
    table += [[name, str(100 + i), f"s{i}", f"s{i}", "A", ""] for i, (name, *_) in enumerate(given_students)]
    data = "".join(",".join(map(ruby_quoted, row)) + "\n" for row in table).encode()
    request = Request(("relu",), {"relu": "4711"}, Template("c.csv", data), ignore_names=True)
    return canvas.render(rows_of(given_students), request).files["c.csv"]


def check_canvas(data: bytes, count: int) -> None:
    read = {row[1]: Fraction(row[5]) for row in canvas_reads(data.decode()) if row[1].isdigit()}
    assert read == {str(100 + i): pytest.approx(Fraction(i + 1, 64), abs=1e-5) for i in range(count)}


@given(students())
@settings(settings.get_profile("privacy"))
def test_canvas_gradebook(given_students: Students) -> None:
    with contextlib.suppress(UsageError):
        check_canvas(filled_gradebook(given_students), len(given_students))


def test_a_canvas_gradebook_with_the_names_of_a_class_is_not_refused() -> None:
    names = ["山田 太郎", 'Ann "Q" O\'Brien, Jr.', "=1+1", "a\\", "Doe; Jane", "x\ty", "", " "]
    for i in range(len(names)):
        check_canvas(filled_gradebook([(name, "", "") for name in names[i:] + names[:i]]), len(names))


@given(students())
@settings(settings.get_profile("privacy"))
def test_moodle_csv(given_students: Students) -> None:
    request = Request(("relu",), feedback="en")
    data = moodle_csv.render(rows_of(given_students), request).files["moodle-grades.csv"]
    read = moodle_reads(data.decode())[1:]
    assert [row[0] for row in read] == [f"s{i}" for i in range(len(given_students))]
    assert [mark_of(row, len(read)) for row in read] == [{i} for i in range(len(read))]


@given(students())
@settings(settings.get_profile("privacy"))
def test_moodle_xml(given_students: Students) -> None:
    request = Request(("relu",), {"relu": "hw"}, feedback="en")
    root = ElementTree.fromstring(moodle_xml.render(rows_of(given_students), request).files["moodle-grades.xml"])
    assert [r.findtext("student") for r in root] == [f"s{i}" for i in range(len(given_students))]
    for i, result in enumerate(root):
        feedback = result.findtext("feedback") or ""
        assert mark_of([feedback], len(root)) == {i}
        assert not set(feedback) & set('<>"\n\r\t\\') - set("<br>")
        assert len(result) == 5


@given(st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=2, max_size=5))
@settings(settings.get_profile("privacy"))
def test_plain_csv_starts_no_formula_and_mixes_no_lines(given_students: Students) -> None:
    data = plain_csv.render(rows_of(given_students), Request(("relu",))).files["grades.csv"]
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in read[1:]] == [f"s{i}" for i in range(len(given_students))]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for cell in row)
    assert [row[2] for row in read[1:]] == [row_score(i) for i in range(len(given_students))]


def row_score(i: int) -> str:
    return f"{round((i + 1) / 64, 5):.5f}".rstrip("0")
