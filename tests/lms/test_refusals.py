"""What must not be exported: refused with the fix, by the format that would do the harm."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.errors import UsageError
from autograder.lms import (
    GradeRow,
    blackboard,
    canvas,
    manaba,
    moodle_csv,
    moodle_feedback,
    moodle_worksheet,
    moodle_xml,
    plain_csv,
    webclass,
)
from autograder.lms.export import Rendered, Request, Template, write_signed
from autograder.lms.numbers import is_lower

GOLDEN = Path(__file__).parent / "golden"
WORKSHEET = (GOLDEN / "moodle-worksheet" / "en" / "Grades-DL-HW1-4711.csv").read_bytes()
CANVAS = (GOLDEN / "canvas-csv" / "plain" / "2026-06-01T0900_Grades-DL.csv").read_bytes()
Row = Callable[..., GradeRow]


def worksheet(rows: list[GradeRow], data: bytes = WORKSHEET, **asked: object) -> Rendered:
    return moodle_worksheet.render(rows, Request(template=Template("w.csv", data), **asked))  # type: ignore[arg-type]


def gradebook(rows: list[GradeRow], data: bytes = CANVAS, **asked: object) -> Rendered:
    request = Request(("relu",), {"relu": "4711"}, Template("c.csv", data))
    return canvas.render(rows, dataclasses.replace(request, **asked))  # type: ignore[arg-type]


def refused(call: Callable[[], object], *says: str) -> UsageError:
    """Both languages must say each of these."""
    with pytest.raises(UsageError) as error:
        call()
    for text in (error.value.text.en, error.value.text.ja):
        for part in says:
            assert part in text
    return error.value


def with_score(row: GradeRow, score: Fraction) -> GradeRow:
    return dataclasses.replace(row, scores={**row.scores, "relu": score, "total": score})


@pytest.mark.parametrize("score", [Fraction(-1, 2), Fraction(5, 2)])
def test_a_score_outside_of_its_range_names_the_student(a_class: list[GradeRow], score: Fraction) -> None:
    rows = [with_score(a_class[0], score), *a_class[1:]]
    for call in (
        lambda: worksheet(rows),
        lambda: gradebook(rows),
        lambda: moodle_xml.render(rows, Request(("relu",), {"relu": "x"})),
        lambda: moodle_csv.render(rows, Request(("relu",))),
        lambda: plain_csv.render(rows, Request(("relu",))),
    ):
        refused(call, "0012345", write_signed(score))


def test_another_maximum_is_refused_and_scaled_on_request(a_class: list[GradeRow]) -> None:
    data = WORKSHEET.replace(b"2.00,Yes", b"100.00,Yes").replace(b"2.00,100.00", b"100.00,100.00")
    refused(lambda: worksheet(a_class, data), "--scale", "100", "2")
    changes = worksheet(a_class, data, scale=True).changes
    assert {c.student: c.becomes for c in changes} == {"0012345": "75", "0012347": "50", "0012350": "0"}


@pytest.mark.parametrize("word", [b"A+", b"", b"-", b"0", b"two"])
def test_a_maximum_that_is_no_number_is_refused(a_class: list[GradeRow], word: bytes) -> None:
    refused(lambda: worksheet(a_class, WORKSHEET.replace(b"2.00,Yes", word + b",Yes")), "w.csv")


def test_points_possible_that_are_no_number_are_refused(a_class: list[GradeRow]) -> None:
    refused(lambda: gradebook(a_class, CANVAS.replace(b",10,1,1,", b",10,pass,1,")), "ReLU (4711)", "pass")


def test_a_read_only_column_is_refused(a_class: list[GradeRow]) -> None:
    refused(lambda: gradebook(a_class, CANVAS.replace(b",10,1,1,", b",10,(read only),1,")), "ReLU (4711)", "read only")


def test_an_unknown_column_is_refused_with_those_that_there_are(a_class: list[GradeRow]) -> None:
    refused(lambda: gradebook(a_class, names={"relu": "HW9"}), "HW9", "Softmax (4712)", "--column")
    refused(lambda: gradebook(a_class, names={}), "relu", "ReLU (4711)", "lms:")


def test_students_on_one_side_only_are_listed_and_left_out_on_request(a_class: list[GradeRow], row: Row) -> None:
    more = [*a_class, row("0099999", {"relu": Fraction(1), "softmax": Fraction(1)}, ids={"moodle": "99"})]
    refused(lambda: worksheet(more), "0099999", "--allow-unmatched", "--roster")
    fewer = a_class[1:]
    refused(lambda: worksheet(fewer), "山田 太郎", "4")
    done = worksheet(more[1:], allow_unmatched=True)
    assert {c.student for c in done.changes} == {"0012347", "0012350"}
    assert any("0099999" in note.en for note in done.notes)
    assert any("山田 太郎" in note.ja for note in done.notes)


def test_nobody_in_common_is_refused_even_on_request(a_class: list[GradeRow], row: Row) -> None:
    others = [row("x", {"relu": Fraction(1)}, ids={"moodle": "77"})]
    refused(lambda: worksheet(others, allow_unmatched=True), "w.csv")
    refused(lambda: gradebook(others, allow_unmatched=True), "c.csv")


def test_a_worksheet_of_another_assignment_with_the_same_numbers_is_refused(a_class: list[GradeRow]) -> None:
    """Participant 4 is someone else of the class there."""
    swapped = WORKSHEET.replace(b'Participant 4"', b'Participant x"').replace(b'Participant 8"', b'Participant 4"')
    swapped = swapped.replace(b'Participant x"', b'Participant 8"')
    refused(lambda: worksheet(a_class, swapped), "w.csv:2")


def test_a_worksheet_of_another_assignment_with_other_numbers_is_refused(a_class: list[GradeRow]) -> None:
    """The emails are the same everywhere, the numbers are not."""
    moved = WORKSHEET.replace(b'"Participant ', b'"Participant 10')
    refused(lambda: worksheet(a_class, moved), "w.csv:2", "104")


def test_a_worksheet_of_another_class_with_the_same_numbers_is_refused(a_class: list[GradeRow]) -> None:
    text = WORKSHEET.decode("utf-8-sig")
    for old, new in (
        ("山田 太郎", "田中 一"),
        ("鈴木 花子", "伊藤 二"),
        ("髙﨑 ①㈱", "加藤 三"),
        ("佐藤 次郎", "木村 四"),
    ):
        text = text.replace(old, new)
    text = text.replace('""Q"" O\'Brien, Jr.', "Other").replace("=HYPERLINK", "Someone")
    for mail in ("yamada", "suzuki", "obrien", "takasaki", "sato", "h@"):
        text = text.replace(mail, f"z{mail}")
    rows = [dataclasses.replace(r, ids={"moodle": r.ids["moodle"]}) for r in a_class]
    refused(lambda: worksheet(rows, text.encode()), "w.csv", "--ignore-names")
    assert worksheet(rows, text.encode(), ignore_names=True).changes


def test_numbers_alone_are_not_enough_where_all_else_is_another_person_s(a_class: list[GradeRow]) -> None:
    """Names in another script tell nothing; the emails do."""
    text = WORKSHEET.decode("utf-8-sig")
    for i, name in enumerate(["山田 太郎", "鈴木 花子", "髙﨑 ①㈱", "佐藤 次郎"]):
        text = text.replace(name, f"Abe {'abcd'[i]}")
    for mail in ("yamada", "suzuki", "obrien", "takasaki", "sato", "h@"):
        text = text.replace(mail, f"z{mail}")
    error = refused(lambda: worksheet(a_class, text.encode()), "w.csv:2", "zyamada@", "--ignore-names")
    assert "another assignment" in error.text.en
    assert worksheet(a_class, text.encode(), ignore_names=True).changes


def test_who_has_no_score_and_is_not_in_the_file_is_named(a_class: list[GradeRow], row: Row) -> None:
    away = row("0019999", {"relu": Fraction(0), "softmax": Fraction(0)}, absent=True)
    away = dataclasses.replace(away, scores=dict.fromkeys(away.scores))
    notes = worksheet([*a_class, away]).notes
    assert any("not in w.csv (1): 0019999" in note.en and "0019999" in note.ja for note in notes)


@pytest.mark.parametrize("kind", ["moodle", "canvas"])
def test_a_number_of_one_lms_is_no_id_of_another(row: Row, kind: str) -> None:
    """Without a roster, the folder of participant 4 makes a student "4"; the ID number 4 is somebody else's."""
    rows = [row("4", {"relu": Fraction(1)}, ids={kind: "4"})]
    refused(lambda: moodle_xml.render(rows, Request(("relu",), {"relu": "x"})), "4")
    refused(lambda: moodle_csv.render(rows, Request(("relu",), options={"key": "username"})), "4")


def test_names_in_another_script_are_no_reason_to_refuse(a_class: list[GradeRow]) -> None:
    text = WORKSHEET.decode("utf-8-sig").replace("山田 太郎", "Yamada Taro").replace("鈴木 花子", "Suzuki Hanako")
    assert worksheet(a_class, text.encode()).changes


def test_a_duplicate_id_is_refused_on_either_side(a_class: list[GradeRow]) -> None:
    twice = [*a_class[:-1], dataclasses.replace(a_class[-1], ids={**a_class[-1].ids, "moodle": "4"})]
    refused(lambda: worksheet(twice), "0012345", "0012350", "4")
    refused(lambda: worksheet(a_class, WORKSHEET.replace(b"Participant 8", b"Participant 4")), "w.csv:3", "w.csv:2")
    same = [dataclasses.replace(r, ids={**r.ids, "email": "x@example.ac.jp"}) for r in a_class]
    refused(lambda: moodle_csv.render(same, Request(("relu",), options={"key": "email"})), "0012345", "x@example.ac.jp")


def test_lost_leading_zeros_are_explained(a_class: list[GradeRow]) -> None:
    rows = [dataclasses.replace(r, ids={}) for r in a_class]
    data = CANVAS.replace(b",0012345,yamada", b",12345,").replace(b"5001", b"")
    refused(lambda: gradebook(rows, data), "12345", "0012345", "0")


def test_full_width_digits_of_an_id_match(a_class: list[GradeRow]) -> None:
    data = WORKSHEET.decode("utf-8-sig").replace("Participant 4", "Participant ４").encode()
    assert "0012345" in {c.student for c in worksheet(a_class, data).changes}


def test_an_id_with_other_zeros_is_another_student(a_class: list[GradeRow]) -> None:
    key = blackboard.render  # Username and Student ID must both be exact
    data = (GOLDEN / "blackboard" / "csv" / "gc_DL-2026_column.csv").read_bytes()
    template = Template("b.csv", data.replace(b'"yamada","0012345"', b'"","12345"'))
    refused(lambda: key(a_class, Request(("relu",), template=template)), "12345", "0012345")


def test_a_dash_never_stays_in_a_worksheet(a_class: list[GradeRow]) -> None:
    """Moodle would read it as 0."""
    data = WORKSHEET.replace(b",,2.00,", b",-,2.00,")
    out = worksheet(a_class, data).files["w.csv"]
    assert b",-,2.00," not in out
    assert b"No submission" not in out


def test_a_line_in_which_nothing_changes_is_left_out(a_class: list[GradeRow]) -> None:
    """Its grade of five decimals was downloaded with two, and would be stored like that."""
    done = worksheet(a_class)
    sent = done.files["w.csv"].decode("utf-8-sig").splitlines()
    again = worksheet(a_class, done.files["w.csv"], allow_unmatched=True)
    assert again.files["w.csv"].decode("utf-8-sig").splitlines() == sent[:1]
    assert again.changes == ()
    one = WORKSHEET.replace(b'No submission",,', b'No submission",7.12,')
    assert b"7.12" not in worksheet(a_class, one).files["w.csv"]


@pytest.mark.parametrize(
    ("was", "becomes", "lower"),
    [
        ("7.12", "7.11667", False),
        ("7.12", "7.11", True),
        ("7.12", "7.114", True),
        ("7,1", "7.06", False),
        ("8", "7.6", False),
        ("8", "7.4", True),
        ("７．１２", "7", True),
        ("7.12", "7.2", False),
        ("7.12345", "7.12344", True),
        ("-", "1", False),
        ("", "0", False),
    ],
)
def test_lower_is_what_is_lower_at_the_decimals_that_the_file_shows(was: str, becomes: str, lower: bool) -> None:
    assert is_lower(was, becomes) is lower


def test_a_locked_grade_stays_and_is_named(a_class: list[GradeRow]) -> None:
    done = worksheet(a_class, WORKSHEET.replace(b"2.00,Yes", b"2.00,No"))
    assert not done.changes
    assert any("11" in note.en for note in done.notes)


def test_an_assignment_with_a_scale_is_refused(a_class: list[GradeRow]) -> None:
    refused(lambda: worksheet(a_class, WORKSHEET.replace(b"Maximum grade", b"Scale")), "w.csv")


def test_the_grade_column_of_an_unknown_language_can_be_named(a_class: list[GradeRow]) -> None:
    unknown = WORKSHEET.replace(b",Grade,", b",Puntos,").replace(b"Maximum grade", b"Puntos maximos")
    unknown = unknown.replace(b"Grade can be changed", b"Modificable").replace(b"Feedback comments", b"Comentarios")
    assert worksheet(a_class, unknown).changes == worksheet_renamed(worksheet(a_class), "Grade", "Puntos")
    assert worksheet(a_class, unknown, options={"grade_column": "5"}).changes
    refused(lambda: worksheet(a_class, unknown, options={"grade_column": "Nota"}), "Nota", "Puntos")


def worksheet_renamed(done: Rendered, old: str, new: str) -> tuple[object, ...]:
    return tuple(dataclasses.replace(c, column=new if c.column == old else c.column) for c in done.changes)


def test_a_backslash_in_a_name_that_moodle_would_stumble_over_is_refused(a_class: list[GradeRow]) -> None:
    data = WORKSHEET.replace("山田 太郎".encode(), "山田 太郎\\".encode())
    refused(lambda: worksheet(a_class, data), "w.csv:2")


def test_a_line_with_a_missing_cell_is_refused(a_class: list[GradeRow]) -> None:
    refused(lambda: worksheet(a_class, WORKSHEET.replace(b'3:52 PM",-,\n', b'3:52 PM",-\n')), "w.csv:4")


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", CANVAS, b"\xef\xbb\xbfIdentifier\n"])
def test_what_is_no_worksheet_is_refused(a_class: list[GradeRow], data: bytes) -> None:
    refused(lambda: worksheet(a_class, data), "w.csv")


@pytest.mark.parametrize("data", [WORKSHEET, b"a,b\n", CANVAS.decode().encode("utf-16"), "学生,b\n".encode("cp932")])
def test_what_is_no_canvas_gradebook_is_refused(a_class: list[GradeRow], data: bytes) -> None:
    refused(lambda: gradebook(a_class, data), "c.csv")


def test_a_file_whose_delimiter_canvas_would_mistake_is_refused(a_class: list[GradeRow]) -> None:
    """One comma too many in the first lines, and Canvas takes the file to be separated by semicolons."""
    data = CANVAS.replace(b"(read only),(read only)\n", b"(read only),(read only),\n")
    refused(lambda: gradebook(a_class, data, ignore_names=True), "c.csv:1")


def test_an_unscored_column_is_never_blank_in_a_moodle_csv(a_class: list[GradeRow]) -> None:
    refused(lambda: moodle_csv.render(a_class, Request(("relu", "softmax"))), "0012346", "--column")


def test_a_moodle_csv_needs_the_id_of_everyone(a_class: list[GradeRow]) -> None:
    rows = [dataclasses.replace(a_class[0], ids={}), *a_class[1:]]
    refused(lambda: moodle_csv.render(rows, Request(("relu",), options={"key": "email"})), "0012345", "--key")


def test_a_moodle_xml_needs_the_id_number_of_the_item(a_class: list[GradeRow]) -> None:
    refused(lambda: moodle_xml.render(a_class, Request(("relu",))), "relu", "course.yaml", "--column relu=")


@pytest.mark.parametrize("bad", ["a\\", 'a"b', "a\nb", "a\0b"])
def test_an_id_that_cannot_be_one_is_refused(a_class: list[GradeRow], bad: str) -> None:
    rows = [dataclasses.replace(a_class[0], student=bad), *a_class[1:]]
    refused(lambda: moodle_csv.render(rows, Request(("relu",))), repr(bad))


def test_submissions_of_another_assignment_are_refused(a_class: list[GradeRow]) -> None:
    folders = tuple(f"x_{n}_assignsubmission_file" for n in (104, 108))
    request = Request(template=Template("zip", folders=folders))
    refused(lambda: moodle_feedback.render(a_class, request), "104", "zip")
    refused(
        lambda: moodle_feedback.render(a_class, Request(template=Template("z", folders=("s001",)))), "assignsubmission"
    )
    refused(lambda: moodle_feedback.render(a_class, Request(template=Template("z", b"no zip"))), "z:")


def test_a_name_that_cp932_lacks_is_named(a_class: list[GradeRow]) -> None:
    rows = [*a_class[:2], dataclasses.replace(a_class[2], name="𠮷田")]
    request = Request(("relu",), options={"encoding": "cp932"})
    refused(lambda: plain_csv.render(rows, request), "0012347", "𠮷")


def test_unknown_columns_of_webclass_and_manaba_are_listed_and_can_be_named(a_class: list[GradeRow]) -> None:
    lines = ["整理番号,なまえ,素点", *(f"{row.student},x," for row in a_class)]
    template = Template("answer.csv", "\r\n".join(lines).encode("cp932"))
    refused(lambda: webclass.render(a_class, Request(("relu",), template=template)), "整理番号", "--score-column")
    options = {"key_column": "整理番号", "score_column": "素点"}
    done = webclass.render(a_class, Request(("relu",), template=template, options=options))
    assert len(done.changes) == 5
    refused(lambda: manaba.render(a_class, Request(("relu",), template=Template("m.xlsx", b"no"))), "m.xlsx")
