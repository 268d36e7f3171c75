"""course.yaml: what it means, and what is refused."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from autograder.course.load import course_schema, load_course
from autograder.errors import ConfigError

COURSE = """\
title: {en: Course, ja: 講義}
units:
  - id: one
    title: {en: One, ja: 一}
    exercises:
      - id: relu
      - {id: softmax, points: 2}
"""


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str = COURSE) -> Path:
        for name in ("relu", "softmax"):
            (tmp_path / "solutions" / name).mkdir(parents=True, exist_ok=True)
        (tmp_path / "course.yaml").write_text(text, encoding="utf-8")
        return tmp_path / "course.yaml"

    return write


def test_exercises_keep_their_order_and_points(write):
    course = load_course(write())
    assert course.exercise_ids == ["relu", "softmax"]
    assert [course.entry(i).points for i in course.exercise_ids] == [1.0, 2.0]
    assert course.solutions_dir == course.root / "solutions"


def test_a_folder_stands_for_its_course_yaml(write):
    assert load_course(write().parent).path.name == "course.yaml"


def test_without_a_path_the_nearest_course_above_is_taken(write, monkeypatch):
    root = write().parent
    monkeypatch.chdir(root / "solutions" / "relu")
    assert load_course(None).root == root.resolve()


def test_without_any_course_above_the_one_beside_the_package_is_taken(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_course(None).root == Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("due", "utc"),
    [
        ("2026-05-31 17:00", "2026-05-31T08:00:00+00:00"),
        ("2026-05-31T17:00:00", "2026-05-31T08:00:00+00:00"),
        ("2026-05-31", "2026-05-31T14:59:59+00:00"),
        ("'2026-05-31'", "2026-05-31T14:59:59+00:00"),
        ("2026-05-31T17:00:00+02:00", "2026-05-31T15:00:00+00:00"),
        ("2026-05-31T17:00:00Z", "2026-05-31T17:00:00+00:00"),
    ],
)
def test_a_due_date_without_offset_is_course_time_and_a_day_lasts_until_its_end(write, due, utc):
    found = load_course(write(COURSE.replace("- id: relu", f"- {{id: relu, due: {due}}}"))).due("relu")
    assert found == datetime.fromisoformat(utc)
    assert found.utcoffset() is not None


def test_the_course_time_zone_knows_summer_time(write):
    text = COURSE.replace("- id: relu", "- {id: relu, due: 2026-07-01 12:00}")
    due = load_course(write("timezone: Europe/Berlin\n" + text)).due("relu")
    assert due.utcoffset() == timedelta(hours=2)


def test_no_due_date_is_none(write):
    assert load_course(write()).due("relu") is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: relu", "id: softmax", "7:14: units.0.exercises.1.id: exercise 'softmax' is listed twice"),
        ("id: relu", "id: rlu", "6:13: units.0.exercises.0.id: no folder solutions/rlu (did you mean 'relu'?)"),
        ("id: relu", "id: Relu", "6:13: units.0.exercises.0.id: string should match pattern"),
        ("points: 2", "ponits: 2", "units.0.exercises.1.ponits: unknown key (did you mean 'points'?)"),
        ("points: 2", "points: .inf", "7:31: units.0.exercises.1.points: input should be a finite number"),
        ("points: 2", "due: 17", "7:28: units.0.exercises.1.due: write a date and time"),
        ("points: 2", "due: tomorrow", "7:28: units.0.exercises.1.due: write a date and time"),
        ("units:", "timezone: Asia/Tokio\nunits:", "2:11: timezone: 'Asia/Tokio' is no IANA time zone (did you"),
        ("units:", "late: {per_day: 120}\nunits:", "2:17: late.per_day: input should be less than or equal to 100"),
        ("units:", "late: {after: nothing}\nunits:", "2:15: late.after: input should be 'penalty', 'zero' or 'accept'"),
        ("units:", "lms: {moodle: {rleu: x}}\nunits:", "2:22: lms.moodle.rleu: no such exercise (did you mean"),
        ("units:", "solutions: elsewhere\nunits:", "2:12: solutions: no folder"),
        ("units:", "languages: [en, fr]\nunits:", "2:17: languages.1: input should be 'en' or 'ja'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_place(write, old, new, message):
    path = write(COURSE.replace(old, new, 1))
    with pytest.raises(ConfigError) as caught:
        load_course(path)
    assert message in str(caught.value)


def test_two_units_of_one_name_are_refused(write):
    text = COURSE + "  - {id: one, title: {en: B, ja: 二}, exercises: [{id: adam}]}\n"
    with pytest.raises(ConfigError, match=r"8:10: units\.1\.id: unit 'one' is there twice"):
        load_course(write(text))


def test_an_unknown_id_names_the_nearest(write):
    with pytest.raises(ConfigError, match="did you mean 'softmax'"):
        load_course(write()).entry("sofmax")


def test_the_sha_follows_what_is_said_and_not_how(write):
    plain = load_course(write()).sha()
    assert load_course(write("# a comment\n" + COURSE)).sha() == plain
    assert load_course(write(COURSE.replace("points: 2", "points: 3"))).sha() != plain


def test_the_schema_knows_every_key_and_refuses_others():
    schema = course_schema()
    assert set(schema["properties"]) == {
        "title", "languages", "solutions", "exercises", "timezone", "units", "late", "attempts", "limits", "lms",
    }  # fmt: skip
    assert all(d["additionalProperties"] is False for d in [schema, *schema["$defs"].values()])
