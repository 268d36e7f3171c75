# ruff: noqa: E501 - a row of a table is one line
"""The students' zip holds what is on the list, works alone, and is never written with a secret in it."""

import subprocess
import sys
import zipfile

import pytest

from autograder.author import release as module
from autograder.author.build import apply, inspect
from autograder.author.release import release
from autograder.errors import ContentError


@pytest.fixture
def built(small):
    apply(inspect(small.load()))
    return small


def test_the_zip_has_the_built_files_and_the_engine_and_nothing_else(built, tmp_path):
    (built.exercises / "centre" / "__pycache__").mkdir()
    (built.exercises / "centre" / "__pycache__" / "secret.pyc").write_bytes(b"")
    (built.exercises / "centre" / "centre.py.bak-1").write_text("my solution")
    names = release(built.load(), tmp_path / "student.zip")
    assert names == sorted(zipfile.ZipFile(tmp_path / "student.zip").namelist())
    assert {n for n in names if not n.startswith("autograder/")} == {
        "README.md",
        "pyproject.toml",
        "exercises/README.md",
        "exercises/conftest.py",
        "exercises/pytest.ini",
        "exercises/course.json",
        "exercises/.stubs/centre.py",
        "exercises/.stubs/notebooks.json",
        *(f"exercises/centre/{n}" for n in ("centre.py", "test_visible.py", "hints.json", "causes.json")),
        *(f"exercises/centre/statement.{lang}.md" for lang in ("en", "ja")),
        *(f"exercises/notebooks/first.{lang}.ipynb" for lang in ("en", "ja")),
    }
    assert "autograder/cli/check.py" in names
    assert not [n for n in names if "solution" in n or "hidden" in n or "__pycache__" in n or "skeleton" in n]


def test_the_same_course_gives_the_same_bytes(built, tmp_path):
    for name in ("a.zip", "b.zip"):
        release(built.load(), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_stale_course_is_not_released(built, tmp_path):
    built.edit("statement.en.md", "Say in a few", "Explain in a few")
    with pytest.raises(ContentError, match="run 'autograder build' first"):
        release(built.load(), tmp_path / "student.zip")
    assert not (tmp_path / "student.zip").exists()


def test_a_solution_in_a_statement_stops_the_release(built, tmp_path):
    code = "x = np.asarray(x, dtype=np.float64)\nreturn x - np.mean(x, axis=axis, keepdims=True)"
    built.edit("statement.ja.md", "## 計算例", f"```python\n{code}\n```\n\n## 計算例")
    apply(inspect(built.load()))
    with pytest.raises(ContentError, match=r"statement\.ja\.md: contains centre/centre\.py: centre"):
        release(built.load(), tmp_path / "student.zip")
    assert not (tmp_path / "student.zip").exists()


def test_a_path_of_this_machine_stops_the_release(built, tmp_path):
    built.edit("statement.en.md", "Say in a few", f"See {built.root}/x. Say in a few")
    apply(inspect(built.load()))
    with pytest.raises(ContentError, match="contains the path"):
        release(built.load(), tmp_path / "student.zip")


def test_the_unpacked_folder_works_without_the_graders_packages(built, tmp_path):
    release(built.load(), tmp_path / "student.zip")
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(tmp_path / "student.zip").extractall(folder)
    # What `pip install numpy pytest click` does not bring must not be imported.
    block = (
        "import sys\nfor m in ('yaml','pydantic','msgpack','rich','jinja2','nbformat','scipy'): sys.modules[m] = None\n"
    )
    run = f"{block}sys.argv = ['autograder', 'check', 'centre']\nimport runpy\nrunpy.run_module('autograder', run_name='__main__')"
    (folder / "exercises" / "centre" / "centre.py").write_bytes((built.source / "centre.py").read_bytes())
    done = subprocess.run([sys.executable, "-c", run], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (folder / "exercises" / "centre" / "centre.py").write_bytes((built.source / "wrong" / "divided.py").read_bytes())
    done = subprocess.run([sys.executable, "-c", run], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 1
    assert "The values were divided by the mean" in " ".join(done.stdout.split())


def test_the_engine_is_packed_by_kind_of_file():
    assert all(name.rsplit(".", 1)[1] in {s[1:] for s in module.ENGINE_SUFFIXES} for name in module.engine_files())
