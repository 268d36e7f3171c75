"""Draws that cannot be asked: a wrong answer that happens to be right, or two that are the same.

With unlucky parameters ``a + b`` is ``a * b``. Such a draw is thrown away and another is made;
lint complains only of an item that has too few others.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, assert_never

from ...i18n import Text
from ..answer.normalise import prints_same
from ..answer.score import near, score_body
from .replica import Body, Choices, Cloze, Match, Number, Order, Replica, Shape, Words, WrongLine

T = TypeVar("T")
_SAME_AS_ANSWER = Text("a distractor is the same as the answer: {value}", "誤答例が正解と同じです: {value}")
_SAME = Text("two of them are the same: {value}", "同じものが 2 つあります: {value}")


def clashes(replica: Replica) -> list[Text]:
    """What is wrong with a replica; usually nothing."""
    return list(_of(replica.body))


def _of(body: Body) -> Iterator[Text]:
    match body:
        case Choices():
            yield from _twice([c.text for c in body.choices], _looks_same, lambda t: t.en)
        case Match():
            yield from _twice([text for _, text in body.lefts], _looks_same, lambda t: t.en)
        case Order():
            yield from _twice([text for _, text in body.steps], _looks_same, lambda t: t.en)
        case Number():
            values = [value for value, _ in body.distractors]
            yield from _right(body, [repr(v) for v in values])
            yield from _twice(values, lambda a, b: near(a, b, body) or near(b, a, body), repr)
        case Shape():
            shapes = [value for value, _ in body.distractors]
            yield from (_SAME_AS_ANSWER.format(value=s) for s in shapes if s == body.value)
            yield from _twice(shapes, lambda a, b: a == b, str)
        case Words():
            words = [word for group, _ in body.distractors for word in group]
            yield from _right(body, words)
            groups = [group for group, _ in body.distractors]
            yield from _twice(groups, lambda a, b: _share(a, b, body.printed), ", ".join)
        case Cloze():
            for gap in body.gaps:
                yield from (Text(f"[{gap.name}] {t.en}", f"[{gap.name}] {t.ja}") for t in _of(gap.body))
        case WrongLine():
            pass  # the lines of an item are different ones
        case _:
            assert_never(body)


def _right(body: Body, answers: Sequence[str]) -> Iterator[Text]:
    """Distractors that the scoring takes for the right answer."""
    return (_SAME_AS_ANSWER.format(value=a) for a in answers if score_body(body, a).credit == 1)


def _twice(things: Sequence[T], same: Callable[[T, T], bool], show: Callable[[T], str]) -> Iterator[Text]:
    for a, b in itertools.combinations(things, 2):
        if same(a, b):
            yield _SAME.format(value=show(a))


def _looks_same(a: Text, b: Text) -> bool:
    return a.en.strip() == b.en.strip() or a.ja.strip() == b.ja.strip()


def _share(a: Sequence[str], b: Sequence[str], printed: bool) -> bool:
    return any(x == y or (printed and x != y and prints_same(x, y)) for x in a for y in b)
