"""TeX formulas as one line of plain characters, for a terminal and for menus.

A sign is the character that prose uses for it (δ, ×, x², √, ≤), so that one sentence says one thing in
one way. What is not known loses its backslash and stays readable.
"""

from __future__ import annotations

import re
import unicodedata

from .align import FIXED
from .symbols import (
    ACCENTS,
    BOLD,
    FUNCTIONS,
    LETTERS,
    MATRICES,
    OPERATORS,
    PLAIN,
    SILENT,
    SIZES,
    SUMS,
    UPRIGHT,
)

_GAP = "\u2003"  # stands for two blanks, whatever blanks are beside it
_WORDS = {
    **OPERATORS,
    **LETTERS,
    **SUMS,
    **{"lfloor": "floor(", "rfloor": ")", "lceil": "ceil(", "rceil": ")", "lbrace": "{", "rbrace": "}"},
    **{"lvert": "|", "rvert": "|", "vert": "|", "lVert": "||", "rVert": "||", "Vert": "||", "mid": "|"},
    **{"epsilon": "ε", "phi": "φ", "vartheta": "θ", "top": "T", "dots": "...", "ldots": "...", "cdots": "..."},
    **{"langle": "<", "rangle": ">", "ast": "*", "sim": "~", "sum": "Σ", "prod": "Π", "quad": _GAP, "qquad": _GAP},
}
_IGNORED = re.compile(rf"{'|'.join(SILENT)}|left|right|middle|{SIZES}")
_STYLES = UPRIGHT | BOLD | PLAIN | {"mathnormal", "textbf", "textit", "emph"}
_SPACES = {",": " ", ":": " ", ";": " ", " ": " ", "!": ""}
_COMBINING = {"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303"}
_COMBINING |= {"dot": "\u0307"}
_RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = str.maketrans("0123456789−", "₀₁₂₃₄₅₆₇₈₉₋")
_TOKEN = re.compile(r"\\([a-zA-Z]+)\*?|\\(.)|([{}])|(\s+)|(.)", re.DOTALL)
_NAMES = FUNCTIONS | UPRIGHT | SUMS.keys()  # after and before a letter they need a blank
_DRAWN = {"cases": ("{ ", " }"), "aligned": ("", ""), "matrix": ("", "")}
_HALVES = {("1", "2"): "½", ("1", "4"): "¼", ("3", "4"): "¾"}
_FRACTIONS = ("frac", "dfrac", "tfrac")
MAX_DEPTH = 100
MAX_FIXED = 40


def plain(tex: str) -> str:
    """One line of text for a formula without its dollar signs."""
    text = _Reader(tex).sequence()
    text = re.sub(r" +([),;\]])", r"\1", re.sub(r"([(\[]) +", r"\1", text))
    text = re.sub(r" {2,}", " ", text).replace("∂ ", "∂")
    return re.sub(rf" *{_GAP}[ {_GAP}]*", "  ", text).strip()


class _Reader:
    """Reads tokens from left to right; a group in braces is a sequence of its own."""

    def __init__(self, tex: str) -> None:
        self._tokens = [m.groups(default="") for m in _TOKEN.finditer(tex)]
        self._at = self._depth = 0

    def sequence(self) -> str:
        """Everything up to the brace that closes the group, or to the end of an environment."""
        self._depth += 1
        text, before = "", ""
        while self._at < len(self._tokens) and self._depth < MAX_DEPTH:
            word, _, brace, _, _ = self._tokens[self._at]
            if brace == "}":
                self._at += 1
                break
            if word == "end":
                break
            part = self._one()
            if _runs_together(before, word, text, part):
                text += " "
            text += part
            before = word
        self._depth -= 1
        return text

    def _argument(self) -> str:
        while self._at < len(self._tokens) and self._tokens[self._at][3]:
            self._at += 1
        return self._one().strip() if self._at < len(self._tokens) else ""

    def _one(self) -> str:
        word, escaped, brace, space, char = self._tokens[self._at]
        self._at += 1
        if word:
            return self._word(word)
        if escaped:
            return {"\\": "; ", "|": "||", **_SPACES}.get(escaped, escaped)
        if brace == "{":
            return self.sequence()
        if space:
            return " "
        if char in "_^":
            return _script(char, self._argument())
        return {"&": _GAP, "-": "−", "'": "′", "~": " "}.get(char, char)

    def _word(self, word: str) -> str:
        if word in _FRACTIONS:
            top, bottom = self._argument(), self._argument()
            return _HALVES.get((top, bottom)) or f"{_grouped(top)}/{_grouped(bottom)}"
        if word == "sqrt":
            return self._root()
        if word in ACCENTS:
            inner = self._argument()
            mark = _COMBINING.get(word, "")
            return unicodedata.normalize("NFC", inner + mark) if len(inner) == 1 else inner
        if word in _STYLES:
            return self._argument()
        if word == "begin":
            return self._environment()
        if word == "end":
            self._argument()
            return ""
        return "" if _IGNORED.fullmatch(word) else _WORDS.get(word, word)

    def _root(self) -> str:
        index = ""
        if self._at < len(self._tokens) and self._tokens[self._at][4] == "[":
            self._at += 1
            while self._at < len(self._tokens) and self._tokens[self._at][4] != "]":
                index += self._one()
            self._at += 1
        inner = self._argument()
        sign = {"3": "∛", "4": "∜", "": "√"}.get(index, f"{index}√")
        return sign + (inner if len(inner) == 1 or re.fullmatch(r"[\d.]+|.[\u0300-\u036f]", inner) else f"({inner})")

    def _environment(self) -> str:
        """Rows between ``;``, with the brackets of the matrix around them."""
        name = self._argument().rstrip("*")
        pair = _DRAWN.get(name) or tuple(MATRICES.get(name, "")) or ("", "")
        if name == "array":
            self._argument()
        rows = [row.strip() for row in self.sequence().split("; ")]
        if self._at < len(self._tokens):
            self._at += 1
            self._argument()
        shown = pair[0] + "; ".join(row for row in rows if row) + pair[1]
        # A small matrix stays on one line.
        return re.sub(rf" *{_GAP} *", 2 * FIXED, shown).replace(" ", FIXED) if len(shown) <= MAX_FIXED else shown


def _script(mark: str, inner: str) -> str:
    """Digits small, a prime as it is, the rest behind its mark."""
    if mark == "^" and inner and set(inner) <= {"′"}:
        return inner
    if re.fullmatch("−?[0-9]+", inner):
        return inner.translate(_RAISED if mark == "^" else _LOWERED)
    return mark + (inner if re.fullmatch(r"[^\W_]*|[*′]", inner) else f"({inner})")


def _runs_together(before: str, word: str, text: str, part: str) -> bool:
    """Whether two names, or a fraction and what it is multiplied with, would look like one thing."""
    if not text or (not part[:1].isalpha() and part[:1] not in ("√", "Σ")):
        return bool(text) and before in _FRACTIONS and part[:1].isdigit()
    if before in _FRACTIONS:
        return True
    named = before in _NAMES or (word in _NAMES and len(part) > 1)
    return named and text[-1].isalnum()


def _grouped(text: str) -> str:
    return (
        text if re.fullmatch(r"∂?[^\W_]+(_\w)?|\d+\.\d+|∂?.[\u0300-\u036f]", text.replace("∂ ", "∂")) else f"({text})"
    )
