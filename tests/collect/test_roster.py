from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.collect import RosterRow, collect, read_roster
from autograder.collect.lms import Owner
from autograder.errors import UsageError

JA = "学籍番号,氏名,メール\n0012,山田 太郎,taro@u.example\n0013,髙橋 花子,hana@u.example\n"


@pytest.fixture
def roster_file(tmp_path: Path) -> Callable[..., Path]:
    def make(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "roster.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return make


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_usual_encoding_and_delimiter_is_read(
    roster_file: Callable[..., Path], encoding: str, delimiter: str, end: str
) -> None:
    roster = read_roster(roster_file(JA.replace(",", delimiter).replace("\n", end), encoding))
    assert roster.rows == (
        RosterRow("0012", "山田 太郎", {"email": "taro@u.example"}, line=2),
        RosterRow("0013", "髙橋 花子", {"email": "hana@u.example"}, line=3),
    )


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("student\ns1\n", RosterRow("s1", line=2)),
        ("ID,Name\ns1,Taro\n", RosterRow("s1", "Taro", line=2)),
        ("Username,Full name\ns1,Taro\n", RosterRow("s1", "Taro", line=2)),
        ("学生番号,ユーザ名\ns1,u1\n", RosterRow("s1", ids={"username": "u1"}, line=2)),
        ("Student_ID,Student\ns1,Taro\n", RosterRow("s1", "Taro", line=2)),
        ("識別子,学籍番号\n参加者 4,s1\n", RosterRow("s1", ids={"moodle": "4"}, line=2)),
        ("id,User ID\ns1,77\n", RosterRow("s1", ids={"canvas": "77"}, line=2)),
        (
            "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
            '"Y, T",77,s1,u1,A\n"Student, Test",9,,,A\n',
            RosterRow("s1", "Y, T", {"username": "u1", "canvas": "77"}, line=3),
        ),
        ('name,id\n"Y\nT","s1"\n\n,\n', RosterRow("s1", "Y\nT", line=2)),
    ],
)
def test_columns_are_found_by_their_header(roster_file: Callable[..., Path], text: str, row: RosterRow) -> None:
    assert read_roster(roster_file(text)).rows == (row,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student,name\n,a\n\n,b\n", r"no student in it.\n.*roster\.csv:2: a has no id at all.*\n.*roster\.csv:4: b"),
        ("student\ns1\ns2\ns1\n", r"roster\.csv:4: student 's1' is given twice \(first in line 2\)"),
        ("student\nS1\nｓ１\n", r"roster\.csv:3: student 'ｓ１' is given twice"),
        ("student,email\na,x@y\nb,X@Y\n", r"roster\.csv:3: email"),
        ('name,student\n"a\nb",s1\nc,s1\n', r"roster\.csv:4: .*first in line 2"),
        ("氏名,点\na,1\n", r"roster\.csv:1: no column 'student'.*学籍番号"),
        ("", r"roster\.csv: The file is empty"),
        ("s1\0\n", "NUL"),
        ("student\n" + "a" * 200_000 + "\n", r"roster\.csv:2: field larger"),
    ],
)
def test_an_error_names_file_and_line(roster_file: Callable[..., Path], text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_roster(roster_file(text))


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.csv"):
        read_roster(tmp_path / "none.csv")


FULL = (
    "student,name,email,username,moodle,canvas\n"
    "4,山田 太郎,taro@u.example,tyamada,Participant 9,700\n"
    "0012,Hanako Suzuki,hana@u.example,hsuzuki,Participant 4,701\n"
    "s003,Pat O'Neil-Smith,pat@u.example,pat,,\n"
    "s004,佐藤 健,,,,\n"
    "s005,佐藤 健,,,,\n"
)


@pytest.mark.parametrize(
    ("owner", "student"),
    [
        (Owner("0012"), "0012"),
        (Owner("００１２"), "0012"),
        (Owner("12"), None),
        (Owner("S003"), "s003"),
        (Owner("hsuzuki"), "0012"),
        (Owner("HANA@u.example"), "0012"),
        (Owner("s003", "manaba", others=(("manaba", "x"),)), "s003"),
        (Owner("9", "manaba", others=(("manaba", "pat"),)), "s003"),
        (Owner("太郎　山田"), "4"),
        (Owner("Suzuki, Hanako"), "0012"),
        (Owner("佐藤 健"), None),
        (Owner("4", "moodle", "Hanako Suzuki"), "0012"),
        (Owner("4", "moodle"), "0012"),
        (Owner("9", "moodle"), "4"),
        (Owner("77", "moodle", "Pat ONeil-Smith"), "s003"),
        (Owner("77", "moodle", "太郎 山田"), "4"),
        (Owner("s003", "moodle"), None),
        (Owner("701", "canvas", "x"), "0012"),
        (Owner("5", "canvas", "oneilsmithpat"), None),
        (Owner("5", "canvas", "suzukihanako"), "0012"),
        (Owner("5", "canvas"), None),
    ],
)
def test_an_entry_finds_its_student(roster_file: Callable[..., Path], owner: Owner, student: str | None) -> None:
    row = read_roster(roster_file(FULL)).find(owner)
    assert (row.student if row else None) == student


def test_without_a_column_for_the_lms_an_id_counts_only_if_the_name_agrees(
    roster_file: Callable[..., Path],
) -> None:
    roster = read_roster(roster_file("student,name\n4,山田 太郎\n5,鈴木 花子\n"))
    assert roster.find(Owner("4", "moodle")) is None  # blind marking: the number may be anybody's
    assert roster.find(Owner("4", "moodle", "太郎 山田")) is roster.rows[0]
    assert roster.find(Owner("4", "moodle", "花子 鈴木")) is roster.rows[1]
    assert roster.find(Owner("4", "moodle", "次郎 佐藤")) is None


def test_a_class_is_matched_and_nobody_is_lost(
    roster_file: Callable[..., Path], zipped: Callable[..., Path], relu: str
) -> None:
    path = zipped(
        {
            "太郎 山田_9_assignsubmission_file/relu.py": relu,
            "健 佐藤_30_assignsubmission_file/relu.py": relu,
            "Nobody_5_assignsubmission_file/relu.py": relu,
            "Someone_s_0013_assignsubmission_file/relu.py": relu,
        }
    )
    roster = read_roster(roster_file(FULL))
    collection = collect(path, ["relu"], roster)
    assert [(e.student, e.name) for e in collection.entries] == [
        ("0013", "Someone_s"),
        ("30", "健 佐藤"),
        ("4", "山田 太郎"),
        ("5", "Nobody"),
    ]
    assert [r.student for r in collection.missing] == ["0012", "s003", "s004", "s005"]
    assert sorted(n.code for n in collection.notes) == ["ambiguous_student", "unmatched_student", "unmatched_student"]
    unmatched = next(e for e in collection.entries if e.student == "5").read()
    assert list(unmatched.sources) == ["relu"]
    assert [n.code for n in unmatched.notes] == ["unmatched_student"]


def test_an_unmatched_number_never_becomes_someone_else_with_that_id(
    roster_file: Callable[..., Path], zipped: Callable[..., Path], relu: str
) -> None:
    roster = read_roster(roster_file("student,name,moodle\n4,山田 太郎,9\n"))
    collection = collect(zipped({"X Y_4_assignsubmission_file/relu.py": relu}), ["relu"], roster)
    assert [e.student for e in collection.entries] == ["moodle-4"]
    assert [r.student for r in collection.missing] == ["4"]


@pytest.mark.parametrize(
    "names",
    [
        ["太郎 山田_4_assignsubmission_file/relu.py", "太郎 山田_8_assignsubmission_file/relu.py"],
        ["山田太郎_4_77_relu.py", "山田太郎_8_78_relu.py"],
    ],
)
def test_two_accounts_of_one_name_are_never_put_together(
    roster_file: Callable[..., Path], zipped: Callable[..., Path], names: list[str]
) -> None:
    """Of two 山田 太郎 in the LMS one is on the roster, and nothing tells which."""
    roster = read_roster(roster_file("student,name\n0012,山田 太郎\n"))
    collection = collect(zipped({name: f"relu = {i}" for i, name in enumerate(names)}), ["relu"], roster)
    assert [e.student for e in collection.entries] == ["4", "8"]
    assert [r.student for r in collection.missing] == ["0012"]
    assert [n.code for n in collection.notes] == ["ambiguous_student"] * 2


def test_of_two_accounts_of_one_name_the_roster_s_number_decides(
    roster_file: Callable[..., Path], zipped: Callable[..., Path]
) -> None:
    roster = read_roster(roster_file("student,name,moodle\n0012,山田 太郎,8\n"))
    files = {f"太郎 山田_{n}_assignsubmission_file/relu.py": f"relu = {n}" for n in (4, 8)}
    collection = collect(zipped(files), ["relu"], roster)
    assert {s.student: s.sources["relu"].cells[0][1] for s in collection.submissions} == {
        "0012": "relu = 8",
        "4": "relu = 4",
    }


@pytest.mark.parametrize(
    "name",
    [
        "X Y_1001_assignsubmission_file/relu.py",
        "guest_5_1001_relu.py",
        "HW_ghost_attempt_1001-01-01-00-00-00_relu.py",
    ],
)
def test_a_number_in_a_name_that_an_lms_made_is_nobody_s_id(
    roster_file: Callable[..., Path], zipped: Callable[..., Path], name: str
) -> None:
    roster = read_roster(roster_file("student,name\n1001,山田 太郎\n1002,鈴木 花子\n"))
    collection = collect(zipped({name: "relu = 1"}), ["relu"], roster)
    assert "1001" not in [e.student for e in collection.entries]
    assert [n.code for n in collection.notes] == ["unmatched_student"]


def test_folders_of_one_student_under_two_names_are_merged(
    roster_file: Callable[..., Path], folder: Callable[..., Path]
) -> None:
    roster = read_roster(roster_file("student,username\n0012,taro\n"))
    collection = collect(folder({"0012/relu.py": "a", "TARO/softmax.py": "b"}), ["relu", "softmax"], roster)
    (submission,) = collection.submissions
    assert (submission.student, sorted(submission.sources)) == ("0012", ["relu", "softmax"])
    assert [n.code for n in submission.notes] == ["merged_entries"]


def test_the_roster_decides_whether_the_only_folder_is_a_student(
    roster_file: Callable[..., Path], zipped: Callable[..., Path]
) -> None:
    path = zipped({"s001/week1/relu.py": "x", "s001/week2/softmax.py": "x"})
    assert [e.student for e in collect(path, ["relu", "softmax"]).entries] == ["week1", "week2"]
    roster = read_roster(roster_file("student\ns001\n"))
    assert [e.student for e in collect(path, ["relu", "softmax"], roster).entries] == ["s001"]
    path = zipped({"class/relu/relu.py": "x"})
    assert [e.student for e in collect(path, ["relu"]).entries] == ["class"]
    roster = read_roster(roster_file("student\nrelu\n"))
    assert [e.student for e in collect(path, ["relu"], roster).entries] == ["relu"]
