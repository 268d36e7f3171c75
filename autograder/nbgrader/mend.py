"""Make any submitted notebook one that nbgrader can work with.

Theory of operation
-------------------
nbgrader believes what a notebook says about itself: one of another schema version, with a cell
copied, with ids that lie, or that is no notebook at all ends the whole batch or loses the
submission. So nothing of a notebook is believed. `sound` takes from its JSON the kind and the
text of each cell and builds a new notebook; `mended` puts the released cells in their places:
each once, with their own metadata, and locked ones with their own text. What a student put into
a cell that is not theirs is not shown there. What is graded is the file as it was handed in,
which nothing here touches.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode

from ..collect.nbjson import load, too_large
from ..i18n import Text
from .released import MasterCell

_made: Any = NotebookNode  # without types of their own
_node: Any = nbformat.from_dict
_TYPES = ("code", "markdown", "raw")
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}\Z")
_UNFIT = re.compile("[\ud800-\udfff\0]")  # half a surrogate pair, NUL: JSON can spell them, UTF-8 and HTML cannot
_HIDDEN = re.compile(
    r"^[^\n]*BEGIN HIDDEN TESTS[^\n]*\n(?:.*?^[^\n]*END HIDDEN TESTS[^\n]*(?:\n|\Z)|.*\Z)", re.MULTILINE | re.DOTALL
)
_KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_UNREADABLE = Text(
    "**The submitted notebook could not be read:** {why}", "**提出されたノートブックを読み込めませんでした:** {why}"
)
_MISSING = Text(
    "(This cell was missing from the submission and was put back.)",
    "（このセルは提出物になかったため、復元しました。）",
)


def sound(data: bytes) -> NotebookNode:
    """A valid notebook from the bytes of a submitted file, without outputs. Never raises.

    Parameters
    ----------
    data
        At most ``MAX_FILE_BYTES + 1`` bytes of the file. What cannot be read becomes a notebook with
        one cell that says why.
    """
    loaded = load(data, attachments=True)
    if loaded.tree is None and loaded.problem == too_large():
        loaded = load(data)
    if loaded.tree is None:
        return _blank(loaded.problem)
    return _notebook([cell for given in loaded.tree["cells"] if (cell := _cell(given)) is not None])


def mended(nb: NotebookNode, masters: Sequence[MasterCell]) -> NotebookNode:
    """The notebook with each released cell once, as it was released.

    Parameters
    ----------
    nb
        From `sound`, or of the same form.
    masters
        The released cells. Of cells that claim the same id the last one counts, as in nbgrader.
        One that was deleted comes back if it is graded.
    """
    by_id = {master.grade_id: master for master in masters}
    holder = {i: cell for cell in nb.cells if (i := _claim(cell)) in by_id}
    cells = []
    for cell in nb.cells:
        grade_id = _claim(cell)
        mine = by_id[grade_id] if grade_id in by_id and holder[grade_id] is cell else None
        fresh = _as_released(cell, mine) if mine else cell
        if mine is None:
            fresh.metadata.pop("nbgrader", None)
        else:
            holder[grade_id] = fresh
        cells.append(fresh)
    before: NotebookNode | None = None
    for master in masters:
        if master.grade_id not in holder and master.points is not None:
            at = 0 if before is None else next(i for i, cell in enumerate(cells) if cell is before) + 1
            holder[master.grade_id] = _restored(master)
            cells.insert(at, holder[master.grade_id])
        before = holder.get(master.grade_id, before)
    return _notebook(cells)


def without_hidden(source: str) -> str:
    """A test cell's text as a student may see it; an unclosed region is hidden to the end."""
    return _HIDDEN.sub("", source).rstrip("\n")


def _blank(why: Text | None) -> NotebookNode:
    said = _UNREADABLE.format(why="")
    why = why or Text("", "")
    return _notebook([_new("markdown", f"{said.en}{why.en}\n\n{said.ja}{why.ja}")])


def _notebook(cells: Sequence[NotebookNode]) -> NotebookNode:
    """A notebook of current format; a cell whose id is missing, odd or taken gets a new one."""
    taken: set[str] = set()
    numbers = itertools.count(1)
    for cell in cells:
        given = cell.get("id")
        if not (isinstance(given, str) and _CELL_ID.match(given)) or given in taken:
            given = next(name for n in numbers if (name := f"mended-{n}") not in taken)
            cell["id"] = given
        taken.add(given)
    nb: NotebookNode = _made(nbformat=4, nbformat_minor=5, metadata=_node(_KERNEL), cells=list(cells))
    return nb


def _new(cell_type: str, source: str, cell_id: Any = None) -> NotebookNode:
    """A cell; nbformat's own constructors validate each against the schema, which takes a millisecond."""
    more: dict[str, Any] = {"outputs": [], "execution_count": None} if cell_type == "code" else {}
    cell: NotebookNode = _made(id=cell_id, cell_type=cell_type, metadata=_made(), source=source, **more)
    return cell


def _cell(given: Any) -> NotebookNode | None:
    if not isinstance(given, dict) or given.get("cell_type") not in _TYPES:
        return None
    source = given.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    cell = _new(given["cell_type"], _fit(source), given.get("id"))
    metadata = given.get("metadata")
    if isinstance(metadata, dict) and isinstance(metadata.get("nbgrader"), dict):
        # What is nested there is nobody's, and may be nested deeper than anything can copy.
        cell.metadata["nbgrader"] = _node(
            {k: v for k, v in metadata["nbgrader"].items() if not isinstance(v, (dict, list))}
        )
    images = given.get("attachments")
    if cell.cell_type == "markdown" and images is not None and _are_attachments(images):
        cell["attachments"] = _attachments(images)
    return cell


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)


def _attachments(given: dict[str, dict[str, str]]) -> Any:
    return _node(
        {_fit(name): {_fit(kind): _fit(data) for kind, data in files.items()} for name, files in given.items()}
    )


def _are_attachments(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(files, dict) and all(isinstance(data, str) for data in files.values()) for files in value.values()
    )


def _claim(cell: NotebookNode) -> str:
    """The id that a cell says it has, else nothing."""
    meta = cell.metadata.get("nbgrader")
    claimed = meta.get("grade_id") if isinstance(meta, dict) else None
    return claimed if isinstance(claimed, str) else ""


def _as_released(cell: NotebookNode, master: MasterCell) -> NotebookNode:
    if master.cell_type != cell.cell_type or master.locked:
        cell = _new(master.cell_type, master.source if master.locked else cell.source, cell.get("id"))
    cell.metadata["nbgrader"] = _node(master.metadata())
    return cell


def _restored(master: MasterCell) -> NotebookNode:
    source = master.source
    if master.solution:  # not the released text, so that a person looks: the answer may stand elsewhere
        mark = "# " if master.cell_type == "code" else ""
        source = f"{mark}{_MISSING.en}\n{mark}{_MISSING.ja}\n\n{source}"
    cell = _new(master.cell_type, source)
    cell.metadata["nbgrader"] = _node(master.metadata())
    return cell
