"""Texts with holes: ``{{expression}}`` and ``{{expression:.3f}}``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .expr import ExpressionError, Value, evaluate, parse

_HOLE = re.compile(r"\{\{([^{}]+)\}\}")
_VERBATIM = re.compile(r"```.*?```|`[^`]*`|\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)
_SPEC = re.compile(r"[<>^]?[-+ ]?0?\d{0,2},?(\.\d{1,2})?[a-zA-Z%]?")


def holes(text: str) -> list[tuple[str, str]]:
    """``(expression, format)`` for each ``{{expression:format}}`` of a text."""
    return [_split(inner) for inner in _HOLE.findall(text)]


def fill(text: str, variables: Mapping[str, Value], prose: bool = False) -> str:
    """The text with its holes filled.

    Parameters
    ----------
    prose
        Whether it is read by people: except in code a number then has its power of ten as one writes
        it (1.5 × 10⁻⁵), and except in formulas a negative one its minus sign.

    Raises
    ------
    ExpressionError
    """

    def one(match: re.Match[str]) -> str:
        source, spec = _split(match[1])
        value = evaluate(source, variables)
        try:
            shown = format(value, spec) if spec else show(value)
        except (ValueError, TypeError) as error:
            raise ExpressionError(f"{match[0]}: {error}", f"{match[0]}: {error}") from None

        if not prose or not isinstance(value, (int, float)):
            return shown
        inside = next((text[a] for a, b in verbatim if a <= match.start() < b), "")
        if inside == "`":
            return shown
        if power := _POWER.fullmatch(shown):
            return _written(power, tex=inside == "$")
        return shown.replace("-", "\u2212", 1) if not inside and shown.lstrip().startswith("-") else shown

    verbatim = [found.span() for found in _VERBATIM.finditer(text)]
    return _HOLE.sub(one, text)


_POWER = re.compile(r"(-?)([0-9.]+)e([-+])0*([0-9]+)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _written(power: re.Match[str], tex: bool) -> str:
    """``1e-05`` as people write it."""
    sign, digits, direction, exponent = power.groups()
    if tex:
        ten = f"10^{{{direction.strip('+')}{exponent}}}"
        return f"{sign}{ten}" if digits == "1" else rf"{sign}{digits} \times {ten}"
    minus, raised = "\u2212" if sign else "", ("⁻" if direction == "-" else "") + exponent.translate(_RAISED)
    return f"{minus}10{raised}" if digits == "1" else f"{minus}{digits} × 10{raised}"


def show(value: Value) -> str:
    """A value as a text shows it: 2.0 as 2, 0.1 + 0.2 as 0.3, lists and tuples as Python writes them."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        # -0.0 would only puzzle a reader.
        return f"{value + 0.0:.12g}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(repr(v) if isinstance(v, str) else show(v) for v in value)
        if isinstance(value, tuple):
            return f"({inner},)" if len(value) == 1 else f"({inner})"
        return f"[{inner}]"
    return str(value)


def _split(inner: str) -> tuple[str, str]:
    """Where a format begins: after the last colon, unless the whole is an expression (``a[1:3]``)."""
    source, colon, spec = inner.rpartition(":")
    if not colon:
        return inner.strip(), ""
    try:
        parse(inner)
    except ExpressionError:
        spec = spec.strip()
        if not _SPEC.fullmatch(spec):
            raise ExpressionError(
                f"{{{{{inner}}}}}: not a format: {spec!r} (for example .3f)",
                f"{{{{{inner}}}}}: 書式 {spec!r} は使えません（例: .3f）",
            ) from None
        return source.strip(), spec
    return inner.strip(), ""
