"""What kind of place the submissions are in, and what to say when it is none."""

from __future__ import annotations

import stat
from collections.abc import Collection, Sequence
from datetime import tzinfo
from pathlib import Path

from ..errors import UsageError, reason
from ..i18n import Text
from ..model import Note
from .archive import ZipStore
from .files import Store, Top
from .folder import FolderStore
from .lms import MANIFESTS, Owner, owner_of
from .names import suffix
from .roster import Roster
from .texts import note

WORK = (".py", ".ipynb")
_COURSE_FOLDERS = frozenset({"exercises"})  # a student who hands in the whole course folder


def open_store(path: Path, tz: tzinfo, exercise_ids: Sequence[str], roster: Roster | None) -> Store:
    """The folder or zip at `path`; a folder that wraps all students in a zip is looked through.

    Raises
    ------
    UsageError
        `path` cannot be opened, or is neither.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        why = reason(error)
        raise UsageError(Text(f"{path}: {why.en}", f"{path}: 開けません（{why.ja}）")) from None
    if stat.S_ISDIR(mode):
        folder = FolderStore(path)
        download = _download(folder, roster)
        return folder.inside(download) if download is not None else folder
    if not stat.S_ISREG(mode) or path.suffix.casefold() in WORK:
        raise UsageError(
            _expected(f"{path}: not a folder and not a zip.", f"{path}: フォルダーでも zip でもありません。")
        )
    store = ZipStore(path, tz)
    download = _download(store, roster)
    if download is not None:
        return ZipStore(path, tz, (download.name,))
    wrapper = _wrapper(store, path, exercise_ids, roster)
    if wrapper is None:
        return store
    store = ZipStore(path, tz, (wrapper,))
    store.notes.append(note("wrapper_folder", path=wrapper))
    return store


def _download(store: Store, roster: Roster | None) -> Top | None:
    """The only folder, if it is what an LMS's zip unpacked to, and so no student's."""
    folders = [top for top in store.tops() if top.is_dir]
    if len(folders) != 1 or _is_student(folders[0], roster):
        return None
    return folders[0] if MANIFESTS & {c.casefold() for c in store.children(folders[0])} else None


def _is_student(folder: Top, roster: Roster | None) -> bool:
    """Whether an LMS's convention or the roster says so; a plain name alone says nothing."""
    plain = Owner(folder.name)
    return owner_of(folder) != plain or (roster is not None and roster.find(plain) is not None)


def _wrapper(store: ZipStore, path: Path, exercise_ids: Sequence[str], roster: Roster | None) -> str | None:
    """The name of the only folder of a zip, if it holds students' folders rather than one's files."""
    folders = [top for top in store.tops() if top.is_dir]
    files = [top for top in store.tops() if not top.is_dir]
    if len(folders) != 1 or any(owner_of(top) or suffix(top.name) in WORK for top in files):
        return None
    only = folders[0].name
    if _is_student(folders[0], roster):
        return None
    children = store.children(folders[0])
    subfolders = {c.rstrip("/") for c in children if c.endswith("/")}
    if roster is not None and any(roster.find(Owner(c)) is not None for c in subfolders):
        return only
    owners = {c: o for c in children if not c.endswith("/") and (o := owner_of(Top(c, False)))}
    zips = [c for c, o in owners.items() if o.lms is None]
    if not subfolders and len(zips) == len(owners) < 2:
        return None  # a student's folder with the student's one zip
    course = {*exercise_ids, *_COURSE_FOLDERS}
    is_work = any(suffix(c) in WORK for c in children - owners.keys()) or bool(subfolders & course)
    return only if path.stem == only or not is_work else None


def refuse_single_student(
    store: Store, students: Collection[str], exercise_ids: Sequence[str], roster: Roster | None
) -> None:
    """Refuse one student's own folder, which has exercises where students should be.

    A single folder proves nothing: "adam" is an exercise and a name.
    """
    if len(students) < 2 or not set(students) <= set(exercise_ids):
        return
    if roster is None or not any(name in roster for name in students):
        names = ", ".join(sorted(students)[:3])
        raise UsageError(
            _expected(
                f"{store.label}: its folders ({names}) are exercises, not students.",
                f"{store.label}: 中のフォルダー（{names}）が学生ではなく演習です。",
            )
        )


def no_submissions(store: Store, notes: Sequence[Note]) -> UsageError:
    """The error for a place without a single student's entry; `notes` tell what lies there instead."""
    tops = store.tops()
    if any(suffix(top.name) in WORK for top in tops):
        return UsageError(
            _expected(
                f"{store.label}: files lie directly in it, so it is not known whose they are.",
                f"{store.label}: ファイルが直接置かれているため、誰の提出物かわかりません。",
            )
        )
    seen = [n.text for n in notes]
    en, ja = "".join(f"\n  {t.en}" for t in seen), "".join(f"\n  {t.ja}" for t in seen)
    expected = _expected(f"{store.label}: no submissions here.", f"{store.label}: 提出物が見つかりません。")
    return UsageError(Text(expected.en + en, expected.ja + ja))


def _expected(en: str, ja: str) -> Text:
    return Text(
        f"{en} Expected one folder per student, named by the student's id (s001/relu.py, s002/relu.py), "
        "or the download of an LMS (Moodle, Canvas, Gradescope, Blackboard, manaba, WebClass).",
        f"{ja}学籍番号を名前とする学生ごとのフォルダー（s001/relu.py、s002/relu.py のような形）か、"
        "LMS からダウンロードした zip（Moodle、Canvas、Gradescope、Blackboard、manaba、WebClass）を指定してください。",
    )
