"""Run a student's source: a ``.py`` file, or a notebook's cells without a kernel.

A file runs as one module. A notebook's cells run in order in one namespace; a cell that fails
is recorded and the next one runs, as somebody would do by hand. What is IPython's own in them
becomes Python (`ipython`), and so does what a notebook that was exported as a script calls
through ``get_ipython()``. Drawing libraries are replaced by something that draws nothing, and a
missing module that nothing uses is not imported.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import inspect
import re
import sys
import types
from collections.abc import Callable
from functools import cache
from typing import Any

from .ipython import Foreign, line_magic, python, without_escapes, written_file
from .limits import Clock, limited

_DRAWING = {"matplotlib", "mpl_toolkits", "seaborn", "plotly", "japanize_matplotlib", "IPython", "ipywidgets", "google"}
_IMPORTED = re.compile(r"(?:^|[;:])[ \t]*(?:import|from)[ \t]+([\w., \t]+)", re.MULTILINE)


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
        if module.__name__ == "IPython":
            module.get_ipython = lambda: _shell  # type: ignore[attr-defined]


class Shell(Nothing):
    """What ``get_ipython()`` gives: it runs the Python in a magic, and nothing else."""

    def __init__(self) -> None:
        super().__init__("ipython")
        self.user_ns: dict[str, Any] = {}

    def run_line_magic(self, name: str, line: str = "", *_: Any) -> Any:
        """``%name line``; the value, where it is an expression."""
        return self._run(line_magic(name, line))

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """``%%name line`` and what is below it."""
        source = f"%%{name} {line}\n{cell}"
        _keep_file(source)
        try:
            self._run(python(source))
        except Foreign:
            return

    def magic(self, line: str) -> Any:
        """As old exports write it."""
        name, _, rest = line.strip().lstrip("%").partition(" ")
        return self.run_line_magic(name, rest)

    def run_cell(self, source: str, *_: Any, **__: Any) -> None:
        """A whole cell."""
        self._run(python(source))

    def getoutput(self, *_: Any, **__: Any) -> list[str]:
        """Nothing is printed by a command that does not run."""
        return []

    def _run(self, code: str) -> Any:
        try:
            expression = compile(code.strip(), "<magic>", "eval")
        except SyntaxError:
            exec(compile(code, "<magic>", "exec"), self.user_ns)
            return None
        return eval(expression, self.user_ns)


_shell = Shell()


class WrittenFiles:
    """An import hook for modules that a cell wrote with ``%%writefile``; there is no disk to write to."""

    texts: dict[str, str] = {}  # noqa: RUF012 - one process serves one student at a time

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> Any:
        if name not in WrittenFiles.texts:
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, WrittenFiles)  # type: ignore[arg-type]

    @staticmethod
    def create_module(spec: Any) -> types.ModuleType:
        return types.ModuleType(spec.name)

    @staticmethod
    def exec_module(module: types.ModuleType) -> None:
        exec(compile(WrittenFiles.texts[module.__name__], f"{module.__name__}.py", "exec"), module.__dict__)


def _keep_file(source: str) -> None:
    written = written_file(source)
    if written is not None:
        name, text = written
        WrittenFiles.texts[name] = text
        sys.modules.pop(name, None)


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() has nobody to ask here")


def prepare() -> None:
    """What holds for every student's code: no input, nothing drawn."""
    sys.meta_path.insert(0, DrawNothing)
    sys.meta_path.append(WrittenFiles)
    builtins.input = _no_input


def new_namespace(name: str) -> dict[str, Any]:
    """The globals of a fresh module that ``sys.modules`` knows, as dataclasses need."""
    module = types.ModuleType(name)
    sys.modules[name] = module
    WrittenFiles.texts.clear()
    return module.__dict__


def run_file(namespace: dict[str, Any], label: str, source: str) -> None:
    """Run a file as a module; any exception of it goes up."""
    _as_in_jupyter(namespace)
    try:
        code = _compiled(source, label)
    except SyntaxError:
        plain = without_escapes(source)
        if plain == source:
            raise
        code = _compiled(plain, label)
    exec(code, namespace)


def _as_in_jupyter(namespace: dict[str, Any]) -> None:
    _shell.user_ns = namespace
    namespace["get_ipython"] = lambda: _shell
    namespace["display"] = Nothing("ipython")


def _run_code(code: types.CodeType, namespace: dict[str, Any]) -> None:
    """Run a cell; one that awaits is driven to its end, as far as that needs no event loop."""
    waiting = eval(code, namespace)
    if code.co_flags & inspect.CO_COROUTINE:
        try:
            while True:
                waiting.send(None)
        except StopIteration:
            return


def _compiled(source: str, label: str, used: Callable[[], set[str]] | None = None, flags: int = 0) -> types.CodeType:
    """The code, without imports of missing modules that nothing uses.

    Parameters
    ----------
    used
        Gives the names that are looked up in all of the student's code; by default those of this source.
    """
    if not any(map(_is_missing, _modules(source))):
        code: types.CodeType = compile(source, label, "exec", flags)
        return code
    tree = ast.parse(source, label)
    _drop_unused(tree, used() if used else _looked_up(tree))
    code = compile(tree, label, "exec", flags)
    return code


def _modules(source: str) -> set[str]:
    """Names that may be those of imported packages."""
    return {
        words[0].partition(".")[0]
        for found in _IMPORTED.findall(source)
        for part in found.split(",")
        if (words := part.split()) and not words[0].startswith(".")
    }


def _is_missing(module: str) -> bool:
    try:
        return module not in sys.modules and importlib.util.find_spec(module) is None
    except (ImportError, ValueError, AttributeError):
        return False


def _looked_up(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)}


def _drop_unused(tree: Any, used: set[str]) -> None:
    """Take missing modules out of imports that run when the file is loaded, unless a name that they bind is used.

    What stands in a ``try`` stays: somebody has thought of it there.
    """
    for field in ("body", "orelse"):
        block = getattr(tree, field, None)
        if not isinstance(block, list):
            continue
        kept = []
        for node in block:
            if isinstance(node, (ast.If, ast.With, ast.For, ast.While)):
                _drop_unused(node, used)
            if isinstance(node, ast.Import):
                node.names = [item for item in node.names if not _unused(item, item.name, used)]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                node.names = [item for item in node.names if not _unused(item, str(node.module), used)]
            kept.append(node if getattr(node, "names", True) else ast.copy_location(ast.Pass(), node))
        setattr(tree, field, kept)


def _unused(item: ast.alias, module: str, used: set[str]) -> bool:
    bound = item.asname or item.name.partition(".")[0]
    return bound not in used and bound != "*" and _is_missing(module.partition(".")[0])


def run_cells(
    namespace: dict[str, Any],
    cells: list[list[str]],
    seconds: float,
    describe: Callable[[BaseException], list[Any]],
    clock: float = 60.0,
) -> list[list[Any]]:
    """Run a notebook's cells; the descriptions of the errors met, in order.

    Parameters
    ----------
    seconds
        CPU seconds for each cell.
    clock
        Seconds by the clock for all of them.
    """
    _as_in_jupyter(namespace)
    errors = []

    @cache
    def used() -> set[str]:
        codes = (python_of(source) or "" for _, source in cells)
        return set().union(*map(_names_in, codes))

    share = Clock(clock, 3 * seconds).share
    for label, source in cells:
        try:
            with limited(seconds, share()):
                _keep_file(source)
                _run_code(_compiled(python(source), label, used, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), namespace)
        except Foreign as error:
            errors.append([["Foreign", "Exception"], str(error), 1, label])
        except BaseException as error:
            errors.append(describe(error))
    return errors


def _names_in(code: str) -> set[str]:
    try:
        return _looked_up(ast.parse(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(re.findall(r"\w+", code))


def python_of(source: str) -> str | None:
    """A cell's source as Python, each line in its place; None where it is in another language."""
    try:
        return python(source)
    except Foreign:
        return None
