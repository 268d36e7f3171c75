"""The autograder zip, unpacked and run as Gradescope does, in a folder that stands for /autograder."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from autograder.course.exercise import load_exercise
from autograder.course.load import load_course
from autograder.errors import ConfigError, GraderError
from autograder.lms.gradescope import export, render
from autograder.lms.gradescope import run as gradescope_run
from autograder.lms.gradescope.package import chosen, requirements
from autograder.sandbox.levels import Protections, probe

ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = ROOT / "solutions"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Gradescope's containers are Linux")


class Case(BaseModel):
    """A test in results.json: the fields that Gradescope documents, and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)
    score: float = Field(ge=0)
    max_score: float = Field(ge=0)
    status: Literal["passed", "failed"]
    name: str = Field(min_length=1)
    number: str
    output: str = Field(min_length=1)
    output_format: Literal["text", "html", "simple_format", "md", "ansi"]
    visibility: Literal["hidden", "after_due_date", "after_published", "visible"]


class Results(BaseModel):
    """results.json."""

    model_config = ConfigDict(extra="forbid", strict=True)
    score: float = Field(ge=0)
    output: str
    output_format: Literal["text", "html", "simple_format", "md", "ansi"]
    visibility: Literal["hidden", "after_due_date", "after_published", "visible"]
    stdout_visibility: Literal["hidden", "after_due_date", "after_published", "visible"] = "hidden"
    extra_data: dict[str, Any] = {}
    tests: list[Case] = []


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("zip") / "autograder.zip"
    assert export(load_course(ROOT), out, ["relu", "softmax"]) == ["relu", "softmax"]
    return out


@pytest.fixture(scope="module")
def container(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """/autograder after the image was built; its virtual environment is this Python."""
    root = tmp_path_factory.mktemp("autograder")
    for parent in [root, *root.parents]:
        if parent.stat().st_uid == os.getuid() and parent.name.startswith(("pytest-", "autograder")):
            parent.chmod(0o755)  # like /autograder: whoever student code runs as can come this far
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(archive), str(root / "source")], check=True)
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():
            (root / "source" / info.filename).chmod(info.external_attr >> 16 & 0o777)
    python = root / "venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (root / "run_autograder").write_bytes((root / "source/run_autograder").read_bytes())
    (root / "run_autograder").chmod(0o755)
    (root / "results").mkdir()
    (root / "submission").mkdir()
    return root


@pytest.fixture
def submit(container: Path) -> Iterator[Callable[..., Results]]:
    """Hand in files by name, grade them, and read the result."""

    def run(code: int = 0, /, **files: str | bytes | None) -> Results:
        place(container, files)
        done = subprocess.run(
            [container / "run_autograder"], env=environment(container), capture_output=True, text=True
        )
        assert done.returncode == code, done.stdout + done.stderr
        return read(container)

    yield run
    place(container, {})


def place(container: Path, files: dict[str, str | bytes | None]) -> None:
    for old in (container / "submission").iterdir():
        old.unlink()
    for name, content in files.items():
        path = container / "submission" / name.replace("__", ".")
        if content is None:
            path.symlink_to("/etc/passwd")
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def environment(container: Path) -> dict[str, str]:
    return {"AUTOGRADER_ROOT": str(container), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def read(container: Path) -> Results:
    text = (container / "results/results.json").read_text(encoding="ascii")
    return Results.model_validate_json(text)


def reference(exercise: str) -> str:
    return (SOLUTIONS / exercise / f"{exercise}.py").read_text()


def test_the_right_code_gets_everything(submit: Callable[..., Results]) -> None:
    results = submit(relu__py=reference("relu"), softmax__py=reference("softmax"))
    assert results.score == 2.0
    assert {t.status for t in results.tests} == {"passed"}
    assert sum(t.max_score for t in results.tests) == pytest.approx(2.0, abs=1e-3)
    assert [t.number for t in results.tests] == [str(i + 1) for i in range(len(results.tests))]
    assert "2 of 2" in results.output


def test_a_wrong_answer_shows_values_where_visible_and_the_cause_where_hidden(submit: Callable[..., Results]) -> None:
    results = submit(relu__py=load_exercise(SOLUTIONS / "relu").version("wrong/absolute_value").code, softmax__py="")
    relu = [t for t in results.tests if t.name.startswith("relu") and t.status == "failed"]
    hidden = [t for t in relu if "(hidden test)" in t.name]
    visible = [t for t in relu if "(hidden test)" not in t.name]
    assert any("expected" in t.output for t in visible)
    assert {t.output for t in hidden} == {
        "The result is wrong.\nNegative inputs came out positive, as with the absolute value. "
        "What should become of a negative input?"
    }
    assert 0 < results.score < 1
    assert results.score == pytest.approx(sum(t.score for t in results.tests), abs=1e-3)


def test_no_test_is_hidden_from_the_student_because_that_would_hide_the_total(submit: Callable[..., Results]) -> None:
    results = submit(relu__py="def relu(x):\n    return x\n")
    assert {t.visibility for t in results.tests} == {results.visibility} == {"visible"}


def test_what_a_hidden_test_saw_is_nowhere_in_the_result(container: Path, submit: Callable[..., Results]) -> None:
    spy = (
        "import numpy as np\n\n\ndef relu(x):\n    if np.size(x) > 5:\n        raise ValueError(f'CANARY {x!r}')\n"
        "    return np.maximum(x, 0)\n\n\ndef relu_grad(x):\n    return (np.asarray(x) > 0) * 1.0\n"
    )
    results = submit(relu__py=spy)
    hidden = [t for t in results.tests if "(hidden test)" in t.name]
    assert any(t.status == "failed" for t in hidden)
    assert all("CANARY" not in t.output for t in hidden)
    text = (container / "results/results.json").read_text()
    assert "test_hidden" not in text
    assert str(ROOT) not in text


def test_nothing_handed_in_is_zero_and_says_so(submit: Callable[..., Results]) -> None:
    results = submit()
    assert (results.score, [t.max_score for t in results.tests]) == (0.0, [1.0, 1.0])
    assert all("Nothing was handed in" in t.output for t in results.tests)


def test_malformed_files_are_named_and_cost_only_themselves(submit: Callable[..., Results]) -> None:
    results = submit(
        relu__py=reference("relu"),
        softmax__py="def softmax(x:\n",
        bad__ipynb='{"cells": [',
        link__py=None,
        Relu__txt=b"\xff\xfe",
        numpy__py="raise SystemExit('shadowed')",
    )
    assert results.score == 1.0
    assert all(word in results.output for word in ("bad.ipynb", "link.py", "numpy.py"))
    assert any("SyntaxError" in t.output for t in results.tests)


HOSTILE = """
import os


def attack():
    done = []
    for path in PATHS:
        for mode in ("r", "a"):
            try:
                open(path, mode).close()
                done.append(f"OPENED {mode} {path}")
            except OSError:
                pass
    for pid in (os.getppid(), 1):
        try:
            os.kill(pid, 9)
            done.append(f"KILLED {pid}")
        except (OSError, AttributeError):
            pass
    return f"{done} uid={os.getuid()}"


DONE = attack()


def relu(x):
    raise RuntimeError(DONE)
"""


def hostile(container: Path) -> str:
    paths = [container / p for p in ("source/solutions/relu/relu.py", "source/solutions/relu/test_hidden.py")]
    return HOSTILE.replace("PATHS", repr([str(p) for p in paths]))


def test_code_that_attacks_the_grader_gets_nothing_but_its_zero(
    container: Path, submit: Callable[..., Results]
) -> None:
    results = submit(relu__py=hostile(container), softmax__py=reference("softmax"))
    assert results.score == 1.0
    first = next(t for t in results.tests if "RuntimeError" in t.output)
    assert "OPENED" not in first.output
    assert "KILLED" not in first.output


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="Gradescope's autograders run as root")
def test_where_the_container_offers_no_sandbox_root_is_dropped_and_the_suites_are_closed(
    container: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = Protections(
        namespaces=False,
        network=False,
        filesystem=False,
        system_calls=False,
        memory=False,
        processes=False,
        unprivileged=True,
    )
    monkeypatch.setattr(gradescope_run, "probe", lambda: bare)
    place(container, {"relu.py": hostile(container), "softmax.py": reference("softmax")})
    assert gradescope_run.main([str(container), str(container / "source")]) == 0
    results = read(container)
    assert results.score == 1.0
    first = next(t for t in results.tests if "RuntimeError" in t.output)
    assert "[] uid=64999" in first.output
    assert "Sandbox level C. Not in force here: namespaces, network, filesystem" in results.output


def test_a_weaker_sandbox_is_stated(container: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradescope_run, "probe", lambda: probe("B"))
    place(container, {"relu.py": reference("relu")})
    assert gradescope_run.main([str(container), str(container / "source")]) == 0
    results = read(container)
    assert results.score == 1.0
    assert "Sandbox level B. Not in force here: namespaces" in results.output
    assert results.extra_data["sandbox"]["namespaces"] is False


def test_a_grader_killed_in_the_middle_leaves_the_zero_that_explains_itself(container: Path) -> None:
    place(container, {"relu.py": "def relu(x):\n    while True:\n        pass\n"})
    (container / "results/results.json").unlink(missing_ok=True)
    process = subprocess.Popen([container / "run_autograder"], env=environment(container), start_new_session=True)
    while not (container / "results/results.json").exists():
        assert process.poll() is None
    process.kill()
    process.wait()
    results = read(container)
    assert (results.score, results.tests) == (0.0, [])
    assert "did not finish" in results.output


def test_a_broken_installation_leaves_that_zero_too(container: Path) -> None:
    settings = container / "source/gradescope.json"
    kept = settings.read_text()
    settings.write_text("{")
    try:
        done = subprocess.run(
            [container / "run_autograder"], env=environment(container), capture_output=True, text=True
        )
    finally:
        settings.write_text(kept)
    assert (done.returncode, "gradescope.json" in done.stdout) == (3, True)
    assert "did not finish" in read(container).output


def test_a_grader_error_is_no_score_of_that_exercise(container: Path, submit: Callable[..., Results]) -> None:
    suite = container / "source/solutions/relu/test_hidden.py"
    kept = suite.read_text()
    suite.write_text(kept.replace("import", "import nowhere_to_be_found\nimport", 1))
    try:
        results = submit(4, relu__py=reference("relu"), softmax__py=reference("softmax"))
    finally:
        suite.write_text(kept)
    assert results.score == 1.0
    assert "The grader failed on relu" in results.output
    assert not [t for t in results.tests if t.name.startswith("relu")]
    assert "nowhere_to_be_found" not in results.model_dump_json()


def test_the_scripts_are_executable_where_gradescope_looks_for_them(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        modes = {i.filename: i.external_attr >> 16 for i in opened.infolist()}
        assert opened.read("run_autograder").startswith(b"#!")
        assert b"\r" not in opened.read("setup.sh") + opened.read("run_autograder")
        assert all(i.create_system == 3 for i in opened.infolist())
    assert all(stat.S_ISREG(mode) for mode in modes.values())
    assert [n for n, mode in sorted(modes.items()) if mode & 0o111] == ["run_autograder", "setup.sh"]


def test_only_the_chosen_exercises_are_in_it_with_what_names_causes(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        course = opened.read("course.yaml").decode()
    assert {n.split("/")[1] for n in names if n.startswith("solutions/")} == {"relu", "softmax"}
    assert not [n for n in names if "/partial/" in n or "__pycache__" in n or n.endswith(".pyc")]
    assert {"solutions/relu/slips.yaml", "solutions/relu/right/mask.py"} <= set(names)  # slips have bases in right/
    assert ("relu" in course, "conv2d" in course) == (True, False)


def test_the_same_course_gives_the_same_bytes() -> None:
    course = load_course(ROOT)
    assert render(course, ["relu", "softmax"]) == render(course, ["relu", "softmax"])


def test_due_dates_stay_with_gradescope(tmp_path: Path) -> None:
    text = (ROOT / "course.yaml").read_text().replace("      - id: softmax", "      - {id: softmax, due: 2020-01-01}")
    (tmp_path / "course.yaml").write_text(text + "late: {after: zero}\n")
    (tmp_path / "solutions").symlink_to(SOLUTIONS)
    course = load_course(tmp_path)
    assert course.due("softmax") is not None
    data = render(course, ["softmax"])
    (tmp_path / "a.zip").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        assert b"2020" not in opened.read("course.yaml")
        assert b"late" not in opened.read("course.yaml")


def test_an_unknown_exercise_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match="softmax"):
        chosen(load_course(ROOT), ["sofmax"])


def test_a_zip_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/kept").touch()
    with pytest.raises(GraderError, match="cannot be written"):
        export(load_course(ROOT), tmp_path / "folder", ["relu"])
    assert [p.name for p in tmp_path.rglob("*")] == ["folder", "kept"]


def test_pip_gets_what_grading_needs_and_no_more() -> None:
    lines = requirements().splitlines()
    names = {line.split(">")[0].split("=")[0].strip() for line in lines}
    assert {"numpy", "pytest", "click", "pyyaml", "msgpack", "pyseccomp"} <= names
    assert "openpyxl" in names  # class lists may be workbooks
    assert not names & {"nbgrader", "jupyterlab", "ruff", "mypy", "requests"}
    assert not [line for line in lines if "extra" in line]


def test_setup_installs_from_the_zips_own_lists_and_checks_the_course(container: Path, tmp_path: Path) -> None:
    log = tmp_path / "pip.log"
    python = container / "venv/bin/python"
    kept = python.read_text()
    (tmp_path / "apt-get").write_text("#!/bin/sh\nexit 1\n")  # nothing is installed on the machine that tests
    (tmp_path / "apt-get").chmod(0o755)
    env = {**environment(container), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    python.write_text(f'#!/bin/sh\ncase "$*" in *"-m pip "*) echo "$@" >>"{log}"; exit 0;; esac\n' + kept)
    try:
        done = subprocess.run([container / "source/setup.sh"], env=env, capture_output=True, text=True, check=True)
    finally:
        python.write_text(kept)
    source = container / "source"
    assert f"-c {source}/constraints.txt -r {source}/requirements.txt" in log.read_text()
    assert "2 exercises; sandbox level" in done.stdout


def test_the_results_can_be_in_japanese(archive: Path, container: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = container / "source" / gradescope_run.SETTINGS
    kept = settings.read_text()
    settings.write_text(json.dumps({"lang": "ja"}))
    place(container, {"relu.py": "def relu(x):\n    return -x\n"})
    try:
        assert gradescope_run.main([str(container), str(container / "source")]) == 0
    finally:
        settings.write_text(kept)
    results = read(container)
    assert "得点" in results.output
    assert any("（非公開テスト）" in t.name for t in results.tests)


def test_the_command_writes_the_zip_and_replaces_it_only_when_told(tmp_path: Path) -> None:
    def command(*more: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-m", "autograder", "export", "gradescope", "--out", str(tmp_path / "a.zip")]
        return subprocess.run([*argv, "--only", "softmax, relu", *more], cwd=ROOT, capture_output=True, text=True)

    first = command("--lang", "ja")
    assert (first.returncode, "演習 2 問、2 点: relu, softmax" in first.stdout) == (0, True)
    again = command()
    assert (again.returncode, "--yes" in again.stderr) == (2, True)
    assert json.loads(command("--yes", "--json").stdout)["exercises"] == ["relu", "softmax"]
