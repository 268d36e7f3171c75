"""Run a student's source: a ``.py`` file, or a notebook's cells without a kernel.

A file runs as one module. A notebook's cells run in order in one namespace; a cell that fails
is recorded and the next one runs, as somebody would do by hand. Magics belong to IPython, so
line magics and shell lines become ``pass``, timing magics and ``%%check`` are peeled off their
cell, and cells in other languages are skipped. Drawing libraries are replaced by something that draws nothing.
"""

from __future__ import annotations

import ast
import builtins
import re
import signal
import sys
import types
from collections.abc import Callable
from typing import Any

_PEELED = {"time", "timeit", "capture", "prun", "check"}
_CELL_MAGIC = re.compile(r"\s*%%[ \t]*(\S*)")
_LINE_MAGIC = re.compile(r"^(\s*)(?:%|!|\?)|^(\s*)\w[\w.]*\s*=\s*[!%](?!=)|^(\s*)[\w.]+\?+\s*$")
_DRAWING = {"matplotlib", "mpl_toolkits", "seaborn", "plotly", "japanize_matplotlib", "IPython", "ipywidgets"}


class CellTimeout(BaseException):
    """A cell used up its time; the next one may still run."""


class Nothing(types.ModuleType):
    """Accepts every use and does nothing: what drawing comes to where there is no screen."""

    __path__ = []  # noqa: RUF012 - a package without files

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def __getitem__(self, key: Any) -> Any:
        return self

    def __iter__(self) -> Any:
        return iter((self, self))  # fig, ax = plt.subplots()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: Any) -> None:
        return None


class DrawNothing:
    """An import hook, asked first: a drawing library becomes `Nothing`, be it installed (half a second) or not."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> Any:
        if name.partition(".")[0] not in _DRAWING:
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, DrawNothing, is_package=True)  # type: ignore[arg-type]

    @staticmethod
    def create_module(spec: Any) -> types.ModuleType:
        return Nothing(spec.name)

    @staticmethod
    def exec_module(module: types.ModuleType) -> None:
        return None


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() has nobody to ask here")


def prepare() -> None:
    """What holds for every student's code: no input, nothing drawn."""
    sys.meta_path.insert(0, DrawNothing)
    builtins.input = _no_input


def new_namespace(name: str) -> dict[str, Any]:
    """The globals of a fresh module that ``sys.modules`` knows, as dataclasses need."""
    module = types.ModuleType(name)
    sys.modules[name] = module
    return module.__dict__


def run_file(namespace: dict[str, Any], label: str, source: str) -> None:
    """Run a file as a module; any exception of it goes up.

    Where a module is missing that the file imports and never uses (pandas, out of habit), the
    file is run again without that import.
    """
    fresh = dict(namespace)
    tree: ast.Module | None = None
    code = compile(source, label, "exec")
    while True:
        try:
            return exec(code, namespace)
        except ModuleNotFoundError as error:
            tree = ast.parse(source) if tree is None else tree
            if not error.name or not _drop_unused_import(tree, error.name.partition(".")[0]):
                raise
        code = compile(tree, label, "exec")
        namespace.clear()
        namespace.update(fresh)


def _drop_unused_import(tree: ast.Module, module: str) -> bool:
    """Take out the top-level imports of a module, unless a name that they bind occurs anywhere."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    body = [node for node in tree.body if not _imports_unused(node, module, used)]
    dropped = len(body) < len(tree.body)
    tree.body = body
    return dropped


def _imports_unused(node: ast.stmt, module: str, used: set[str]) -> bool:
    if isinstance(node, ast.Import):
        names = [item.name for item in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        names = [str(node.module)] * len(node.names)
    else:
        return False
    bound = {item.asname or item.name.partition(".")[0] for item in node.names}
    return all(name.partition(".")[0] == module for name in names) and not bound & used and "*" not in bound


def run_cells(
    namespace: dict[str, Any],
    cells: list[list[str]],
    seconds: float,
    describe: Callable[[BaseException], list[Any]],
) -> list[list[Any]]:
    """Run a notebook's cells; the descriptions of the errors met, in order."""
    namespace["get_ipython"] = namespace["display"] = Nothing("ipython")
    errors = []

    def expire(*_: Any) -> None:
        raise CellTimeout("the cell ran out of time")

    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, expire)
    for label, source in cells:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            code = python_of(source)
            if code is not None:
                exec(compile(code, label, "exec"), namespace)
        except BaseException as error:
            errors.append(describe(error))
        finally:
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_PROF, 0)
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    return errors


def python_of(source: str) -> str | None:
    """A cell's source without its magics; None where the cell isn't Python at all."""
    at = 0
    while magic := _CELL_MAGIC.match(source, at):
        if magic[1] not in _PEELED:
            return None
        at = source.find("\n", magic.end()) + 1 or len(source)
    source = source[at:]
    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return "\n".join(_without_magic(line) for line in source.split("\n"))


def _without_magic(line: str) -> str:
    match = _LINE_MAGIC.match(line)
    if not match:
        return line
    return next((indent for indent in match.groups() if indent is not None), "") + "pass"
