"""A course folder as a student unpacks it, made by hand from two real exercises."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from autograder.author.parts import CONFTEST, PYTEST_INI
from autograder.i18n import Text
from autograder.testing.bench import Observation
from autograder.testing.causes_file import KnownFailure, write_causes

SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?### END SOLUTION\n", re.MULTILINE | re.DOTALL)
UNITS = {"activations": ("Activations", "活性化関数", ["relu", "softmax"])}
TITLES = {"relu": ("ReLU and its gradient", "ReLU とその勾配"), "softmax": ("Softmax", "ソフトマックス関数")}
FUNCTIONS = {"relu": ["relu", "relu_grad"], "softmax": ["softmax"]}
CAUSES = {
    "test_five_values": [
        KnownFailure(
            0,
            "absolute_value",
            Text("Negative inputs came out positive.", "負の入力が絶対値になっています。"),
            Observation("value", 0, np.array([2.0, 1.0, 0.0, 1.0, 2.0])),
        )
    ]
}
HINTS = [{"en": f"Hint number {i}.", "ja": f"{i} 番目のヒントです。"} for i in (1, 2)]

SAMPLES = Path(__file__).parent / "samples"

RIGHT = (SAMPLES / "relu" / "relu.py").read_text(encoding="utf-8")
ABS = RIGHT.replace("np.maximum(np.asarray(x), 0)", "np.abs(np.asarray(x))")


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict:
        return json.loads(self.out)


@dataclass
class Tree:
    """A student's course folder, and the real command line run in it."""

    root: Path

    def run(self, *arguments: str, lang: str = "en", cwd: Path | None = None, stdin: str = "") -> Ran:
        env = {**os.environ, "AUTOGRADER_LANG": lang, "PYTHONIOENCODING": "utf-8", "COLUMNS": "88"}
        command = [sys.executable, "-m", "autograder", *arguments]
        done = subprocess.run(
            command, cwd=cwd or self.root, env=env, input=stdin, capture_output=True, encoding="utf-8", timeout=60
        )
        assert "Traceback" not in done.stdout + done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def file(self, exercise: str = "relu") -> Path:
        return self.root / "exercises" / exercise / f"{exercise}.py"

    def write(self, text: str, exercise: str = "relu") -> None:
        self.file(exercise).write_text(text, encoding="utf-8")

    def check(self, text: str, *more: str) -> dict:
        """Save `text` as relu.py, check it, and return the JSON report of it."""
        self.write(text)
        ran = self.run("check", "relu", "--json", *more)
        (report,) = ran.data["exercises"]
        assert ran.code == (0 if report["state"] == "passed" else 1)
        return report


def make_tree(root: Path) -> Tree:
    """What ``autograder build`` and ``release`` make, for two exercises."""
    exercises = root / "exercises"
    (exercises / ".stubs").mkdir(parents=True)
    units = []
    for unit, (en, ja, ids) in UNITS.items():
        described = []
        for name in ids:
            source, folder = SAMPLES / name, exercises / name
            folder.mkdir()
            stub = SOLUTION.sub(r"\1raise NotImplementedError\n", (source / f"{name}.py").read_text(encoding="utf-8"))
            for path in (folder / f"{name}.py", exercises / ".stubs" / f"{name}.py"):
                path.write_text(stub, encoding="utf-8")
            shutil.copy(source / "visible.py", folder / "test_visible.py")
            (folder / "statement.en.md").write_text(f"# {TITLES[name][0]}\n\nWrite `{name}`.\n", encoding="utf-8")
            (folder / "statement.ja.md").write_text(f"# {TITLES[name][1]}\n\n`{name}` を書きます。\n", encoding="utf-8")
            (folder / "hints.json").write_text(json.dumps(HINTS), encoding="utf-8")
            (folder / "causes.json").write_text(write_causes(CAUSES if name == "relu" else {}), encoding="utf-8")
            described.append(
                {
                    "id": name,
                    "title": dict(zip(("en", "ja"), TITLES[name], strict=True)),
                    "functions": FUNCTIONS[name],
                    "points": 1.0,
                    "due": "2026-10-01T23:59:00+09:00",
                    "groups": {},
                    "limits": {"seconds": 2.0},
                }
            )
        units.append({"id": unit, "title": {"en": en, "ja": ja}, "exercises": described})
    manifest = {"schema": 1, "title": {"en": "The course", "ja": "教材"}, "units": units}
    (exercises / "course.json").write_text(json.dumps(manifest), encoding="utf-8")
    (exercises / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (exercises / "pytest.ini").write_text(PYTEST_INI, encoding="utf-8")
    return Tree(root)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return make_tree(tmp_path / "コース course")
