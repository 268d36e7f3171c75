"""The words for one failed test, in both languages.

`visible_message` and `error_message` show the call and values, for a test that the student
may read. `hidden_message` takes nothing that could hold a value: a test's title, how it
ended, and the sentence of its cause.

The order is the one in which a person looks: the call; is there a value, its type, its shape,
whether it is finite; how many elements differ and where; by how much; a few rows; one likely
cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..i18n import Text
from ..model import TestStatus
from ..text.align import table
from .bench import Call, Failed
from .compare import Difference
from .literals import format_call, format_index, format_value, tell_apart

_MESSAGE_LINES = 8


@dataclass(frozen=True)
class Place:
    """A line of the student's file."""

    file: str
    line: int
    source: str = ""

    def text(self) -> Text:
        code = f": {self.source.strip()}" if self.source.strip() else ""
        return Text(f"{self.file}, line {self.line}{code}", f"{self.file}、{self.line} 行目{code}")


def visible_message(failure: Failed, cause: Text | None = None) -> Text:
    """Explain a failed expectation, with inputs and values.

    Parameters
    ----------
    failure
        What the test raised.
    cause
        The sentence of the one likely cause.
    """
    lines = [_call_line(failure.call)]
    seen = failure.observation
    if failure.difference is not None:
        lines += _difference_lines(failure.difference)
    elif seen.kind == "mutated":
        if cause is None:
            lines.append(Text("The call changed its argument.", "引数が書き換えられました。"))
        lines += _mutation_lines(failure.call, seen.value)
    else:
        lines.append(Text("What the test requires does not hold.", "テストが求める条件を満たしていません。"))
        if seen.value is not None:
            shown = format_value(seen.value)
            lines.append(Text(f"measured: {shown}", f"測定値: {shown}"))
    return _join([*lines, cause_line(cause)])


def error_message(
    type_name: str,
    message: str,
    place: Place | None = None,
    call: Call | None = None,
    cause: Text | None = None,
) -> Text:
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
    return _join([_call_line(call), Text(error, error), place.text() if place else None, cause_line(cause)])


_HIDDEN: dict[TestStatus, Text] = {
    "passed": Text("passed", "合格です"),
    "failed": Text("the result is not what it should be", "結果が正しくありません"),
    "error": Text("your code raised an error", "コードがエラーを送出しました"),
    "timeout": Text("your code did not finish in time", "制限時間内に終わりませんでした"),
    "crashed": Text("your code ended the Python process", "コードの実行中に Python が終了しました"),
    "not_run": Text("not run", "実行しませんでした"),
}


def hidden_message(title: Text, status: TestStatus, cause: Text | None = None) -> Text:
    """What may be said about a hidden test: no value, no input, no shape."""
    said = _HIDDEN[status]
    head = Text(f"{title.en}: {said.en}.", f"{title.ja}：{said.ja}。")
    return _join([head, cause_line(cause)])


def cause_line(cause: Text | None) -> Text | None:
    """The line that names the likely cause."""
    return Text(f"Likely cause: {cause.en}", f"考えられる原因: {cause.ja}") if cause else None


def _join(lines: list[Text | None]) -> Text:
    kept = [line for line in lines if line is not None]
    return Text("\n".join(t.en for t in kept), "\n".join(t.ja for t in kept))


def _call_line(call: Call | None) -> Text | None:
    if call is None:
        return None
    shown = format_call(call)
    return Text(shown, shown)


# ---------------------------------------------------------------- a difference


def _difference_lines(d: Difference) -> list[Text | None]:
    head = _wrong_kind(d)
    if head is not None:
        return [head]
    subject = _subject(d.path)
    nonfinite = d.problem == "nonfinite"
    lines: list[Text | None] = []
    if nonfinite:
        lines.append(Text(f"{subject.en} contains nan or inf.", f"{subject.ja}に nan か inf が含まれています。"))
    if d.total == 1:
        _, actual, expected = d.rows[0]
        got, want = tell_apart(actual, expected)
        lines.append(
            Text(f"{subject.en} is {got}; {want} was expected.", f"{subject.ja}は {got} ですが、正しくは {want} です。")
        )
        return [*lines, _error_line(d)]
    first = format_index(d.first_index)
    en, ja = ("It has", "") if nonfinite else (f"{subject.en} has", f"{subject.ja}の ")
    count = "all" if d.wrong == d.total else f"{d.wrong} of"
    count_ja = f"{d.total} 個の要素すべて" if d.wrong == d.total else f"{d.total} 個の要素のうち {d.wrong} 個"
    lines.append(
        Text(
            f"{en} {count} {d.total} elements wrong; the first is at {first}.",
            f"{ja}{count_ja}が違います。最初に違うのは {first} です。",
        )
    )
    return [*lines, _error_line(d), *_rows(d)]


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


def _error_line(d: Difference) -> Text | None:
    """Largest errors; the relative one is left out where every expected value is 0."""
    if d.max_abs is None:
        return None
    en, ja = f"Largest error: {d.max_abs:.3g} absolute", f"最大誤差: 絶対誤差 {d.max_abs:.3g}"
    if d.max_rel is not None:
        en, ja = f"{en}, {d.max_rel:.3g} relative", f"{ja}、相対誤差 {d.max_rel:.3g}"
    return Text(en, ja)


def _rows(d: Difference) -> list[Text | None]:
    rows = [(format_index(index), *tell_apart(actual, expected)) for index, actual, expected in d.rows]
    en, ja = table(("index", "yours", "expected"), rows), table(("位置", "あなたの結果", "正しい値"), rows)
    lines: list[Text | None] = [Text(f"  {a}", f"  {b}") for a, b in zip(en, ja, strict=True)]
    if d.wrong > len(rows):
        lines.append(
            Text(f"  (the first {len(rows)} of {d.wrong})", f"  （違う {d.wrong} 個のうち最初の {len(rows)} 個）")
        )
    return lines


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


def _mutation_lines(call: Call | None, after: Any) -> list[Text | None]:
    changed = _changed(call, after)
    if changed is None:
        return []
    before, now = (format_value(v) for v in changed)
    return [Text(f"before: {before}", f"呼び出し前: {before}"), Text(f"after:  {now}", f"呼び出し後: {now}")]


def _changed(call: Call | None, after: Any) -> tuple[Any, Any] | None:
    """The first argument that differs, before and after."""
    if call is None or not (isinstance(after, (tuple, list)) and len(after) == 2):
        return None
    args, kwargs = after
    pairs = [*zip(call.args, args, strict=False), *((v, kwargs[k]) for k, v in call.kwargs.items() if k in kwargs)]
    return next(((a, b) for a, b in pairs if format_value(a, None) != format_value(b, None)), None)
