"""Make ``exercises/`` from ``solutions/``, or say what is stale.

``exercises/.built.json`` remembers the SHA-256 of every file that the last build wrote. So a
file that somebody edited is told from one that is merely out of date, and a file that nothing
makes any more from one that never was ours: the first of each pair is never touched unasked.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..course.load import QUIZZES, LoadedCourse, course_schema
from ..errors import ContentError
from ..files import write_atomic
from ..i18n import Text
from ..quiz.source.schema import quiz_schema
from .parts import load_exercises, student_files

LEDGER = ".built.json"
SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"  # for editors, of the YAML that authors write
# Made by tools while people work there; no part of what students get.
IGNORED = {"__pycache__", ".pytest_cache", ".ipynb_checkpoints", ".autograder", ".ruff_cache", ".DS_Store"}


@dataclass(frozen=True)
class State:
    """What lies on disk, beside what should.

    Attributes
    ----------
    wanted
        Content of each file that the build makes.
    stale
        Those that are missing or differ.
    edited
        Stale ones that differ from what the last build wrote too: somebody changed them.
    orphans
        Files of an earlier build that nothing makes any more.
    strangers
        Files that nothing makes and no build made.
    """

    root: Path
    wanted: Mapping[Path, bytes]
    stale: list[Path] = field(default_factory=list)
    edited: list[Path] = field(default_factory=list)
    orphans: list[Path] = field(default_factory=list)
    strangers: list[Path] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.stale or self.orphans or self.strangers)

    def name(self, path: Path) -> str:
        """A path as people read it: below the course's root where it is there."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def inspect(course: LoadedCourse) -> State:
    """Compare the course's sources with ``exercises/``.

    Raises
    ------
    ContentError, ConfigError
        The sources cannot be built.
    """
    folder = course.exercises_dir
    files = student_files(course, load_exercises(course))
    made = {p: t.encode() if isinstance(t, str) else t for p, t in files.items()}
    ledger = {p: hashlib.sha256(data).hexdigest() for p, data in made.items()}
    wanted = {folder / p: data for p, data in made.items()}
    wanted[folder / LEDGER] = (json.dumps(ledger, indent=0) + "\n").encode()
    if course.root == SCHEMAS.parent.parent:
        for name, schema in (("course", course_schema()), ("quiz", quiz_schema())):
            text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
            wanted[SCHEMAS / f"{name}.schema.json"] = text.encode()
    state = State(course.root, wanted)
    before = _read_ledger(folder / LEDGER)
    for path, data in wanted.items():
        there = _content(path)
        if there == data:
            continue
        state.stale.append(path)
        ours = path.name == LEDGER or path.parent == SCHEMAS
        if there is not None and not ours and _sha(there) != before.get(path.relative_to(folder).as_posix()):
            state.edited.append(path)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        inside = path.relative_to(folder)
        if path in wanted or _passing(inside) or (path.is_dir() and not path.is_symlink()):
            continue
        known = before.get(inside.as_posix()) == _sha(_content(path) or b"")
        (state.orphans if known else state.strangers).append(path)
    return state


def apply(state: State, force: bool = False) -> None:
    """Write what is stale and remove what an earlier build left behind.

    Raises
    ------
    ContentError
        Nothing was written, because a file was edited by hand (`force` overwrites it) or a
        file is there that nothing makes.
    """
    problems = [
        Text(
            f"{state.name(p)}: edited since the last build; the source is in solutions/ (--force overwrites)",
            f"{state.name(p)}: 前回の build のあとで編集されています。元は solutions/ です（--force で上書き）",
        )
        for p in state.edited
        if not force
    ]
    problems += [
        Text(
            f"{state.name(p)}: nothing makes this file; move it away",
            f"{state.name(p)}: どこからも作られないファイルです。別の場所に移してください",
        )
        for p in state.strangers
    ]
    if problems:
        raise ContentError(Text("\n".join(p.en for p in problems), "\n".join(p.ja for p in problems)))
    for path in state.stale:
        write_atomic(path, state.wanted[path], public=True)
    for path in state.orphans:
        path.unlink()
        for parent in path.parents:
            if any(parent.iterdir()):
                break
            parent.rmdir()


def difference(state: State) -> str:
    """A unified diff of the first stale file, from what is there to what would be made."""
    if not state.stale:
        return ""
    path = state.stale[0]
    before = (_content(path) or b"").decode(errors="replace").splitlines()
    after = state.wanted[path].decode().splitlines()
    name = state.name(path)
    return "\n".join(difflib.unified_diff(before, after, name, f"{name} (built)", lineterm=""))


def _content(path: Path) -> bytes | None:
    """The file's bytes, a text's with Unix line ends: git may have checked it out with others."""
    data = path.read_bytes() if path.is_file() else None
    return data.replace(b"\r\n", b"\n") if data is not None and b"\0" not in data else data


def _passing(inside: Path) -> bool:
    kept = ".bak-" in inside.name  # by `autograder reset`
    answers = inside.parent.name == QUIZZES and inside.suffix == ".yaml"  # by `autograder quiz`
    return bool(IGNORED & set(inside.parts)) or kept or answers


def _read_ledger(path: Path) -> dict[str, str]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
