"""The ways in which one answer is usually typed.

The engine understands what was typed; an LMS compares letters. What it shall accept has to be
written out: these are the spellings that people use, not all that the engine understands.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import permutations

from ..answer.normalise import normalise_output
from ..answer.numbers import show_exact
from ..draw.replica import Number, Order, Words

MAX_NUMBERS = 24
MOST_DECIMALS = 8
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
        return _and_wide([f"({n},)", f"({n}, )", f"({n})", str(n), f"[{n}]", f"（{n},）", f"（{n}）", f"（{n}，）"])
    brackets = [f"{a}{i}{b}" for a, b in ("()", "[]", "（）") for i in inner]
    joined = [s.join(map(str, shape)) for s in ("x", "×", " x ", " × ", " ", "、", "，")]
    full = f"（{'，'.join(map(str, shape))}）"
    return _and_wide([*brackets, *inner, *joined, full, f"（{'、'.join(map(str, shape))}）"])


_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def _and_wide(texts: list[str]) -> list[str]:
    """With the digits of a Japanese keyboard, where the other signs may be from it too."""
    wide = [t.translate(_WIDE_DIGITS) for t in texts if " " not in t and "[" not in t]
    return unique([*texts, *wide])


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
    return body.tolerance(value)


def edges(body: Number, value: float | None = None) -> tuple[Decimal, Decimal]:
    """The lowest and the highest number that is right, without the rounding of binary numbers."""
    middle = Decimal(repr(body.value if value is None else value))
    wide = max(Decimal(repr(body.atol)), Decimal(repr(body.rtol)) * abs(middle))
    return middle - wide, middle + wide


def plain_decimal(value: Decimal) -> str:
    """A decimal with all its digits and no needless zero, with an exponent where it would be long."""
    text = f"{value.normalize():f}" if value else "0"
    return text if len(text) <= 25 else str(value.normalize())


def number_spellings(body: Number) -> list[str]:
    """Decimals within the tolerance, the answer and those with few digits first.

    For fields that compare letters: 0.223 within 0.006 is 0.22, and 0.217 to 0.229. At each number of
    decimals up to `MOST_DECIMALS` all are listed where there are few, else the rounded and the cut-off answer.
    """
    low, high = edges(body)
    middle = Decimal(repr(body.value))
    found = [show_exact(body.value, tolerance(body))]
    for digits in range(MOST_DECIMALS + 1):
        step = Decimal(1).scaleb(-digits)
        try:
            first = (low / step).to_integral_value(ROUND_CEILING)
            last = (high / step).to_integral_value(ROUND_FLOOR)
            near = [(middle / step).to_integral_value(rule) for rule in (ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_DOWN)]
        except InvalidOperation:  # more digits than anybody types
            break
        count = int(last - first) + 1
        values = [first + i for i in range(count)] if count <= MAX_NUMBERS else [n for n in near if first <= n <= last]
        found += [f"{step * n:.{digits}f}" for n in values]
        printed = f"{body.value:.{digits}f}"  # by a program: of many digits the last may be another
        found += [printed] if low <= Decimal(printed) <= high else []
    return unique(_without_zeros(found))


def _without_zeros(texts: list[str]) -> list[str]:
    """Without the sign of ``-0.0``, and ``.5`` beside ``0.5``."""
    plain = [t.lstrip("-") if _whole(t) and float(t) == 0 else t for t in texts]
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
