"""What an answer is called in every variant of its item, so that a class can be counted.

A canonical response is made for one variant: ``b`` is another option in the next, and 7.5 is
right here and a misconception there. So each answer gets *keys* that mean the same in all:

==================  ==========================================================================
``right``           the right answer
``wrong:<id>``      a wrong one with the misconception of that id
``other``           any other wrong one
``unread``          an answer that could not be understood
``option:<n>``      of a `multi`, option n is ticked, ``none`` where nothing is; of a `single`, it
                    is chosen, and the author names no misconception for it
``line:<n>``        of a `find_the_error`, a line that nobody foresaw
``pair:<a>-<b>``    of a `match`, left a with the right of left b (``a-a`` is right; ``x``: nobody's)
``order:<2-1-3>``   of an `order`, the steps by their places in the right order
``<gap>/<key>``     of a `cloze`, the key of one gap
==================  ==========================================================================

No answer has no key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, assert_never

from ...gradebook import AnswerInfo, ItemInfo
from ...i18n import LANGS, Text
from ..answer.numbers import NotUnderstood, show_number, show_shape
from ..answer.score import Outcome, gap_answers, is_blank, score_body
from ..proof.solve import shown_body
from ..shown import one_line, plain_text
from .replica import Body, Choice, Choices, Cloze, Match, Number, Order, Remark, Replica, Shape, Words, WrongLine

RIGHT, OTHER, UNREAD, NONE = "right", "other", "unread", "none"
_PLACES = Text("(the steps by their places in the right order)", "（手順を正しい順序での番号で示しています）")


def picks(variants: Sequence[Replica], replica: Replica, raw: Any) -> tuple[str, ...]:
    """The keys of an answer, none for no answer.

    Parameters
    ----------
    variants
        All replicas of the item, of which `replica` is the one that was answered.
    raw
        As in `score.score`.
    """
    return _picks([v.body for v in variants], replica.body, raw)


def describe(variants: Sequence[Replica], titles: Mapping[str, Text]) -> ItemInfo:
    """What reports need to know of an item: its question and the answers that its author foresaw.

    A text that is not the same in all variants is that of the first; `titles` name the misconceptions.
    """
    bodies = [v.body for v in variants]
    answers = tuple(replace(a, title=titles.get(a.misconception or "")) for a in _answers(bodies))
    return ItemInfo(one_line(variants[0].stem), answers, len(variants))


def is_unforeseen(key: str) -> bool:
    """Whether a key says only that an answer is wrong, so that the answer itself should be shown."""
    return key.rpartition("/")[2] in (OTHER, UNREAD)


def _picks(bodies: Sequence[Body], body: Body, raw: Any) -> tuple[str, ...]:
    if is_blank(raw):
        return ()
    if isinstance(body, Cloze):
        return _gaps(bodies, body, raw)
    outcome = score_body(body, raw)
    if outcome.problem is not None:
        return (UNREAD,)
    match body:
        case Choices() if body.several:
            numbers = _option_numbers(bodies, body)
            ticked = (f"option:{numbers[i]}" for i in outcome.response.split(",") if i in numbers)
            return tuple(dict.fromkeys(ticked)) or (NONE,)
        case Choices() if outcome.credit < 1 and outcome.misconception is None:
            return (f"option:{_option_numbers(bodies, body)[outcome.response]}",)
        case Match():
            return tuple(_pair(body, pair[0], int(pair[1:])) for pair in outcome.response.split())
        case Order() if outcome.credit < 1:
            place = {letter: str(i) for i, letter in enumerate(body.solution, 1)}
            return ("order:" + "-".join(place[letter] for letter in outcome.response.split(",")),)
        case WrongLine() if outcome.credit < 1 and outcome.misconception is None:
            return (f"line:{outcome.response}",)
        case Choices() | Order() | WrongLine() | Number() | Shape() | Words():
            return (_simple_key(outcome),)
        case _:
            assert_never(body)


def _simple_key(outcome: Outcome) -> str:
    if outcome.credit == 1:
        return RIGHT
    return f"wrong:{outcome.misconception}" if outcome.misconception else OTHER


def _gaps(bodies: Sequence[Body], body: Cloze, raw: Any) -> tuple[str, ...]:
    try:
        answers = gap_answers(raw, [gap.name for gap in body.gaps])
    except NotUnderstood:
        return (UNREAD,)
    return tuple(
        f"{gap.name}/{key}"
        for i, gap in enumerate(body.gaps)
        for key in _picks([b.gaps[i].body for b in bodies if isinstance(b, Cloze)], gap.body, answers.get(gap.name))
    )


def _answers(bodies: Sequence[Body]) -> Iterator[AnswerInfo]:
    body = bodies[0]
    match body:
        case Choices() if body.several:
            numbers = _option_numbers(bodies, body)
            for choice in sorted(body.choices, key=lambda c: numbers[c.id]):
                # A remark on a right option is for who left it out.
                yield _answer(f"option:{numbers[choice.id]}", one_line(choice.text), choice.correct, choice.remark)
        case Choices():
            numbers = _option_numbers(bodies, body)
            for choice in body.choices:
                wrong = f"wrong:{choice.remark.misconception}" if choice.remark.misconception else None
                key = RIGHT if choice.correct else wrong or f"option:{numbers[choice.id]}"
                yield _answer(key, one_line(choice.text), choice.correct, choice.remark)
        case Cloze():
            for i, gap in enumerate(body.gaps):
                for info in _answers([b.gaps[i].body for b in bodies if isinstance(b, Cloze)]):
                    yield replace(info, key=f"{gap.name}/{info.key}")
        case Match():
            yield from _pairs(body)
        case Number() | Shape() | Words() | WrongLine():
            yield AnswerInfo(RIGHT, _same(bodies), True)
            for n, (_, remark) in enumerate(body.distractors):
                if remark.misconception:
                    yield _answer(f"wrong:{remark.misconception}", _same(bodies, n), False, remark)
        case Order():
            right = " > ".join(str(i + 1) for i in range(len(body.steps)))
            yield AnswerInfo(RIGHT, Text.of(right), True, None, _PLACES)
        case _:
            assert_never(body)


def _answer(key: str, text: Text, right: bool, remark: Remark) -> AnswerInfo:
    feedback = plain_text(remark.feedback) if remark.feedback else None
    return AnswerInfo(key, text, right, remark.misconception, feedback)


def _pairs(body: Match) -> Iterator[AnswerInfo]:
    """Every pair that one could make; a right that is nobody's is ``x``, and named if there is but one."""
    key, rights, owners = dict(body.key), dict(body.rights), _owners(body)
    texts = {owners[number]: one_line(text) for number, text in sorted(rights.items(), reverse=True)}
    if sum(o == "x" for o in owners.values()) > 1:
        texts["x"] = Text("one that belongs to none", "どれにも対応しない選択肢")
    for left, words in body.lefts:
        line, own = one_line(words), owners[key[left]]
        for b, right in sorted(texts.items()):
            shown = Text(f"{line.en} - {right.en}", f"{line.ja} - {right.ja}")
            yield AnswerInfo(f"pair:{left}-{left if b == own else b}", shown, b == own)


def _pair(body: Match, left: str, number: int) -> str:
    own = dict(body.key)[left]
    return f"pair:{left}-{left if number in body.same[own - 1] else _owners(body)[number]}"


def _owners(body: Match) -> dict[int, str]:
    """For each right number the letter of the left that it belongs to, ``x`` for none.

    Of equal rights all are the first owner's.
    """
    owners: dict[int, str] = {}
    for left, number in body.key:
        for equal in body.same[number - 1]:
            owners.setdefault(equal, left)
    return {number: owners.get(number, "x") for number, _ in body.rights}


def _option_numbers(bodies: Sequence[Body], body: Choices) -> dict[str, int]:
    """The number of each option, from 1: the same in all variants.

    An option is known by its text, or where the text varies by rightness and misconception.
    """
    others = [{c.text for c in b.choices} for b in bodies if isinstance(b, Choices)]
    fixed = set.intersection(*others)

    def mark(choice: Choice) -> tuple[bool, str, str]:
        name = choice.text.en + "\n" + choice.text.ja if choice.text in fixed else ""
        return not choice.correct, choice.remark.misconception or "", name

    marks = sorted({mark(choice) for choice in body.choices})
    return {choice.id: marks.index(mark(choice)) + 1 for choice in body.choices}


def _same(bodies: Sequence[Body], distractor: int | None = None) -> Text:
    """A simple body's right answer, or a wrong one, in words; empty where it varies."""
    shown = {_words(body, distractor) for body in bodies}
    return one_line(shown.pop()) if len(shown) == 1 else Text("", "")


def _words(body: Any, distractor: int | None) -> Text:
    if distractor is None:
        return Text(*(shown_body(body, lang) for lang in LANGS))
    wrong = body.distractors[distractor][0]
    if isinstance(body, Words):
        return Text(wrong[0], wrong[-1])
    if isinstance(body, WrongLine):
        return Text(f"line {wrong}", f"{wrong} 行目")
    return Text.of(show_shape(wrong) if isinstance(body, Shape) else show_number(round(wrong, 12)))
