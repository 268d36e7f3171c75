"""Properties that recur in every suite, a decorator each: the function below it makes the plain input.

::

    @lists("relu", "relu_lists")
    def test_relu_of_lists(rng):
        return rng.normal(size=6)

is a test of the group ``relu_lists``. Its input is made of float64 arrays, as in every other test; the
decorator turns it into lists and compares `relu` of student and reference. A function of
several arguments gets a tuple; a list of tuples holds several forms of the same question, of which
one right answer is enough (`Bench.either`). So a property is asked once, by itself, in the same
words for every exercise.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ..errors import GraderError
from ..i18n import Text
from .bench import FLOAT32, FLOAT64, Tolerance
from .marks import case

Test = Callable[..., None]
Maker = Callable[..., Any]
Form = tuple[Any, ...]


def lists(function: str, group: str, tol: Tolerance = FLOAT64, **kwargs: Any) -> Callable[[Maker], Test]:
    """Arrays arrive as (nested) lists."""
    return _agrees(function, group, Text("lists", "リスト"), as_lists, tol, kwargs)


def integers(function: str, group: str, tol: Tolerance = FLOAT64, **kwargs: Any) -> Callable[[Maker], Test]:
    """Float arrays, which must hold whole numbers, arrive as int64."""
    return _agrees(function, group, Text("whole numbers", "整数"), as_integers, tol, kwargs)


def unsigned(function: str, group: str, tol: Tolerance = FLOAT64, **kwargs: Any) -> Callable[[Maker], Test]:
    """Float arrays, which must hold whole numbers from 0 to 255, arrive as uint8, as in images."""
    title = Text("unsigned integers of 8 bits, as in images", "画像のような 8 ビットの符号なし整数")
    return _agrees(function, group, title, partial(as_integers, kind=np.uint8), tol, kwargs)


def views(function: str, group: str, tol: Tolerance = FLOAT64, **kwargs: Any) -> Callable[[Maker], Test]:
    """Arrays arrive as views: strided, reversed and transposed."""
    title = Text("views that are not contiguous", "メモリ上で連続していないビュー")
    return _agrees(function, group, title, as_views, tol, kwargs)


def float32(function: str, group: str, tol: Tolerance = FLOAT32, **kwargs: Any) -> Callable[[Maker], Test]:
    """Float arrays arrive in single precision, and a result in single precision is good enough."""
    return _agrees(function, group, Text("single precision", "単精度（float32）"), as_float32, tol, kwargs)


def one_sample(function: str, group: str, tol: Tolerance = FLOAT64, **kwargs: Any) -> Callable[[Maker], Test]:
    """The input, as it is made, is one sample without the batch axis."""
    return _agrees(function, group, Text("one sample", "1 サンプル"), lambda value: value, tol, kwargs)


def unchanged(function: str, group: str, tol: Tolerance = FLOAT64, **kwargs: Any) -> Callable[[Maker], Test]:
    """The arguments are afterwards as they were."""

    def ask(forms: list[Form], either: Any) -> None:
        either(function, *forms, unchanged=True, tol=tol, **kwargs)

    return _test(function, group, Text("the arguments stay as they were", "引数を書き換えない"), ask)


def empty_batch(
    function: str, group: str, batch: int = 1, tol: Tolerance = FLOAT64, **kwargs: Any
) -> Callable[[Maker], Test]:
    """Of the first `batch` arguments no sample is left; the result has the shape that follows.

    A batch of all the samples comes first, because code that returns nothing whatever it is given is not right.
    """

    def ask(forms: list[Form], agree: Any, reference: Any, student: Any, expect: Any) -> None:
        (args,) = forms
        agree(function, *args, tol=tol, **kwargs)
        nothing = tuple(value[:0] if i < batch else value for i, value in enumerate(args))
        expected = np.asarray(getattr(reference, function)(*nothing, **kwargs))
        actual = getattr(student, function)(*nothing, **kwargs)
        # A nested list cannot say how wide nothing is.
        expect(expected if np.shape(actual) == (0,) else actual, expected)

    return _test(function, group, Text("an empty batch", "空のバッチ"), ask)


def as_lists(value: Any) -> Any:
    """An array as nested lists; anything else as it is."""
    return value.tolist() if isinstance(value, np.ndarray) else value


def as_integers(value: Any, kind: Any = np.int64) -> Any:
    """An array of whole floats as integers.

    Raises
    ------
    GraderError
        A number is not whole, or does not fit.
    """
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
        return value
    with np.errstate(invalid="ignore"):
        whole = value.astype(kind)
    if not np.array_equal(whole, value):
        raise GraderError(f"a test of whole numbers makes an input that {np.dtype(kind)} cannot hold")
    return whole


def as_float32(value: Any) -> Any:
    """A float array in single precision."""
    return value.astype(np.float32) if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value


def as_views(value: Any) -> Any:
    """The same array as every second slice of a larger one, backwards along each axis, columns first.

    The larger array is only twice as large: the wire sends much larger ones without their gaps.
    """
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return value
    *others, first = reversed(value.shape)
    large = np.zeros([*others, 2 * first], value.dtype)
    view = large.T[(slice(None, None, -2), *[slice(None, None, -1)] * len(others))]
    view[...] = value
    return view


def _agrees(
    function: str,
    group: str,
    title: Text,
    convert: Callable[[Any], Any],
    tol: Tolerance,
    kwargs: dict[str, Any],
) -> Callable[[Maker], Test]:
    def ask(forms: list[Form], either: Any) -> None:
        either(function, *(tuple(map(convert, form)) for form in forms), tol=tol, **kwargs)

    return _test(function, group, title, ask)


def _test(function: str, group: str, title: Text, ask: Callable[..., None]) -> Callable[[Maker], Test]:
    """A test that makes its arguments with a function and asks something of them.

    `ask` takes the forms of the arguments, then the fixtures that it needs; the test asks pytest for these and
    for what the function takes.
    """
    fixtures = list(inspect.signature(ask).parameters.values())[1:]

    def mark(make: Maker) -> Test:
        inputs = list(inspect.signature(make).parameters.values())

        def test(**given: Any) -> None:
            made = make(**{p.name: given[p.name] for p in inputs})
            forms = made if isinstance(made, list) else [made if isinstance(made, tuple) else (made,)]
            ask(forms, **{p.name: given[p.name] for p in fixtures})

        test.__name__, test.__qualname__, test.__doc__ = make.__name__, make.__qualname__, make.__doc__
        test.__module__ = make.__module__
        wanted = {p.name: inspect.Parameter(p.name, p.KEYWORD_ONLY) for p in [*fixtures, *inputs]}
        test.__signature__ = inspect.Signature(list(wanted.values()))  # type: ignore[attr-defined]
        return case(group, en=f"{function}: {title.en}", ja=f"{function}：{title.ja}")(test)

    return mark
