"""``autograder nbgrader init`` makes a whole course, and never overwrites somebody's work unasked."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("nbgrader", reason="nbgrader is not installed")

from autograder.cli import main
from autograder.course.load import load_course
from autograder.errors import ConfigError, GraderError, UsageError
from autograder.nbgrader.config import course_id_of
from autograder.nbgrader.init import init
from autograder.nbgrader.students import split_name
from autograder.quiz.answer.session import load
from autograder.student.course import find_course

REPOSITORY = Path(__file__).resolve().parents[2]


def rows(folder: Path, query: str) -> list[tuple]:
    with sqlite3.connect(folder / "gradebook.db") as database:
        return database.execute(query).fetchall()


def test_students_and_due_dates_are_in_the_gradebook(small_course, roster, tmp_path):
    init(small_course, tmp_path / "dl", roster_path=roster)
    students = rows(tmp_path / "dl", "select id, last_name, first_name, email, lms_user_id from student order by id")
    assert students == [
        ("s001", "山田", "太郎", "s001@example.ac.jp", "501"),
        ("s002", "Smith", "Jr, Anna", None, "502"),
        ("s003", "佐藤", "花子", None, "503"),
    ]
    due = dict(rows(tmp_path / "dl", "select name, duedate from assignment"))
    assert due["activations"] == "2026-05-29 08:00:00.000000"  # the first of its exercises, in UTC
    assert due["neurons"] is None


def test_doing_it_again_changes_nothing(small_course, roster, tmp_path):
    first = init(small_course, tmp_path / "dl", roster_path=roster, lang="ja")
    again = init(small_course, tmp_path / "dl", roster_path=roster, lang="ja")
    assert again.written == ()
    assert sorted(again.kept) == sorted(first.written)
    assert rows(tmp_path / "dl", "select count(*) from student") == [(3,)]


def test_a_changed_file_is_named_and_kept_until_forced(small_course, tmp_path):
    init(small_course, tmp_path)
    config = tmp_path / "nbgrader_config.py"
    notebook = tmp_path / "source" / "neurons" / "neurons.ipynb"
    config.write_text("# mine\n")
    notebook.unlink()
    with pytest.raises(UsageError, match=r"nbgrader_config\.py") as refused:
        init(small_course, tmp_path)
    assert "neurons.ipynb" not in refused.value.text.en
    assert config.read_text() == "# mine\n"
    assert not notebook.exists()
    init(small_course, tmp_path, force=True)
    assert "SandboxedGrading" in config.read_text()
    assert notebook.exists()


def test_a_due_date_set_in_nbgrader_is_kept_until_forced(small_course, tmp_path):
    init(small_course, tmp_path)
    with sqlite3.connect(tmp_path / "gradebook.db") as database:
        database.execute("update assignment set duedate='2026-06-30 00:00:00.000000' where name='activations'")
    with pytest.raises(UsageError, match="due date"):
        init(small_course, tmp_path)
    init(small_course, tmp_path, force=True)
    assert rows(tmp_path, "select duedate from assignment where name='activations'")[0][0].startswith("2026-05-29")


def test_what_a_student_fetches_is_enough_to_check(small_course, tmp_path):
    init(small_course, tmp_path)
    fetched = tmp_path / "source" / "activations"
    course = find_course(fetched)
    assert course.root == fetched
    assert [e.id for e in course.exercises] == ["relu", "softmax"]
    assert all(e.visible.is_file() for e in course.exercises)
    assert not list(fetched.rglob("test_hidden.py"))
    assert not list(fetched.rglob("relu.py"))  # it would be a second submission beside the notebook


def test_a_folder_of_the_course_itself_is_refused(small_course):
    for folder in (small_course.root, small_course.exercises_dir, small_course.solutions_dir / "relu"):
        with pytest.raises(UsageError):
            init(small_course, folder)


def test_a_file_in_the_place_of_the_folder_is_refused(small_course, tmp_path):
    (tmp_path / "dl").write_text("")
    with pytest.raises(UsageError, match="not a folder"):
        init(small_course, tmp_path / "dl")


@pytest.mark.parametrize("student", ["a b", "../x", "s*1", ".hidden", "-f", "a+b"])
def test_an_id_that_nbgrader_cannot_work_with_names_the_line(small_course, tmp_path, student):
    roster = tmp_path / "class.csv"
    roster.write_text(f"student,name\ns001,A\n{student},B\n")
    with pytest.raises(UsageError, match=r"class\.csv:3: "):
        init(small_course, tmp_path / "dl", roster_path=roster)
    assert not (tmp_path / "dl").exists()


def test_a_damaged_gradebook_is_an_error_of_one_line(small_course, tmp_path):
    (tmp_path / "gradebook.db").write_bytes(b"no database at all, but longer than a hundred bytes" * 4)
    with pytest.raises(GraderError, match=r"gradebook\.db"):
        init(small_course, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["gradebook.db"]


def test_without_nbgrader_the_error_says_what_to_install(small_course, tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.nbgrader.init.importlib.util.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="pip install"):
        init(small_course, tmp_path / "dl")
    assert not (tmp_path / "dl").exists()


def test_the_command_speaks_both_languages_and_json(small_course, tmp_path):
    call = CliRunner()
    arguments = ["nbgrader", "init", "--course", str(small_course.root)]
    said = call.invoke(main, [*arguments, str(tmp_path / "ja"), "--lang", "ja"]).output
    assert "次の手順:" in said
    assert "採点対象" in (tmp_path / "ja/source/activations/activations.ipynb").read_text(encoding="utf-8")
    made = json.loads(call.invoke(main, ["--json", *arguments, str(tmp_path / "en"), "--layout", "one"]).output)
    assert made["assignments"] == ["exercises", "case_study"]
    assert made["course_id"] == "en"


@pytest.mark.parametrize(
    ("folder", "course_id"),
    [("dl-2026", "dl-2026"), ("deep learning+", "deep-learning"), ("深層学習", "深層学習"), ("+", "course")],
)
def test_a_folder_name_becomes_a_course_id_that_nbgrader_accepts(folder, course_id):
    assert course_id_of(folder) == course_id


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("山田 太郎", ("山田", "太郎")),
        ("山田　太郎", ("山田", "太郎")),
        ("Anna Maria Smith", ("Smith", "Anna Maria")),
        ("Smith, Anna", ("Smith", "Anna")),
        ("Plato", ("Plato", None)),
    ],
)
def test_a_name_is_split_as_its_writing_does(name, parts):
    assert split_name(name) == parts


def test_a_course_path_with_quotes_and_spaces_survives_in_the_configuration(small_course, tmp_path):
    odd = tmp_path / "it's a course"
    odd.mkdir()
    (odd / "course.yaml").write_bytes(small_course.path.read_bytes())
    init(replace(small_course, path=odd / "course.yaml"), tmp_path / "dl")
    namespace: dict = {"get_config": lambda: _Anything(), "__file__": str(tmp_path / "dl/nbgrader_config.py")}
    before = dict(os.environ)
    try:
        exec((tmp_path / "dl/nbgrader_config.py").read_text(encoding="utf-8"), namespace)
        assert os.environ["AUTOGRADER_COURSE"] == str(odd / "course.yaml")
    finally:
        os.environ.clear()
        os.environ.update(before)


class _Anything:
    def __getattr__(self, name: str) -> _Anything:
        return self.__dict__.setdefault(name, _Anything())


@pytest.mark.parametrize("layout", ["units", "one"])
def test_a_quiz_that_a_notebook_shows_lies_beside_it_with_its_pictures(tmp_path, layout):
    init(load_course(REPOSITORY), tmp_path, layout=layout)
    shown = []
    for notebook in tmp_path.glob("source/*/*.ipynb"):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        lines = ["".join(cell["source"]).split() for cell in cells if cell["cell_type"] == "code"]
        home = notebook.parent / "exercises" / "quizzes"
        for quiz in {line[1] for line in lines if line[:1] == ["%quiz"]}:
            public = load(home / f"{quiz}.quiz.json")
            assert all((home / image).is_file() for image in public.images)
            shown.append(public)
    assert shown
    assert any(public.images for public in shown)
