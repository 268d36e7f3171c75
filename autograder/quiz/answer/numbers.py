"""Numbers and shapes as people type them, in either language, on either keyboard.

What can be understood in one way only is understood; what could mean two things is refused
with a word on how to write it. Nothing is guessed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

from ...i18n import Text

MAX_TYPED = 100  # characters
MAX_AXES = 32

_MINUS = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d\ufe63]")  # 30fc: the long vowel, beside the minus of an IME
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_ABOUT = re.compile(r"^(?:約|およそ|だいたい|about|approx(?:imately|\.)?|ca\.|~|≈|≒|=)\s*", re.IGNORECASE)
_ABOUT_AFTER = re.compile(r"\s*(?:くらい|ぐらい|程度|です)[。.]?$")
_DECIMAL = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_PLAIN = re.compile(rf"([-+]?)(?:{_DECIMAL})(?:[eE][-+]?[0-9]{{1,3}})?")
_POWER = re.compile(rf"([-+]?(?:{_DECIMAL}))(?:x|×|\*|·|・)10(?:\^|\*\*)\(?([-+]?[0-9]{{1,3}})\)?")
_POWER_ALONE = re.compile(r"([-+]?)10(?:\^|\*\*)\(?([-+]?[0-9]{1,3})\)?")
_RATIO = re.compile(rf"([-+]?(?:{_DECIMAL}))/({_DECIMAL})")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_POINTED = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")


class NotUnderstood(ValueError):
    """An answer that is none; `text` says how to write it."""

    def __init__(self, en: str, ja: str) -> None:
        self.text = Text(en, ja)
        super().__init__(en)


def parse_number(typed: object, units: Iterable[str] = ()) -> float:
    """The number that was typed.

    Parameters
    ----------
    typed
        Text, or a number that came as one.
    units
        Words that may stand behind it.

    Raises
    ------
    NotUnderstood
    """
    if isinstance(typed, bool) or not isinstance(typed, (str, int, float)):
        raise _no_number(typed)
    if not isinstance(typed, str):
        return _finite(typed, typed)
    text = _without_units(_folded(typed), units)
    if text.endswith("%"):
        raise NotUnderstood(
            f"{quoted(typed)}: write it without the percent sign (50% is 0.5)",
            f"{quoted(typed)}: パーセントを使わずに書いてください（50% は 0.5）",
        )
    text = _decimal_point(re.sub(r"\s*([-+*/^x×·・]|\*\*)\s*", r"\1", text).replace("−", "-"), typed)
    text = re.sub(r"(?<=[0-9])_(?=[0-9])", "", text)
    if _PLAIN.fullmatch(text):
        return _finite(text, typed)
    if match := _POWER.fullmatch(text):
        return _finite(f"{match[1]}e{match[2]}", typed)
    if match := _POWER_ALONE.fullmatch(text):
        return _finite(f"{match[1]}1e{match[2]}", typed)
    if match := _RATIO.fullmatch(text):
        if float(match[2]) == 0:
            raise NotUnderstood(f"{quoted(typed)}: divides by zero", f"{quoted(typed)}: 0 で割っています")
        return _finite(float(match[1]) / float(match[2]), typed)
    raise _no_number(typed)


def parse_shape(typed: object) -> tuple[int, ...]:
    """The lengths of the axes: ``(3, 4)``, ``3x4``, ``[3,4]``, ``（３，４）``, ``3、4``; ``()`` is no axis.

    Raises
    ------
    NotUnderstood
    """
    if isinstance(typed, (list, tuple)):
        if len(typed) > MAX_AXES or any(isinstance(v, (list, tuple, dict)) for v in typed):
            raise _no_shape(typed)
        return tuple(_length(v, typed) for v in typed)
    if isinstance(typed, int) and not isinstance(typed, bool):
        return (_length(typed, typed),)
    if not isinstance(typed, str):
        raise _no_shape(typed)
    text = _folded(typed)
    text = re.sub(r"^(?:shape|形状)\s*[=:は]?\s*", "", text, flags=re.IGNORECASE)
    inner = re.fullmatch(r"[(\[{]\s*(.*?)\s*[)\]}]", text)
    text = inner[1] if inner else text
    if inner and not text:
        return ()
    parts = re.split(r"\s*[,、xX×*・]\s*|\s*\bby\b\s*|\s+", text)
    if inner or "," in text or "、" in text:
        parts = parts[:-1] if len(parts) > 1 and not parts[-1] else parts  # (5,)
    if not text or len(parts) > MAX_AXES:
        raise _no_shape(typed)
    return tuple(_length(p, typed) for p in parts)


def show_number(value: float) -> str:
    """The canonical form of a number: 12 digits at most."""
    return f"{value + 0.0:.12g}"


def show_exact(value: float, tolerance: float = 0.0) -> str:
    """The canonical form where it is the same number (within a millionth of the tolerance), else all digits."""
    short = show_number(value)
    return short if abs(float(short) - value) <= tolerance * 1e-6 else repr(value).removesuffix(".0")


def show_answer(value: float, tolerance: float) -> str:
    """A right answer for people: as many decimals as the tolerance asks for, all of them where there is none.

    >>> show_answer(0.22314355131, 0.001)
    '0.223'
    >>> show_answer(0.25, 0.001)
    '0.25'
    """
    exact = show_exact(value, tolerance)
    if tolerance <= 0 or value == 0:
        return exact
    decimals = max(0, math.ceil(-math.log10(2 * tolerance) - 1e-9))
    if abs(value) < 1e-4 or abs(value) >= 1e12:
        digits = max(1, math.floor(math.log10(abs(value))) - math.floor(math.log10(2 * tolerance) + 1e-9) + 1)
        shown = f"{value:.{min(digits, 12)}g}"
    elif len(exact.partition(".")[2]) <= decimals + 1:
        return exact
    else:
        shown = f"{value + 0.0:.{decimals}f}"
    return min(exact, shown, key=len)


def show_shape(value: tuple[int, ...]) -> str:
    """As NumPy prints it."""
    return str(tuple(value))


def _folded(typed: str) -> str:
    """ASCII digits and signs, no blanks around, no "about"."""
    if len(typed) > MAX_TYPED:
        raise NotUnderstood("the answer is too long for a number", "解答が数値としては長すぎます")
    raised = _RAISED.sub(lambda m: "^" + m[0].translate(_SUPERSCRIPT), typed)
    strange = [c for c in raised if unicodedata.category(c) == "No"]
    if strange:
        raise NotUnderstood(
            f"{quoted(typed)}: write {strange[0]} with ordinary digits (a half: 1/2)",
            f"{quoted(typed)}: {strange[0]} は普通の数字で書いてください（2 分の 1 は 1/2）",
        )
    text = _MINUS.sub("-", unicodedata.normalize("NFKC", raised)).strip()
    return _ABOUT_AFTER.sub("", _ABOUT.sub("", text)).strip()


def _without_units(text: str, units: Iterable[str]) -> str:
    folded = sorted((unicodedata.normalize("NFKC", u).strip().lower() for u in units), key=len, reverse=True)
    for unit in folded:
        if unit and text.lower().endswith(unit):
            return text[: -len(unit)].strip()
    return text


def _decimal_point(text: str, typed: object) -> str:
    """Commas made into points or taken away, where only one of the two can be meant."""
    text = text.replace("、", ",")
    if "," not in text:
        return text
    if _POINTED.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _GROUPED.fullmatch(text):
        whole = text.lstrip("+-")
        if text.count(",") == 1 and "." not in text and not whole.startswith("0"):
            plain, point = text.replace(",", ""), text.replace(",", ".")
            raise NotUnderstood(
                f"{quoted(typed)} could be {plain} or {point}: write one of these",
                f"{quoted(typed)} は {plain} とも {point} とも読めます。どちらかの書き方にしてください",
            )
        return text.replace(",", "." if whole.startswith("0") and text.count(",") == 1 else "")
    if "." in text:
        raise _no_number(typed)
    # One comma to each number: both sides of a fraction may have one.
    return re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text) if text.count(",") <= 1 + text.count("/") else text


def _finite(value: str | int | float, typed: object) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise NotUnderstood(f"{quoted(typed)} is no finite number", f"{quoted(typed)} は有限の数ではありません")
    return number


def _length(part: object, typed: object) -> int:
    if isinstance(part, str) and re.fullmatch(r"[0-9]{1,12}", _folded(part)):
        return int(_folded(part))
    if isinstance(part, int) and not isinstance(part, bool) and 0 <= part < 10**12:
        return part
    raise _no_shape(typed)


def _no_number(typed: object) -> NotUnderstood:
    return NotUnderstood(
        f"{quoted(typed)} is not a number: write it like 0.25, -3, 1e-3 or 3/4",
        f"{quoted(typed)} は数として読めません。0.25、-3、1e-3、3/4 のように書いてください",
    )


def _no_shape(typed: object) -> NotUnderstood:
    return NotUnderstood(
        f"{quoted(typed)} is not a shape: write the lengths of the axes like (3, 4)",
        f"{quoted(typed)} は形状として読めません。各軸の長さを (3, 4) のように書いてください",
    )


def quoted(typed: object) -> str:
    """What was typed, short and printable."""
    try:
        text = str(typed)
    except (ValueError, RecursionError):  # an integer of thousands of digits
        text = "..."
    text = "".join(c if c.isprintable() else " " for c in text[:60])
    return f"'{text[:40]}...'" if len(text) > 40 else f"'{text}'"
