"""What is told of one failed test, as blocks; whoever shows them makes lines or a page of them.

`visible_message` and `error_message` show the call and values, for a test that the student
may read.

The order is the one in which a person looks: the call; is there a value, its type, its shape,
whether it is finite; how many elements differ and where; by how much; a few rows; one likely
cause.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..i18n import Text
from ..model import Block, Blocks, Called, Cause, Place, Raised, Sentence, Table
from .bench import Call, Failed
from .compare import Difference
from .literals import format_call, format_index, format_value, tell_apart

_MESSAGE_LINES = 8


def visible_message(failure: Failed, cause: Cause | None = None, known: bool = False) -> Blocks:
    """Explain a failed expectation, with inputs and values.

    Parameters
    ----------
    failure
        What the test raised.
    cause
        The one likely cause, told at the end.
    known
        Whether the cause is told elsewhere.
    """
    found: list[Block] = [*called(failure.call)]
    seen = failure.observation
    if failure.difference is not None:
        found += _difference(failure.difference)
    elif seen.kind == "mutated":
        if cause is None and not known:
            found.append(_said("The call changed its argument.", "引数が書き換えられました。"))
        found += _mutation(failure.call, seen.value)
    else:
        found.append(_said("What the test requires does not hold.", "テストが求める条件を満たしていません。"))
        if seen.value is not None:
            shown = format_value(seen.value)
            found.append(_said(f"measured: {shown}", f"測定値: {shown}"))
    return (*found, *because(cause))


def error_message(
    type_name: str,
    message: str,
    place: Place | None = None,
    call: Call | None = None,
    cause: Cause | None = None,
) -> Blocks:
    """Explain an exception that the student's code raised.

    Parameters
    ----------
    message
        The exception's own text. NumPy's may start with a newline.
    place
        The last line of the student's own file on the way.
    """
    told = [line.rstrip() for line in message.strip().splitlines()]
    if len(told) > _MESSAGE_LINES:
        told = [*told[:_MESSAGE_LINES], "..."]
    error = "\n".join([f"{type_name}: {told[0]}" if told else type_name, *told[1:]])
    return (*called(call), Raised(error), *((place,) if place else ()), *because(cause))


def called(call: Call | None) -> Blocks:
    """The call, if there was one."""
    return () if call is None else (Called(format_call(call)),)


def because(cause: Cause | None) -> Blocks:
    """The cause, if there is one."""
    return () if cause is None else (cause,)


def _said(en: str, ja: str) -> Sentence:
    return Sentence(Text(en, ja))


# ---------------------------------------------------------------- a difference


def _difference(d: Difference) -> Iterator[Block]:
    head = _wrong_kind(d)
    if head is not None:
        yield Sentence(head)
        return
    subject = _subject(d.path)
    nonfinite = d.problem == "nonfinite"
    if nonfinite:
        yield _said(f"{subject.en} contains nan or inf.", f"{subject.ja}に nan か inf が含まれています。")
    if d.total == 1:
        _, actual, expected = d.rows[0]
        got, want = tell_apart(actual, expected)
        yield _said(
            f"{subject.en} is {got}; {want} was expected.", f"{subject.ja}は {got} ですが、正しくは {want} です。"
        )
        yield from _largest_error(d)
        return
    first = format_index(d.first_index)
    en, ja = ("It has", "") if nonfinite else (f"{subject.en} has", f"{subject.ja}の ")
    count = "all" if d.wrong == d.total else f"{d.wrong} of"
    count_ja = f"{d.total} 個の要素すべて" if d.wrong == d.total else f"{d.total} 個の要素のうち {d.wrong} 個"
    yield _said(
        f"{en} {count} {d.total} elements wrong; the first is at {first}.",
        f"{ja}{count_ja}が違います。最初に違うのは {first} です。",
    )
    yield from _largest_error(d)
    rows = tuple((format_index(index), *tell_apart(actual, expected)) for index, actual, expected in d.rows)
    yield Table(_HEADER, rows, d.wrong)


_HEADER = (Text("index", "位置"), Text("yours", "あなたの結果"), Text("expected", "正しい値"))


def _wrong_kind(d: Difference) -> Text | None:
    """The line for a result whose kind, length, keys or shape is wrong already."""
    subject, got, want = _subject(d.path), _kind(d.actual_type), _kind(d.expected_type)
    if d.problem == "none":
        return Text(
            f"{subject.en} is None; {want.en} was expected.", f"{subject.ja}が None です。正しくは{want.ja}です。"
        )
    if d.problem == "type" and d.actual_type in ("list", "tuple") and d.expected_type.startswith("array"):
        return Text(
            f"{subject.en} cannot be read as an array: do its rows have unequal lengths?",
            f"{subject.ja}を配列として読めません。行の長さが不揃いになっていませんか。",
        )
    if d.problem == "type":
        return Text(
            f"{subject.en} is {got.en}; {want.en} was expected.",
            f"{subject.ja}が{got.ja}です。正しくは{want.ja}です。",
        )
    if d.problem == "length":
        return Text(
            f"{subject.en} should have {d.total} parts, but has {d.wrong or 'none: it is a single value'}.",
            f"{subject.ja}の個数は {d.total} 個のはずですが、"
            + (f"{d.wrong} 個です。" if d.wrong else "1 つの値になっています。"),
        )
    if d.problem == "keys":
        return Text(
            f"{subject.en} has the keys {d.actual_type or '(none)'}; expected {d.expected_type}.",
            f"{subject.ja}のキーは {d.actual_type or '（なし）'} ですが、正しくは {d.expected_type} です。",
        )
    if d.problem == "shape":
        have, need = _shape(d.actual_shape or ()), _shape(d.expected_shape or ())
        return Text(
            f"{subject.en} has the shape {have.en}; {need.en} was expected.",
            f"{subject.ja}の形状が {have.ja} です。正しくは {need.ja} です。",
        )
    return None


def _largest_error(d: Difference) -> Blocks:
    """Largest errors; the relative one is left out where every expected value is 0."""
    if d.max_abs is None:
        return ()
    en, ja = f"Largest error: {d.max_abs:.3g} absolute", f"最大誤差: 絶対誤差 {d.max_abs:.3g}"
    if d.max_rel is not None:
        en, ja = f"{en}, {d.max_rel:.3g} relative", f"{ja}、相対誤差 {d.max_rel:.3g}"
    return (_said(en, ja),)


def _subject(path: str) -> Text:
    return Text(f"result{path}", f"戻り値 result{path} ") if path else Text("The result", "戻り値")


def _shape(shape: tuple[int, ...]) -> Text:
    return Text(str(shape), str(shape)) if shape else Text("() (a single number)", "()（1 つの数）")


_KINDS = {
    "NoneType": Text("None", " None "),
    "dict": Text("a dict", "辞書"),
    "tuple": Text("a tuple", "タプル"),
    "list": Text("a list", "リスト"),
    "array": Text("an array", "配列"),
    "str": Text("a string", "文字列"),
    "function": Text("a function", "関数"),
    "generator": Text("a generator", "ジェネレータ"),
    "array of object": Text(
        "an array of objects (rows of different lengths?)", "数でない要素の配列（行の長さが不揃い？）"
    ),
}


def _kind(name: str) -> Text:
    """`compare`'s name for a type, in words."""
    if name in _KINDS:
        return _KINDS[name]
    if name in ("int", "float", "bool", "complex"):
        return Text("a number", "数")
    if name.startswith("array of <U"):
        return Text("an array of strings", "文字列の配列")
    if name.startswith("array of"):
        return Text("a number or an array", "数または配列")
    return Text(f"of type {name}", f" {name} 型")


# ---------------------------------------------------------------- an argument that changed


def _mutation(call: Call | None, after: Any) -> Blocks:
    changed = _changed(call, after)
    if changed is None:
        return ()
    before, now = (format_value(v) for v in changed)
    return _said(f"before: {before}", f"呼び出し前: {before}"), _said(f"after:  {now}", f"呼び出し後: {now}")


def _changed(call: Call | None, after: Any) -> tuple[Any, Any] | None:
    """The first argument that differs, before and after."""
    if call is None or not (isinstance(after, (tuple, list)) and len(after) == 2):
        return None
    args, kwargs = after
    pairs = [*zip(call.args, args, strict=False), *((v, kwargs[k]) for k, v in call.kwargs.items() if k in kwargs)]
    return next(((a, b) for a, b in pairs if format_value(a, None) != format_value(b, None)), None)
