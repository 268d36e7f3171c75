"""The autograder zip: scripts, this package, the chosen exercises, and what pip must install."""

from __future__ import annotations

import importlib.metadata
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ...course.exercise import load_exercise
from ...course.load import LoadedCourse
from ...errors import ContentError, UsageError
from ...files import write_atomic
from ...i18n import Lang, Text
from .results import unfinished
from .run import SETTINGS
from .scripts import RUN, SETUP

DISTRIBUTION = "numpy-course-autograder"
PACKAGE = Path(__file__).resolve().parents[2]
_EXECUTABLE = ("setup.sh", "run_autograder")
_TIME = (1980, 1, 1, 0, 0, 0)  # the same course gives the same bytes
_LEFT_OUT = frozenset({"__pycache__", "partial", ".ipynb_checkpoints"})


def export(course: LoadedCourse, out: Path, only: Sequence[str] = (), lang: Lang = "en") -> list[str]:
    """Write the autograder zip.

    Parameters
    ----------
    only
        Ids of the exercises of this Gradescope assignment; all of the course by default.
    lang
        The language of the results.

    Returns
    -------
    list of str
        The exercises in it.

    Raises
    ------
    ConfigError, ContentError, UsageError
        An id is unknown or a quiz's, or an exercise's folder is not complete.
    GraderError
        `out` cannot be written; a file that was there stays as it was.
    """
    ids = chosen(course, only)
    data = render(course, ids, lang)
    write_atomic(out, data, public=True)
    return ids


def chosen(course: LoadedCourse, only: Sequence[str]) -> list[str]:
    """The exercises in the order of the course; an unknown id is an error, and so is a quiz's."""
    for exercise_id in only:
        course.entry(exercise_id)
    ids = [i for i in course.exercise_ids if not only or i in only]
    quizzes = [i for i in only if i not in ids]
    if quizzes or not ids:
        names = ", ".join(quizzes)
        raise UsageError(
            Text(
                f"Gradescope grades exercises only{f', not the quiz {names}' if names else ''}.",
                f"Gradescope で採点できるのは演習だけです{f'（クイズ {names} は含められません）' if names else ''}。",
            )
        )
    return ids


def render(course: LoadedCourse, ids: Sequence[str], lang: Lang = "en") -> bytes:
    """The zip's bytes: the same for the same course."""
    files: dict[str, bytes] = {
        "setup.sh": SETUP.encode(),
        "run_autograder": RUN.replace("@UNFINISHED@", json.dumps(unfinished(lang))).encode(),
        "requirements.txt": requirements().encode(),
        "constraints.txt": constraints(course).encode(),
        SETTINGS: json.dumps({"lang": lang}).encode(),
        "course.yaml": yaml.safe_dump(narrowed(course, ids), allow_unicode=True, sort_keys=False).encode(),
    }
    files |= {f"autograder/{name}": data for name, data in _tree(PACKAGE)}
    for exercise_id in ids:
        exercise = load_exercise(course.solutions_dir / exercise_id)
        files |= {f"solutions/{exercise_id}/{name}": data for name, data in _tree(exercise.folder)}
    return _zip(files)


def narrowed(course: LoadedCourse, ids: Sequence[str]) -> dict[str, Any]:
    """course.yaml for these exercises only. Due dates are left out: Gradescope keeps its own."""
    data: dict[str, Any] = course.config.model_dump(mode="json", exclude_defaults=True)
    for name in ("solutions", "exercises", "late", "attempts", "lms"):
        data.pop(name, None)
    units = []
    for unit in data["units"]:
        entries = [{k: v for k, v in e.items() if k != "due"} for e in unit.get("exercises", []) if e["id"] in ids]
        if entries:
            units.append({"id": unit["id"], "title": unit["title"], "exercises": entries})
    return {**data, "units": units}


def requirements() -> str:
    """What grading needs, a line each, as this package's own metadata tells."""
    try:
        declared = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        raise ContentError(
            Text(
                f"the package {DISTRIBUTION} is not installed; run pip install -e '.[grade]' first",
                f"パッケージ {DISTRIBUTION} がインストールされていません。pip install -e '.[grade]' を実行してください",
            )
        ) from None
    return "".join(line + "\n" for text in declared if (line := _needed(text)) is not None)


def constraints(course: LoadedCourse) -> str:
    """The course's own pins where it has any, else those of the package, else none."""
    for folder in (course.root, PACKAGE.parent):
        if (folder / "constraints.txt").is_file():
            return (folder / "constraints.txt").read_text(encoding="utf-8")
    return ""


def _needed(text: str) -> str | None:
    """``rich>=13; extra == "grade"`` -> ``rich>=13``; None for what only another extra needs."""
    line, _, marker = text.partition(";")
    conditions = [c.strip() for c in marker.split(" and ") if c.strip()]
    extras = [c for c in conditions if c.startswith("extra")]
    if extras and not any("grade" in c.replace("nbgrader", "") for c in extras):
        return None
    others = [c.strip("() ") for c in conditions if c not in extras]
    return line.strip() + (f"; {' and '.join(others)}" if others else "")


def _tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part in _LEFT_OUT or part.startswith(".") for part in parts)
        if path.is_file() and not path.is_symlink() and not hidden and path.suffix != ".pyc":
            yield "/".join(parts), path.read_bytes()


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 3  # so that unzip takes the permissions
            info.external_attr = (0o100755 if name in _EXECUTABLE else 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return buffer.getvalue()
