"""Zips: those of each LMS, and those that someone made to do harm."""

from __future__ import annotations

import io
import os
import random
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.collect import collect
from autograder.collect.files import MAX_ENTRIES
from autograder.errors import UsageError
from autograder.model import Note, Submission

IDS = ["relu", "softmax"]
TOKYO = ZoneInfo("Asia/Tokyo")
TIME = (2026, 11, 20, 17, 30, 0)
Make = Callable[..., Path]


def codes(notes: tuple[Note, ...]) -> list[str]:
    return [n.code for n in notes]


def read(path: Path) -> dict[str, Submission]:
    return {s.student: s for s in collect(path, IDS, tz=TOKYO).submissions}


def inner(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2030, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def special(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, TIME)
    info.create_system = 3
    info.external_attr = (kind | 0o644) << 16
    return info


def test_moodle_folders_are_students_by_participant_number(zipped: Make, relu: str) -> None:
    path = zipped(
        {
            "太郎 山田_4_assignsubmission_file/relu.py": relu,
            "太郎 山田_4_assignsubmission_file/sub/softmax.py": relu,
            "花子 鈴木_11_assignsubmission_file_/relu.py": relu,
            "Participant_8_assignsubmission_file/relu.py": relu,
        }
    )
    found = read(path)
    assert {s: (v.name, sorted(v.sources)) for s, v in found.items()} == {
        "11": ("花子 鈴木", ["relu"]),
        "4": ("太郎 山田", ["relu", "softmax"]),
        "8": (None, ["relu"]),
    }
    assert found["4"].received_at == datetime(2026, 11, 20, 17, 30, tzinfo=TOKYO)


def test_canvas_files_of_one_user_are_one_submission(zipped: Make, relu: str) -> None:
    path = zipped(
        {
            "yamadataro_12345_678_relu.py": "old",
            "yamadataro_12345_680_relu-1.py": relu,
            "yamadataro_12345_679_softmax.py": relu,
            "suzukihanako_LATE_99_681_relu.py": relu,
            "anon_x7_700_relu.py": relu,
        }
    )
    found = read(path)
    assert {s: (v.name, v.late_by_lms, sorted(v.sources)) for s, v in found.items()} == {
        "12345": ("yamadataro", False, ["relu", "softmax"]),
        "99": ("suzukihanako", True, ["relu"]),
        "anon_x7": (None, False, ["relu"]),
    }
    assert found["12345"].sources["relu"].path == "relu-1.py"
    assert codes(found["12345"].sources["relu"].notes) == ["duplicate_file"]
    assert codes(found["12345"].notes) == []


def test_two_moodle_entries_of_one_student_are_merged_and_the_newest_wins(zipped: Make) -> None:
    earlier = zipfile.ZipInfo("太郎_4_assignsubmission_file/relu-9.py", (2026, 11, 1, 0, 0, 0))
    later = zipfile.ZipInfo("Group A-太郎_4_assignsubmission_file/deep/relu.py", (2026, 11, 2, 0, 0, 0))
    (submission,) = read(zipped([(earlier, "old"), (later, "new")])).values()
    assert submission.sources["relu"].cells[0][1] == "new"
    assert codes(submission.notes) == ["merged_entries"]
    assert submission.sources["relu"].notes[0].text.en.count("assignsubmission") == 3


def test_a_zip_of_student_folders_may_have_empty_ones(zipped: Make, relu: str) -> None:
    found = read(zipped({"s001/relu.py": relu, "s002/": "", "__MACOSX/s001/._relu.py": "x", ".DS_Store": "x"}))
    assert {s: list(v.sources) for s, v in found.items()} == {"s001": ["relu"], "s002": []}


@pytest.mark.parametrize(
    ("name", "files", "students", "codes_"),
    [
        ("subs.zip", ["subs/s001/relu.py", "subs/s002/relu.py"], ["s001", "s002"], ["wrapper_folder"]),
        (
            "x.zip",
            ["subs/s001/a/relu.py", "subs/s002/", "subs/README.txt"],
            ["s001", "s002"],
            ["wrapper_folder", "stray_file"],
        ),
        ("x.zip", ["hw1/T Y_4_assignsubmission_file/relu.py"], ["4"], ["wrapper_folder"]),
        ("x.zip", ["hw1/taro_12_34_relu.py"], ["12"], ["wrapper_folder"]),
        ("x.zip", ["s001/relu.py"], ["s001"], []),
        ("x.zip", ["s001/relu/relu.py", "s001/softmax/softmax.py"], ["s001"], []),
        ("x.zip", ["s001/exercises/relu/relu.py"], ["s001"], []),
        ("x.zip", ["s001/"], ["s001"], []),
        ("x.zip", ["s001/taro.zip"], ["s001"], []),
        (
            "x.zip",
            ["hw1/s001.zip", "hw1/s002.zip"],
            ["s001", "s002"],
            ["wrapper_folder", "zip_as_student", "zip_as_student"],
        ),
        ("x.zip", ["hw1/s001/relu.py", "notes.txt"], ["s001"], ["stray_file", "wrapper_folder"]),
    ],
)
def test_one_folder_around_all_students_is_looked_through(
    zipped: Make, name: str, files: list[str], students: list[str], codes_: list[str]
) -> None:
    collection = collect(zipped(dict.fromkeys(files, "x"), name), IDS)
    assert [e.student for e in collection.entries] == students
    assert codes(collection.notes) == codes_


def test_names_are_read_as_utf8_or_shift_jis_whatever_the_flag_says(zipped: Make, relu: str) -> None:
    names = ["表示 太郎_4_assignsubmission_file/relu.py".encode("cp932"), "能美 花子/relu.py".encode()]
    found = read(zipped([(name, relu) for name in names]))
    assert {s: (v.name, list(v.sources)) for s, v in found.items()} == {
        "4": ("表示 太郎", ["relu"]),
        "能美 花子": (None, ["relu"]),
    }


def test_backslashes_of_old_windows_tools_separate_folders(zipped: Make, relu: str) -> None:
    assert list(read(zipped([(b"s001\\sub\\relu.py", relu), ("s002/", "")]))["s001"].sources) == ["relu"]


def test_a_students_own_zip_is_opened_and_arrives_when_the_lms_says(zipped: Make, relu: str) -> None:
    nested = inner({"taro/relu.py": relu, "taro/__MACOSX/._relu.py": "x", "deeper.zip": inner({"softmax.py": relu})})
    (submission,) = read(zipped({"太郎_4_assignsubmission_file/taro.zip": nested})).values()
    assert submission.sources["relu"].path == "taro.zip/taro/relu.py"
    assert submission.received_at == datetime(2026, 11, 20, 17, 30, tzinfo=TOKYO)
    assert codes(submission.notes) == ["nested_zip"]


@pytest.mark.parametrize(
    "name", ["../evil.py", "s001/../../relu.py", "/etc/relu.py", "C:/relu.py", "..\\relu.py", "s001/x/../relu.py"]
)
def test_a_name_that_climbs_or_is_absolute_is_refused(zipped: Make, relu: str, name: str) -> None:
    collection = collect(zipped({"s001/softmax.py": relu, name: relu}), IDS)
    (submission,) = collection.submissions
    assert list(submission.sources) == ["softmax"]
    assert codes(collection.notes) == ["unsafe_path"]
    (submission,) = read(zipped({"s001/h.zip": inner({name: relu, "softmax.py": relu})})).values()
    assert list(submission.sources) == ["softmax"]
    assert codes(submission.notes) == ["unsafe_path"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [(stat.S_IFLNK, "symlink"), (stat.S_IFIFO, "special_file"), (stat.S_IFCHR, "special_file")],
)
def test_links_and_devices_in_a_zip_are_refused(zipped: Make, relu: str, kind: int, code: str) -> None:
    files = [("s001/softmax.py", relu), (special("s001/relu.py", kind), "/etc/passwd")]
    submission = read(zipped(files))["s001"]
    assert list(submission.sources) == ["softmax"]
    assert codes(submission.notes) == [code]


def peak_of(action: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_is_not_inflated(zipped: Make, relu: str) -> None:
    bomb = b"\0" * (64 * 2**20)
    path = zipped({"s001/relu.py": bomb, "s001/data.bin": bomb, "s002/relu.py": relu})
    found: dict[str, Submission] = {}
    assert peak_of(lambda: found.update(read(path))) < 8 * 2**20
    problem = found["s001"].sources["relu"].problem
    assert problem is not None
    assert "larger than 1 MiB" in problem.en
    assert found["s002"].sources["relu"].problem is None


def test_a_nested_bomb_is_not_inflated(zipped: Make) -> None:
    bomb = inner({"huge.zip": b"\0" * (40 * 2**20)})
    path = zipped({"s001/a.zip": b"\0" * (40 * 2**20), "s001/b.zip": bomb, "s002/relu.py": "x"})
    found: dict[str, Submission] = {}
    assert peak_of(lambda: found.update(read(path))) < 48 * 2**20
    assert codes(found["s001"].notes) == ["zip_too_large", "nested_zip"]
    assert "16 MiB" in found["s001"].notes[0].text.en


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_inflate_without_a_limit_are_refused(zipped: Make, relu: str, method: int) -> None:
    problem = read(zipped({"s001/relu.py": relu}, compression=method))["s001"].sources["relu"].problem
    assert problem is not None
    assert "Deflate" in problem.en


def test_a_nested_zip_of_too_many_members_is_not_opened(zipped: Make) -> None:
    nested = inner({str(i): "" for i in range(MAX_ENTRIES + 1)})
    assert codes(read(zipped({"s001/a.zip": nested}))["s001"].notes) == ["too_many_files"]


def test_only_the_first_few_zips_of_a_student_are_opened(zipped: Make, relu: str) -> None:
    files = {f"s001/{i}.zip": inner({"relu.py": relu}) for i in range(7)} | {"s002/": ""}
    assert codes(read(zipped(files))["s001"].notes) == ["too_many_zips"] * 2


def test_a_password_is_named_as_the_reason(zipped: Make, relu: str) -> None:
    path = zipped({"s001/relu.py": relu})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    problem = read(path)["s001"].sources["relu"].problem
    assert problem is not None
    assert "password" in problem.en


def test_a_damaged_member_is_that_students_problem_only(zipped: Make) -> None:
    path = zipped({"s001/relu.py": "MARK = 1\n", "s002/relu.py": "x = 1\n"}, compression=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"MARK", b"KRAM"))
    found = read(path)
    problem = found["s001"].sources["relu"].problem
    assert problem is not None
    assert "damaged" in problem.en
    assert found["s002"].sources["relu"].problem is None


@pytest.mark.parametrize("data", [b"", b"junk", b"PK\x05\x06", b"PK\x03\x04" + b"\0" * 100])
def test_a_nested_zip_that_is_none_is_noted(zipped: Make, relu: str, data: bytes) -> None:
    submission = read(zipped({"s001/a.zip": data, "s001/relu.py": relu}))["s001"]
    assert list(submission.sources) == ["relu"]
    assert codes(submission.notes) == ["bad_zip"]


def test_a_truncated_archive_is_an_error_that_says_what_to_do(zipped: Make, relu: str) -> None:
    path = zipped({"s001/relu.py": relu})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(UsageError, match="downloaded completely") as error:
        collect(path, IDS)
    assert "ダウンロード" in error.value.text.ja


def test_a_directory_that_lost_members_is_no_silent_loss(zipped: Make, relu: str) -> None:
    path = zipped({f"s00{i}/relu.py": relu for i in range(3)})
    data = bytearray(path.read_bytes())
    first, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    name = len("s000/relu.py")
    struct.pack_into("<H", data, first + 32, end - first - 46 - name)  # a comment that swallows the others
    path.write_bytes(data)
    with pytest.raises(UsageError, match="not a readable zip"):
        collect(path, IDS)


def test_an_empty_zip_has_no_submissions(zipped: Make) -> None:
    with pytest.raises(UsageError, match="no submissions here"):
        collect(zipped({}), IDS)
    with pytest.raises(UsageError, match="files lie directly in it"):
        collect(zipped({"relu.py": "x"}), IDS)


def test_an_impossible_date_is_no_date(zipped: Make, relu: str) -> None:
    path = zipped({"s001/relu.py": relu})
    data = path.read_bytes()
    at = data.index(b"PK\x01\x02") + 12
    path.write_bytes(data[:at] + struct.pack("<HH", 0xFFFF, 0) + data[at + 4 :])
    submission = read(path)["s001"]
    assert submission.received_at is None
    assert submission.sources["relu"].problem is None


def test_two_members_of_one_name_are_two_files(zipped: Make) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zipped([("s001/relu.py", "a = 1"), ("s001/relu.py", "a = 2")])
    source = read(path)["s001"].sources["relu"]
    assert codes(source.notes) == ["duplicate_file"]


def test_a_zip_is_read_from_threads_and_after_a_fork(zipped: Make) -> None:
    path = zipped({f"s{i:03}/relu.py": f"x = {i}\n" * 2000 for i in range(40)})
    collection = collect(path, IDS)
    with ThreadPoolExecutor(8) as pool:
        texts = [s.sources["relu"].cells[0][1] for s in pool.map(lambda e: e.read(), collection.entries)]
    assert texts == [f"x = {i}\n" * 2000 for i in range(40)]
    children = []
    for _ in range(2):
        pid = os.fork()
        if pid == 0:
            good = all(s.sources["relu"].problem is None for _ in range(10) for s in collection.submissions)
            os._exit(0 if good else 1)
        children.append(pid)
    good = all(s.sources["relu"].problem is None for _ in range(10) for s in collection.submissions)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0, 0]
    assert good


def test_reading_keeps_nothing_of_the_submissions_before(zipped: Make) -> None:
    path = zipped({f"s{i:03}/relu.py": b"#" * 900_000 for i in range(40)})
    collection = collect(path, IDS)
    assert peak_of(lambda: [s.sha256 for s in collection.submissions]) < 12 * 2**20


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_to_a_students_zip_stops_the_class(zipped: Make, relu: str, seed: int) -> None:
    rng = random.Random(seed)
    good = inner({"relu.py": relu, "a/softmax.py": relu * 50, "表/u.ipynb": "{}"})
    files: dict[str, str | bytes] = {"s000/relu.py": relu}
    for i in range(20):
        data = bytearray(good)
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        files[f"s{i + 1:03}/a.zip"] = bytes(data[: rng.choice([len(data), rng.randrange(len(data))])])
    found = read(zipped(files))
    assert len(found) == 21
    assert found["s000"].sources["relu"].problem is None
    for submission in found.values():
        assert submission.sources.keys() == set(IDS) or submission.notes or submission.student == "s000"
