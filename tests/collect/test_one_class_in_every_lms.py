"""The same sixty students through every LMS: the same work, of the same people."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.collect import collect, read_roster

TOKYO = ZoneInfo("Asia/Tokyo")
FAMILY = ("髙橋", "山﨑", "佐藤", "鈴木", "O'Neil", "㈱①", "𠮷田", "がくが", "Müller", "李")
GIVEN = ("太郎", "花子", "健", "Anna-Maria", "次郎", "é")
IDS = ["relu", "softmax"]
Files = dict[str, str]


class Student:
    """One of sixty. Some hand in nothing, some one file only; numbers have leading zeros and resemble others'."""

    def __init__(self, i: int) -> None:
        self.number = f"00{i:02d}"
        self.user = f"u_{i * 7 % 60:04d}"
        self.family, self.given = FAMILY[i % 10], GIVEN[i // 10]
        self.name = f"{self.family} {self.given}"
        self.email = f"s{i}@u.example"
        self.participant = (i + 17) % 60  # somebody else's number, without the zeros
        self.canvas = str(10 + (i + 23) % 60)
        self.github = f"{'hw' if i % 2 else 'Taro-Y'}-{i}"
        exercises = [] if i % 20 == 19 else IDS if i % 3 else IDS[:1]
        self.files = {f"{e}.py": f"def {e}(x):\n    return {i}\n" for e in exercises}


CLASS = [Student(i) for i in range(60)]
SUBMITTED = [s for s in CLASS if s.files]
LISTED = "受付終了後提出"


def roster() -> str:
    columns = "学籍番号,氏名,メール,ユーザ名,識別子,Canvas ID,GitHub username\n"
    return columns + "".join(
        f"{s.number},{s.name},{s.email},{s.user},参加者 {s.participant},{s.canvas},{s.github}\n" for s in CLASS
    )


def each() -> Iterator[tuple[Student, str, str]]:
    return ((s, name, text) for s in SUBMITTED for name, text in s.files.items())


def moodle() -> Files:
    clean = {s.number: re.sub(r"['|]", "", s.name) for s in CLASS}
    return {f"{clean[s.number]}_{s.participant}_assignsubmission_file/{n}": t for s, n, t in each()}


def moodle_nfd() -> Files:
    return {unicodedata.normalize("NFD", name): text for name, text in moodle().items()}


def moodle_blind() -> Files:
    return {f"Participant_{s.participant}_assignsubmission_file/{n}": t for s, n, t in each()}


def moodle_flat() -> Files:
    return {name.replace("_file/", "_file_"): text for name, text in moodle().items()}


def canvas() -> Files:
    def sortable(s: Student) -> str:
        return re.sub(r"\W", "", f"{s.family}{s.given}").lower()

    return {
        f"{sortable(s)}_{'LATE_' if s.number == '0001' else ''}{s.canvas}_{9000 + i}_{n}": t
        for i, (s, n, t) in enumerate(each())
    }


def gradescope() -> Files:
    folders = {s.number: f"submission_{4000 + i}" for i, s in enumerate(SUBMITTED)}
    about = {
        folders[s.number]: {
            ":submitters": [{":name": s.name, ":sid": s.number, ":email": s.email}],
            ":created_at": "2026-11-20 08:30:05.123456789 Z",
            ":results": {"tests": [{"output": "x: [", "score": 1.0}]},
        }
        for s in SUBMITTED
    }
    files = {f"assignment_1_export/{folders[s.number]}/{n}": t for s, n, t in each()}
    # JSON is YAML, and an odd way to write it is no reason to lose anybody.
    return {"assignment_1_export/submission_metadata.yml": json.dumps(about, ensure_ascii=False), **files}


def blackboard() -> Files:
    files = {}
    for s, n, t in each():
        before = f"HW_1_{s.user}_attempt_2026-11-20-17-30-05"
        files[f"{before}.txt"] = f"名前: {s.name} ({s.user})\n課題: HW_1\n"
        files[f"{before}_{n}"] = t
        files[f"HW_1_{s.user}_attempt_2026-11-01-00-00-00_{n}"] = "old"
    return files


def manaba() -> Files:
    return {f"{s.number}@{s.user}/{n}": t for s, n, t in each()}


def manaba_user_first() -> Files:
    return {f"{s.user}@{s.number}@課題/{n}": t for s, n, t in each()}


def manaba_flat() -> Files:
    return {f"{s.number}@{s.user}@{n}": t for s, n, t in each()}


def webclass() -> Files:
    files = {f"{s.user}_{n}": t for s, n, t in each()}
    rows = [f"{s.user},{s.name},{';'.join(f'{s.user}_{n}' for n in s.files)}" for s in CLASS]
    return {"answer.csv": "ユーザID,氏名,report/answer\n" + "\n".join(rows), **files}


def github() -> Files:
    return {f"hw-1-{s.github.lower()}/src/{n}": t for s, n, t in each()}


def nbgrader() -> Files:
    return {f"submitted/{s.number}/hw1/{n}": t for s, n, t in each()}


def folders_with_names() -> Files:
    return {f"{s.number}_{s.name}/{n}": t for s, n, t in each()}


def folders_by_mail() -> Files:
    return {f"{s.email}/{n}": t for s, n, t in each()}


WAYS = [
    moodle,
    moodle_nfd,
    moodle_blind,
    moodle_flat,
    canvas,
    gradescope,
    blackboard,
    manaba,
    manaba_user_first,
    manaba_flat,
    webclass,
    github,
    nbgrader,
    folders_with_names,
    folders_by_mail,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_class_of_sixty_arrives_whole(way: Callable[[], Files], zipped: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(roster(), encoding="utf-8-sig")
    collection = collect(zipped(way()), IDS, read_roster(tmp_path / "roster.csv"), tz=TOKYO)
    found = {s.student: s for s in collection.submissions}
    assert {n: {e: x.cells[0][1] for e, x in s.sources.items()} for n, s in found.items()} == {
        s.number: {n.removesuffix(".py"): t for n, t in s.files.items()} for s in SUBMITTED
    }
    assert [row.student for row in collection.missing] == [s.number for s in CLASS if not s.files]
    assert all(found[s.number].ids["username"] == s.user for s in SUBMITTED)
    assert {n.code for n in collection.notes} <= {"wrapper_folder"}
