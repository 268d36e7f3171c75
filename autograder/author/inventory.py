"""Is an exercise complete: enough tests, wrong and right versions, and a sentence for each cause?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..course.causes import GENERIC
from ..course.declared import WrongVersion
from ..course.exercise import Exercise
from ..errors import ContentError
from ..model import TestResult
from .parity import in_its_language
from .problems import Problem, error, warning

HIDDEN = (8, 60)
VISIBLE = (3, 8)
MIN_WRONG = 8
MIN_RIGHT = 4
HINTS = (3, 5)


def read_wrong(exercise: Exercise) -> tuple[list[WrongVersion], list[Problem]]:
    """The wrong versions, and problems for those whose header is missing or has an unknown line."""
    found: list[WrongVersion] = []
    problems: list[Problem] = []
    for version in exercise.wrong:
        try:
            found.append(WrongVersion.read(version))
        except ContentError as failure:
            problems.append(Problem(version.file, failure.text))
    return found, problems


def check_inventory(exercise: Exercise, wrong: list[WrongVersion]) -> Iterator[Problem]:
    """Problems that show without running anything."""
    for folder, n, few, en, ja in (
        ("wrong", len(exercise.wrong), MIN_WRONG, "wrong", "誤答例"),
        ("right", len(exercise.right), MIN_RIGHT, "right", "別解"),
    ):
        if n < few:
            yield warning(
                exercise.folder / folder,
                f"{n} {en} version{'' if n == 1 else 's'}, at least {few} are usual",
                f"{ja}が {n} 個（目安は {few} 個以上）",
            )
    hints = exercise.folder / "hints.yaml"
    if not HINTS[0] <= len(exercise.hints.hints) <= HINTS[1]:
        n = len(exercise.hints.hints)
        yield warning(
            hints,
            f"{n} hints, {HINTS[0]} to {HINTS[1]} are usual",
            f"ヒントが {n} 個（目安は {HINTS[0]}～{HINTS[1]} 個）",
        )
    used = {v.cause: v.version.file for v in wrong}
    for path in (exercise.hidden, exercise.visible):
        used |= {cause: path for cause in named_causes(path) if cause not in used}
    for cause, path in used.items():
        if exercise.cause_text(cause) is None:
            yield error(
                path,
                f"cause {cause!r} has no sentence in hints.yaml",
                f"原因 {cause!r} の説明文が hints.yaml にありません",
            )
    for cause in exercise.hints.causes:
        if cause not in used and cause not in GENERIC:
            yield warning(hints, f"cause {cause!r} is never named", f"原因 {cause!r} はどこからも使われていません")


def check_tests(exercise: Exercise, tests: Iterable[TestResult]) -> Iterator[Problem]:
    """Problems of the collected tests: how many, and their titles."""
    tests = list(tests)
    for tier, path, (low, high) in (("hidden", exercise.hidden, HIDDEN), ("visible", exercise.visible, VISIBLE)):
        count = len({base_name(t.name) for t in tests if t.tier == tier})
        if not low <= count <= high:
            yield (warning if count else error)(  # a small exercise has few; without any, nothing is shown or scored
                path,
                f"{count} tests; {low} to {high} are usual",
                f"テストが {count} 個です（目安は {low}～{high} 個）",
            )
    seen: set[str] = set()
    for test in tests:
        path = exercise.hidden if test.tier == "hidden" else exercise.visible
        name = base_name(test.name)
        if name not in seen:
            seen.add(name)
            yield from in_its_language(path, test.title, path, f"{name}: title", f"{name}: 題名")


def named_causes(path: Path) -> set[str]:
    """Causes that a test file names itself: ``cause="..."``, or the second argument of ``require``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8-sig"))):
        if not isinstance(node, ast.Call):
            continue
        values = [k.value for k in node.keywords if k.arg == "cause"]
        if isinstance(node.func, ast.Name) and node.func.id == "require":
            values += node.args[1:2]
        found |= {v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return found


def base_name(test: str) -> str:
    """A test's function name, without its parameters."""
    return test.split("[")[0]
