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

from bisect import bisect_left
from collections.abc import Collection, Sequence, Set
from dataclasses import replace

from .scope import STAR, Scope, read_scope

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
            # Without its tree: those of all cells together may be larger than the memory.
            self._read = _Analysed([replace(read_scope(source), tree=None) for _, source in self._cells])
        left_out = self._read.left_out(frozenset(mine), frozenset(others))
        return tuple(cell for i, cell in enumerate(self._cells) if i not in left_out)


class _Analysed:
    """Who defines what, by the positions of the cells."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self._scopes = scopes
        self._lookups = [scope.uses - scope.defines for scope in scopes]
        self._definers = _places([scope.defines for scope in scopes])
        self._users = _places(self._lookups)

    def left_out(self, mine: Set[str], others: Set[str]) -> Set[int]:
        own = self._defining(mine)
        if not own:  # defined in some way that the text does not show
            return frozenset()
        foreign = self._defining(others) - own - self._defining({STAR})
        needed = self._needed(own, foreign)
        return self._unable(foreign - needed, needed)

    def _defining(self, names: Set[str]) -> set[int]:
        return {i for name in names for i in self._definers.get(name, ())}

    def _needed(self, own: Set[int], foreign: Set[int]) -> set[int]:
        """The cells that the `own` ones use, directly or through others."""
        needed: set[int] = set()
        kept: dict[str, list[int]] = {}
        pending = list(own)
        while pending:
            user = pending.pop()
            if user in needed:
                continue
            needed.add(user)
            for name in self._lookups[user]:
                if name not in kept:  # once a name, or a notebook that uses one everywhere takes quadratic time
                    kept[name] = [i for i in self._definers.get(name, ()) if i not in foreign]
                    pending += kept[name]
                pending += self._foreign_providers(name, user, kept[name])
        return needed

    def _foreign_providers(self, name: str, user: int, kept: list[int]) -> list[int]:
        """Where none of the `kept` cells defines a name before its use: the last that does, and the last of all."""
        if kept and kept[0] < user:
            return []
        definers = self._definers.get(name, [])
        before = bisect_left(definers, user)
        return [*definers[max(0, before - 1) : before], *([] if kept else definers[-1:])]

    def _unable(self, out: Set[int], needed: Set[int]) -> set[int]:
        """`out` with the cells that use a name which only cells have that are left out."""
        all_out, pending = set(out), list(out)
        left = {name: len(definers) for name, definers in self._definers.items()}
        while pending:
            for name in self._scopes[pending.pop()].defines:
                left[name] -= 1
                if left[name] == 0:
                    unable = [i for i in self._users.get(name, ()) if i not in all_out and i not in needed]
                    all_out.update(unable)
                    pending += unable
        return all_out


def _places(names: Sequence[Set[str]]) -> dict[str, list[int]]:
    """For each name the positions of the sets that hold it, in order."""
    found: dict[str, list[int]] = {}
    for i, held in enumerate(names):
        for name in held:
            found.setdefault(name, []).append(i)
    return found
