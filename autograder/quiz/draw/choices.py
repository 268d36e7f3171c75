"""Answers that name choices: letters, lists of letters, pairs of a letter and a number.

Each function takes what came out of a file, a form or a terminal (text, list or mapping) and
returns it in one form, or raises `NotUnderstood`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ..answer.numbers import NotUnderstood, quoted

MAX_TYPED = 400
_BETWEEN = r"[\s,、。;:()\[\]{}<>=\-\"'・.→|/]*"
_PAIR = re.compile(rf"{_BETWEEN}([a-z]){_BETWEEN}([0-9]{{1,3}})(?![0-9])")


def parse_choice(typed: object, ids: Sequence[str]) -> str:
    """One letter: ``b``, ``B)``, ``（ｂ）``."""
    found = parse_choices(typed, ids)
    if len(found) != 1:
        raise NotUnderstood(
            f"{quoted(typed)}: choose exactly one of {', '.join(ids)}",
            f"{quoted(typed)}: {'、'.join(ids)} から 1 つだけ選んでください",
        )
    return found[0]


def parse_choices(typed: object, ids: Sequence[str]) -> tuple[str, ...]:
    """Letters in the order given: ``a, c``, ``ac``, ``['a', 'c']``; ``none`` and ``[]`` are none at all."""
    if isinstance(typed, (list, tuple)):
        if not all(isinstance(t, str) for t in typed):
            raise _no_choice(typed, ids)
        typed = " ".join(typed) if typed else "none"
    if not isinstance(typed, str):
        raise _no_choice(typed, ids)
    text = folded(typed)
    if text in ("none", "なし", "[]", "()", "{}", "-"):
        return ()
    rest = re.sub(r"\b(and|と)\b|と|および", " ", text)
    letters = re.findall(r"[a-z]", rest)
    strange = re.sub(r"[\s,、。;:()\[\]{}<>\-\"'・.→|/&+a-z]", "", rest)
    if strange or not letters or any(letter not in ids for letter in letters):
        raise _no_choice(typed, ids)
    if len(set(letters)) != len(letters):
        raise NotUnderstood(f"{quoted(typed)}: a letter is there twice", f"{quoted(typed)}: 同じ記号が 2 回あります")
    return tuple(letters)


def parse_sequence(typed: object, ids: Sequence[str]) -> tuple[str, ...]:
    """Every letter once, in the order given."""
    found = parse_choices(typed, ids)
    missing = [i for i in ids if i not in found]
    if missing:
        raise NotUnderstood(
            f"{quoted(typed)}: name each step once; missing: {', '.join(missing)}",
            f"{quoted(typed)}: 各手順を 1 回ずつ書いてください。足りないもの: {'、'.join(missing)}",
        )
    return found


def parse_pairs(typed: object, lefts: Sequence[str], rights: Sequence[int]) -> dict[str, int]:
    """A right for some or all lefts: ``{a: 2, b: 1}``, ``a2 b1``, ``a-2, b-1``."""
    if isinstance(typed, dict):
        typed = " ".join(f"{k}:{v}" for k, v in typed.items() if v not in (None, ""))
    if not isinstance(typed, str):
        raise _no_pairs(typed)
    text, pairs, at = folded(typed), {}, 0
    while match := _PAIR.match(text, at):
        left, right = match[1], int(match[2])
        if left not in lefts or right not in rights:
            raise NotUnderstood(
                f"{quoted(typed)}: there is no {match[1]} or no {match[2]} here",
                f"{quoted(typed)}: {match[1]} か {match[2]} は選択肢にありません",
            )
        if left in pairs:
            raise NotUnderstood(f"{quoted(typed)}: {left} is there twice", f"{quoted(typed)}: {left} が 2 回あります")
        pairs[left] = right
        at = match.end()
    if not pairs or re.fullmatch(_BETWEEN, text[at:]) is None:
        raise _no_pairs(typed)
    return pairs


def parse_line(typed: object) -> int:
    """A line's number: ``3``, ``line 3``, ``3 行目``."""
    if isinstance(typed, int) and not isinstance(typed, bool) and 0 < typed < 10_000:
        return typed
    match = re.fullmatch(r"(?:line|l)?\s*([0-9]{1,4})\s*(?:行目?)?\.?", folded(typed) if isinstance(typed, str) else "")
    if match is None or int(match[1]) == 0:
        raise NotUnderstood(
            f"{quoted(typed)}: write the number of the line, like 3",
            f"{quoted(typed)}: 行番号を 3 のように書いてください",
        )
    return int(match[1])


def folded(typed: str) -> str:
    """Half-width small letters, no blanks around."""
    if len(typed) > MAX_TYPED:
        raise NotUnderstood("the answer is too long", "解答が長すぎます")
    return unicodedata.normalize("NFKC", typed).strip().lower()


def _no_choice(typed: object, ids: Sequence[str]) -> NotUnderstood:
    return NotUnderstood(
        f"{quoted(typed)}: answer with letters from {', '.join(ids)}",
        f"{quoted(typed)}: {'、'.join(ids)} の記号で答えてください",
    )


def _no_pairs(typed: object) -> NotUnderstood:
    return NotUnderstood(
        f"{quoted(typed)}: answer with pairs like a: 2, b: 1", f"{quoted(typed)}: a: 2, b: 1 のように組で答えてください"
    )
