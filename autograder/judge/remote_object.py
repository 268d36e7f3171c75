"""Handles on what a student's code returned that is not data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..testing.failures import student_error

Use = Callable[[list[Any], tuple[Any, ...], dict[str, Any], int], Any]


class RemoteObject:
    """Something of the student's that is not data: a function, a generator, an object.

    It can be called, iterated, measured by ``len`` and asked for methods. Everything that
    would take it for a *value* raises TypeError, or ``assert student.f()`` would pass for free.
    """

    def __init__(
        self, request: Use, generation: int, number: int, type_name: str, callable: bool, iterator: bool
    ) -> None:
        self._request = request
        self._number = number
        self._generation = generation
        self._callable = callable
        self._iterator = iterator
        self.remote_type = type_name

    def _use(self, kind: str, *more: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None) -> Any:
        return self._request([kind, self._number, *more], args, kwargs or {}, self._generation)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._use("handle", args=args, kwargs=kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._use("method", name, args=args, kwargs=kwargs)

    def __iter__(self) -> Iterator[Any]:
        iterator = self._use("iter")
        if not isinstance(iterator, RemoteObject):
            raise student_error([["TypeError", "Exception"], "not iterable", 0, ""])
        return iterator

    def __next__(self) -> Any:
        found = self._use("next")
        if not isinstance(found, list) or len(found) > 1:
            raise student_error([["TypeError", "Exception"], "not an iterator", 0, ""])
        if not found:
            raise StopIteration
        return found[0]

    def __len__(self) -> int:
        size = self._use("len")
        if type(size) is not int or size < 0:
            raise student_error([["TypeError", "Exception"], "len() is not a number", 0, ""])
        return size

    def _not_a_value(self, *_: Any) -> Any:
        raise student_error([["TypeError", "Exception"], f"a {self.remote_type} where a value is expected", 0, ""])

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _not_a_value
    __float__ = __int__ = __index__ = __complex__ = __contains__ = __array__ = _not_a_value
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __neg__ = __abs__ = _not_a_value
    __array_ufunc__ = None
    __hash__ = object.__hash__
