"""``autograder nbgrader init``: a complete nbgrader course from the course's sources.

Everything is worked out before the first byte is written, and a file that is there and differs
is somebody's work: it is named and left alone unless ``--force`` is given.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..author.parts import load_exercises, student_files
from ..collect.class_list import read_roster
from ..course.load import QUIZZES, LoadedCourse
from ..errors import ConfigError, UsageError
from ..files import write_atomic
from ..i18n import Lang, Text
from ..quiz.page.public import ENDING, from_json

CONFIG_FILE = "nbgrader_config.py"
# What `%check` and `%hint` read of an exercise. No stub: it would lie beside the notebook as a second submission.
_FOR_CHECKS = ("test_visible.py", "hints.json", "causes.json")


@dataclass(frozen=True)
class Made:
    """What `init` did.

    Attributes
    ----------
    assignments
        Names, in the order of the course.
    written, kept
        Files below the folder: new or changed, and there already with the same content.
    students
        How many the roster has.
    """

    root: Path
    course_id: str
    assignments: tuple[str, ...]
    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    students: int = 0


def init(
    course: LoadedCourse,
    root: Path,
    *,
    roster_path: Path | None = None,
    lang: Lang = "en",
    layout: str = "units",
    force: bool = False,
) -> Made:
    """Make an nbgrader course in the folder `root`.

    Parameters
    ----------
    roster_path
        The class list; its students come into nbgrader's gradebook.
    lang
        Language of the notebooks and of the configuration's comments.
    layout
        ``units``: an assignment for each unit; ``one``: one assignment with every exercise.
    force
        Overwrite files and due dates that differ.

    Raises
    ------
    UsageError
        `root` cannot be such a folder, the roster is wrong, or something there differs.
    ConfigError, ContentError
        nbgrader is not installed, or the course cannot be published.
    """
    _need_nbgrader()
    from .lean import import_nbgrader

    import_nbgrader()
    from .assignments import assignments_of
    from .config import ROSTER, config_text, course_id_of
    from .source import dumps
    from .students import changed_due_dates, check_ids, record

    root = root.absolute()
    _check_folder(root, course)
    roster = read_roster(roster_path) if roster_path else None
    if roster is not None and roster_path is not None:
        check_ids(roster, roster_path)
    exercises = load_exercises(course)
    assignments = assignments_of(course, exercises, lang, "one" if layout == "one" else "units")
    course_id = course_id_of(root.name)
    files = {CONFIG_FILE: config_text(course, course_id, lang).encode()}
    public = {p: d if isinstance(d, bytes) else d.encode() for p, d in student_files(course, exercises).items()}
    for assignment in assignments:
        folder = f"source/{assignment.id}"
        files[f"{folder}/{assignment.id}.ipynb"] = dumps(assignment.notebook).encode()
        files |= {f"{folder}/exercises/{p}": d for p, d in _for_checks(public, assignment.exercises).items()}
    if roster_path is not None:
        files[ROSTER] = roster_path.read_bytes()
    due = {a.id: a.due for a in assignments}
    stale = [name for name, data in files.items() if _content(root / name) != data]
    if not force:
        differ = [str(root / name) for name in stale if (root / name).exists()]
        moved = changed_due_dates(root, course_id, due)
        _refuse(differ, moved)
    for name in stale:
        write_atomic(root / name, files[name], public=True)
    record(root, course_id, roster, due)
    kept = tuple(name for name in files if name not in stale)
    return Made(root, course_id, tuple(due), tuple(stale), kept, len(roster) if roster else 0)


def _need_nbgrader() -> None:
    if importlib.util.find_spec("nbgrader") is None:
        raise ConfigError(
            Text(
                "nbgrader is not installed: pip install -e '.[nbgrader]'",
                "nbgrader がインストールされていません: pip install -e '.[nbgrader]'",
            )
        )


def _check_folder(root: Path, course: LoadedCourse) -> None:
    if root.exists() and not root.is_dir():
        raise UsageError(Text(f"{root}: not a folder", f"{root}: フォルダーではありません"))
    here = root.resolve()
    for taken in (course.solutions_dir, course.exercises_dir):
        if here == taken or taken in here.parents:
            raise UsageError(
                Text(
                    f"{root} lies in {taken}, which belongs to the course itself; give another folder",
                    f"{root} は教材自身のフォルダー {taken} の中にあります。別のフォルダーを指定してください",
                )
            )
    if here == course.root:
        raise UsageError(
            Text(
                f"{root} is the course's own folder; give a new one, for example {root / 'nbgrader'}",
                f"{root} は教材自身のフォルダーです。{root / 'nbgrader'} のような新しいフォルダーを指定してください",
            )
        )


def _for_checks(public: Mapping[str, bytes], ids: Sequence[str]) -> dict[str, bytes]:
    """The part of ``exercises/`` that checks and quizzes of some exercises' units need; by path below it."""
    if not ids:
        return {}
    manifest = json.loads(public["course.json"])
    for unit in manifest["units"]:
        unit["exercises"] = [e for e in unit["exercises"] if e["id"] in ids]
    manifest["units"] = [unit for unit in manifest["units"] if unit["exercises"]]
    files = {"course.json": (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()}
    files |= {path: public[path] for i in ids for name in _FOR_CHECKS if (path := f"{i}/{name}") in public}
    for quiz in (quiz["id"] for unit in manifest["units"] for quiz in unit["quizzes"]):
        path = f"{QUIZZES}/{quiz}{ENDING}"
        files[path] = public[path]
        images = from_json(public[path].decode()).images
        files |= {image: public[image] for src in images if (image := f"{QUIZZES}/{src}") in public}
    return files


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _refuse(files: Sequence[str], due: Sequence[str]) -> None:
    """Raise if something there is not what `init` would write."""
    problems = [
        *(Text(f"{name}: is there and differs", f"{name}: 内容の異なるファイルがすでにあります") for name in files),
        *(
            Text(
                f"assignment {name!r}: its due date in the gradebook is not the course's",
                f"課題 {name!r}: 成績簿の締切が course.yaml と異なります",
            )
            for name in due
        ),
    ]
    if problems:
        hint = Text(
            "Nothing was written. --force overwrites.",
            "何も書き込んでいません。上書きするには --force を付けてください。",
        )
        told = [*problems, hint]
        raise UsageError(Text("\n".join(t.en for t in told), "\n".join(t.ja for t in told)))
