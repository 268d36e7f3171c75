"""``nbgrader zip_collect`` with our plug-ins: whose a file is, which notebook, and when it came."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")

from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader.collectors import LmsCollector, LmsExtractor, whose
from autograder.nbgrader.init import init
from autograder.nbgrader.where import VARIABLE

JST_NOON = (2026, 5, 29, 12, 0, 0)  # 03:00 UTC
UTC_3 = datetime(2026, 5, 29, 3, 0)
DUE = datetime(2026, 5, 29, 8, 0)


@pytest.fixture(scope="module")
def course_folder(small_course, roster, tmp_path_factory) -> Path:
    """An nbgrader course whose assignment `activations` looks released."""
    folder = tmp_path_factory.mktemp("nbgrader") / "dl"
    init(small_course, folder, roster_path=roster)
    released = folder / "release" / "activations"
    released.mkdir(parents=True)
    source = folder / "source" / "activations" / "activations.ipynb"
    (released / "activations.ipynb").write_bytes(source.read_bytes())
    return folder


@pytest.fixture
def app(course_folder, small_course, monkeypatch) -> ZipCollectApp:
    """What nbgrader gives its plug-ins as a parent."""
    monkeypatch.setenv(VARIABLE, str(small_course.path))
    app = ZipCollectApp()
    app.coursedir = CourseDirectory(root=str(course_folder), assignment_id="activations", course_id="dl")
    return app


@pytest.fixture
def collected(app, tmp_path):
    """``collected({zip name: {member: (time, data)}})``: what nbgrader would put where."""

    def run(zips, roster=True):
        archive, extracted = tmp_path / "archive", tmp_path / "extracted"
        archive.mkdir(exist_ok=True)
        for name, members in zips.items():
            (archive / name).write_bytes(zipped(members))
        LmsExtractor(parent=app).extract(str(archive), str(extracted))
        path = str(Path(app.coursedir.root) / "roster.csv") if roster else ""
        app.extracted_directory = "extracted"
        data = app_collect(app, LmsCollector(parent=app, roster=path), extracted)
        return {student: (sorted(d["file_ids"]), d["timestamp"]) for student, d in data.items()}

    return run


def app_collect(app: ZipCollectApp, plug_in: LmsCollector, extracted: Path) -> dict:
    """nbgrader's own loop over the files, with its own rules for duplicates."""
    app.collector_plugin_inst = plug_in
    return app._collect_files(sorted(str(p) for p in extracted.rglob("*") if p.is_file()))


def zipped(members: dict) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (time, data) in members.items():
            archive.writestr(zipfile.ZipInfo(name, time), data)
    return buffer.getvalue()


def notebook(*grade_ids: str) -> str:
    cells = [{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": i}}, "source": ""} for i in grade_ids]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


N = notebook("relu")
MINE = ["activations.ipynb"]


def test_moodle_participants_are_the_students_of_the_roster(collected):
    found = collected(
        {
            "moodle.zip": {
                "山田 太郎_1001_assignsubmission_file/activations.ipynb": (JST_NOON, N),
                "Anna Smith Jr_1002_assignsubmission_file_/activations.ipynb": (JST_NOON, N),
            }
        }
    )
    assert found == {"s001": (MINE, UTC_3), "s002": (MINE, UTC_3)}


def test_canvas_files_lie_flat_and_late_is_late_by_a_second(collected):
    found = collected(
        {
            "submissions.zip": {
                "yamadataro_501_77_activations.ipynb": (JST_NOON, N),
                "satohanako_LATE_503_78_activations.ipynb": (JST_NOON, N),
            }
        }
    )
    assert found["s001"] == (MINE, UTC_3)
    assert (found["s003"][1] - DUE).total_seconds() == 1


def test_a_folder_or_a_zip_for_each_student_is_read_too(collected):
    inner = zipped({"work/activations.ipynb": (JST_NOON, N)})
    found = collected({"class.zip": {"s001/activations.ipynb": (JST_NOON, N), "s002.zip": (JST_NOON, inner)}})
    assert set(found) == {"s001", "s002"}


def test_a_second_upload_wins_and_does_not_end_the_batch(collected):
    folder = "山田 太郎_1001_assignsubmission_file"
    found = collected(
        {"m.zip": {f"{folder}/activations.ipynb": (JST_NOON, N), f"{folder}/activations (1).ipynb": (JST_NOON, N)}}
    )
    assert found["s001"][0] == MINE
    assert found["s001"][1].microsecond == 1


def test_a_renamed_notebook_is_known_by_its_cells_and_a_foreign_one_is_left_out(collected):
    found = collected(
        {"c.zip": {"s001/提出.ipynb": (JST_NOON, N), "s002/essay.ipynb": (JST_NOON, notebook("case_study__data"))}}
    )
    assert found == {"s001": (MINE, UTC_3)}


def test_a_name_is_matched_whatever_its_case_and_width(collected):
    assert collected({"c.zip": {"s001/Activations（2）.ipynb": (JST_NOON, N)}})["s001"][0] == MINE


def test_whoever_is_not_on_the_roster_is_collected_under_the_name_of_the_lms(collected):
    found = collected({"m.zip": {"誰 か_4444_assignsubmission_file/activations.ipynb": (JST_NOON, N)}})
    assert set(found) == {"4444"}


def test_without_a_roster_the_lms_names_the_students(collected):
    found = collected({"m.zip": {"山田 太郎_1001_assignsubmission_file/activations.ipynb": (JST_NOON, N)}}, False)
    assert set(found) == {"1001"}


def test_nothing_climbs_out_of_the_folder_and_a_broken_zip_harms_no_other(collected, tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a_broken.zip").write_bytes(b"PK\x03\x04 not a zip")
    found = collected(
        {
            "b.zip": {
                "../../evil.ipynb": (JST_NOON, N),
                "/etc/x.ipynb": (JST_NOON, N),
                "s001/activations.ipynb": (JST_NOON, N),
            }
        }
    )
    assert set(found) == {"s001"}
    outside = {p.name for p in tmp_path.rglob("*.ipynb")} | {p.name for p in tmp_path.parent.glob("*.ipynb")}
    assert outside == {"activations.ipynb"}


@pytest.fixture
def warnings(app):
    """The warnings of the plug-ins, as nbgrader shows them."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())
    app.log.addHandler(handler)
    yield said
    app.log.removeHandler(handler)


def test_who_handed_in_no_notebook_is_named_with_what_there_is(collected, warnings):
    inner = zipped({"sub/relu.py": (JST_NOON, "x")})
    found = collected(
        {
            "moodle.zip": {
                "山田 太郎_1001_assignsubmission_file/activations.ipynb": (JST_NOON, N),
                "山田 太郎_1001_assignsubmission_file/notes.txt": (JST_NOON, "x"),
                "Anna Smith Jr_1002_assignsubmission_file/relu.py": (JST_NOON, "x"),
                "佐藤 花子_1003_assignsubmission_file/": (JST_NOON, ""),
                "鈴木 一_1004_assignsubmission_file/work.zip": (JST_NOON, inner),
                "高橋 次郎_1005_assignsubmission_file/activations.ipynb.txt": (JST_NOON, N),
            }
        },
        roster=False,
    )
    assert sorted(found) == ["1001", "1005"]
    named = [line for line in warnings if line.startswith("No notebook from ")]
    assert named == [
        "No notebook from Anna Smith Jr: the upload holds relu.py",
        "No notebook from 佐藤 花子: the upload is empty",
        "No notebook from 鈴木 一: the upload holds work.zip, relu.py",
    ]


def test_a_copys_name_is_read_through(collected):
    for name in ("activations - コピー.ipynb", "activations-Copy1.ipynb", "Copy of activations.ipynb"):
        assert sorted(collected({"all.zip": {f"s001/{name}": (JST_NOON, N)}})) == ["s001"]


def test_a_student_whom_nbgrader_could_make_no_folder_for_is_left_out(collected):
    assert collected({"c.zip": {"a+b/activations.ipynb": (JST_NOON, N)}}, False) == {}


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (["s001", "activations.ipynb"], "s001"),
        (["class.zip", "s001", "deep", "activations.ipynb"], "s001"),
        (["s001.zip", "activations.ipynb"], "s001"),
        (["class.zip", "wrapper", "山田 太郎_7_assignsubmission_file", "activations.ipynb"], "7"),
        (["activations.ipynb"], None),
    ],
)
def test_the_outermost_part_that_tells_decides_whose_a_file_is(parts, key):
    owner, name = whose(parts)
    assert (owner.key if owner else None) == key
    assert name == "activations.ipynb"
