"""Of a notebook's cells, those that one exercise is graded with.

Theory of operation
-------------------
A notebook is one namespace: a cell for softmax that loops, ends the process, or has a helper of
the same name as backprop's would take a correct backprop down. So each exercise is graded without
the cells of the others. A cell is another exercise's if it defines functions of others and none
of this one's; what is nobody's (imports, helpers, plots) stays, unless it cannot run without a
cell that goes: then its error would be told of this exercise. Where this exercise's
code uses a name that only another's cell defines (its function, a helper, an import), that cell
comes along: the last one before the use, which is what ran at the time, and the last one of all,
which is what a function finds when it is called.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set

from ..scope import STAR, Scope, read_scope

Cells = tuple[tuple[str, str], ...]


class Separable:
    """The cells of one notebook, each read once.

    Parameters
    ----------
    cells
        Label and source, in order.
    """

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._read: _Analysed | None = None

    def alone(self, mine: Collection[str], others: Collection[str]) -> Cells:
        """The cells for an exercise.

        Parameters
        ----------
        mine
            The exercise's functions.
        others
            The functions of all other exercises.
        """
        if self._read is None:
            self._read = _Analysed([read_scope(source) for _, source in self._cells])
        left_out = self._read.left_out(frozenset(mine), frozenset(others))
        return tuple(cell for i, cell in enumerate(self._cells) if i not in left_out)


class _Analysed:
    """Who defines what, by the positions of the cells."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self._scopes = scopes
        self._definers: dict[str, list[int]] = {}
        for i, scope in enumerate(scopes):
            for name in scope.defines:
                self._definers.setdefault(name, []).append(i)

    def left_out(self, mine: Set[str], others: Set[str]) -> Set[int]:
        own = self._defining(mine)
        if not own:  # defined in some way that the text does not show
            return frozenset()
        foreign = self._defining(others) - own - self._defining({STAR})
        needed = self._needed(own, foreign)
        out = foreign - needed
        while more := {i for i in range(len(self._scopes)) if i not in needed | out and self._lacks(i, out)}:
            out |= more
        return out

    def _defining(self, names: Set[str]) -> set[int]:
        return {i for name in names for i in self._definers.get(name, ())}

    def _needed(self, own: Set[int], foreign: Set[int]) -> set[int]:
        """The cells that the `own` ones use, directly or through others."""
        needed: set[int] = set()
        pending = list(own)
        while pending:
            user = pending.pop()
            if user not in needed:
                needed.add(user)
                for name in self._scopes[user].uses - self._scopes[user].defines:
                    pending += self._providers(name, user, foreign)
        return needed

    def _providers(self, name: str, user: int, foreign: Set[int]) -> set[int]:
        definers = self._definers.get(name, [])
        kept = [i for i in definers if i not in foreign]
        if any(i < user for i in kept):
            return set(kept)
        before = [i for i in definers if i < user]
        return {*kept, *before[-1:], *([] if kept else definers[-1:])}

    def _lacks(self, user: int, out: Set[int]) -> bool:
        """Whether a cell uses a name that only cells have that are left out."""
        used = self._scopes[user].uses - self._scopes[user].defines
        return any(out >= set(definers) for name in used if (definers := self._definers.get(name)))
