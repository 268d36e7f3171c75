"""A class of sixty as each LMS hands it over, and as each wants it back.

Every LMS knows the same people by other ids, in another order, so that a score that went to a
neighbour would differ. One is late, one handed in nothing, one handed in twice, one is not on
the roster.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from autograder.course.exercise import load_exercise

ROOT = Path(__file__).parents[2]
DUE = datetime(2026, 5, 29, 17, 0)
# Answers with different scores, so that a swap shows.
ANSWERS = (
    "right/mask",
    "wrong/exchanged",
    "wrong/absolute_value",
    "wrong/in_place",
    "wrong/flattened",
    "wrong/slope_by_division",
    "wrong/gradient_missing",
)
RIGHT = ANSWERS[0]
ABSENT, LATE, TWICE = 19, 7, 11
_FAMILY = ("髙橋", "山﨑", "佐藤", "鈴木", "O'Neil", "㈱①", "高橋", "がくが", "渡邉", "李")
_GIVEN = ("太郎", "花子", "健", "Anna-Maria", "次郎", "陽")


def text_of(answer: str) -> str:
    return load_exercise(ROOT / "solutions" / "relu").version(answer).code


@dataclass(frozen=True)
class Student:
    i: int
    number: str
    name: str
    user: str
    email: str
    participant: int
    canvas: int
    answer: str | None
    tried: str | None = None
    at: datetime = field(default=DUE - timedelta(hours=2))

    @property
    def late(self) -> bool:
        return self.at > DUE

    @property
    def files(self) -> dict[str, str]:
        """As a browser names what is uploaded twice."""
        files = {} if self.answer is None else {"relu.py": text_of(self.answer)}
        if self.tried is not None and self.answer is not None:
            files = {"relu.py": text_of(self.tried), "relu (1).py": text_of(self.answer)}
        return files


def _student(i: int) -> Student:
    return Student(
        i,
        f"00123{i:02d}",
        f"{_FAMILY[i % 10]} {_GIVEN[i // 10]}",
        f"u{i * 7 % 60:04d}",
        f"s{i}@u.example",
        (i + 17) % 60 + 1,
        5000 + (i + 23) % 60,
        None if i == ABSENT else RIGHT if i == TWICE else ANSWERS[i * 5 % len(ANSWERS)],
        "wrong/exchanged" if i == TWICE else None,
        DUE + timedelta(hours=25) if i == LATE else DUE - timedelta(minutes=3 + i),
    )


CLASS = [_student(i) for i in range(60)]
# Handed in, but on no roster.
GUEST = Student(60, "9900001", "聴講 生", "guest", "guest@elsewhere.example", 99, 5999, RIGHT)
EVERYBODY = [*CLASS, GUEST]
SUBMITTED = [s for s in EVERYBODY if s.files]


def course() -> str:
    return (
        "title: {en: Deep learning, ja: 深層学習}\n"
        f"solutions: {ROOT / 'solutions'}\nexercises: {ROOT / 'exercises'}\ntimezone: Asia/Tokyo\n"
        "units:\n  - id: activations\n    title: {en: Activations, ja: 活性化関数}\n"
        f"    exercises: [{{id: relu, points: 10, due: '{DUE}'}}]\n"
        "late: {per_day: 10, maximum: 50}\n"
        "lms:\n  moodle: {relu: relu-2026}\n  canvas: {relu: ReLU (4711)}\n  blackboard: {relu: '664617'}\n"
    )


def roster(people: Sequence[Student] = CLASS, encoding: str = "utf-8-sig") -> bytes:
    text = "学籍番号,氏名,メール,ユーザ名,識別子,Canvas ID\n" + "".join(
        f"{s.number},{s.name},{s.email},{s.user},参加者 {s.participant},{s.canvas}\n" for s in people
    )
    return text.encode(encoding)


# In: what the LMS lets one download.

Members = Iterator[tuple[str, str | bytes, datetime]]


def each() -> Iterator[tuple[Student, str, str]]:
    return ((s, name, text) for s in SUBMITTED for name, text in s.files.items())


def moodle_folder(s: Student) -> str:
    return f"{s.name.replace(chr(39), '')}_{s.participant}_assignsubmission_file"


def moodle_in() -> Members:
    return ((f"{moodle_folder(s)}/{name}", text, s.at) for s, name, text in each())


def canvas_in() -> Members:
    for i, (s, name, text) in enumerate(each()):
        sortable = "".join(c for c in s.name if c.isalnum()).lower()
        late = "LATE_" if s.late else ""
        yield f"{sortable}_{late}{s.canvas}_{9000 + i}_{name.replace(' (1)', '-1')}", text, s.at


def blackboard_in() -> Members:
    for s in SUBMITTED:
        tries = [(s.at - timedelta(hours=5), s.tried)] if s.tried else []
        for at, answer in [*tries, (s.at, s.answer)]:
            before = f"ReLU_{s.user}_attempt_{at:%Y-%m-%d-%H-%M-%S}"
            yield f"{before}.txt", f"名前: {s.name} ({s.user})\n課題: ReLU\n", at
            yield f"{before}_relu.py", text_of(answer or ""), at


def manaba_in() -> Members:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["# 学籍番号", "# 氏名", "# ロール", "# 提出", "# 提出日時"])
    for s in EVERYBODY:
        state = "未提出" if not s.files else "受付終了後提出" if s.late else "提出"
        page.append([s.number, s.name, "履修生", state, f"{s.at:%Y-%m-%d %H:%M:%S}" if s.files else ""])
    page.append(["#end"])
    out = io.BytesIO()
    book.save(out)
    yield "reportlist.xlsx", out.getvalue(), DUE
    yield from ((f"{s.number}@{s.user}/{name}", text, DUE) for s, name, text in each())


def webclass_in() -> Members:
    yield "answer.csv", webclass_sheet(), DUE
    yield from ((f"{s.user}_{name}", text, DUE) for s, name, text in each())


def gradescope_in() -> Members:
    folders = {s.i: f"submission_{4000 + s.canvas}" for s in SUBMITTED}
    about = {
        folders[s.i]: {
            ":submitters": [{":name": s.name, ":sid": s.number, ":email": s.email}],
            ":created_at": f"{s.at - timedelta(hours=9):%Y-%m-%d %H:%M:%S}.123456789 Z",
        }
        for s in SUBMITTED
    }
    yield "assignment_1_export/submission_metadata.yml", json.dumps(about, ensure_ascii=False), DUE
    yield from ((f"assignment_1_export/{folders[s.i]}/{name}", text, DUE) for s, name, text in each())


def write_zip(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, at in members:
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content)
    return path


# Out: the gradebook that is downloaded to be filled in. Each lists people in another order.


def _csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def moodle_sheet() -> bytes:
    titles = "識別子|氏名|メールアドレス|ステータス|評点|最大評点|評点変更可|最終更新日時 (提出)|最終更新日時 (評定)"
    rows: list[Sequence[object]] = [[*titles.split("|"), "フィードバックコメント"]]
    for s in sorted(EVERYBODY, key=lambda s: s.email):
        when = f"2026年 05月 {s.at.day}日(金曜日) {s.at:%H:%M}" if s.files else "-"
        grade = "-" if s.i % 2 else ""
        rows.append([f"参加者{s.participant}", s.name, s.email, "提出済み", grade, "10.00", "Yes", when, "-", ""])
    return b"\xef\xbb\xbf" + _csv(rows).replace("\r\n", "\n").encode()


def canvas_sheet() -> bytes:
    rows: list[Sequence[object]] = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Reading (4700)", "ReLU (4711)", "Final Score"],
        ["    Points Possible", "", "", "", "", "10", "10", "(read only)"],
    ]
    for s in sorted(EVERYBODY, key=lambda s: s.canvas):
        rows.append([s.name, s.canvas, s.number, s.user, "DL-2026", "7.5", "3" if s.i == 4 else "", "75"])
    return _csv(rows).encode()


def blackboard_sheet() -> bytes:
    title = "ReLU [Total Pts: 10 Score] |664617"
    rows: list[Sequence[object]] = [["Last Name", "First Name", "Username", "Student ID", title]]
    for s in sorted(EVERYBODY, key=lambda s: s.user):
        family, given = s.name.split()
        rows.append([family, given, s.user, s.number, ""])
    return b"\xff\xfe" + _csv(rows, "\t").encode("utf-16-le")


def webclass_sheet() -> bytes:
    rows: list[Sequence[object]] = [["ユーザID", "氏名", "学籍番号", "提出日時", "report/answer", "得点", "コメント"]]
    for s in sorted(EVERYBODY, key=lambda s: s.user):
        files = ";".join(f"{s.user}_{name}" for name in s.files)
        rows.append([s.user, s.name, s.number, f"{s.at:%Y/%m/%d %H:%M:%S}" if s.files else "", files, "", ""])
    return _csv(rows).encode("cp932")


def manaba_sheet() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["採点シート"])
    page.append(["# 学籍番号", "# ユーザID", "# 氏名", "# ロール", "# 点数", "# 満点"])
    for s in reversed(EVERYBODY):
        page.append([s.number, s.user, s.name, "履修生", None, 10])
    page.append(["#end"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
