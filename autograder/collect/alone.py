"""Of a notebook's cells, those that one exercise is graded with.

Theory of operation
-------------------
A notebook is one namespace: a cell for softmax that loops, ends the process, or has a helper of
the same name as backprop's would take a correct backprop down. So each exercise is graded without
the cells of the others. A cell is another exercise's if it defines functions of others and none
of this one's; all that belongs to nobody (imports, helpers, plots) stays. Where this exercise's
code uses a name that only another's cell defines (its function, a helper, an import), that cell
comes along: the last one before the use, which is what ran at the time, and the last one of all,
which is what a function finds when it is called.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
        self._scopes: list[Scope] | None = None

    def alone(self, mine: Collection[str], others: Collection[str]) -> Cells:
        """The cells for an exercise.

        Parameters
        ----------
        mine
            The exercise's functions.
        others
            The functions of all other exercises.
        """
        if self._scopes is None:
            self._scopes = [read_scope(source) for _, source in self._cells]
        scopes = self._scopes
        own = [i for i, s in enumerate(scopes) if not s.defines.isdisjoint(mine)]
        if not own:  # defined in some way that the text does not show
            return self._cells
        foreign = [
            i for i, s in enumerate(scopes) if not s.defines.isdisjoint(others) and s.defines.isdisjoint({*mine, STAR})
        ]
        left_out = set(foreign) - _needed(scopes, own, foreign)
        return tuple(cell for i, cell in enumerate(self._cells) if i not in left_out)


def _needed(scopes: Sequence[Scope], own: Sequence[int], foreign: Sequence[int]) -> set[int]:
    """Of the `foreign` cells, those that the `own` ones use, directly or through others."""
    needed: set[int] = set()
    pending = list(own)
    while pending:
        user = pending.pop()
        if user in needed:
            continue
        needed.add(user)
        for name in scopes[user].uses:
            pending += _providers(scopes, name, user, foreign)
    return needed.intersection(foreign)


def _providers(scopes: Sequence[Scope], name: str, user: int, foreign: Sequence[int]) -> set[int]:
    if name in scopes[user].defines:
        return set()
    definers = [i for i, scope in enumerate(scopes) if name in scope.defines]
    kept = [i for i in definers if i not in foreign]
    if any(i < user for i in kept):
        return set(kept)
    before = [i for i in definers if i < user]
    return {*kept, *before[-1:], *([] if kept else definers[-1:])}
