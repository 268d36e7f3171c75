"""Copies of values, and putting values back: a test's arguments are the test's, whatever a call did to them.

The implementation under test gets copies (`clone`, as the wire makes them), and what it did to
those can be asked for. `Contents` puts back what had to be changed in place.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided


def snapshot(value: Any) -> Any:
    """A copy of arrays and containers, down to the leaves; anything else is kept as it is."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (tuple, list)) and type(value) in (tuple, list):
        return type(value)(snapshot(v) for v in value)
    if type(value) is dict:
        return {k: snapshot(v) for k, v in value.items()}
    return value


def is_generator(value: Any) -> bool:
    """Whether a value is random numbers to come: using them up is what it is for, so a test sees its own used."""
    return isinstance(value, np.random.Generator)


def clone(value: Any, keep: Callable[[Any], bool] = lambda _: False, _made: dict[int, Any] | None = None) -> Any:
    """A copy to hand to other code: arrays keep their layout, one object stays one, and generators are copied, too.

    Parameters
    ----------
    keep
        Says of a container or a generator that it is to be handed on itself.
    """
    made = {} if _made is None else _made
    kind = type(value)
    if id(value) in made:
        return made[id(value)]
    if isinstance(value, np.ndarray):
        out: Any = _array(value)
    elif kind not in (list, dict, tuple, np.random.Generator) or keep(value):
        return value
    elif kind is tuple:
        return tuple(clone(item, keep, made) for item in value)
    else:
        out = copy.deepcopy(value) if kind is np.random.Generator else kind()
    made[id(value)] = out
    if kind is list:
        out.extend(clone(item, keep, made) for item in value)
    elif kind is dict:
        out.update((key, clone(item, keep, made)) for key, item in value.items())
    return out


def _array(array: np.ndarray) -> np.ndarray:
    """A copy with the same strides, unless they step over much that is not the array's."""
    backwards = tuple(slice(None, None, -1 if stride < 0 else 1) for stride in array.strides)
    span = sum((n - 1) * abs(s) for n, s in zip(array.shape, array.strides, strict=True)) // array.itemsize + 1
    odd = any(stride % array.itemsize for stride in array.strides) or span > 4 * array.size + 64
    if array.flags.c_contiguous or not array.size or odd or type(array) is not np.ndarray:
        out = array.copy()
    else:
        low = array[backwards]  # the same elements, from the lowest address on
        flat = as_strided(low, (span,), (array.itemsize,)).copy()
        out = as_strided(flat, low.shape, low.strides)[backwards]
    out.flags.writeable = array.flags.writeable
    return out


class Contents:
    """What arrays, lists and dicts among some values hold now, to be put back later; also inside plain containers."""

    def __init__(self, values: Iterable[Any]) -> None:
        self._saved: list[tuple[Any, Any]] = []
        pending, seen = list(values), set[int]()
        while pending:
            value = pending.pop()
            if id(value) in seen:
                continue
            seen.add(id(value))
            if isinstance(value, np.ndarray):
                self._saved.append((value, value.copy()))
            elif isinstance(value, (list, dict)):
                self._saved.append((value, copy.copy(value)))
            if isinstance(value, (tuple, list, dict)):
                pending.extend(value.values() if isinstance(value, dict) else value)

    def restore(self) -> None:
        """Put everything back. Of what was taken out of a container, the container's own object is back."""
        for value, saved in self._saved:
            if isinstance(value, np.ndarray):
                if value.shape != saved.shape:
                    value.shape = saved.shape
                if value.flags.writeable:
                    np.copyto(value, saved)
            elif isinstance(value, list):
                value[:] = saved
            else:
                value.clear()
                value.update(saved)


def same_values(a: Any, b: Any) -> bool:
    """Whether two values are the same to the last bit; anything but data must be the very same object."""
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, (tuple, list)):
        return type(a) is type(b) and len(a) == len(b) and all(same_values(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, Mapping):
        return isinstance(b, Mapping) and list(a) == list(b) and all(same_values(a[k], b[k]) for k in a)
    if isinstance(a, (int, float, complex, str, bytes, type(None), np.generic)):
        return type(a) is type(b) and (a == b or (a != a and b != b))
    return a is b
