"""The package reads from the bottom up: no circle of modules, and no folder imports one above it."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# From the bottom up. Each row may import from the rows above it in this list, and nothing else of ours.
LAYERS = (
    {"i18n", "worker"},
    {"errors", "model", "codec"},
    {"text"},
    {"files", "score", "course", "sandbox", "collect"},
    {"gradebook", "testing"},
    {"judge", "student"},
    {"quiz"},
    {"report"},
    {"notebook"},
    {"__init__"},
    {"author", "resume"},
    {"pipeline"},
    {"demo", "lms", "nbgrader"},
    {"cli"},
    {"__main__"},
)


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted((ROOT / "autograder").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(name: str) -> Iterator[str]:
    """The modules of ours that a module imports anywhere, for types alone as well."""
    path = MODULES[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{origin}.{alias.name}"
                yield from [m for m in (inner if inner in MODULES else origin,) if m in MODULES]
        elif isinstance(node, ast.Import):
            yield from [alias.name for alias in node.names if alias.name in MODULES]


def folder(name: str) -> str:
    return [*name.split("."), "__init__"][1]


def test_no_modules_import_each_other_in_a_circle():
    graph = {name: set(imported(name)) - {name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_no_folder_imports_one_above_it():
    height = {name: i for i, row in enumerate(LAYERS) for name in row}
    unknown = {folder(name) for name in MODULES} - set(height)
    assert not unknown, f"where do they belong in LAYERS? {sorted(unknown)}"
    upward = [
        f"{name} -> {other}"
        for name in MODULES
        for other in imported(name)
        if folder(other) != folder(name) and height[folder(other)] >= height[folder(name)]
    ]
    assert upward == []


def test_the_student_s_side_has_no_way_to_the_judge():
    """What a student's laptop imports stands without anything that could hold a hidden test."""
    reached, waiting = set(), [name for name in MODULES if folder(name) == "student"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imported(name)
    assert {folder(name) for name in reached} & {"judge", "author", "gradebook", "pipeline", "sandbox"} == set()
