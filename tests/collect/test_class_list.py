"""Class lists as universities, LMSs and spreadsheets write them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from autograder.collect import Collection, Roster, RosterRow, collect, read_roster
from autograder.errors import UsageError

CASES = Path(__file__).parent / "cases"
IDS = ["relu"]
Make = Callable[..., Path]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Roster]:
    def make(content: str | bytes, encoding: str = "utf-8") -> Roster:
        path = tmp_path / "roster.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_roster(path)

    return make


def people(roster: Roster) -> dict[str, str | None]:
    return {row.student: row.name for row in roster.rows}


def codes(found: Roster | Collection) -> list[str]:
    return sorted(n.code for n in found.notes)


@pytest.mark.parametrize("sheet", ["A1.csv", "A1.ja.csv"])
def test_moodles_own_worksheet_matches_its_download(sheet: str) -> None:
    roster = read_roster(CASES / "moodle" / sheet)
    collection = collect(CASES / "moodle" / "A1.zip", IDS, roster)
    assert len(roster) == 15
    assert collection.known == len(collection.entries) == 14
    assert codes(collection) == ["roster_no_id"]
    number = next(row for row in roster.rows if row.ids["moodle"] == "11")
    assert number.student == "0099999@example.ac.jp"
    assert {e.student for e in collection.entries} >= {"0012345", "12345", "s-0012354", number.student}


@pytest.mark.parametrize("sheet", ["part.en.csv", "part.en.noblank.csv"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_moodles_participants_are_matched_by_name(read: Callable[..., Roster], sheet: str, language: str) -> None:
    text = (CASES / "moodle" / sheet).read_text(encoding="utf-8-sig")
    if language == "ja":
        text = text.replace(
            '"First name","Last name","ID number","Email address",Groups', "名,姓,IDナンバ,メールアドレス,グループ"
        )
    collection = collect(CASES / "moodle" / "A1.zip", IDS, read(text))
    # Of two 花子 佐藤 nobody knows which is which, and one has no id in either list.
    assert collection.known == (12 if sheet == "part.en.csv" else 11)
    assert codes(collection).count("ambiguous_student") == 2


LISTS = {
    "canvas people": (
        "Student Name,Student ID,Student SIS ID,Email,Section Name\nAbe,77,s1,a@x,A\n",
        RosterRow("s1", "Abe", {"email": "a@x", "canvas": "77"}),
    ),
    "canvas gradebook": (
        "Student,ID,SIS User ID,SIS Login ID,Section,HW1 (4711)\n    Points Possible,,,,,100\n"
        '"Abe, T",77,s1,u1,A,5\n"Student, Test",9,,x9,A,\n',
        RosterRow("s1", "Abe, T", {"username": "u1", "canvas": "77"}),
    ),
    "canvas without SIS": (
        'Student,ID,SIS Login ID,Section,HW1\n    Points Possible,,,,9\n"Abe, T",77,u1,A,5\n',
        RosterRow("u1", "Abe, T", {"canvas": "77"}),
    ),
    "canvas's own numbers": ('Student,ID,Section\n"Abe, T",77,A\n', RosterRow("77", "Abe, T", {"canvas": "77"})),
    "titles with more words": (
        "学籍番号（半角）,氏名 (漢字),E-Mail [大学]\ns1,安倍,a@x\n",
        RosterRow("s1", "安倍", {"email": "a@x"}),
    ),
    "blackboard": (
        "Last Name\tFirst Name\tUsername\tStudent ID\tAvailability\nAbe\tTaro\tu1\ts1\tYes\n",
        RosterRow("s1", "Taro Abe", {"username": "u1"}),
    ),
    "gradescope": (
        "First Name,Last Name,SID,Email,Role\nTaro,Abe,s1,a@x,Student\nT,Each,,t@x,Instructor\n",
        RosterRow("s1", "Taro Abe", {"email": "a@x", "gradescope": "s1"}),
    ),
    "google classroom": (
        "Last Name,First Name,Email Address,HW 1\n,,,2026-11-20\n,,,100\nAbe,Taro,a@x,5\n",
        RosterRow("a@x", "Taro Abe", {"email": "a@x"}),
    ),
    "manaba": (
        "#コース,情報\n# ロール,# 学籍番号,# 氏名,# ユーザID\n担当教員,0,先生,t\n履修生,s1,安倍 太郎,u1\n",
        RosterRow("s1", "安倍 太郎", {"username": "u1"}),
    ),
    "webclass": ("ユーザID,氏名,学籍番号\nu1,安倍,s1\n", RosterRow("s1", "安倍", {"username": "u1"})),
    "university": (
        "名簿\n2026年度,前期\n\nNo.,学籍番号,学生氏名,カナ,学年\n1,s1,安倍,アベ,2\n",
        RosterRow("s1", "安倍"),
    ),
    "github": (
        '"identifier","github_username","github_id","name"\n"s1","abe","5","Abe"\n',
        RosterRow("s1", "Abe", {"github": "abe"}),
    ),
    "blind moodle": ("Identifier,Status,Grade\nParticipant 4,x,\n", RosterRow("4", None, {"moodle": "4"})),
    "email only": ("Name;E-mail\nAbe;a@x\n", RosterRow("a@x", "Abe", {"email": "a@x"})),
    "german": ("Matrikelnummer|Vorname|Nachname\ns1|Eva|Abel\n", RosterRow("s1", "Eva Abel")),
    "names with commas": ('id;name\ns1;"Abe, Taro, Jr."\n', RosterRow("s1", "Abe, Taro, Jr.")),
    "no end of line": ("学籍番号\t姓\t名\ns1\t安倍\t太郎", RosterRow("s1", "安倍 太郎")),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932"])
def test_the_lists_of_every_lms_are_read_in_every_encoding(
    read: Callable[..., Roster], name: str, encoding: str
) -> None:
    text, row = LISTS[name]
    roster = read(text.replace("\n", "\r\n"), encoding)
    (found,) = roster.rows
    assert (found.student, found.name, found.ids) == (row.student, row.name, row.ids)
    assert codes(roster) == ["roster_staff"] * (name in ("gradescope", "manaba"))


@pytest.mark.parametrize(
    ("cell", "student"),
    [
        ('="0012345"', "0012345"),
        ('"=""0012345"""', "0012345"),
        ("=“0012345”", "0012345"),
        ("'0012345", "0012345"),
        ("\t0012345 ", "0012345"),
        ("\u00a00012345\u00a0", "0012345"),
        ("12345.0", "12345"),
        ('"1,234,567"', "1234567"),
        ("００１２", "００１２"),
        ("O'Brien", "O'Brien"),
        ("=x", "=x"),
    ],
)
def test_a_spreadsheets_marks_are_taken_off_an_id(read: Callable[..., Roster], cell: str, student: str) -> None:
    assert people(read(f"学籍番号,氏名\n{cell},山田\n")) == {student: "山田"}


@pytest.mark.parametrize("cell", ["1.23E+05", "1.23457e+11", "1E10", "########", "#REF!", "1,2E+05".replace(",", ".")])
def test_an_id_that_a_spreadsheet_destroyed_is_listed(read: Callable[..., Roster], cell: str) -> None:
    roster = read(f"学籍番号,氏名\n{cell},山田\ns2,佐藤\n{cell},鈴木\n")
    assert people(roster) == {"s2": "佐藤"}
    assert codes(roster) == ["roster_damaged", "roster_damaged"]
    assert cell in roster.notes[0].text.ja


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;\r"])
def test_excels_line_for_the_separator_is_no_header(read: Callable[..., Roster], first: str) -> None:
    roster = read(f'{first}\nid;name\ns1;"Abe; T"\n')
    assert [(row.student, row.name, row.line) for row in roster.rows] == [("s1", "Abe; T", 3)]


@pytest.mark.parametrize("dash", ["", "-", "－", "N/A", "なし"])
def test_a_row_without_an_id_is_listed_and_the_others_stay(read: Callable[..., Roster], dash: str) -> None:
    roster = read(f"student,name,email\ns1,Abe,\n{dash},Ito,ito@x\n{dash},Ueda,\n,,\n")
    assert people(roster) == {"s1": "Abe", "ito@x": "Ito"}
    assert codes(roster) == ["roster_no_id", "roster_nobody"]
    assert "roster.csv:4" in roster.notes[1].text.en


def test_a_student_of_two_sections_is_one_and_two_students_with_one_id_are_refused(read: Callable[..., Roster]) -> None:
    assert people(read("student,name,section\ns1,Abe,A\ns1,Abe,B\ns2,Ito,A\n")) == {"s1": "Abe", "s2": "Ito"}
    with pytest.raises(UsageError, match=r"'s1' is given twice"):
        read("student,name\ns1,Abe\ns1,Ito\n")


def test_who_teaches_is_no_student(read: Callable[..., Roster]) -> None:
    roles = ["学生", "教師", "編集権限のない教師", "TA", "Student, Teaching assistant", "履修生", "Non-editing teacher"]
    roster = read("id,name,role\n" + "".join(f'{i},n{i},"{role}"\n' for i, role in enumerate(roles)))
    assert list(people(roster)) == ["0", "5"]
    assert codes(roster) == ["roster_staff"] * 5


def test_lost_zeros_are_no_match_but_are_named(folder: Make) -> None:
    roster = read_roster(CASES / "spreadsheet" / "zeros.csv")
    collection = collect(CASES / "spreadsheet" / "subs", IDS, roster)
    assert collection.known == 0
    assert codes(collection) == ["roster_zeros", "unmatched_student", "unmatched_student"]
    assert "spreadsheet has changed the ids" in next(n for n in collection.notes if n.code == "roster_zeros").text.en


@pytest.mark.parametrize("name", ["formula.csv", "list.xlsx"])
def test_what_excel_wrote_is_understood(name: str) -> None:
    collection = collect(CASES / "spreadsheet" / "subs", IDS, read_roster(CASES / "spreadsheet" / name))
    assert "0012345" in {e.student for e in collection.entries}
    assert collection.known == (2 if name == "formula.csv" else 1)


def workbook(*rows: list[object], number_format: str = "General", first: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if first:
        sheet.title = first
        sheet = book.create_sheet("list")
    for row in rows:
        sheet.append(row)
    for cell in sheet["A"]:
        cell.number_format = number_format
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        workbook(["学籍番号", "氏名"], ["0012345", "山田"]),
        workbook(["学籍番号", "氏名"], [12345, "山田"], number_format="0000000"),
        workbook(["学籍番号", "氏名"], [12345.0, "山田"], number_format="0000000"),
        workbook(["学籍番号", "氏名"], ['="0012345"', "山田"]),
        workbook(["履修者名簿"], [], ["学籍番号", "氏名"], ["0012345", "山田"]),
        workbook(["学籍番号", "氏名"], ["0012345", "山田"], first="empty"),
    ],
)
def test_a_workbook_says_what_excel_shows(read: Callable[..., Roster], data: bytes) -> None:
    assert people(read(data)) == {"0012345": "山田"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel format"),
        (b"PK\x03\x04 not really", "not a readable Excel workbook"),
        (workbook(["a", "b"]), "no column 'student'.*It has: a, b"),
        (b"%PDF-1.7\n", "no column 'student'"),
    ],
)
def test_what_is_no_list_is_named(read: Callable[..., Roster], data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read(data)


@pytest.mark.parametrize("last", ["合計,2名", "Total,2", "平均,"])
def test_a_sum_below_the_list_is_nobody(tmp_path: Path, last: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"学生ID,氏名\n0012345,山田\n0012346,鈴木\n{last}\n", encoding="utf-8")
    assert [row.student for row in read_roster(path).rows] == ["0012345", "0012346"]
