"""One replica written out: every text filled, every value computed, the choices in their order."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar, assert_never

from ...errors import ContentError
from ...i18n import Text
from ..answer.normalise import normalise, normalise_output
from ..proof.program import printed
from ..source import kinds
from ..source.expr import ExpressionError, Value, evaluate
from ..source.fields import RemarkParts, Words
from ..source.kinds import Item
from ..source.template import fill
from .replica import (
    Body,
    Choice,
    Choices,
    Cloze,
    Gap,
    Image,
    Kind,
    Match,
    Number,
    Order,
    Remark,
    Replica,
    Shape,
    WrongLine,
)
from .replica import Words as WordsBody

LETTERS = "abcdefghijklmnopqrstuvwxyz"
Where = tuple[str | int, ...]
T = TypeVar("T")


class DrawError(ContentError):
    """An item cannot be drawn; `where` is the place in it."""

    def __init__(self, where: Where, text: Text, item: str = "") -> None:
        self.where = where
        self.item = item
        self.plain = text
        place = ".".join(map(str, (item, *where)))
        super().__init__(Text(f"{place}: {text.en}", f"{place}: {text.ja}"))


def evaluate_at(source: str, values: Mapping[str, Value], where: Where) -> Value:
    """An expression's value; an error names its place."""
    return at_place(source, where, lambda s: evaluate(s, values))


def at_place(source: str, where: Where, function: Callable[[str], T]) -> T:
    try:
        return function(source)
    except ExpressionError as error:
        raise DrawError(where, error.text) from None


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _shuffled(things: Iterable[T], shown: Callable[[T], Text], key: str) -> list[T]:
    return sorted(things, key=lambda t: digest(f"{key}\n{shown(t).en}\n{shown(t).ja}"))


class Builder:
    """Writes out one replica of an item with these values; `key` decides the order of choices."""

    def __init__(self, item: Item, values: Mapping[str, Value], key: str) -> None:
        self._item = item
        self._values = values
        self._key = key

    def replica(self, number: int) -> Replica:
        item = self._item
        kind: Kind = item.type
        return Replica(
            item.id,
            number,
            kind,
            Fraction(str(item.points)),
            self._text(item.stem, "stem"),
            self._body(),
            self._string(item.code.rstrip("\n"), "code") if item.code is not None else None,
            Image(item.image.src, self._text(item.image.alt, "image", "alt")) if item.image else None,
            self._text(item.solution, "solution") if item.solution else None,
            tuple(item.tags),
        )

    def _body(self) -> Body:
        match self._item:
            case kinds.Single() | kinds.Multi() | kinds.Numeric() | kinds.Short() as item:
                return self._simple(item, ())
            case kinds.Shape() as item:
                return self._shape(item)
            case kinds.Match() as item:
                return self._match(item)
            case kinds.Order() as item:
                return self._order(item)
            case kinds.Cloze() as item:
                gaps = tuple(Gap(name, self._simple(gap, ("gaps", name))) for name, gap in item.gaps.items())
                return Cloze(gaps, item.partial.rule == "each")
            case kinds.Output() as item:
                return self._output(item)
            case kinds.FindTheError() as item:
                distractors = tuple((d.line, self._remark(d, "distractors", i)) for i, d in enumerate(item.distractors))
                return WrongLine(item.answer.line, self._string(item.fix.rstrip("\n"), "fix"), distractors)
            case _:
                assert_never(self._item)

    def _simple(
        self,
        parts: kinds.SingleParts | kinds.Multi | kinds.NumericParts | kinds.ShortParts,
        at: Where,
    ) -> Choices | Number | WordsBody:
        """A body that a gap may have as well; `at` is its place."""
        if isinstance(parts, kinds.NumericParts):
            return Number(
                self._number(parts.answer.value, *at, "answer", "value"),
                parts.answer.atol,
                parts.answer.rtol,
                self._text(parts.unit, *at, "unit") if parts.unit else None,
                tuple(
                    (self._number(d.value, *at, "distractors", i, "value"), self._remark(d, *at, "distractors", i))
                    for i, d in enumerate(parts.distractors)
                ),
            )
        if isinstance(parts, kinds.ShortParts):
            accept = parts.answer.accept
            return WordsBody(
                self._accepted(accept, *at, "answer", "accept"),
                Text(
                    self._string(accept.en[0], *at, "answer", "accept", "en", 0),
                    self._string(accept.ja[0], *at, "answer", "accept", "ja", 0),
                ),
                tuple(parts.answer.regex),
                False,
                tuple(
                    (self._accepted(d.accept, *at, "distractors", i, "accept"), self._remark(d, *at, "distractors", i))
                    for i, d in enumerate(parts.distractors)
                ),
            )
        several = isinstance(parts, kinds.Multi)
        options = [
            (self._text(o.text, *at, "options", i, "text"), o.correct, self._remark(o, *at, "options", i))
            for i, o in enumerate(parts.options)
        ]
        rule = parts.partial.rule if isinstance(parts, kinds.Multi) else "off"
        return Choices(self._choices(options, parts.shuffle, at), several, rule)

    def _choices(
        self, options: Sequence[tuple[Text, bool, Remark]], shuffle: bool, at: Where = ()
    ) -> tuple[Choice, ...]:
        if shuffle:
            options = _shuffled(options, lambda o: o[0], "/".join([self._key, *map(str, at)]))
        return tuple(Choice(letter, *option) for letter, option in zip(LETTERS, options, strict=False))

    def _shape(self, item: kinds.Shape) -> Shape:
        return Shape(
            self._axes(item.answer.value, "answer", "value"),
            item.partial.rule == "per_axis",
            tuple(
                (self._axes(d.value, "distractors", i, "value"), self._remark(d, "distractors", i))
                for i, d in enumerate(item.distractors)
            ),
        )

    def _match(self, item: kinds.Match) -> Match:
        lefts = [self._text(p.left, "pairs", i, "left") for i, p in enumerate(item.pairs)]
        own = [self._text(p.right, "pairs", i, "right") for i, p in enumerate(item.pairs)]
        rights = own + [self._text(t, "extra", i) for i, t in enumerate(item.extra)]
        shown = _shuffled(rights, lambda t: t, self._key) if item.shuffle else rights
        # Equal rights take the numbers in turn; which of them is whose does not matter.
        free = {i: text for i, text in enumerate(shown, 1)}
        key = []
        for letter, right in zip(LETTERS, own, strict=False):
            number = next(i for i, text in free.items() if text == right)
            del free[number]
            key.append((letter, number))
        return Match(
            tuple(zip(LETTERS, lefts, strict=False)),
            tuple(enumerate(shown, 1)),
            tuple(key),
            tuple(frozenset(i for i, other in enumerate(shown, 1) if other == text) for text in shown),
            item.partial.rule == "each",
        )

    def _order(self, item: kinds.Order) -> Order:
        texts = [self._text(s.text, "steps", i) for i, s in enumerate(item.steps)]
        shown = _shuffled(range(len(texts)), lambda i: texts[i], self._key)
        letter = {i: LETTERS[place] for place, i in enumerate(shown)}
        return Order(
            tuple((letter[i], texts[i]) for i in shown),
            frozenset((letter[a], letter[b]) for a, b in _precedences(item.steps)),
            tuple(letter[i] for i in range(len(texts))),
            item.partial.rule == "pairs",
        )

    def _output(self, item: kinds.Output) -> Choices | WordsBody:
        code = self._string(item.code.rstrip("\n"), "code")
        if item.answer is not None:
            answer = self._string(item.answer, "answer").rstrip("\n")
        else:
            answer = at_place(code, ("code",), printed)
        wrong = [
            (self._text(d.value, "distractors", i, "value", prose=False), self._remark(d, "distractors", i))
            for i, d in enumerate(item.distractors)
        ]
        if item.options:
            right = (Text.of(answer), True, Remark(Fraction(1)))
            return Choices(self._choices([right, *((t, False, r) for t, r in wrong)], True))
        distractors = tuple(
            (tuple(dict.fromkeys(normalise_output(v) for v in (text.en, text.ja))), remark) for text, remark in wrong
        )
        return WordsBody((normalise_output(answer),), Text.of(answer), (), True, distractors)

    def _remark(self, parts: RemarkParts, *where: str | int) -> Remark:
        right = isinstance(parts, kinds.Option) and parts.correct
        return Remark(
            Fraction(1) if right else Fraction(str(parts.credit)),
            parts.misconception,
            self._text(parts.feedback, *where, "feedback") if parts.feedback else None,
        )

    def _text(self, words: Words, *where: str | int, prose: bool = True) -> Text:
        return Text(
            self._string(words.en, *where, "en", prose=prose), self._string(words.ja, *where, "ja", prose=prose)
        )

    def _string(self, text: str, *where: str | int, prose: bool = False) -> str:
        return at_place(text, where, lambda t: fill(t, self._values, prose))

    def _number(self, source: str, *where: str | int) -> float:
        value = evaluate_at(source, self._values, where)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise DrawError(where, Text(f"{value!r} is no finite number", f"{value!r} は有限の数ではありません"))
        return float(value)

    def _axes(self, value: list[str] | str, *where: str | int) -> tuple[int, ...]:
        if isinstance(value, str):
            found = evaluate_at(value, self._values, where)
        else:
            found = [evaluate_at(source, self._values, (*where, i)) for i, source in enumerate(value)]
        axes = list(found) if isinstance(found, (list, tuple)) else [found]
        for length in axes:
            whole = isinstance(length, (int, float)) and not isinstance(length, bool) and length == length // 1
            if not whole or length < 0:
                raise DrawError(
                    where, Text(f"{length!r} is no length of an axis", f"{length!r} は軸の長さとして使えません")
                )
        return tuple(int(length) for length in axes)

    def _accepted(self, accept: kinds.Accepted, *where: str | int) -> tuple[str, ...]:
        words = [
            normalise(self._string(word, *where, lang, i))
            for lang, listed in (("en", accept.en), ("ja", accept.ja))
            for i, word in enumerate(listed)
        ]
        return tuple(dict.fromkeys(words))


def _precedences(steps: Sequence[kinds.Step]) -> set[tuple[int, int]]:
    """Every pair of steps of which the first must come before the second."""
    if all(s.id is None and s.after is None for s in steps):
        return set(itertools.combinations(range(len(steps)), 2))
    index = {s.id: i for i, s in enumerate(steps) if s.id is not None}
    before: dict[int, set[int]] = {}
    for i, step in enumerate(steps):  # a step follows those that it names, and theirs
        direct = {index[name] for name in step.after or []}
        before[i] = direct.union(*(before[d] for d in direct))
    return {(a, b) for b, earlier in before.items() for a in earlier}
