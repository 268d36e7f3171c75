"""The ways in which one answer is usually typed.

The engine understands what was typed; an LMS compares letters. What it shall accept has to be
written out: these are the spellings that people use, not all that the engine understands.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from itertools import permutations

from ..answer.normalise import normalise_output
from ..answer.numbers import show_number
from ..draw.replica import Number, Order, Words

MAX_NUMBERS = 24
MAX_ORDERS = 24


def unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def unique_in_any_case(texts: Iterable[str]) -> list[str]:
    """An LMS takes small and capital letters for the same."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(text.lower(), text)
    return list(found.values())


def shape_spellings(shape: tuple[int, ...]) -> list[str]:
    """``(3, 4)``, ``3x4``, ``（3、4）`` ..."""
    inner = [", ".join(map(str, shape)), ",".join(map(str, shape))]
    if not shape:
        return ["()", "( )", "（）", "[]"]
    if len(shape) == 1:
        n = shape[0]
        return [f"({n},)", f"({n}, )", f"({n})", str(n), f"[{n}]", f"（{n},）", f"（{n}）"]
    brackets = [f"{a}{i}{b}" for a, b in ("()", "[]", "（）") for i in inner]
    joined = [s.join(map(str, shape)) for s in ("x", "×", " x ", " × ", " ", "、", "，")]
    full = f"（{'，'.join(map(str, shape))}）"
    return unique([*brackets, *inner, *joined, full, f"（{'、'.join(map(str, shape))}）"])


def word_spellings(accepted: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Words as the author wrote them, then in the normalised form.

    Parameters
    ----------
    known
        `ExportQuiz.spellings`.
    """
    words = list(accepted)
    return unique([*(w for form in words for w in known.get(form, ())), *words])


def output_spellings(printed: Iterable[str]) -> list[str]:
    """What a program prints, on one line: blanks, commas or nothing but numbers between."""
    found: list[str] = []
    for text in printed:
        lines = normalise_output(text).split("\n")
        forms = [lines] if not all(map(_whole, lines)) else [lines, [_short(line) for line in lines]]
        for form in forms:
            found += [separator.join(form) for separator in (" ", ", ", ",", "、")]
        if len(lines) == 1:
            found += [lines[0].replace(", ", ","), lines[0].replace(",", ", ").replace("  ", " ")]
    return unique(found)


def _whole(line: str) -> bool:
    try:
        return math.isfinite(float(line))
    except ValueError:
        return False


def _short(line: str) -> str:
    return line[:-2] if line.endswith(".0") else line


def words(body: Words, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """All that is right for a text answer."""
    return output_spellings(body.accept) if body.printed else word_spellings(body.accept, known)


def wrong_words(body: Words, accepted: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """All that means one of the wrong answers, without what is right already."""
    found = output_spellings(accepted) if body.printed else word_spellings(accepted, known)
    right = {w.lower() for w in words(body, known)}
    return [w for w in found if w.lower() not in right]


def tolerance(body: Number, value: float | None = None) -> float:
    """How far a number may be from a value, the answer by default."""
    return max(body.atol, body.rtol * abs(body.value if value is None else value))


def number_spellings(body: Number) -> list[str]:
    """Decimals within the tolerance, few digits first.

    For fields that compare letters: 0.223 within 0.006 is 0.22, and 0.217 to 0.229.
    """
    low, high = (Decimal(repr(body.value + s * tolerance(body))) for s in (-1, 1))
    found = [show_number(body.value)]
    for digits in range(7):
        step = Decimal(1).scaleb(-digits)
        first = (low / step).to_integral_value(ROUND_CEILING)
        count = int((high / step - first).to_integral_value(ROUND_CEILING)) + 1
        if count > MAX_NUMBERS:
            break
        values = (step * (first + i) for i in range(count))
        found += [f"{v:f}" for v in values if low <= v <= high]
    return unique(_both_zeros(found))


def _both_zeros(texts: list[str]) -> list[str]:
    """With ``-0`` as 0, and ``.5`` beside ``0.5``."""
    plain = ["0" if _whole(t) and float(t) == 0 else t for t in texts]
    return plain + [t.replace("0.", ".", 1) for t in plain if t.startswith(("0.", "-0."))]


def right_orders(body: Order) -> list[tuple[str, ...]]:
    """Every order that is right, the author's first; at most `MAX_ORDERS` and one more."""
    found = [body.solution]
    letters = sorted(letter for letter, _ in body.steps)
    if len(letters) > 9:
        # Too many to try; an order that is complete has one solution only.
        n = len(letters)
        return found if len(body.before) == n * (n - 1) // 2 else found * (MAX_ORDERS + 1)
    for order in permutations(letters):
        place = {letter: i for i, letter in enumerate(order)}
        if order != body.solution and all(place[a] < place[b] for a, b in body.before):
            found.append(order)
            if len(found) > MAX_ORDERS:
                break
    return found


def order_spellings(orders: Iterable[tuple[str, ...]]) -> list[str]:
    """``b a c``, ``bac``, ``b, a, c`` ..."""
    return unique(s.join(order) for order in orders for s in (" ", "", ", ", ",", "、", " > ", "-"))
