"""What an answer is worth: a pure function of a replica and what was typed.

Partial credit
--------------
No rule pays for ticking everything or nothing. With C right and W wrong options, of which r
and w are ticked:

=============  =====================================================================
``off``        1 for exactly the right ones, else 0
``net``        r/C - w/W, at least 0
``coverage``   k = (r/C) * r/(r + w), rescaled: everything ticked (k = C/(C + W)) is 0
``each``       k = share of the options judged rightly, rescaled: the better of ticking
               everything and ticking nothing (k = max(C, W)/(C + W)) is 0
=============  =====================================================================

`match` and `cloze` pay each pair and gap alike. `order` takes the share s of the pairs of steps
with a prescribed order that stand in it, and pays 2s - 1, at least 0: a random order has half
of them right. `shape` pays each right length when the number of axes is right. A distractor
pays its own credit, or what the rule gives where that is more.

A number is right within ``max(atol, rtol * |value|)``; the answer is tried before the
distractors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, assert_never

from ...i18n import Text
from ..draw.choices import parse_choice, parse_choices, parse_line, parse_pairs, parse_sequence
from ..draw.replica import (
    Body,
    Choices,
    Cloze,
    Match,
    MultiRule,
    Number,
    Order,
    Remark,
    Replica,
    Shape,
    Words,
    WrongLine,
)
from .normalise import normalise, normalise_output, prints_same
from .numbers import NotUnderstood, parse_number, parse_shape, quoted, show_number, show_shape

MAX_RESPONSE = 200
_GAP = re.compile(r"\s*([\w-]+)\s*[:=：＝]")
_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Outcome:
    """The result of one answer.

    Attributes
    ----------
    credit
        Share of the item's points, 0 to 1.
    response
        The answer in one form whatever way it was typed, "" for none: answers that say the
        same have the same response.
    problem
        Why the answer cannot be understood, and how to write it. It scores 0 then.
    """

    credit: Fraction
    response: str = ""
    misconception: str | None = None
    feedback: Text | None = None
    problem: Text | None = None

    @property
    def answered(self) -> bool:
        return self.response != ""


def score(replica: Replica, raw: Any) -> Outcome:
    """Score an answer.

    Parameters
    ----------
    raw
        Text, or what YAML and JSON have: numbers, lists, mappings. None and "" are no answer.
    """
    return score_body(replica.body, raw)


def score_body(body: Body, raw: Any) -> Outcome:
    """Score what a body, or a gap of a cloze, asks for."""
    if is_blank(raw):
        return Outcome(_ZERO)
    try:
        return _scored(body, raw)
    except NotUnderstood as error:
        return Outcome(_ZERO, _cut(raw), problem=error.text)


def _scored(body: Body, raw: Any) -> Outcome:
    match body:
        case Choices():
            return _choices(body, raw)
        case Number():
            return _number(body, raw)
        case Shape():
            return _shape(body, raw)
        case Match():
            return _match(body, raw)
        case Order():
            return _order(body, raw)
        case Words():
            return _words(body, raw)
        case Cloze():
            return _cloze(body, raw)
        case WrongLine():
            return _line(body, raw)
        case _:
            assert_never(body)


def is_blank(raw: Any) -> bool:
    """Whether nothing was answered; an empty list is an answer (none of them)."""
    return raw is None or (isinstance(raw, str) and not raw.strip()) or raw == {}


def _choices(body: Choices, raw: Any) -> Outcome:
    ids = [c.id for c in body.choices]
    by_id = {c.id: c for c in body.choices}
    if not body.several:
        chosen = by_id[parse_choice(raw, ids)]
        credit = _ONE if chosen.correct else chosen.remark.credit
        return Outcome(credit, chosen.id, chosen.remark.misconception, chosen.remark.feedback)
    ticked = sorted(parse_choices(raw, ids))
    right = [c.id for c in body.choices if c.correct]
    hits = sum(i in right for i in ticked)
    credit = multi_credit(body.rule, hits, len(ticked) - hits, len(right), len(ids) - len(right))
    # The first wrong tick that has something to say explains best; else the first right one that is missing.
    wrong = [by_id[i].remark for i in ids if (i in ticked) != by_id[i].correct]
    told = next((r for r in wrong if r.misconception), None) or next((r for r in wrong if r.feedback), Remark())
    return Outcome(credit, ",".join(ticked) or "none", told.misconception, told.feedback)


def multi_credit(rule: MultiRule, right: int, wrong: int, all_right: int, all_wrong: int) -> Fraction:
    """The credit for so many right and wrong ticks; see the module's table."""
    count = all_right + all_wrong
    if rule == "off":
        return _ONE if right == all_right and not wrong else _ZERO
    if rule == "net":
        return max(_ZERO, Fraction(right, all_right) - (Fraction(wrong, all_wrong) if all_wrong else 0))
    if rule == "coverage":
        share = Fraction(right, all_right) * Fraction(right, right + wrong) if right else _ZERO
        base = Fraction(all_right, count)
    else:
        share, base = Fraction(right + all_wrong - wrong, count), Fraction(max(all_right, all_wrong), count)
    return max(_ZERO, (share - base) / (1 - base)) if base < 1 else Fraction(share == 1)


def _number(body: Number, raw: Any) -> Outcome:
    value = parse_number(raw, (body.unit.en, body.unit.ja) if body.unit else ())
    if near(value, body.value, body):
        return Outcome(_ONE, show_number(value))
    hit = next((remark for wrong, remark in body.distractors if near(value, wrong, body)), Remark())
    return Outcome(hit.credit, show_number(value), hit.misconception, hit.feedback)


def near(value: float, target: float, body: Number) -> bool:
    """Whether a number is within the tolerance; its own edge counts, whatever binary makes of it."""
    return abs(value - target) <= body.tolerance(target) * (1 + 1e-9)


def _shape(body: Shape, raw: Any) -> Outcome:
    value = parse_shape(raw)
    if value == body.value:
        return Outcome(_ONE, show_shape(value))
    partial = _ZERO
    if body.per_axis and value and len(value) == len(body.value):
        partial = Fraction(sum(a == b for a, b in zip(value, body.value, strict=True)), len(value))
    hit = next((remark for wrong, remark in body.distractors if value == wrong), Remark())
    return Outcome(max(partial, hit.credit), show_shape(value), hit.misconception, hit.feedback)


def _match(body: Match, raw: Any) -> Outcome:
    lefts = [letter for letter, _ in body.lefts]
    pairs = parse_pairs(raw, lefts, [n for n, _ in body.rights])
    key = dict(body.key)
    right = sum(pairs.get(left) in body.same[key[left] - 1] for left in lefts)
    response = " ".join(f"{left}{pairs[left]}" for left in lefts if left in pairs)
    return Outcome(_each(right, len(lefts), body.each), response)


def _order(body: Order, raw: Any) -> Outcome:
    given = parse_sequence(raw, sorted(letter for letter, _ in body.steps))
    place = {letter: i for i, letter in enumerate(given)}
    right, total = sum(place[a] < place[b] for a, b in body.before), len(body.before)
    credit = Fraction(right == total)
    if body.pairs and total:
        credit = max(_ZERO, 2 * Fraction(right, total) - 1)
    return Outcome(credit, ",".join(given))


def _words(body: Words, raw: Any) -> Outcome:
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise NotUnderstood(f"{quoted(raw)}: answer with text", f"{quoted(raw)}: 文字で答えてください")
    if body.printed:
        given = normalise_output(str(raw))
        # As text first: a program that prints 3 does not print 3.0, where the author says so.
        rounds: list[Callable[[str], bool]] = [lambda w: w == given, lambda w: prints_same(w, given)]
    else:
        given = normalise(str(raw))
        rounds = [lambda w: w == given]
    for equal in rounds:
        if any(map(equal, body.accept)):
            return Outcome(_ONE, _cut(given))
        for words, remark in body.distractors:
            if any(map(equal, words)):
                return Outcome(remark.credit, _cut(given), remark.misconception, remark.feedback)
    if given and any(_matches(pattern, given) for pattern in body.regexes):
        return Outcome(_ONE, _cut(given))
    return Outcome(_ZERO, _cut(given or str(raw)))


def _matches(pattern: str, given: str) -> bool:
    # A short answer is short: what is longer can only be there to make a pattern run long.
    return len(given) <= 200 and re.fullmatch(pattern, given, re.IGNORECASE) is not None


def _cloze(body: Cloze, raw: Any) -> Outcome:
    answers = gap_answers(raw, [g.name for g in body.gaps])
    outcomes = {g.name: score_body(g.body, answers.get(g.name)) for g in body.gaps}
    credit = sum((o.credit for o in outcomes.values()), _ZERO) / len(outcomes)
    if not body.each and credit < 1:
        credit = _ZERO
    response = "; ".join(f"{name}={o.response}" for name, o in outcomes.items() if o.answered)
    wrong = [o for o in outcomes.values() if o.credit < 1]
    told = next((o for o in wrong if o.misconception), None) or next((o for o in wrong if o.feedback), None)
    problems = {name: o.problem for name, o in outcomes.items() if o.problem is not None}
    return Outcome(
        credit,
        response,
        told.misconception if told else None,
        told.feedback if told else None,
        _joined((Text(f"[{n}] {p.en}", f"[{n}] {p.ja}") for n, p in problems.items())) if problems else None,
    )


def gap_answers(raw: Any, names: list[str]) -> dict[str, Any]:
    """The answer of each gap: a mapping, a list in the gaps' order, or lines ``1: ...``.

    Raises
    ------
    NotUnderstood
    """
    if isinstance(raw, (list, tuple)):
        raw = dict(zip(names, raw, strict=False)) if len(raw) <= len(names) else None
    if isinstance(raw, str):
        parts = [p for p in re.split(r"[;\n；]", raw.strip().strip("{}")) if p.strip()]
        gaps = [_GAP.match(part) for part in parts]
        if all(gaps):
            raw = {gap[1]: part[gap.end() :].strip() for gap, part in zip(gaps, parts, strict=True) if gap}
        elif len(names) == 1:
            raw = {names[0]: raw}
    if isinstance(raw, (int, float)) and len(names) == 1:
        raw = {names[0]: raw}
    found = {str(k): v for k, v in raw.items()} if isinstance(raw, dict) else None
    if found is None or not found.keys() <= set(names):
        known = ", ".join(names)
        raise NotUnderstood(
            f"{quoted(raw)}: answer each gap by its number ({known}), like 1: ...; 2: ...",
            f"{quoted(raw)}: 空欄の番号（{known}）ごとに、1: ...; 2: ... のように答えてください",
        )
    return found


def _line(body: WrongLine, raw: Any) -> Outcome:
    line = parse_line(raw)
    if line == body.line:
        return Outcome(_ONE, str(line))
    hit = next((remark for wrong, remark in body.distractors if wrong == line), Remark())
    return Outcome(hit.credit, str(line), hit.misconception, hit.feedback)


def _each(right: int, total: int, partial: bool) -> Fraction:
    return Fraction(right, total) if partial else Fraction(right == total)


def _joined(texts: Iterable[Text]) -> Text:
    found = list(texts)
    return Text("\n".join(t.en for t in found), "\n".join(t.ja for t in found))


def _cut(raw: Any) -> str:
    """What was typed, as a response that is not understood."""
    text = raw if isinstance(raw, str) else str(raw)
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in text[: MAX_RESPONSE + 1])
    return text if len(text) <= MAX_RESPONSE else text[: MAX_RESPONSE - 3] + "..."
