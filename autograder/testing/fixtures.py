"""The pytest fixtures of the test files; each hands out one part of the test's `Bench`.

The judge sets `MAKE_BENCH` in pytest's stash. Without it (a student who runs plain pytest)
the implementation is the module in the test file's own folder.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .bench import Bench, LocalStudent
from .causes_file import VISIBLE_SEED

MAKE_BENCH: pytest.StashKey[Callable[[pytest.Item], Bench]] = pytest.StashKey()


def load_module(path: Path, name: str | None = None) -> Any:
    """Run a Python file as a fresh module of its own."""
    name = name or f"autograder_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def local_bench(item: pytest.Item) -> Bench:
    """The bench of a student's own run: the module beside the test file."""
    folder = item.path.parent
    path = folder / f"{folder.name}.py"
    module = _modules.get(path) or _modules.setdefault(path, load_module(path))
    return Bench(LocalStudent(module), None, f"{VISIBLE_SEED}/{item.name}")


_modules: dict[Path, Any] = {}


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Bench:
    return request.config.stash.get(MAKE_BENCH, local_bench)(request.node)


def _part(name: str) -> Any:
    def part(bench: Bench) -> Any:
        return getattr(bench, name)

    part.__name__ = name
    part.__doc__ = f"``{name}`` of the test's bench; see `autograder.testing`."
    return pytest.fixture(part)


student = _part("student")
reference = _part("reference")
rng = _part("rng")
make_rng = _part("make_rng")
expect = _part("expect")
agree = _part("agree")
either = _part("either")
unchanged = _part("unchanged")
after = _part("after")
require = _part("require")
