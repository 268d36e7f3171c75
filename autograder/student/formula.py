"""TeX formulas as one line of plain characters, for a terminal.

Only what course statements use: fractions, roots, indices, cases, names. What is not known
loses its backslash and stays readable.
"""

from __future__ import annotations

import re

_WORDS = {
    "times": "*",
    "cdot": "*",
    "odot": "*",
    "le": "<=",
    "leq": "<=",
    "ge": ">=",
    "geq": ">=",
    "ne": "!=",
    "neq": "!=",
    "approx": "~=",
    "leftarrow": "<-",
    "rightarrow": "->",
    "to": "->",
    "mapsto": "->",
    "infty": "inf",
    "dots": "...",
    "ldots": "...",
    "cdots": "...",
    "lfloor": "floor(",
    "rfloor": ")",
    "lceil": "ceil(",
    "rceil": ")",
    "lVert": "||",
    "rVert": "||",
    "lvert": "|",
    "rvert": "|",
    "varepsilon": "eps",
    "epsilon": "eps",
    "partial": "d",
    "qquad": "   ",
    "quad": "  ",
    "prime": "'",
}
_SILENT = {"left", "right", "Bigl", "Bigr", "bigl", "bigr", "big", "Big", "displaystyle", "limits"}
_TRANSPARENT = {"mathrm", "text", "mathbf", "boldsymbol", "mathit", "operatorname", "mathcal"}
_TOKEN = re.compile(r"\\([a-zA-Z]+)|\\(.)|([{}])|(\s+)|(.)", re.DOTALL)


def plain(tex: str) -> str:
    """One line of text for a formula without its dollar signs."""
    tex = re.sub(r"\\(begin|end)\{cases\}", lambda m: r" \lbrace " if m[1] == "begin" else r" \rbrace ", tex)
    tex = re.sub(r"\\(begin|end)\{\w+\*?\}", " ", tex)
    text = _Reader(tex).sequence()
    return re.sub(r" {2,}", "  ", re.sub(r" +([),;])", r"\1", text.replace("( ", "("))).strip()


class _Reader:
    """Reads tokens from left to right; a group in braces is a sequence of its own."""

    def __init__(self, tex: str) -> None:
        self._tokens = [m.groups() for m in _TOKEN.finditer(tex)]
        self._at = 0

    def sequence(self) -> str:
        parts: list[str] = []
        while self._at < len(self._tokens):
            if self._tokens[self._at][2] == "}":
                self._at += 1
                break
            named = bool(self._tokens[self._at][0])
            part = self._one()
            if named and parts and re.search(r"[\w)]$", parts[-1]) and part[:1].isalpha():
                part = " " + part
            parts.append(part)
        return "".join(parts)

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
            return {"\\": " ; ", "|": "||", "_": "_"}.get(
                escaped, escaped if escaped.isalnum() or escaped in "{}%&#$" else " "
            )
        if brace == "{":
            return self.sequence()
        if space:
            return " "
        if char in "_^":
            inner = self._argument()
            return char + (inner if re.fullmatch(r"[\w'*.]*", inner) else f"({inner})")
        return "  " if char == "&" else char or ""

    def _word(self, word: str) -> str:
        if word in ("frac", "dfrac", "tfrac"):
            top, bottom = self._argument(), self._argument()
            return f"{_grouped(top)}/{_grouped(bottom)}"
        if word == "sqrt":
            return f"sqrt({self._argument()})"
        if word in ("hat", "bar", "tilde", "vec"):
            return f"{self._argument()}{'' if word == 'vec' else '_' + word}"
        if word in _TRANSPARENT:
            return self._argument()
        if word in _SILENT:
            return ""
        return {"lbrace": "{", "rbrace": "}"}.get(word) or _WORDS.get(word, word)


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"[\w.]+", text) else f"({text})"
