"""Right answers and choices as HTML, for the page and the notebook."""

from __future__ import annotations

from html import escape
from typing import assert_never

from ...i18n import LANGS, Lang, Text
from ...text.markup import html
from ..answer.numbers import show_answer, show_shape
from ..draw.replica import Body, Choices, Cloze, Kind, Match, Number, Order, Replica, Shape, Words, WrongLine


def choice_html(text: Text, kind: Kind) -> Text:
    """A choice; of what a program prints every blank counts."""
    if kind == "output":
        return Text(*(f"<pre>{escape(text.get(lang))}</pre>" for lang in LANGS))
    return Text(*(html(text.get(lang)) for lang in LANGS))


def answer_html(replica: Replica) -> Text:
    """The right answer in words."""
    return Text(*(_answer(replica.body, replica.kind, lang) for lang in LANGS))


def _answer(body: Body, kind: Kind, lang: Lang) -> str:
    match body:
        case Choices():
            right = [f"{c.id}: {choice_html(c.text, kind).get(lang)}" for c in body.choices if c.correct]
            return right[0] if len(right) == 1 else _list("ul", right)
        case Number():
            unit = f" {escape(body.unit.get(lang))}" if body.unit else ""
            return show_answer(body.value, body.tolerance()) + unit
        case Shape():
            return f"<code>{show_shape(body.value)}</code>"
        case Match():
            lefts, rights = dict(body.lefts), dict(body.rights)
            return _list("ul", [f"{html(lefts[a].get(lang))} &ndash; {html(rights[n].get(lang))}" for a, n in body.key])
        case Order():
            steps = dict(body.steps)
            return _list("ol", [html(steps[letter].get(lang)) for letter in body.solution])
        case Cloze():
            return _list("ul", [f"[{escape(gap.name)}] {_answer(gap.body, kind, lang)}" for gap in body.gaps])
        case Words():
            shown = escape(body.shown.get(lang))
            return f"<pre>{shown}</pre>" if body.printed else shown
        case WrongLine():
            line = Text(f"line {body.line}", f"{body.line} 行目").get(lang)
            return f"{line}: <code>{escape(body.fix.strip())}</code>"
        case _:
            assert_never(body)


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
