"""Make the skeleton of an exercise: a complete small example to be replaced piece by piece."""

from __future__ import annotations

import builtins
import keyword
import re
from pathlib import Path

import yaml

from ..course.load import FILE, ID_PATTERN, LoadedCourse
from ..errors import UsageError
from ..files import write_atomic
from ..i18n import Text
from .inventory import HIDDEN, MIN_RIGHT, MIN_WRONG, VISIBLE

SKELETON = Path(__file__).with_name("skeleton.yaml")
_PLACE = re.compile(r"\bID\b")


def new_exercise(course: LoadedCourse, exercise_id: str, unit: str | None = None) -> Path:
    """Write the folder of a new exercise.

    Raises
    ------
    UsageError
        The id or the unit cannot be, or the exercise is already there.
    """
    check_id(exercise_id)
    units = [u.id for u in course.config.units]
    if unit is not None and unit not in units:
        raise UsageError(
            Text(
                f"no unit {unit!r} in {course.path}; there are {', '.join(units)}",
                f"{course.path} に単元 {unit!r} はありません。あるのは {', '.join(units)} です",
            )
        )
    folder = course.solutions_dir / exercise_id
    if exercise_id in course.entries or (folder.exists() and any(folder.iterdir())):
        raise UsageError(
            Text(f"{exercise_id!r} is already there: {folder}", f"{exercise_id!r} は既にあります: {folder}")
        )
    for name, text in skeleton(exercise_id).items():
        write_atomic(folder / name, text.encode(), public=True)
    return folder


def skeleton(exercise_id: str) -> dict[str, str]:
    """The files of a new exercise, by path below its folder."""
    template: dict[str, str] = yaml.safe_load(SKELETON.read_text(encoding="utf-8"))
    return {_PLACE.sub(exercise_id, name): _PLACE.sub(exercise_id, text) for name, text in template.items()}


def check_id(exercise_id: str) -> None:
    """Refuse an id that could not name a folder, a module, a function and an LMS column alike."""
    if not re.fullmatch(ID_PATTERN, exercise_id):
        raise UsageError(
            Text(
                f"{exercise_id!r}: an id has small letters, digits and _, and begins with a letter",
                f"{exercise_id!r}: id に使えるのは英小文字、数字、_ だけです。先頭は英字にしてください",
            )
        )
    if keyword.iskeyword(exercise_id) or hasattr(builtins, exercise_id) or exercise_id.startswith("test_"):
        raise UsageError(
            Text(
                f"{exercise_id!r} means something else in Python", f"{exercise_id!r} は Python で別の意味を持つ名前です"
            )
        )


def next_steps(course: LoadedCourse, exercise_id: str, folder: Path, unit: str | None) -> Text:
    """What to do with the new folder."""
    name = folder.relative_to(course.root) if folder.is_relative_to(course.root) else folder
    en_unit, ja_unit = (f"the unit {unit!r}", f"単元 {unit} ") if unit else ("a unit", "いずれかの単元")
    return Text(
        f"{name}: a complete small example.\n"
        f"1. List it in {FILE}, under {en_unit}:   - id: {exercise_id}\n"
        "2. Replace the example: first the docstring and the statements, then tests, hints and versions.\n"
        f"   Usual are {VISIBLE[0]} visible and {HIDDEN[0]} hidden tests or more, {MIN_WRONG} wrong versions and\n"
        f"   {MIN_RIGHT} right ones; 'validate' warns of fewer.\n"
        f"3. autograder build, then autograder validate {exercise_id}",
        f"{name}: 完成した小さな例です。\n"
        f"1. {FILE} の{ja_unit}に追加します:   - id: {exercise_id}\n"
        "2. 例を自分の演習に置き換えます。まず docstring と問題文、次にテスト、ヒント、\n"
        "   wrong/、partial/、right/ の各版を書きます。\n"
        f"   目安は公開テスト {VISIBLE[0]} 個、非公開テスト {HIDDEN[0]} 個、誤答例 {MIN_WRONG} 個、\n"
        f"   別解 {MIN_RIGHT} 個以上です（少ないと validate が警告します）。\n"
        f"3. autograder build のあと autograder validate {exercise_id} を実行します",
    )
