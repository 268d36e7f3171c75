"""Nothing that acts on a terminal, in a page or in a table leaves the grader, whatever students write."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
ACTING = "\x00\x07\x08\x0b\x1b[2J\x7f\x85\x9b31m\xad\u061c\u200b\u200d\u200f\u202e\u2028\u2066\u2060\ufeff\U000e0041"
NAMEABLE = ACTING.replace("\x00", "")
COURSE = f"""
title: {{en: C, ja: C}}
solutions: {SOLUTIONS}
lms: {{moodle: {{relu: r, total: t}}}}
units:
  - id: u
    title: {{en: U, ja: U}}
    exercises: [{{id: relu, points: 1}}]
    quizzes: [{{id: quiz_neurons, points: 1}}]
"""
RAISES = (
    f"def relu(x):\n    raise ValueError({ACTING!r} + '</script>')\n\n\ndef relu_grad(x):\n    raise {{}}[{ACTING!r}]\n"
)


def acting(text: str) -> set[str]:
    return {c for c in text if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


def autograder(*arguments: str | Path, lang: str = "en") -> str:
    """Run a command; what it said on both streams."""
    command = [sys.executable, "-m", "autograder", *map(str, arguments), "--lang", lang]
    done = subprocess.run(command, capture_output=True, timeout=120)
    said = (done.stdout + done.stderr).decode()
    assert done.returncode in (0, 2, 3), said  # 2 and 3: refused in words
    return said


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    root = tmp_path_factory.mktemp("class")
    (root / "course.yaml").write_text(COURSE, encoding="utf-8")
    items = [line.split(":")[1].strip() for line in _quiz() if line.strip().startswith("- id:")]
    answers = {"answers": dict.fromkeys([*items, f"{NAMEABLE}-01"], f"{ACTING}<b>"), "student": NAMEABLE}
    for student in ("s001", f"x{NAMEABLE}"):
        folder = root / "in" / student
        folder.mkdir(parents=True)
        (folder / "relu.py").write_text(RAISES, encoding="utf-8")
        (folder / "quiz_neurons.json").write_text(json.dumps(answers), encoding="utf-8")
        (folder / f"rleu{NAMEABLE}.py").write_text("x = 1", encoding="utf-8")
        (folder / f"{NAMEABLE}.ipynb").write_text("{", encoding="utf-8")
    (root / "roster.csv").write_text(f'student,name\ns001,"{NAMEABLE}"\ns002,"=1+1{NAMEABLE}"\n', encoding="utf-8")
    said = autograder(
        *(
            "grade",
            root / "in",
            "--out",
            root / "out",
            "--course",
            root / "course.yaml",
            "--roster",
            root / "roster.csv",
        )
    )
    return root, said


def _quiz() -> list[str]:
    return (SOLUTIONS / "quizzes" / "quiz_neurons.yaml").read_text(encoding="utf-8").splitlines()


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Every text that a file holds, and where."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                yield f"{path.name}/{member}", member + archive.read(member).decode("utf-8-sig")
    else:
        yield path.name, path.name + path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def test_pages_tables_and_json(graded: tuple[Path, str]) -> None:
    out = graded[0] / "out"
    files = [p for p in out.rglob("*") if p.is_file() and ".sqlite" not in p.name]
    assert {"index.html", "results.json", "grades.csv", "s001.html"} <= {p.name for p in files}
    assert {where: found for path in files for where, text in texts(path) if (found := acting(text))} == {}
    data = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert acting("".join(strings(data))) == set()
    told = json.dumps(data, ensure_ascii=False)
    assert r"\\x1b[2J" in told, "the student's text is there, spelled out"
    assert "<" not in (out / "results.json").read_text(encoding="utf-8")


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value if isinstance(value, list) else [*value, *value.values()]:
            yield from strings(inner)


def test_the_terminal(graded: tuple[Path, str]) -> None:
    root, said = graded
    assert acting(said) == set()
    for command in (
        ("report", "--gradebook", root / "out", "--out", root / "again"),
        ("grade", root / "in", "--out", root / f"no{NAMEABLE}" / "out", "--course", root / f"no{NAMEABLE}"),
    ):
        assert acting(autograder(*command)) == set()


@pytest.mark.parametrize("form", ["csv", "moodle-xml", "moodle-csv"])
def test_exports_and_what_they_show(graded: tuple[Path, str], form: str) -> None:
    root, _ = graded
    made = root / f"made-{form}"
    arguments = ("export", form, "--gradebook", root / "out", "--course", root / "course.yaml")
    said = autograder(*arguments, "--out", made, "--yes")
    assert acting(said) == set()
    if form == "csv":
        assert made.is_file()
        assert "'=1+1" in made.read_text(encoding="utf-8-sig"), "no spreadsheet takes a name for a formula"
    if made.exists():
        assert {where: found for where, text in texts(made) if (found := acting(text))} == {}
