"""nbgrader's own commands, unchanged, from init to export on submitted notebooks."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")

from autograder.course.exercise import load_exercise
from autograder.nbgrader.init import init

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"


def code(exercise: str, version: str) -> str:
    """A version's code without the lines that say what is wrong with it."""
    if version == f"{exercise}.py":
        return (SOLUTIONS / exercise / version).read_text(encoding="utf-8")
    lines = load_exercise(SOLUTIONS / exercise).version(version).code.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("# fails:", "# cause:")))


@pytest.fixture(scope="module")
def released(small_course, roster, nbgrader, tmp_path_factory) -> Path:
    """A course with two assignments generated."""
    folder = tmp_path_factory.mktemp("stock") / "dl"
    init(small_course, folder, roster_path=roster, lang="ja")
    for assignment in ("activations", "case_study"):
        done = nbgrader(folder, "generate_assignment", assignment)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def graded(released, nbgrader, hand_in) -> SimpleNamespace:
    """Everything right but a day late; one of two wrong; a report by hand; and one who handed in nothing."""
    notebook = released / "release" / "activations" / "activations.ipynb"
    softmax = code("softmax", "softmax.py")
    handed = {
        "s001": ("2026-05-30 00:00:00 UTC", {"relu": code("relu", "right/half_sum"), "softmax": softmax}),
        "s002": ("2026-05-29 03:00:00 UTC", {"relu": code("relu", "wrong/absolute_value"), "softmax": softmax}),
    }
    for student, (time, answers) in handed.items():
        folder = released / "submitted" / student / "activations"
        hand_in(notebook, folder / "activations.ipynb", answers)
        (folder / "timestamp.txt").write_text(time)
    report = released / "release" / "case_study" / "case_study.ipynb"
    answers = {"case_study__purpose": "LeNet-5 は手書き数字を読む CNN です。"}
    hand_in(report, released / "submitted" / "s001" / "case_study" / "case_study.ipynb", answers)
    done = [nbgrader(released, "autograde", assignment) for assignment in ("activations", "case_study")]
    return SimpleNamespace(folder=released, done=done)


def test_autograde_needs_no_option_and_ends_without_an_error(graded):
    for done in graded.done:
        assert done.returncode == 0, done.stderr
        assert "ERROR" not in done.stderr


def test_export_has_the_scores_the_lateness_and_the_absent(graded, nbgrader):
    assert nbgrader(graded.folder, "export").returncode == 0
    with (graded.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    activations = {s: rows["activations", s] for s in ("s001", "s002", "s003")}
    shown = ("raw_score", "late_submission_penalty", "score", "max_score", "status")
    assert [activations["s001"][c] for c in shown] == ["3", "0.1", "2.9", "3", "graded"]  # relu is late, softmax is not
    assert [activations["s002"][c] for c in shown] == ["2.4321", "0", "2.4321", "3", "graded"]
    assert [activations["s003"][c] for c in shown] == ["", "", "", "3", "missing"]
    assert activations["s002"]["last_name"] == "Smith"
    assert activations["s002"]["first_name"] == "Jr, Anna"
    assert [rows["case_study", "s001"][c] for c in shown] == ["0", "0", "", "20", "partial"]  # it waits for a person
    assert rows["case_study", "s001"]["ungraded_cells"] == "1"


def test_feedback_tells_the_cause_and_nothing_of_the_tests(graded, nbgrader):
    done = nbgrader(graded.folder, "generate_feedback", "activations")
    assert done.returncode == 0, done.stderr
    page = (graded.folder / "feedback" / "s002" / "activations" / "activations.html").read_text(encoding="utf-8")
    assert "絶対値" in page
    for secret in ("HIDDEN", "autograder.nbgrader.cell", "test_negative_is_zero", "both_signs"):
        assert secret not in page


def test_an_exchange_carries_it_to_students_and_back(released, nbgrader, tmp_path):
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    shared = f"--Exchange.root={exchange}"
    assert nbgrader(released, "release_assignment", "activations", shared).returncode == 0
    home = tmp_path / "home"
    home.mkdir()
    cache = f"--Exchange.cache={tmp_path / 'cache'}"
    for command in ("fetch_assignment", "submit"):
        done = nbgrader(home, command, "activations", "--course", "dl", shared, cache)
        assert done.returncode == 0, done.stderr
    assert (home / "activations" / "exercises" / "relu" / "test_visible.py").is_file()
    text = (home / "activations" / "activations.ipynb").read_text(encoding="utf-8")
    assert "np.maximum" not in text
    collected = nbgrader(released, "collect", "activations", shared)
    assert "Collecting submission" in collected.stderr


def test_zip_collect_takes_the_zip_of_an_lms(released, nbgrader, tmp_path):
    import zipfile

    archive = released / "downloaded" / "case_study" / "archive"
    archive.mkdir(parents=True)
    report = (released / "release" / "case_study" / "case_study.ipynb").read_bytes()
    with zipfile.ZipFile(archive / "moodle.zip", "w") as moodle:
        name = "佐藤 花子_1003_assignsubmission_file/case_study.ipynb"
        moodle.writestr(zipfile.ZipInfo(name, (2026, 5, 29, 12, 0, 0)), report)
    done = nbgrader(released, "zip_collect", "case_study")
    assert done.returncode == 0, done.stderr
    folder = released / "submitted" / "s003" / "case_study"
    assert (folder / "case_study.ipynb").read_bytes() == report
    assert (folder / "timestamp.txt").read_text() == "2026-05-29 03:00:00"


def test_nbgrader_accepts_the_source_as_it_is(released):
    released_cells = json.loads((released / "release/activations/activations.ipynb").read_text(encoding="utf-8"))
    checksums = [
        c["metadata"]["nbgrader"].get("checksum") for c in released_cells["cells"] if "nbgrader" in c["metadata"]
    ]
    assert checksums
    assert all(checksums)
