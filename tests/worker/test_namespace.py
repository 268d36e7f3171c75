"""An import that nothing uses may be missing; one that is used may not."""

from __future__ import annotations

import pytest

from autograder.worker.namespace import run_file


@pytest.mark.parametrize(
    "line",
    [
        "import no_such_module",
        "import no_such_module.part as p",
        "from no_such_module import a, b",
        "import no_such_module\nimport no_such_other",
    ],
)
def test_a_missing_module_that_nothing_uses_costs_nothing(line: str) -> None:
    namespace: dict[str, object] = {}
    run_file(namespace, "f.py", f"x = 1\n{line}\ny = x + 1\n")
    assert namespace["y"] == 2


@pytest.mark.parametrize(
    "source",
    [
        "import no_such_module as m\ndef f(): return m.g()\n",
        "from no_such_module import *\n",
        "import os, no_such_module\n",
        "def f(): import no_such_module\nf()\n",
    ],
)
def test_a_missing_module_that_may_be_used_is_an_error(source: str) -> None:
    if source.startswith("import os"):
        source += "no_such_module.g()\n"
    with pytest.raises(ModuleNotFoundError):
        run_file({}, "f.py", source)


@pytest.mark.parametrize("line", ["from . import utils", "from .. import a, b", "from .part import f"])
def test_a_relative_import_fails_as_it_does_in_python(line: str) -> None:
    with pytest.raises(ImportError, match="relative import"):
        run_file({"__name__": "f"}, "f.py", line)
