"""The right answer of a replica, in the form in which a student would give it."""

from __future__ import annotations

from typing import Any, assert_never

from ...i18n import Lang, Text
from ..answer.numbers import show_answer, show_shape
from ..draw.replica import Body, Choices, Cloze, Match, Number, Order, Replica, Shape, Words, WrongLine


def right_answer(replica: Replica) -> Any:
    """What `score.score` gives full credit."""
    return _answer(replica.body)


def _answer(body: Body) -> Any:
    match body:
        case Choices():
            right = [c.id for c in body.choices if c.correct]
            return right if body.several else right[0]
        case Number():
            return repr(body.value)
        case Shape():
            return show_shape(body.value)
        case Match():
            return dict(body.key)
        case Order():
            return list(body.solution)
        case Cloze():
            return {gap.name: _answer(gap.body) for gap in body.gaps}
        case Words():
            return body.shown.en
        case WrongLine():
            return body.line
        case _:
            assert_never(body)


def shown_answer(replica: Replica, lang: Lang) -> str:
    """The right answer in words, for people: ``b: ReLU``, ``(3, 4)``, ``line 2: return np.maximum(x, 0)``."""
    return shown_body(replica.body, lang)


def shown_body(body: Body, lang: Lang) -> str:
    """The same of a body alone, as a gap of a cloze has it."""
    match body:
        case Choices():
            return "; ".join(f"{c.id}: {c.text.get(lang)}" for c in body.choices if c.correct)
        case Number():
            unit = f" {body.unit.get(lang)}" if body.unit else ""
            return show_answer(body.value, body.tolerance()) + unit
        case Match():
            lefts, rights = dict(body.lefts), dict(body.rights)
            return "; ".join(f"{lefts[a].get(lang)} - {rights[n].get(lang)}" for a, n in body.key)
        case Order():
            steps = dict(body.steps)
            return " > ".join(steps[letter].get(lang) for letter in body.solution)
        case Cloze():
            return "; ".join(f"[{gap.name}] {shown_body(gap.body, lang)}" for gap in body.gaps)
        case Words():
            return body.shown.get(lang)
        case WrongLine():
            return f"{Text(f'line {body.line}', f'{body.line} 行目').get(lang)}: {body.fix.strip()}"
        case Shape():
            return show_shape(body.value)
        case _:
            assert_never(body)
