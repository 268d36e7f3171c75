"""Frozen dataclasses to JSON and back, by their annotations.

An object is ``{"is": "Choices", ...fields}``, a `Fraction` is ``"1/3"``, a time is in ISO 8601,
tuples and sets are lists. Only the classes that are named to `decode` come into being.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

from .i18n import Text


def encode(value: Any) -> Any:
    """JSON of a dataclass and all in it; optional fields that are None are left out."""
    if isinstance(value, Text):
        return value.as_dict()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (frozenset, set)):
        return sorted(encode(v) for v in value)
    if isinstance(value, (tuple, list)):
        return [encode(v) for v in value]
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        there = {f.name: getattr(value, f.name) for f in fields(value)}
        optional = {f.name for f in fields(value) if f.default is None}
        kept = {k: encode(v) for k, v in there.items() if v is not None or k not in optional}
        return {"is": type(value).__name__, **kept}
    return value


def decode(data: Any, classes: Mapping[str, type[Any]]) -> Any:
    """The dataclass that ``{"is": ...}`` names.

    Raises
    ------
    ValueError, TypeError, KeyError
        The data are not what `encode` made of one of `classes`.
    """
    cls = classes[data["is"]]
    hints = _hints(cls)  # type: ignore[arg-type] # mypy takes no class for hashable
    known = {f.name for f in fields(cls)}
    if not data.keys() - {"is"} <= known:
        raise ValueError(f"{cls.__name__} has no {', '.join(sorted(data.keys() - known - {'is'}))}")
    return cls(**{k: _value(v, hints[k], classes) for k, v in data.items() if k != "is"})


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _value(data: Any, hint: Any, classes: Mapping[str, type[Any]]) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if data is None and type(None) in arguments:
            return None
        if isinstance(data, dict) and "is" in data:
            return decode(data, classes)
        return _value(data, next(a for a in arguments if a is not type(None)), classes)
    if hint is Text:
        return Text(data["en"], data["ja"])
    if hint is Fraction:
        return Fraction(data)
    if hint is datetime:
        return datetime.fromisoformat(data)
    if origin is dict:
        return {k: _value(v, arguments[1], classes) for k, v in data.items()}
    if origin is frozenset:
        return frozenset(_value(v, arguments[0], classes) for v in data)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return tuple(_value(v, arguments[0], classes) for v in data)
        return tuple(_value(v, a, classes) for v, a in zip(data, arguments, strict=True))
    if is_dataclass(hint):
        return decode(data, classes)
    if origin is typing.Literal:
        if data not in arguments:
            raise ValueError(f"{data!r} is none of {arguments}")
        return data
    expected = {float: (int, float)}.get(hint, hint)
    if not isinstance(data, expected):
        raise TypeError(f"{data!r} where {hint} is wanted")
    return float(data) if hint is float else data
