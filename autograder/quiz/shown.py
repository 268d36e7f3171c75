"""Questions and answers in a line of plain text, for reports and the terminal."""

from __future__ import annotations

import re
from typing import assert_never

from ..i18n import Lang, Text
from ..text.blocks import VERBATIM
from ..text.formula import plain
from .answer.score import Outcome
from .draw.replica import Body, Choices, Cloze, Match, Number, Order, Replica, Shape, Words, WrongLine

MAX_TITLE = 90


def one_line(stem: Text) -> Text:
    """A stem's beginning, without marks of Markdown."""
    return Text(_line(stem.en), _line(stem.ja))


def plain_text(text: Text) -> Text:
    """The same with its formulas in plain characters."""
    return Text(*(VERBATIM.sub(lambda m: plain(m[3] or m[4]) if m[3] or m[4] else m[0], t) for t in (text.en, text.ja)))


def plain_line(text: str) -> str:
    """One line without marks of Markdown; formulas in plain characters, code as it stands."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        tex = match[3] or match[4]
        kept.append(plain(tex) if tex else match[2] if match[1] else match[0])
        return f"\0{len(kept) - 1}\0"

    prose = VERBATIM.sub(keep, text.strip().replace("\0", "\ufffd")).replace("**", "").replace(r"\$", "$")
    return " ".join(re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], prose).split())


def _line(text: str) -> str:
    text = re.sub(r"\[\[[\w-]+\]\]", "[ ]", plain_line(text))
    return text if len(text) <= MAX_TITLE else text[: MAX_TITLE - 1].rstrip() + "…"


def shown_response(replica: Replica, outcome: Outcome, lang: Lang) -> str:
    """A canonical response with the words of what was chosen: ``b (ReLU)``."""
    if outcome.problem is not None:
        return outcome.response
    return _shown(replica.body, outcome.response, lang)


def _shown(body: Body, response: str, lang: Lang) -> str:
    match body:
        case Choices():
            words = {c.id: _line(c.text.get(lang)) for c in body.choices}
            return "; ".join(f"{i} ({words[i]})" if i in words else i for i in response.split(","))
        case Order():
            words = {letter: _line(text.get(lang)) for letter, text in body.steps}
            return " > ".join(words.get(i, i) for i in response.split(","))
        case Match():
            lefts, rights = dict(body.lefts), dict(body.rights)
            pairs = re.findall(r"([a-z])([0-9]+)", response)
            return "; ".join(f"{_line(lefts[a].get(lang))} - {_line(rights[int(n)].get(lang))}" for a, n in pairs)
        case Cloze():
            bodies = {gap.name: gap.body for gap in body.gaps}
            parts = [p.partition("=") for p in response.split("; ")]
            return "; ".join(f"[{n}] {_shown(bodies[n], r, lang)}" if n in bodies else n for n, _, r in parts)
        case Number() | Shape() | Words() | WrongLine():
            return response
        case _:
            assert_never(body)
