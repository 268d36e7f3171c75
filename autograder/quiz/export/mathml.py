"""TeX as MathML, which browsers draw without a script: for pages that are printed.

Only what the course writes. A word that is not known is set as text without its backslash, so
that a formula stays readable.
"""

from __future__ import annotations

import re
from html import escape

_SIGNS = {
    "cdot": "⋅", "times": "×", "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "ast": "∗", "pm": "±", "mp": "∓",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "equiv": "≡", "sim": "∼",
    "propto": "∝", "in": "∈", "notin": "∉", "ll": "≪", "gg": "≫", "mid": "∣", "subset": "⊂",
    "leftarrow": "←", "rightarrow": "→", "to": "→", "mapsto": "↦", "Rightarrow": "⇒", "gets": "←",
    "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "infty": "∞", "forall": "∀", "exists": "∃",
    "dots": "…", "ldots": "…", "cdots": "⋯", "prime": "′", "top": "⊤", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "langle": "⟨", "rangle": "⟩",
    "{": "{", "}": "}", "|": "‖", "%": "%", "&": "&", "#": "#", "_": "_", "$": "$",
}  # fmt: skip
_LETTERS = dict(
    zip(
        (
            *("alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "iota", "kappa"),
            *("lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi"),
            *("omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega", "ell", "hbar"),
        ),
        "αβγδϵεζηθικλμνξπρστυϕφχψωΓΔΘΛΞΠΣΦΨΩℓℏ",
        strict=True,
    )
)
_SPACES = {",": "0.17em", ":": "0.22em", ";": "0.28em", " ": "0.25em", "quad": "1em", "qquad": "2em", "!": "0em"}
_ACCENTS = {"hat": "^", "bar": "¯", "tilde": "~", "vec": "→", "dot": "˙", "overline": "¯", "widehat": "^"}
_UPRIGHT = {"mathrm", "text", "operatorname", "textrm", "mathit", "mathcal"}
_SILENT = {"left", "right", "bigl", "bigr", "Bigl", "Bigr", "big", "Big", "displaystyle", "limits", "nolimits"}
_BOLD = {"mathbf", "boldsymbol", "bm"}
_WIDE = {"∑", "∏", "lim", "max", "min", "argmax", "argmin"}  # what stands under and over them when displayed
_TOKEN = re.compile(r"\\([a-zA-Z]+|.)|([0-9]+(?:\.[0-9]+)?)|(\s+)|(.)", re.DOTALL)


def mathml(tex: str, display: bool = False) -> str:
    """A formula without its dollar signs as a ``math`` element."""
    inner = _Reader(tex, display).row()
    mode = "block" if display else "inline"
    return f'<math display="{mode}">{inner}</math>'


class _Reader:
    def __init__(self, tex: str, display: bool) -> None:
        self._tokens = [m for m in _TOKEN.finditer(tex) if not m[3]]
        self._tex = tex
        self._at = 0
        self._display = display

    def row(self, end: str = "") -> str:
        """Elements up to a closing brace, or the end."""
        parts: list[str] = []
        while self._at < len(self._tokens):
            if end and self._tokens[self._at][4] == end:
                self._at += 1
                break
            parts.append(self._scripted())
        return f"<mrow>{''.join(parts)}</mrow>"

    def _scripted(self) -> str:
        """One element with its indices."""
        base = self._one() if self._peek() not in ("_", "^") else "<mrow></mrow>"
        low = high = ""
        while self._peek() in ("_", "^", "'"):
            sign = self._tokens[self._at][4]
            self._at += 1
            if sign == "_":
                low += self._argument()
            elif sign == "^":
                high += self._argument()
            else:
                high += "<mo>′</mo>"
        if not low and not high:
            return base
        stacked = self._display and re.sub(r"<[^>]+>", "", base) in _WIDE
        both, under, over = ("munderover", "munder", "mover") if stacked else ("msubsup", "msub", "msup")
        tag = both if low and high else under if low else over
        return f"<{tag}>{base}{f'<mrow>{low}</mrow>' if low else ''}{f'<mrow>{high}</mrow>' if high else ''}</{tag}>"

    def _peek(self) -> str:
        return self._tokens[self._at][4] or "" if self._at < len(self._tokens) else ""

    def _argument(self) -> str:
        return self._one() if self._at < len(self._tokens) else "<mrow></mrow>"

    def _one(self) -> str:
        token = self._tokens[self._at]
        self._at += 1
        word, number, char = token[1], token[2], token[4]
        if word is not None:
            return self._word(word)
        if number is not None:
            return f"<mn>{number}</mn>"
        if char == "{":
            return self.row("}")
        if char.isalpha():
            return f"<mi>{escape(char)}</mi>"
        fence = ' stretchy="false"' if char in "()[]|" else ""  # or an index climbs to the top of the line
        return f"<mo{fence}>{escape({'-': '−', '*': '∗', '&': ' '}.get(char, char))}</mo>"

    def _word(self, word: str) -> str:
        if word in ("frac", "dfrac", "tfrac"):
            return f"<mfrac>{self._argument()}{self._argument()}</mfrac>"
        if word == "sqrt":
            return f"<msqrt>{self._argument()}</msqrt>"
        if word in _ACCENTS:
            return f'<mover accent="true">{self._argument()}<mo stretchy="false">{_ACCENTS[word]}</mo></mover>'
        if word in _UPRIGHT:
            return f'<mi mathvariant="normal">{escape(self._raw())}</mi>'
        if word in _BOLD:
            return f'<mi style="font-weight:bold">{escape(self._raw())}</mi>'
        if word in _SILENT:
            return ""
        if word in _SPACES:
            return f'<mspace width="{_SPACES[word]}"/>'
        if word in _LETTERS:
            return f"<mi>{_LETTERS[word]}</mi>"
        if word in _SIGNS:
            return f"<mo>{escape(_SIGNS[word])}</mo>"
        # sin, log, max and whatever is not known.
        return f'<mi mathvariant="normal">{escape(word)}</mi>'

    def _raw(self) -> str:
        """The letters of a group as they stand; known words within as their letters."""
        if self._peek() != "{":
            return re.sub(r"<[^>]+>", "", self._argument())
        start = self._tokens[self._at].end()
        self._skip()
        inner = self._tex[start : self._tokens[self._at - 1].start()]
        return re.sub(r"\\([a-zA-Z]+|.)", lambda m: _LETTERS.get(m[1], _SIGNS.get(m[1], m[1])), inner)

    def _skip(self) -> None:
        """Skip a group in braces."""
        self._at += 1
        self.row("}")
