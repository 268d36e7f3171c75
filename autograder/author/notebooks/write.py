"""Write the students' notebooks of a course: stubs in place of references, no outputs.

A notebook is composed as jupytext's percent text, which a person can read and diff; jupytext
and nbformat make the JSON. What they read back must be exactly the cells that went in, or the
build fails: a line that looks like a cell's border would otherwise cut a cell in two. Ids come
from the cells' roles and no metadata from the machine, so the same sources give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...course.exercise import Exercise
from ...course.load import LoadedCourse, Unit
from ...errors import ContentError
from ...i18n import Lang, Text
from ..stub import make_stub
from .cells import Cell, unit_cells
from .localize import localize

FOLDER = "notebooks"
_MAGIC = re.compile(r"^(\s*)([%!])")
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def student_notebooks(course: LoadedCourse, exercises: Mapping[str, Exercise]) -> dict[str, str]:
    """``notebooks/<unit>.<lang>.ipynb`` of every unit that has something to do, for each language of the course.

    Raises
    ------
    ContentError
        An exercise cannot be published, or jupytext is not installed.
    """
    files = {}
    for unit in course.config.units:
        for lang in course.config.languages:
            cells = student_cells(course, unit, exercises, lang)
            if any(cell.exercise for cell in cells):
                files[f"{FOLDER}/{unit.id}.{lang}.ipynb"] = to_ipynb(cells, unit, lang)
    return files


def student_cells(course: LoadedCourse, unit: Unit, exercises: Mapping[str, Exercise], lang: Lang) -> list[Cell]:
    """The unit's cells with stubs where `unit_cells` has references."""
    cells = unit_cells(course, unit, exercises, lang)
    return [
        replace(c, source=_stub(exercises[c.exercise], lang)) if c.role == "solution" and c.exercise else c
        for c in cells
    ]


def percent(cells: Sequence[Cell]) -> str:
    """The cells in jupytext's percent format: magics commented out, Markdown as comments."""
    blocks = []
    for cell in cells:
        lines = cell.source.splitlines()
        if cell.kind == "markdown":
            blocks.append("\n".join(["# %% [markdown]", *(f"# {line}".rstrip() for line in lines)]))
        else:
            blocks.append("\n".join(["# %%", *(_MAGIC.sub(r"\1# \2", line) for line in lines)]))
    return "\n\n".join(blocks) + "\n"


def to_ipynb(cells: Sequence[Cell], unit: Unit, lang: Lang) -> str:
    """The notebook's JSON, with a line break at its end."""
    try:
        import jupytext  # type: ignore[import-untyped]
        import nbformat
    except ImportError as error:
        raise ContentError(
            Text(
                f"building notebooks needs {error.name}: pip install -e '.[grade]'",
                f"ノートブックの作成には {error.name} が必要です: pip install -e '.[grade]'",
            )
        ) from None
    notebook = jupytext.reads(percent(cells), fmt="py:percent")
    _verify(cells, notebook.cells, unit)
    notebook.metadata = {
        "kernelspec": _KERNEL,
        "language_info": {"name": "python"},
        "autograder": {"unit": unit.id, "lang": lang},
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for made, name in zip(notebook.cells, ids(cells), strict=True):
        made["id"], made["metadata"] = name, {}
    nbformat.validate(notebook)
    written: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return written.rstrip("\n") + "\n"


def ids(cells: Sequence[Cell]) -> list[str]:
    """A name for each cell that depends on its exercise and role alone: ``relu-check``, ``title``."""
    found: list[str] = []
    for cell in cells:
        name = f"{cell.exercise}-{cell.role}"[:56] if cell.exercise else cell.role
        number = sum(f == name or f.startswith(f"{name}.") for f in found)
        found.append(f"{name}.{number + 1}" if number else name)
    return [name.replace(".", "-") for name in found]


def _stub(exercise: Exercise, lang: Lang) -> str:
    return localize(make_stub(exercise.reference, exercise.config.functions), lang).strip()


def _verify(cells: Sequence[Cell], made: Sequence[Mapping[str, str]], unit: Unit) -> None:
    read = [(cell["cell_type"], cell["source"]) for cell in made]
    for number, cell in enumerate(cells):
        if number >= len(read) or read[number] != (cell.kind, "\n".join(map(str.rstrip, cell.source.splitlines()))):
            where = f"{unit.id}: {cell.exercise or 'notebook'}: {cell.role}"
            raise ContentError(
                Text(
                    f"{where}: this cell cannot be written as percent text (a line that begins with '%%'?)",
                    f"{where}: このセルを percent 形式で書き表せません（「%%」で始まる行がありませんか）",
                )
            )
