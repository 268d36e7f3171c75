"""Whose an entry is: what the download tells, what the roster decides, and what stays in doubt."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.collect import Collection, collect, read_roster
from autograder.collect.files import Top
from autograder.collect.identity import readable
from autograder.collect.lms import canvas, moodle

IDS = ["relu", "softmax"]
CASES = Path(__file__).parent / "cases"
Make = Callable[..., Path]


def works(collection: Collection) -> dict[str, dict[str, str]]:
    """What each student gets graded, by exercise."""
    return {s.student: {i: source.cells[0][1] for i, source in s.sources.items()} for s in collection.submissions}


def codes(collection: Collection) -> list[str]:
    return sorted(n.code for n in collection.notes)


@pytest.fixture
def roster(tmp_path: Path) -> Callable[[str], Path]:
    def make(text: str) -> Path:
        path = tmp_path / "roster.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_the_first_number_of_a_flat_moodle_file_is_the_participants() -> None:
    (owner,) = moodle.readings(Top("花子 佐藤_12_assignsubmission_file_x_99_assignsubmission_file_relu.py", False))
    assert (owner.key, owner.name, owner.file) == ("12", "花子 佐藤", "x_99_assignsubmission_file_relu.py")
    assert len(moodle.readings(Top("a_b_12_assignsubmission_file_x_99_assignsubmission_file_relu.py", False))) == 2


def test_every_reading_of_a_canvas_name_is_given() -> None:
    found = canvas.readings(Top("student_5_12349_678_relu.py", False))
    assert [(o.name, o.key, o.file) for o in found] == [
        ("student", "5", "678_relu.py"),
        ("student_5", "12349", "relu.py"),
    ]
    assert len(canvas.readings(Top("1_" * 5000 + "relu.py", False))) <= 16


NUMBERED = "student_5_12349_678_relu.py"


@pytest.mark.parametrize(
    ("text", "student"),
    [
        ("student,name,canvas\ns5,Abe Taro,5\ns6,Student 5,12349\n", "s6"),
        ("student,name,canvas\ns5,Abe Taro,5\ns6,学生 五,12349\n", "s6"),
        ("student,name,canvas\ns5,Student,5\ns6,Student 5,12349\n", None),
        ("student,canvas\ns6,12349\n", "s6"),
        ("student,name\ns6,student_5\ns7,other\n", "s6"),
        ("Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n5 Student,12349,s6,u6,A\n", "s6"),
        ("student,canvas\ns5,5\ns6,12349\n", None),
        ("student,canvas\ns9,9\n", None),
        (None, None),
    ],
)
def test_the_roster_decides_between_readings_and_doubt_is_named(
    zipped: Make, roster: Callable[[str], Path], text: str | None, student: str | None
) -> None:
    known = read_roster(roster(text)) if text else None
    collection = collect(zipped({NUMBERED: "x", "abe_9_700_relu.py": "y"}), IDS, known)
    found = {s for s, work in works(collection).items() if work == {"relu": "x"}}
    if student:
        assert found == {student}
        return
    assert found == {"student_5_12349_678"}
    assert "ambiguous_name" in codes(collection)
    entry = next(e for e in collection.entries if e.student in found)
    assert entry.ids == {}
    assert "12349" in next(n for n in entry.notes if n.code == "ambiguous_name").text.en


def test_what_the_download_refutes_is_no_reading(zipped: Make) -> None:
    files = {"student_5_12349_678_relu.py": "x", "student_5_12349_679_softmax.py": "x", "abe_9_700_relu.py": "y"}
    assert sorted(works(collect(zipped(files), IDS))) == ["12349", "9"]  # no attachment is there twice
    files = {"abe_9_700_relu.py": "y", "x_77_9_5_relu.py": "x"}
    assert "9" in works(collect(zipped(files), IDS))


def test_a_group_id_of_a_team_is_no_participant_number(roster: Callable[[str], Path]) -> None:
    sheet = (CASES / "moodle" / "ws1.csv").read_text(encoding="utf-8-sig")
    collection = collect(CASES / "moodle" / "A5.zip", IDS, read_roster(roster(sheet)))
    assert sorted(works(collection)) == ["1", "2"]
    assert codes(collection) == ["other_name", "other_name"]  # and no word of lost zeros: 1 is a group's number
    assert collection.known == 0
    assert "Team A_1" in " ".join(n.text.en for n in collection.notes)


def test_one_odd_name_among_the_right_ones_is_listed_alone(zipped: Make, roster: Callable[[str], Path]) -> None:
    known = read_roster(
        roster("student,name,moodle\ns1,Abe Taro,1\ns2,山田 太郎,2\ns3,Mary Ann Smith,3\ns4,Ito Jiro,4\n")
    )
    names = ["Taro Abe_1", "Yamada Taro_2", "Mary Smith_3", "Team B_4"]
    collection = collect(zipped({f"{n}_assignsubmission_file/relu.py": n for n in names}), IDS, known)
    assert sorted(works(collection)) == ["4", "s1", "s2", "s3"]
    assert codes(collection) == ["other_name"]


ODD = [
    "Name_1_assignsubmission_file",
    "Name_1_assignsubmission_file_",
    "Participant_3_assignsubmission_file",
    "HW_1_yamada_attempt_2026-11-20-17-30-05_relu",
    "taro_12_345_relu",
    "1",
    "moodle-1",
    "a\rb",
    "a\nb",
    "a\\rb",
    "\x1b[31mred\x1b[0m",
    "\u202eevil",
    "zero\u200bwidth",
    "s001@u001",
    "山田　太郎",
    "山田 太郎",
    "\x7f",
    "\x85",
]


def test_every_folder_is_one_student_with_an_id_that_can_be_read(folder: Make) -> None:
    root = folder({f"{name}/relu.py": f"work of {name!r}" for name in [*ODD, "s001", "s002", "s003", "s004"]})
    os.mkdir(os.fsencode(root) + b"/caf\xe9\xff")
    (Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9\xff")) / "relu.py").write_text("work")
    collection = collect(root, IDS)
    students = [e.student for e in collection.entries]
    assert len(students) == len(set(students)) == len(ODD) + 5
    assert all(student == readable(student) and (student.isprintable() or "　" not in student) for student in students)
    assert len({work["relu"] for work in works(collection).values()}) == len(students)
    assert "Name_1_assignsubmission_file" in students


def test_two_names_that_read_alike_are_two_students_and_named(zipped: Make) -> None:
    collection = collect(zipped({"a\rb/relu.py": "x", "a\\\\rb/softmax.py": "y", "山田　太郎/relu.py": "z"}), IDS)
    assert len(collection.entries) == 3
    assert "renamed_student" in codes(collection)


def test_a_number_of_an_lms_and_a_folder_of_that_name_are_two_people(folder: Make) -> None:
    root = folder({"12/relu.py": "folder", "yamada_12_900_relu.py": "canvas", "13/relu.py": "y"})
    assert works(collect(root, IDS)) == {
        "12": {"relu": "folder"},
        "canvas-12": {"relu": "canvas"},
        "13": {"relu": "y"},
    }


def test_a_name_on_gradescope_is_no_id(zipped: Make, roster: Callable[[str], Path]) -> None:
    people = [("submission_1", ":name: Abe\n    :sid: '0012'"), ("submission_2", ":name: '0012'")]
    yaml = "".join(f"{folder}:\n  :submitters:\n  - {who}\n" for folder, who in people)
    path = zipped({"submission_metadata.yml": yaml, "submission_1/relu.py": "x", "submission_2/relu.py": "y"})
    assert works(collect(path, IDS))["0012"] == {"relu": "x"}
    collection = collect(path, IDS, read_roster(roster("student,name\n0012,Abe\n")))
    assert works(collection)["0012"] == {"relu": "x"}
    assert codes(collection) == ["unmatched_student"]


@pytest.mark.parametrize("cell", ["mine;victim.py", "victim.py|x", "x\\\\victim.py", "ＶＩＣＴＩＭ.py", "Victim.py"])
def test_no_cell_of_webclass_takes_the_file_of_another_line(zipped: Make, cell: str) -> None:
    table = f'userid,report\nu1,victim.py\nu2,"{cell}"\n'
    students = works(collect(zipped({"answer.csv": table, "victim.py": "x", "relu.py": "x"}), ["victim"]))
    assert students.keys() == {"u1"}


def test_a_file_that_two_lines_of_webclass_name_is_nobodys(zipped: Make) -> None:
    collection = collect(zipped({"answer.csv": "userid,report\nu1,relu.py\nu2,relu.py\n", "relu.py": "x"}), IDS)
    assert not {"u1", "u2"} & works(collection).keys()
    assert codes(collection) == ["ambiguous_name"]


def test_blackboards_users_of_one_class_are_never_put_together(zipped: Make, roster: Callable[[str], Path]) -> None:
    at = "attempt_2026-11-19-09-00-00"
    path = zipped({f"HW_1_t_yamada_{at}_relu.py": "t", f"HW_1_yamada_{at}_relu.py": "y"})
    assert works(collect(path, IDS)) == {"t_yamada": {"relu": "t"}, "yamada": {"relu": "y"}}
    alone = zipped({f"HW_1_t_yamada_{at}_relu.py": "t"}, name="alone.zip")
    both = read_roster(roster("student,username\n1,t_yamada\n2,yamada\n"))
    collection = collect(alone, IDS, both)
    assert not {"1", "2"} & works(collection).keys()
    assert "ambiguous_name" in codes(collection)


def test_a_github_user_who_ends_in_another_ones_name_is_not_that_one(
    folder: Make, roster: Callable[[str], Path]
) -> None:
    root = folder({"hw1-x-victim/relu.py": "x", "hw1-victim/relu.py": "v", "hw1-abe/relu.py": "a"})
    known = read_roster(roster("student,github\ns1,victim\ns2,abe\n"))
    assert works(collect(root, IDS, known))["s1"] == {"relu": "v"}


def test_an_id_that_begins_another_one_leaves_a_file_in_doubt(folder: Make, roster: Callable[[str], Path]) -> None:
    known = read_roster(roster("student\ns-1\ns-1-2\ns-3\n"))
    collection = collect(folder({"s-1-2-relu.py": "x", "s-3-relu.py": "y"}), IDS, known)
    assert not {"s-1", "s-1-2"} & works(collection).keys()
    assert works(collection)["s-3"] == {"relu": "y"}
    assert "ambiguous_name" in codes(collection)


def test_a_title_of_blackboards_with_numbers_is_no_user_of_canvas(zipped: Make) -> None:
    at = "attempt_2026-11-19-09-00-00"
    files = {f"Week_1_2_HW_{user}_{at}_{i}.py": user for user in ("abe", "ito") for i in ("relu", "softmax")}
    found = works(collect(zipped(files), IDS))
    assert found == {user: {"relu": user, "softmax": user} for user in ("abe", "ito")}
