"""Explain how a result differs from the right one, and guess at most one cause.

`explain` walks the two values side by side (sequences, dicts, arrays) and returns the first
difference, or None. What it says is in the order in which a person looks: is there a value
at all, its type, its shape, whether it is finite, then how many elements differ and by how
much. A *signature* is a relation between the two arrays that betrays a typical slip
(transposed, the opposite sign, N times too large, ...); see `causes.GENERIC` for the words.

Tolerance: ``|actual - expected| <= rtol * |expected| + atol * max(1, max|expected|)``. The
absolute part scales with the whole array, because an element-wise relative error calls
noise of 1e-9 around a zero a total failure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Problem = Literal["none", "type", "length", "keys", "shape", "nonfinite", "values"]
MAX_ROWS = 4


@dataclass(frozen=True)
class Tolerance:
    """Relative and scaled absolute tolerance."""

    rtol: float = 1e-6
    atol: float = 1e-8


FLOAT64 = Tolerance()
FLOAT32 = Tolerance(1e-4, 1e-6)


@dataclass(frozen=True)
class Difference:
    """The first difference found.

    Attributes
    ----------
    path
        Where in the result, written as Python would index it: ``""``, ``"[1]"``, ``"['W1']"``.
    wrong, total
        Number of differing elements, and of all.
    max_abs, max_rel
        Largest absolute error; largest relative error where the expected value is not 0.
    rows
        At most four ``(index, actual, expected)``.
    signature
        Id of the one likely cause, or None.
    """

    problem: Problem
    path: str = ""
    actual_type: str = ""
    expected_type: str = ""
    actual_shape: tuple[int, ...] | None = None
    expected_shape: tuple[int, ...] | None = None
    wrong: int = 0
    total: int = 0
    first_index: tuple[int, ...] = ()
    max_abs: float | None = None
    max_rel: float | None = None
    rows: tuple[tuple[tuple[int, ...], Any, Any], ...] = ()
    signature: str | None = None


def explain(
    actual: Any, expected: Any, tol: Tolerance = FLOAT64, path: str = "", sizes: Sequence[int] | None = ()
) -> Difference | None:
    """The first difference between `actual` and `expected`, or None where they agree.

    Parameters
    ----------
    actual
        What the student's function returned. Array-likes of any kind are accepted where
        an array is expected, and any sequence of the right length where a tuple is.
    expected
        The right value: number, string, None, array, or a tuple, list or dict of such. A list
        of numbers, or of equally long lists of them, is an array; a tuple never is.
    tol
        How close is close enough.
    sizes
        Axis lengths of the inputs, against which a constant factor is recognised. None: only
        whether there is a difference is wanted, so nothing is measured.
    """
    if expected is None or isinstance(expected, str):
        same = actual is None if expected is None else isinstance(actual, str) and actual == expected
        return None if same else Difference("none" if actual is None else "type", path, _kind(actual), _kind(expected))
    if actual is None:
        wanted = "array" if isinstance(expected, list) and _is_array(expected) else _kind(expected)
        return Difference("none", path, "None", wanted)
    if isinstance(expected, Mapping):
        return _explain_mapping(actual, expected, tol, path, sizes)
    if isinstance(expected, (tuple, list)) and not (isinstance(expected, list) and _is_array(expected)):
        return _explain_sequence(actual, expected, tol, path, sizes)
    return _explain_array(actual, expected, tol, path, sizes)


def agrees(actual: Any, expected: Any, tol: Tolerance = FLOAT64) -> bool:
    """Whether `explain` finds nothing; never raises."""
    try:
        return explain(actual, expected, tol) is None
    except Exception:
        return False


def _explain_mapping(
    actual: Any, expected: Mapping[Any, Any], tol: Tolerance, path: str, sizes: Sequence[int] | None
) -> Difference | None:
    if not isinstance(actual, Mapping):
        return Difference("type", path, _kind(actual), "dict")
    if set(actual) != set(expected):
        return Difference("keys", path, ", ".join(sorted(map(str, actual))), ", ".join(sorted(map(str, expected))))
    for key, value in expected.items():
        found = explain(actual[key], value, tol, f"{path}[{key!r}]", sizes)
        if found:
            return found
    return None


def _explain_sequence(
    actual: Any, expected: Sequence[Any], tol: Tolerance, path: str, sizes: Sequence[int] | None
) -> Difference | None:
    if (
        isinstance(actual, (str, bytes, Mapping))
        or not hasattr(actual, "__len__")
        or not hasattr(actual, "__getitem__")
    ):
        return Difference("type", path, _kind(actual), _kind(expected))
    if getattr(actual, "shape", None) == () or len(actual) != len(expected):
        length = 0 if getattr(actual, "shape", None) == () else len(actual)
        return Difference("length", path, _kind(actual), _kind(expected), wrong=length, total=len(expected))
    for i, value in enumerate(expected):
        found = explain(actual[i], value, tol, f"{path}[{i}]", sizes)
        if found:
            return found
    return None


def _is_array(expected: list[Any]) -> bool:
    """Whether a list is an array written by hand: numbers only, in rows of equal length."""
    try:
        return np.asarray(expected).dtype.kind in "biufc" and _only_numbers(expected)
    except ValueError:
        return False


def _only_numbers(value: Any) -> bool:
    return all(map(_only_numbers, value)) if isinstance(value, list) else isinstance(value, (int, float, complex))


def _explain_array(
    actual: Any, expected: Any, tol: Tolerance, path: str, sizes: Sequence[int] | None
) -> Difference | None:
    want = np.asarray(expected)
    try:
        got = np.asarray(actual)
    except (ValueError, TypeError):
        return Difference("type", path, _kind(actual), _kind(want))
    if got.dtype.kind not in "biufc":
        return Difference("type", path, _kind(actual), _kind(want))
    if got.shape != want.shape:
        return Difference(
            "shape", path, _kind(got), _kind(want), got.shape, want.shape, signature=_shape_signature(got, want, tol)
        )
    if want.size == 0:
        return None
    got, want = _as_float(got), _as_float(want)
    scale = max(1.0, float(np.max(np.abs(want))))
    with np.errstate(all="ignore"):
        error = np.abs(got - want)
        bad = ~(error <= tol.rtol * np.abs(want) + tol.atol * scale)
    if not bad.any():
        return None
    problem: Problem = "values" if np.isfinite(got).all() else "nonfinite"
    if sizes is None:
        return Difference(problem, path)
    return Difference(
        problem,
        path,
        _kind(got),
        _kind(want),
        got.shape,
        want.shape,
        wrong=int(bad.sum()),
        total=int(bad.size),
        first_index=tuple(int(i) for i in np.argwhere(bad)[0]),
        max_abs=_finite_max(error[bad]),
        max_rel=_finite_max((error / np.where(want == 0, np.nan, np.abs(want)))[bad]),
        rows=tuple(
            (tuple(int(i) for i in idx), got[tuple(idx)].item(), want[tuple(idx)].item())
            for idx in np.argwhere(bad)[:MAX_ROWS]
        ),
        signature=_value_signature(got, want, bad, tol, sizes),
    )


def _as_float(a: np.ndarray) -> np.ndarray:
    return a.astype(np.complex128 if a.dtype.kind == "c" else np.float64, copy=False)


def _finite_max(a: np.ndarray) -> float | None:
    a = a[np.isfinite(a)]
    return float(a.max()) if a.size else None


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"array of {value.dtype}"
    name = getattr(value, "remote_type", None)
    return name if isinstance(name, str) else type(value).__name__


def _close(a: np.ndarray, b: np.ndarray, tol: Tolerance) -> bool:
    if a.shape != b.shape or a.size == 0:
        return False
    scale = max(1.0, float(np.max(np.abs(b))))
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(a - b) <= 10 * (tol.rtol * np.abs(b) + tol.atol * scale)))


def _shape_signature(got: np.ndarray, want: np.ndarray, tol: Tolerance) -> str | None:
    got, want = _as_float(got), _as_float(want)
    if got.ndim >= 2 and got.shape == want.shape[::-1] and _close(got.T, want, tol):
        return "transposed"
    if got.size == want.size and _close(got.reshape(want.shape), want, tol):
        return "extra_axis"
    if want.size > 1 and got.shape in {(want.size, want.size)} and max(want.shape) == want.size:
        return "broadcast_square"
    if got.size == 1 and want.size > 1:
        return "reduced_to_scalar"
    return None


def _value_signature(
    got: np.ndarray, want: np.ndarray, bad: np.ndarray, tol: Tolerance, sizes: Sequence[int]
) -> str | None:
    if not np.isfinite(got).all():
        return "nonfinite"
    few_digits = _agrees_roughly(got, want)
    for name, test in _SIGNATURES:
        if few_digits and name in _NEEDS_CLEAR_ERROR:
            continue
        if test(got, want, bad, tol):
            return name
    if few_digits:
        return "few_digits"
    factor = _constant_factor(got, want, tol)
    if factor is None:
        return None
    for size in {s for s in sizes if s > 2}:  # a factor of 2 has many reasons
        if np.isclose(factor, size, rtol=1e-6):
            return "times_n"
        if np.isclose(factor, 1 / size, rtol=1e-6):
            return "over_n"
    # any two numbers differ by some factor
    unnamed = "constant_factor" if np.count_nonzero(np.abs(want) > 1e-9 * np.max(np.abs(want))) > 1 else None
    return next((name for value, name in _FACTORS if np.isclose(factor, value, rtol=1e-6)), unnamed)


_FACTORS = [
    (2.0, "twice"),
    (0.5, "half"),
    (1 / np.log(10), "log10"),
    (1 / np.log(2), "log2"),
]


def _constant_factor(got: np.ndarray, want: np.ndarray, tol: Tolerance) -> float | None:
    """The c with ``got == c * want``, or None. One element alone proves nothing unless sizes say so."""
    power = float(np.sum(np.abs(want) ** 2))
    if power == 0:
        return None
    factor = float(np.real(np.sum(got * np.conj(want)))) / power
    found = abs(factor) > 1e-9 and _close(got, factor * want, tol) and _explains(got / factor, got, want)
    return factor if found else None


def _explains(mended: np.ndarray, got: np.ndarray, want: np.ndarray, aim: np.ndarray | None = None) -> bool:
    """Whether undoing a slip takes nearly all of the error away, where the tolerance alone is too kind.

    `aim` is what the mended result should be, where that is not `want` itself.
    """
    left = float(np.max(np.abs(mended - (want if aim is None else aim))))
    return left <= 1e-3 * float(np.max(np.abs(got - want)))


def _has_steps(rounded: np.ndarray, decimals: int) -> bool:
    """Whether more than 0 and one unit occur: those two are also what a choice or a comparison gives."""
    return bool(np.max(np.abs(rounded)) * 10**decimals >= 1.5)


def _agrees_roughly(got: np.ndarray, want: np.ndarray) -> bool:
    """Whether every element has two or three right digits: such an error is close to any pattern."""
    with np.errstate(all="ignore"):
        return want.size > 1 and bool(np.all(np.abs(got - want) <= 1e-4 * np.abs(want) + 1e-9 * np.max(np.abs(want))))


def _is_border(bad: np.ndarray) -> bool:
    if bad.ndim < 2 or min(bad.shape[-2:]) < 5:
        return False
    inner = bad[..., 1:-1, 1:-1]
    return not inner.any()


_NEEDS_CLEAR_ERROR = {"transposed", "constant_offset", "permuted"}
_Signature = Callable[[np.ndarray, np.ndarray, np.ndarray, Tolerance], bool]
_SIGNATURES: list[tuple[str, _Signature]] = [
    ("all_zeros", lambda g, w, bad, tol: not g.any()),
    ("opposite_sign", lambda g, w, bad, tol: _close(-g, w, tol) and _explains(-g, g, w)),
    (
        "transposed",
        lambda g, w, bad, tol: (
            g.ndim >= 2 and g.shape == g.shape[::-1] and _close(g.T, w, tol) and _explains(g.T, g, w)
        ),
    ),
    (
        "truncated",
        lambda g, w, bad, tol: (
            np.isrealobj(w) and bool(g.any()) and not np.array_equal(w, np.trunc(w)) and np.array_equal(g, np.trunc(w))
        ),
    ),
    (
        "rounded",
        lambda g, w, bad, tol: (
            np.isrealobj(w)
            and any(np.allclose(g, np.round(w, d), rtol=0, atol=1e-12) and _has_steps(g, d) for d in range(7))
        ),
    ),
    (
        "constant_offset",
        lambda g, w, bad, tol: (
            len(np.unique(w)) > 2
            and bool(bad.all())
            and _close(g - np.mean(g - w), w, tol)
            and _explains(g - np.mean(g - w), g, w)
        ),
    ),
    (
        "permuted",
        lambda g, w, bad, tol: (
            np.isrealobj(w)
            and len(np.unique(w)) > 3  # of two or three values, a wrong choice among them is no order
            and _close(np.sort(g, axis=None), np.sort(w, axis=None), tol)
            and _explains(np.sort(g, axis=None), g, w, np.sort(w, axis=None))
        ),
    ),
    ("border_only", lambda g, w, bad, tol: _is_border(bad)),
]
