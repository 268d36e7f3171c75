"""Whether a student's process is still as it was before their file was loaded.

One submission's exercises may share a process, one after the other, as long as none of them
leaves anything behind that another could notice: an ``np.seterr``, a replaced function of
NumPy, a thread. The question is asked inside the process, so its answer may be forged; whoever
does that harms only their own next exercise.
"""

from __future__ import annotations

import builtins
import gc
import math
import random
import signal
import sys
import threading
import warnings
from typing import Any

import numpy
import numpy.linalg
import numpy.random

_WATCHED = (builtins, math, numpy, numpy.linalg, numpy.random, random)


class Pristine:
    """A record of the process's global state, to compare with later."""

    def __init__(self) -> None:
        self._names = [dict(vars(module)) for module in _WATCHED]
        self._modules = set(sys.modules)
        self._state = _state()

    def holds(self) -> bool:
        """Whether nothing that was there has changed."""
        for module, names in zip(_WATCHED, self._names, strict=True):
            now = vars(module)
            if any(now.get(name, self) is not value for name, value in names.items()):
                return False
        return _state() == self._state

    def forget_modules(self) -> None:
        """Drop the student's own module; what was imported besides may stay."""
        for name in set(sys.modules) - self._modules:
            if getattr(sys.modules[name], "__spec__", None) is None:
                del sys.modules[name]


def _state() -> tuple[Any, ...]:
    return (
        numpy.geterr(),
        numpy.get_printoptions(),
        sys.getrecursionlimit(),
        list(warnings.filters),
        list(sys.path),
        threading.active_count(),
        sys.gettrace(),
        sys.getprofile(),
        gc.isenabled(),
        signal.getsignal(signal.SIGPROF) if hasattr(signal, "SIGPROF") else None,
        signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None,
        signal.getsignal(signal.SIGINT),
    )
