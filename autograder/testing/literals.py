"""Values and calls as a person would write them in Python, cut to what fits in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .bench import Call

CALL_COLUMNS = 100
_SMALL = 16  # elements that are shown in full


def format_call(call: Call) -> str:
    """The call as Python would write it, its arguments cut until it fits in a line."""
    shown = ""
    for keep in (_SMALL, 3, 2, 1, 0):
        parts = [format_value(a, keep) for a in call.args]
        parts += [f"{k}={format_value(v, keep)}" for k, v in call.kwargs.items()]
        shown = f"{call.name}({', '.join(parts)})"
        if len(shown) <= CALL_COLUMNS:
            break
    return shown


def format_value(value: Any, keep: int | None = 3) -> str:
    """A value as Python would write it.

    Parameters
    ----------
    keep
        How many items to show of each axis of what has more than 16 elements (0: its shape
        only); None shows everything.
    """
    if isinstance(value, np.ndarray):
        return _array(value, keep)
    if isinstance(value, (tuple, list)):
        brackets = "()" if isinstance(value, tuple) else "[]"
        few = value if keep is None or len(value) <= max(keep, 1) or _count(value) <= _limit(keep) else None
        items = [format_value(v, keep) for v in (value[: max(keep or 0, 1)] if few is None else few)]
        tail = ", ..." if few is None else "," if len(value) == 1 and brackets == "()" else ""
        return brackets[0] + ", ".join(items) + tail + brackets[1]
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k!r}: {format_value(v, keep)}" for k, v in value.items()) + "}"
    if isinstance(value, np.random.Generator):
        return "rng"
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:37] + "...")
    if value is None or isinstance(value, (int, float, complex)):
        return repr(value)
    name = getattr(value, "__name__", None)
    return name if isinstance(name, str) else f"<{type(value).__name__}>"


def _limit(keep: int) -> int:
    """How many elements are shown in full."""
    return min(_SMALL, 5 * max(keep, 1))


def _count(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    return sum(map(_count, value)) if isinstance(value, (tuple, list)) else 1


def _array(a: np.ndarray, keep: int | None) -> str:
    plain = a.dtype in (np.dtype(np.float64), np.dtype(np.int64), np.dtype(bool))
    dtype = "" if plain else f", dtype={a.dtype}"
    if keep is None or a.size <= _limit(keep):
        return f"array({_nested(a, a.size + 1)}{dtype}{'' if a.size else f', shape={a.shape}'})"
    if keep == 0:
        return f"array(shape={a.shape}{dtype})"
    return f"array({_nested(a, keep)}, shape={a.shape}{dtype})"


def _nested(a: np.ndarray, keep: int) -> str:
    if a.ndim == 0:
        return _element(a.item())
    items = [_nested(np.asarray(row), keep) for row in a[:keep]]
    return "[" + ", ".join([*items, "..."] if len(a) > keep else items) + "]"


def _element(value: Any) -> str:
    """A number inside an array: a float keeps its point, as NumPy prints it."""
    if not isinstance(value, float):
        return str(value)
    shown = f"{value:.5g}"
    return shown if any(c in shown for c in ".en") else shown + "."


def format_index(index: tuple[int, ...]) -> str:
    """``[1, 2]``."""
    return f"[{', '.join(map(str, index))}]"


def tell_apart(actual: Any, expected: Any) -> tuple[str, str]:
    """Both numbers, with as many digits as it takes to tell them apart."""
    for digits in (6, 10, 17):
        got, want = (f"{v:.{digits}g}" for v in (actual, expected))
        if got != want:
            break
    return tuple(v.replace("-0", "0") if v == "-0" else v for v in (got, want))  # type: ignore[return-value]
