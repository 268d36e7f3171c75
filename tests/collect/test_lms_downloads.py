"""Each LMS's download as bytes, into submissions by student."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.collect import Collection, collect, read_roster
from autograder.errors import UsageError
from autograder.model import Submission

TOKYO = ZoneInfo("Asia/Tokyo")
IDS = ["relu", "softmax", "sigmoid_tanh"]
Make = Callable[..., Path]


def found(path: Path, roster: Path | None = None, **options: object) -> dict[str, Submission]:
    return {s.student: s for s in listed(path, roster, **options).submissions}


def listed(path: Path, roster: Path | None = None, **options: object) -> Collection:
    return collect(path, IDS, read_roster(roster) if roster else None, tz=TOKYO, **options)  # type: ignore[arg-type]


def codes(notes: object) -> list[str]:
    return sorted(n.code for n in notes)  # type: ignore[attr-defined]


@pytest.fixture
def roster(tmp_path: Path) -> Callable[..., Path]:
    def make(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "roster.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return make


METADATA = """---
submission_101:
  :submitters:
  - :name: 山田 太郎
    :sid: '0012'
    :email: taro@u.example
  :created_at: 2026-11-20 08:30:05.123456789 Z
  :score: 3.0
  :status: processed
  :results:
    tests:
    - name: "evil: [unclosed"
      output: |-
        submission_102:
          :submitters:
          - :sid: '9999'
    extra: &1 {a: 1}
    again: *1
  :history:
  - :id: 100
    :created_at: 2026-11-01 08:30:05 Z
    :score: 1.0
submission_102: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
  :submitters:
  - :name: Hanako Suzuki
    :sid: 0013
    :email: hana@u.example
  - :name: Pat O'Neil
    :sid:
    :email: pat@u.example
  :created_at: 2026-11-21 00:30:05.5 +09:00
submission_103:
  :submitters:
  - :name: Gone
    :sid: '0044'
"""


@pytest.fixture
def gradescope(zipped: Make, relu: str) -> Path:
    return zipped(
        {
            "assignment_8_export/submission_metadata.yml": METADATA,
            "assignment_8_export/submission_101/relu.py": relu,
            "assignment_8_export/submission_102/week 1/softmax.py": relu,
            "assignment_8_export/submission_999/relu.py": relu,
        }
    )


def test_gradescopes_metadata_says_who_and_when(gradescope: Path) -> None:
    collection = listed(gradescope)
    students = {s.student: s for s in collection.submissions}
    assert sorted(students) == ["0012", "0013", "pat@u.example", "submission_999"]
    assert students["0012"].received_at == datetime.fromisoformat("2026-11-20T17:30:05.123456+09:00")
    assert students["0012"].ids == {"gradescope": "0012", "email": "taro@u.example"}
    assert students["0012"].name == "山田 太郎"
    assert students["0013"].received_at == datetime.fromisoformat("2026-11-20T15:30:05.5+00:00")
    assert codes(collection.notes) == ["group_submission", "listed_not_there"]


def test_every_member_of_a_group_gets_the_groups_work(gradescope: Path) -> None:
    students = found(gradescope)
    assert students["0013"].sources == students["pat@u.example"].sources != {}
    assert codes(students["0013"].notes) == ["group_submission"]


def test_gradescopes_students_are_found_by_sid_then_mail(gradescope: Path, roster: Make) -> None:
    students = found(gradescope, roster("学籍番号,氏名,メール\n0012,髙橋,x@u.example\ns3,Someone,PAT@u.example\n"))
    assert students["0012"].name == "髙橋"
    assert list(students["s3"].sources) == ["softmax"]


def test_the_unpacked_download_and_the_folder_around_it_are_read_alike(gradescope: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(gradescope) as archive:
        archive.extractall(tmp_path / "unpacked")
    read = [found(p) for p in (gradescope, tmp_path / "unpacked", tmp_path / "unpacked/assignment_8_export")]
    for students in read:
        del students["submission_999"]  # its time is that of its file
    assert read[0] == read[1] == read[2] != {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: {b: [", r"submission_metadata\.yml:\d+"),
        ("- a\n", "not a mapping"),
        ("submission_1: 5\n", "not a mapping"),
        ("a: &x [*x]\n", "not a mapping"),
        ("a: {:submitters: " + "[" * 5000 + "]" * 5000 + "}", "metadata"),
        ("\x00", "submission_metadata"),
    ],
)
def test_metadata_that_cannot_be_read_is_an_error_that_says_where(folder: Make, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        listed(folder({"submission_metadata.yml": text, "submission_1/relu.py": "x"}))


def test_metadata_with_odd_values_loses_nobody(folder: Make) -> None:
    text = "submission_1:\n  :submitters: nobody\n  :created_at: soon\nsubmission_2:\n  :submitters:\n  - 5\n  - {}\n"
    root = folder({"submission_metadata.yml": text, "submission_1/relu.py": "x", "submission_2/relu.py": "x"})
    assert sorted(found(root)) == ["submission_1", "submission_2"]


RECEIPT = (
    "Name: Taro Yamada (t_yamada)\nAssignment: HW_1\nDate Submitted: Friday, November 20, 2026 5:30:05 PM JST\n"
    "Current Grade: Needs Grading\n\nSubmission Field: \n"
    "There is no student submission text data for this assignment.\n"
    "\nComments: \nThere are no student comments for this assignment.\n\nFiles: \n\tOriginal filename: relu.py\n"
)


@pytest.fixture
def blackboard(zipped: Make, relu: str) -> Path:
    first, second = "HW_1_t_yamada_attempt_2026-11-19-09-00-00", "HW_1_t_yamada_attempt_2026-11-20-17-30-05"
    hanako = "HW_1_hsuzuki_attempt_2026-11-20-10-00-00"
    return zipped(
        {
            f"{first}.txt": RECEIPT,
            f"{first}_relu.py": "old",
            f"{first}_softmax.py": "old",
            f"{second}.txt": RECEIPT,
            f"{second}_relu.py": relu,
            f"{hanako}.txt": "名前：鈴木 花子（hsuzuki）\n課題: HW_1\n提出フィールド:\nprint(1)\n",
            f"{hanako}_x_t_yamada_attempt_2030-01-01-00-00-00_relu.py": relu,
            f"{hanako}_sigmoid_tanh.py": relu,
        }
    )


def test_blackboards_newest_attempt_counts(blackboard: Path) -> None:
    taro = found(blackboard)["t_yamada"]
    assert (list(taro.sources), taro.sources["relu"].path) == (["relu"], "relu.py")
    assert taro.received_at == datetime(2026, 11, 20, 17, 30, 5, tzinfo=TOKYO)
    assert (taro.name, taro.ids, taro.attempt) == ("Taro Yamada", {"blackboard": "t_yamada", "username": "t_yamada"}, 2)
    assert codes(taro.notes) == ["older_attempt", "older_attempt"]


def test_all_attempts_are_entries_where_the_best_counts(blackboard: Path) -> None:
    attempts = [s for s in listed(blackboard, attempts="best").submissions if s.student == "t_yamada"]
    assert [(s.attempt, sorted(s.sources)) for s in attempts] == [(1, ["relu", "softmax"]), (2, ["relu"])]
    assert all(s.notes == () for s in attempts)


def test_a_file_named_like_someone_elses_attempt_stays_with_who_sent_it(blackboard: Path) -> None:
    students = found(blackboard)
    assert sorted(students) == ["hsuzuki", "t_yamada"]
    assert sorted(students["hsuzuki"].sources) == ["relu", "sigmoid_tanh"]
    assert codes(students["hsuzuki"].sources["relu"].notes) == ["found_by_name"]
    assert codes(students["hsuzuki"].notes) == ["unknown_file"]  # the text with her words


def test_without_blackboards_text_the_roster_tells_where_the_username_begins(zipped: Make, roster: Make) -> None:
    path = zipped({"HW_1_t_yamada_attempt_2026-11-19-09-00-00_relu.py": "x"})
    assert sorted(found(path)) == ["yamada"]
    assert sorted(found(path, roster("student,username\n0012,T_Yamada\n"))) == ["0012"]


def test_the_title_that_one_text_tells_holds_for_those_without(zipped: Make) -> None:
    at = "attempt_2026-11-19-09-00-00"
    path = zipped({f"HW_1_t_yamada_{at}.txt": RECEIPT, f"HW_1_no_text_{at}_relu.py": "x"})
    assert sorted(found(path)) == ["no_text"]


@pytest.mark.parametrize("name", ["answer.csv", "submission_metadata.yml", "reportlist.xlsx"])
def test_a_students_own_file_does_not_turn_the_only_submission_into_a_download(
    zipped: Make, folder: Make, roster: Make, name: str
) -> None:
    moodle = {"太郎_4_assignsubmission_file/relu.py": "x", f"太郎_4_assignsubmission_file/{name}": "x"}
    assert sorted(found(zipped(moodle))) == ["4"]
    known = roster("student\ns001\n")
    files = {"s001/relu.py": "x", f"s001/{name}": "x"}
    assert sorted(found(zipped(files), known)) == sorted(found(folder(files), known)) == ["s001"]


def workbook(*rows: tuple[str | float, ...], shared: bool = True) -> bytes:
    """An .xlsx of one sheet, with shared strings as Excel writes them or inline ones."""
    strings = list(dict.fromkeys(c for row in rows for c in row if isinstance(c, str)))

    def cell(row: int, column: int, value: str | float) -> str:
        at = f'r="{chr(65 + column)}{row + 1}"'
        if not isinstance(value, str):
            return f"<c {at}><v>{value}</v></c>"
        if shared:
            return f'<c {at} t="s"><v>{strings.index(value)}</v></c>'
        return f'<c {at} t="inlineStr"><is><t>{value}</t></is></c>'

    body = "".join(
        f'<row r="{r + 1}">' + "".join(cell(r, c, v) for c, v in enumerate(row) if v != "") + "</row>"
        for r, row in enumerate(rows)
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    furigana = "<rPh sb='0' eb='1'><t>ふりがな</t></rPh>"
    items = "".join(f"<si><r><t>{s[:1]}</t></r><r><t>{s[1:]}</t></r>{furigana}</si>" for s in strings)
    office = "http://schemas.openxmlformats.org"
    kind = f"{office}/officeDocument/2006/relationships"
    package = f'<Relationships xmlns="{office}/package/2006/relationships">'
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{main}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'{package}<Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{kind}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{package}<Relationship Id="r1" Type="{kind}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{kind}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{body}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {space}>{items if shared else ''}</sst>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def reportlist(shared: bool = True) -> bytes:
    return workbook(
        ("レポート", "第1回"),
        ("",),
        ("# 内部コースID", "# ロール", "# 学籍番号", "# 氏名", "# 提出", "# 提出日時"),
        ("7", "履修生", "202211479", "髙橋 花子", "受付終了後提出", "2026-11-21 00:05:00"),
        ("7", "履修生", "202211480", "山﨑 太郎", "提出済", 46346.5),
        ("7", "担当教員", "000000001", "先生", "未提出", ""),
        ("#end",),
        ("7", "履修生", "202211481", "x", "受付終了後提出", ""),
        shared=shared,
    )


@pytest.mark.parametrize("user_first", [False, True])
@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("shared", [False, True])
def test_manabas_folders_are_told_apart_by_its_list(
    zipped: Make, relu: str, user_first: bool, wrapped: bool, shared: bool
) -> None:
    def name(number: str, user: str) -> str:
        return ("第1回/" if wrapped else "") + (f"{user}@{number}" if user_first else f"{number}@{user}")

    path = zipped(
        {
            ("第1回/" if wrapped else "") + "reportlist.xlsx": reportlist(shared),
            f"{name('202211479', '001202214795')}/relu.py": relu,
            f"{name('202211480', '202211479')}/relu.py": relu,
        }
    )
    students = found(path)
    assert {s: (v.name, v.late_by_lms, v.ids) for s, v in students.items()} == {
        "202211479": ("髙橋 花子", True, {"manaba": "001202214795", "username": "001202214795"}),
        "202211480": ("山﨑 太郎", False, {"manaba": "202211479", "username": "202211479"}),
    }
    assert students["202211479"].received_at == datetime(2026, 11, 21, 0, 5, tzinfo=TOKYO)
    assert students["202211480"].received_at == datetime(2026, 11, 20, 12, 0, tzinfo=TOKYO)


@pytest.mark.parametrize("user_first", [False, True])
def test_manabas_files_in_one_folder_are_told_apart_by_the_roster(
    zipped: Make, roster: Make, relu: str, user_first: bool
) -> None:
    def name(number: str, user: str, file: str) -> bytes:
        return f"{user}@{number}@{file}".encode("cp932") if user_first else f"{number}@{user}@{file}".encode("cp932")

    path = zipped(
        [
            (name("0012", "u1", "relu.py"), relu),
            (name("0012", "u1", "sigmoid_tanh.py"), relu),
            (name("0013", "u2", "①髙﨑㈱.py"), relu),
            (name("0099", "u2", "softmax.py"), relu),
        ]
    )
    students = found(path, roster("学籍番号,氏名,ユーザID\n0012,髙橋,u1\n0013,山﨑,u2\n", "cp932"))
    assert {s: sorted(v.sources) for s, v in students.items()} == {
        "0012": ["relu", "sigmoid_tanh"],
        "0013": ["relu", "softmax"],
    }


def test_folders_named_by_mail_address_are_not_manabas(folder: Make, roster: Make) -> None:
    root = folder({"taro@u.example/relu.py": "x", "hana@u.example/relu.py": "x"})
    assert sorted(found(root)) == ["hana@u.example", "taro@u.example"]
    known = roster("student,email,username\n1,taro@u.example,hana\n2,hana@u.example,taro\n")
    assert {s: v.ids["email"] for s, v in found(root, known).items()} == {"1": "taro@u.example", "2": "hana@u.example"}


@pytest.mark.parametrize(
    "data", [b"", b"not a zip", workbook()[:200], b"PK\x05\x06" + b"\0" * 18], ids=["empty", "text", "cut", "no_sheet"]
)
def test_a_broken_excel_list_is_an_error_that_names_it(folder: Make, data: bytes) -> None:
    with pytest.raises(UsageError, match=r"reportlist\.xlsx"):
        listed(folder({"reportlist.xlsx": data, "1@a/relu.py": "x"}))


def test_an_old_excel_list_is_noted(folder: Make) -> None:
    collection = listed(folder({"reportlist.xls": b"\xd0\xcf", "0012@u1/relu.py": "x"}))
    assert ([e.student for e in collection.entries], codes(collection.notes)) == (["0012"], ["old_excel"])


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_webclasss_answer_csv_names_the_files(zipped: Make, relu: str, encoding: str) -> None:
    table = (
        "ユーザID,氏名,提出日時,report/answer,点数\r\n"
        "s1230001,髙橋 花子,2026/11/20 17:30,relu_花子.py;s1230001_softmax.py,\r\n"
        "s1230002,山﨑 太郎,,,\r\n"
        "s1230003,㈱①,2026-1-2 3:04,reports\\gone.py,\r\n"
    )
    collection = listed(
        zipped(
            [
                ("answer.csv", table.encode(encoding)),
                (unicodedata.normalize("NFD", "relu_花子.py"), relu),
                ("s1230001_softmax.py", relu),
                ("others.py", relu),
            ]
        )
    )
    (submission,) = collection.submissions
    assert (submission.student, submission.name, sorted(submission.sources)) == (
        "s1230001",
        "髙橋 花子",
        ["relu", "softmax"],
    )
    assert submission.received_at == datetime(2026, 11, 20, 17, 30, tzinfo=TOKYO)
    assert codes(collection.notes) == ["listed_not_there", "stray_file"]


def test_files_and_folders_that_begin_with_a_known_id_are_that_students(zipped: Make, roster: Make, relu: str) -> None:
    path = zipped(
        {
            "s1230001_髙橋 花子/relu.py": relu,
            "s1230002_山﨑 太郎_sigmoid_tanh.py": relu,
            "s1230002-relu.py": relu,
            "s1230009_relu.py": relu,
            "relu_s1230001.py": relu,
        }
    )
    known = roster("学籍番号,氏名\ns1230001,髙橋 花子\ns1230002,山﨑 太郎\n")
    collection = listed(path, known)
    assert {s.student: sorted(s.sources) for s in collection.submissions} == {
        "s1230001": ["relu"],
        "s1230002": ["relu", "sigmoid_tanh"],
    }
    assert codes(collection.notes) == ["stray_file", "stray_file"]


def test_a_repository_of_github_classroom_is_its_users(folder: Make, roster: Make) -> None:
    root = folder(
        {
            "hw-1-taro-y/relu.py": "x",
            "hw-1-taro-y/.git/relu.py": "y",
            "hw-1-y/src/relu.py": "x",
            "hw-1-nobody/relu.py": "x",
        }
    )
    known = roster('"identifier","github_username","github_id","name"\n0012,Taro-Y,77,""\n0013,y,78,""\n')
    students = found(root, known)
    assert {s: v.ids.get("github") for s, v in students.items()} == {"0012": "Taro-Y", "0013": "y", "hw-1-nobody": None}
    assert students["0012"].sources["relu"].cells == (("relu.py", "x"),)


def test_nbgraders_submitted_folder_is_looked_through(zipped: Make, folder: Make) -> None:
    files = {"submitted/s001/hw1/relu.py": "x", "submitted/s002/hw1/sub/softmax.py": "x"}
    assert sorted(found(zipped(files))) == ["s001", "s002"]
    assert sorted(found(folder(files) / "submitted")) == ["s001", "s002"]


def test_one_moodle_zip_with_names_in_every_encoding(zipped: Make, relu: str, roster: Make) -> None:
    names = {"1": "髙橋 花子", "2": "山﨑①", "3": "㈱ 太郎", "4": "か゛ く", "5": "ガク ゴ"}
    encoded: list[tuple[str | bytes, str]] = [
        (f"{names['1']}_1_assignsubmission_file/relu.py".encode("cp932"), relu),
        (f"{names['2']}_2_assignsubmission_file/relu.py".encode("cp932"), relu),
        (f"{names['3']}_3_assignsubmission_file/relu.py".encode(), relu),
        (unicodedata.normalize("NFD", f"{names['5']}_5_assignsubmission_file/relu.py"), relu),
        ("Participant_8_assignsubmission_file/relu (1).py", relu),
    ]
    known = roster("学籍番号,氏名,識別子\n" + "".join(f"n{i},{n},参加者 {i}\n" for i, n in names.items()), "cp932")
    students = found(zipped(encoded), known)
    assert sorted(students) == ["8", "n1", "n2", "n3", "n5"]
    assert all(list(s.sources) == ["relu"] for s in students.values())
