"""Autograded exercises for a course on deep learning with NumPy.

The package is the engine only; course content lives in ``solutions/`` and the
``exercises/`` that are built from it. In a notebook, ``%load_ext autograder`` gives the
magics ``%check``, ``%%check``, ``%hint`` and ``%%plot``, and `check` does the same by a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .notebook.result import CheckOutcome, Said

__version__ = "0.1.0"


def check(*names: str, lang: str | None = None) -> CheckOutcome | Said:
    """Run the visible checks of exercises on the cells that were run in this notebook.

    Parameters
    ----------
    names
        Exercises or units, ``"relu"``; without any, all that are begun.
    lang
        ``"en"`` or ``"ja"``; default: ``AUTOGRADER_LANG``, else the system's language.

    Returns
    -------
    CheckOutcome or Said
        Shown as HTML by Jupyter; ``passed`` says whether all went well. `Said` tells why
        nothing could be checked.
    """
    from .notebook.extension import check as run

    return run(names, lang)


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext autograder`` calls."""
    from .notebook.extension import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """What ``%unload_ext autograder`` calls."""
    from .notebook.extension import unload

    unload(shell)
