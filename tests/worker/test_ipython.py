"""What runs in Jupyter runs here, each line in its place; what cannot run is named."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest

from autograder.worker.ipython import Foreign, python, written_file
from autograder.worker.namespace import run_cells, run_file


@pytest.fixture(autouse=True)
def _hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The import hooks of a worker."""
    import sys

    from autograder.worker.namespace import DrawNothing, WrittenFiles

    monkeypatch.setattr(sys, "meta_path", [DrawNothing, *sys.meta_path, WrittenFiles])
    for name in ("IPython", "google", "google.colab", "relu_written"):
        monkeypatch.delitem(sys.modules, name, raising=False)


def run(*cells: str) -> tuple[dict[str, Any], list[list[Any]]]:
    namespace: dict[str, Any] = {}
    labelled = [[f"cell {i}", source] for i, source in enumerate(cells, 1)]
    errors = run_cells(namespace, labelled, 5.0, lambda e: [type(e).__name__, str(e)])
    return namespace, errors


DEFINED = [
    ("    def f(x):\n        return x\n", "indented cell"),
    ("\n\n  import math\n  def f(x):\n    return x\n", "indented after blank lines"),
    (">>> def f(x):\n...     return x\n...\n>>> f(2)\n2\n", "pasted session"),
    ("In [1]: def f(x):\n   ...:     return x\n   ...: \nIn [2]: f(3)\nOut[2]: 3\n", "pasted IPython session"),
    ("%matplotlib inline\ndef f(x):\n    return x\n", "line magic"),
    ("!pip install \\\n   cupy\ndef f(x):\n    return x\n", "continued shell line"),
    ("if True:\n    %pip install cupy\n    def f(x): return x\nelse:\n    !ls\n", "escapes in a block"),
    ("files = !ls *.py\nfor name in files:\n    1 / 0\ndef f(x): return x\n", "shell assignment"),
    ("max?\n?max\nmax??\ndef f(x): return x\n", "help"),
    ("%%time\ndef f(x): return x\n", "timed cell"),
    ("\n%%capture out\n%%time\ndef f(x): return x\nout.show()\n", "captured cell"),
    ("%%timeit -n 10\ndef f(x): return x\n", "timeit cell"),
    ("%time f = lambda x: x", "timed assignment"),
    ("f = %time (lambda x: x)", "assigned magic"),
    ("%prun -l 5 f = lambda x: x", "profiled assignment"),
    ("%%writefile relu.py\ndef f(x): return x\n", "written file"),
    ("s = '''\n%time f = 1\n!ls\n'''\nx = (10\n  % 3)\n!ls '(\ndef f(x): return x\n", "not in strings and brackets"),
    ("# it's\n%load_ext autoreload\ndef f(x): return x  # [\n!ls\n", "quotes in comments"),
    ("async def g(): return 7\nf = lambda x: y\ny = await g()\n", "top-level await"),
    ("%pylab inline\nf = lambda x: np.asarray(x)\n", "pylab"),
    ("from IPython import get_ipython\nget_ipython().run_line_magic('time', 'f = lambda x: x')", "exported line magic"),
    ("get_ipython().run_cell_magic('time', '', 'def f(x):\\n    return x\\n')", "exported cell magic"),
    ("get_ipython().magic('matplotlib inline')\ndef f(x): return x", "old export"),
    ("from google.colab import drive\ndrive.mount('/content')\ndef f(x): return x", "Colab"),
]


@pytest.mark.parametrize("source", [s for s, _ in DEFINED], ids=[name for _, name in DEFINED])
def test_a_cell_defines_what_it_defines_in_jupyter(source: str) -> None:
    namespace, errors = run(source)
    assert errors == []
    assert namespace["f"](7) == 7
    assert python(source).count("\n") == source.count("\n")


EXPORTED = [
    "# coding: utf-8\n# In[1]:\nget_ipython().run_line_magic('matplotlib', 'inline')\ndef f(x): return x\n",
    "# -*- coding: utf-8 -*-\n!pip install cupy\n%matplotlib inline\ndef f(x): return x\n",
    "from google.colab import drive\ndrive.mount('/content')\ndef f(x): return x\ndisplay(f(1))\n",
    "# %% [markdown]\n# %%\nfrom IPython import get_ipython\nget_ipython().run_cell_magic('time', '', 'f = abs')\n",
    "# ---\n# jupyter:\n#   jupytext: {}\n# ---\n# %%\n# %matplotlib inline\ndef f(x): return x\n",
    "get_ipython().system('pip install cupy')\nfiles = get_ipython().getoutput('ls')\ndef f(x): return x\n",
]


@pytest.mark.parametrize("source", EXPORTED)
def test_a_notebook_that_was_exported_as_a_script_runs(source: str) -> None:
    namespace: dict[str, Any] = {}
    run_file(namespace, "relu.py", source)
    assert namespace["f"](7) == 7


@pytest.mark.parametrize("source", ["    def f(x): return x\n", ">>> x = 1\n", "def f(x:\n    return x\n"])
def test_a_script_that_python_refuses_is_refused(source: str) -> None:
    with pytest.raises(SyntaxError):
        run_file({}, "relu.py", source)


@pytest.mark.parametrize("first", ["%%bash", "%%cython -a", "%%html", "%%script python3", "%%writefile notes.txt"])
def test_a_cell_in_another_language_is_named(first: str) -> None:
    with pytest.raises(Foreign, match=first):
        python(f"{first}\ndef f(x): return x\n")
    _, errors = run(f"{first}\ndef f(x): return x\n")
    assert errors == [[["Foreign", "Exception"], first, 1, "cell 1"]]


def test_a_file_that_a_cell_writes_can_be_imported_and_run() -> None:
    write = "%%writefile relu_written.py\ndef f(x):\n    return x\n"
    for use in (
        "import relu_written\ng = relu_written.f",
        "from relu_written import f as g",
        "%run relu_written.py\ng = f",
    ):
        namespace, errors = run(write, use)
        assert errors == []
        assert namespace["g"](7) == 7
    assert written_file("%%file -a 'src/relu.py'\nx = 1") == ("relu", "x = 1")
    assert written_file("%%writefile data.csv\nx = 1") is None


def test_a_missing_module_that_nothing_uses_costs_a_notebook_nothing() -> None:
    namespace, errors = run("import no_such_module as n, math\nx = math.pi", "def f(x): return x")
    assert (errors, namespace["f"](7)) == ([], 7)


def test_a_missing_module_that_another_cell_uses_is_an_error() -> None:
    _, errors = run("import no_such_module as n", "def f(x): return n.g(x)")
    assert [name for name, _ in errors] == ["ModuleNotFoundError"]


@pytest.mark.parametrize(
    "line",
    [
        "import numpy as np, no_such_module as cp",
        "import no_such_module; import numpy as np",
        "if True:\n    import no_such_module",
        "from no_such_module.nn import (\n    a,\n    b,\n)",
        "import no_such_module.nn as nn, no_such_module.optim as optim",
    ],
)
def test_an_import_that_nothing_uses_may_be_written_in_any_way(line: str) -> None:
    for namespace in ({}, {}):
        run_file(namespace, "f.py", f"{line}\ndef f(x): return x\n")
        assert namespace["f"](7) == 7
    namespace, errors = run(line, "def f(x): return x\n")
    assert (errors, namespace["f"](7)) == ([], 7)


def test_an_import_that_somebody_tries_is_left_to_them() -> None:
    namespace: dict[str, Any] = {}
    run_file(
        namespace, "f.py", "try:\n    import no_such_module\n    GPU = True\nexcept ImportError:\n    GPU = False\n"
    )
    assert namespace["GPU"] is False


def test_the_line_of_an_error_is_the_students(capsys: pytest.CaptureFixture[str]) -> None:
    errors: list[int] = []

    def line(error: BaseException) -> list[Any]:
        assert isinstance(error, SyntaxError)
        errors.append(error.lineno or 0)
        return []

    run_cells({}, [["cell 1", "\n%%time\n\nx = 1\ny = (2\n"]], 5.0, line)
    assert errors == [5]


@pytest.mark.parametrize("cell", ["%", "%%", "!", "!!", "?", "??", "%%\nx = 1", " %%"])
def test_a_cell_that_is_an_escape_and_nothing_else_harms_no_other(cell: str) -> None:
    namespace: dict[str, Any] = {}
    run_cells(namespace, [["cell 1", cell], ["cell 2", "def f(): return 7"]], 5.0, lambda error: [str(error)])
    assert namespace["f"]() == 7


@pytest.mark.parametrize("piece", ["(", "'", "\\\n", "!", ">>> ", "'''", "x = !a\n", " ", "%%time\n", "?", "f'", "%"])
def test_reading_a_cell_takes_linear_time(piece: str) -> None:
    start = time.monotonic()
    for source in (piece * (100_000 // len(piece)), "$\n" + piece * (100_000 // len(piece))):
        with contextlib.suppress(Foreign):
            python(source)
    assert time.monotonic() - start < 3
