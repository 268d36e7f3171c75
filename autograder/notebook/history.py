"""Which cells were run: the latest source of each, in the order in which they first ran.

That order is the best guess at the notebook's own, in which a grader will run them; the kernel
never sees the file. Jupyter names a cell with each run, so a cell that is edited and run again
replaces itself. Where no name comes along (other front ends, or cells that ran before the
extension was loaded) each run counts as a cell of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Executed:
    """One cell as it last ran.

    Attributes
    ----------
    number
        The count that Jupyter shows beside it: ``[5]``.
    source
        As typed, magics included.
    """

    number: int
    source: str


class History:
    """Listens to a shell; `executed` is what it has run so far.

    Parameters
    ----------
    shell
        The running `InteractiveShell`.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._cells: dict[object, Executed] = {}
        for executed in earlier(shell):
            self._cells[executed.number] = executed

    def listen(self) -> None:
        self._shell.events.register("pre_run_cell", self._note)

    def stop(self) -> None:
        self._shell.events.unregister("pre_run_cell", self._note)

    @property
    def executed(self) -> list[Executed]:
        return list(self._cells.values())

    def _note(self, info: Any) -> None:
        if info.silent or not info.store_history or not info.raw_cell:
            return
        # The shell's own counter is one ahead in IPython 9; the list of inputs is not filled yet in any.
        number = len(self._shell.history_manager.input_hist_raw)
        key = getattr(info, "cell_id", None) or number
        self._cells[key] = Executed(number, info.raw_cell)


def earlier(shell: Any) -> Iterable[Executed]:
    """What the shell remembers to have run, by itself."""
    sources = getattr(shell.history_manager, "input_hist_raw", [])
    return [Executed(n, source) for n, source in enumerate(sources) if source.strip()]
