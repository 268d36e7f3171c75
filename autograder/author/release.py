"""Pack what students get: the built ``exercises/`` and the engine, by an allow-list.

The list of course files is the build's own plan, so no file comes in because it happened to
lie in the folder. The engine holds no course content. The zip has the same bytes for the same
files, on any day and any machine.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from .. import __version__
from ..course.exercise import Exercise
from ..course.load import LoadedCourse
from ..errors import ContentError
from ..files import write_atomic
from ..i18n import Text
from .build import LEDGER, inspect
from .leaks import find_leaks, secrets_of
from .parts import load_exercises
from .quizzes import quiz_secrets

ENGINE = Path(__file__).resolve().parent.parent
# The example that `autograder new` starts from has a solution in it, as every exercise has.
ENGINE_WITHOUT = {"author/skeleton.yaml"}
ENGINE_SUFFIXES = {".py", ".html", ".css", ".js", ".sql", ".json", ".txt", ".md", ".yaml"}
NEEDS = ("numpy>=1.26", "pytest>=8", "click>=8.1")

README = """\
# {title}

You need Python 3.11 or newer. In this folder:

    python -m venv .venv
    .venv/bin/python -m pip install {pip}
    .venv/bin/python -m autograder start

On Windows write `.venv\\Scripts\\python` instead of `.venv/bin/python`. For a command that is just
`autograder`, install this folder as well: `.venv/bin/python -m pip install -e .`

---

# {title_ja}

Python 3.11 以上が必要です。このフォルダーで次を実行してください。

    python -m venv .venv
    .venv/bin/python -m pip install {pip}
    .venv/bin/python -m autograder start

Windows では `.venv/bin/python` の代わりに `.venv\\Scripts\\python` と入力します。
`autograder` だけで実行したい場合は、`.venv/bin/python -m pip install -e .` も実行してください。
"""

PYPROJECT = """\
[build-system]
requires = ["setuptools>=68"]
build-backend = "setuptools.build_meta"

[project]
name = "numpy-course-student"
version = "{version}"
requires-python = ">=3.11"
dependencies = [{needs}]

[project.scripts]
autograder = "autograder.cli:run"

[tool.setuptools.packages.find]
include = ["autograder*"]

[tool.setuptools.package-data]
autograder = ["**/*.html", "**/*.css", "**/*.js", "**/*.sql", "**/*.json", "**/*.txt", "**/*.md", "**/*.yaml"]
"""


def release(course: LoadedCourse, out: Path) -> list[str]:
    """Write the students' zip; returns the names in it.

    Raises
    ------
    ContentError
        ``exercises/`` is stale, or something secret would be in the zip. Nothing is written.
    """
    exercises = load_exercises(course)
    files = course_files(course) | frame_files(course) | engine_files()
    check_leaks(files, exercises.values(), course)
    write_atomic(out.absolute(), pack(files), public=True)
    return sorted(files)


def course_files(course: LoadedCourse) -> dict[str, bytes]:
    """The built files, under ``exercises/`` whatever the course calls its folder."""
    state = inspect(course)
    stale = [*state.stale, *state.orphans]
    if stale:
        names = ", ".join(state.name(p) for p in stale[:3]) + (", ..." if len(stale) > 3 else "")
        raise ContentError(
            Text(
                f"exercises/ is not up to date ({names}); run 'autograder build' first",
                f"exercises/ が最新ではありません（{names}）。先に autograder build を実行してください",
            )
        )
    inside = [p for p in state.wanted if p.is_relative_to(course.exercises_dir) and p.name != LEDGER]
    # The bytes compared, not the file again: nothing can change in between.
    return {f"exercises/{p.relative_to(course.exercises_dir).as_posix()}": state.wanted[p] for p in inside}


def frame_files(course: LoadedCourse) -> dict[str, bytes]:
    """README and pyproject of the students' folder."""
    title = course.config.title
    pip = " ".join(f'"{n}"' for n in NEEDS)
    readme = README.format(title=title.en, title_ja=title.ja, pip=pip)
    needs = ", ".join(f'"{n}"' for n in NEEDS)
    return {
        "README.md": readme.encode(),
        "pyproject.toml": PYPROJECT.format(version=__version__, needs=needs).encode(),
    }


def engine_files() -> dict[str, bytes]:
    """The package itself."""
    found = {p.relative_to(ENGINE).as_posix(): p for p in sorted(ENGINE.rglob("*")) if p.suffix in ENGINE_SUFFIXES}
    return {
        f"autograder/{name}": path.read_bytes()
        for name, path in found.items()
        if path.is_file() and "__pycache__" not in path.parts and name not in ENGINE_WITHOUT
    }


def check_leaks(files: dict[str, bytes], exercises: Iterable[Exercise], course: LoadedCourse) -> None:
    """Refuse files that hold a secret or a path of this machine."""
    content = [name for name in files if not name.startswith("autograder/")]
    leaks = find_leaks(files, [*secrets_of(exercises), *quiz_secrets(course)], content)
    here = str(course.root).encode()
    leaks += [
        Text(f"{name}: contains the path {course.root}", f"{name}: パス {course.root} を含んでいます")
        for name, data in files.items()
        if len(course.root.parts) > 2 and here in data
    ]
    if leaks:
        raise ContentError(Text("\n".join(t.en for t in leaks), "\n".join(t.ja for t in leaks)))


def pack(files: dict[str, bytes]) -> bytes:
    """A zip of the files with fixed dates, modes and order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], compresslevel=9)
    return buffer.getvalue()
