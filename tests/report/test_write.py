"""`write_all` and `autograder report`: all outputs from the gradebook alone."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.errors import GraderError
from autograder.files import atomic
from autograder.gradebook import CourseInfo, Gradebook
from autograder.i18n import Text
from autograder.report import write_all


def tree(folder) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "sqlite" not in path.name
    }


def test_all_outputs_agree_on_every_score(tmp_path, book, fake_class):
    gradebook, run = book
    write_all(gradebook, run, tmp_path)
    data = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    with open(tmp_path / "grades.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(data["submissions"]) == len(fake_class)
    for row, submission in zip(rows, data["submissions"], strict=True):
        assert float(row["total"]) == submission["score"]
        assert row["status"] == submission["status"]
        for exercise in submission["exercises"]:
            assert row[exercise["id"]] == ("" if exercise["score"] is None else f"{exercise['score']:.10g}")


def test_writing_again_gives_the_same_bytes(tmp_path, book):
    gradebook, run = book
    write_all(gradebook, run, tmp_path)
    first = tree(tmp_path)
    write_all(gradebook, run, tmp_path)
    assert tree(tmp_path) == first
    assert len(first) == 63


def test_another_course_info_changes_the_words(tmp_path, book):
    gradebook, run = book
    write_all(gradebook, run, tmp_path, CourseInfo(Text("Renamed course", "改名した授業")))
    assert "Renamed course" in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")


def test_an_empty_gradebook_says_so(tmp_path):
    with (
        Gradebook.open(tmp_path / "g.sqlite") as gradebook,
        pytest.raises(GraderError, match="nothing has been graded"),
    ):
        write_all(gradebook, None, tmp_path)


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path, book):
    gradebook, run = book
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(GraderError, match=r"results\.json: cannot be written"):
        write_all(gradebook, run, tmp_path / "out")


def test_an_unfinished_file_never_takes_the_place_of_the_old_one(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), atomic(path) as file:
        file.write("half")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_verb_writes_the_last_run_again(tmp_path, book, fake_class, course):
    gradebook, first = book
    write_all(gradebook, first, tmp_path, lang="ja")
    expected = tree(tmp_path)
    for name in expected:
        (tmp_path / name).unlink()
    done = CliRunner().invoke(main, ["report", str(tmp_path), "--lang", "ja"])
    assert done.exit_code == 0, done.output
    assert "作成しました" in done.output
    assert tree(tmp_path) == expected

    second = gradebook.begin_run(course, course_sha="c0ffee", seed=43, sandbox={}, engine="0.1")
    better = replace(fake_class[0], exercises=(replace(fake_class[0].exercises[0], score=Fraction(9)),))
    gradebook.record(second, better)
    for options, students, score in (((), 1, "9"), (("--run", "1"), 60, None), (("--all-runs",), 60, "9")):
        done = CliRunner().invoke(main, ["report", str(tmp_path), "--json", *options])
        assert json.loads(done.output)["run"] == (None if "--all-runs" in options else 1 if options else 2)
        with open(tmp_path / "grades.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == students
        relu = next(row["relu"] for row in rows if row["student"] == fake_class[0].student)
        assert (relu == "9") == (score == "9")


def test_the_verb_names_a_missing_gradebook_and_makes_none(tmp_path):
    done = CliRunner().invoke(main, ["report", str(tmp_path)])
    assert isinstance(done.exception, GraderError)
    assert "gradebook.sqlite" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_run_and_all_runs_exclude_each_other(tmp_path):
    assert CliRunner().invoke(main, ["report", str(tmp_path), "--run", "1", "--all-runs"]).exit_code == 2
