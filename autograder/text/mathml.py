"""TeX formulas as MathML, which every browser shows by itself: no script, no font, no network.

What course texts use is known: fractions, roots, indices, accents, names, cases and matrices.
Anything else is refused; `markup` then shows the formula in plain characters.
"""

from __future__ import annotations

import re
from html import escape

from .symbols import (
    ACCENTS,
    BOLD,
    FENCES,
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

_SPACES = {",": "0.17em", ":": "0.22em", ";": "0.28em", "!": "-0.17em", " ": "0.25em", "quad": "1em", "qquad": "2em"}
_SIZES = re.compile(SIZES)
_THIN = '<mspace width="0.17em"></mspace>'
_TOKEN = re.compile(r"\\(?:([a-zA-Z]+)|(.))|([0-9]+(?:\.[0-9]+)?)|(\s+)|(.)", re.DOTALL)
MAX_DEPTH = 40


class TexError(ValueError):
    """A formula that is not understood."""


def mathml(tex: str, block: bool = False) -> str:
    """A ``<math>`` element.

    Parameters
    ----------
    tex
        The formula without its dollar signs.
    block
        Whether it stands on a line of its own.

    Raises
    ------
    TexError
        A command is not known, or braces do not match.
    """
    reader = _Reader(tex, block)
    body = reader.sequence(set())
    if reader.more:
        raise TexError(f"{reader.peek()!r} without its beginning")
    display = ' display="block"' if block else ""
    return f"<math{display}>{body}</math>"


class _Reader:
    """Reads tokens from left to right. A token is a string: ``\\frac``, ``12.5``, ``{``, a blank, a character."""

    def __init__(self, tex: str, block: bool) -> None:
        self._tokens = ["\\" + (m[1] or m[2]) if m[1] or m[2] else " " if m[4] else m[0] for m in _TOKEN.finditer(tex)]
        self._at = self._depth = 0
        self._block = block

    @property
    def more(self) -> bool:
        return self._at < len(self._tokens)

    def peek(self) -> str:
        return self._tokens[self._at] if self.more else ""

    def next(self) -> str:
        if not self.more:
            raise TexError("ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def sequence(self, ends: set[str]) -> str:
        """Everything up to one of `ends`, which stays."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TexError("too deep")
        parts: list[str] = []
        while self.more and self.peek() not in ends and self.peek() not in ("}", r"\right", r"\end"):
            if self.peek() == " ":
                self.next()
                continue
            parts += self._spaced(parts)
        self._depth -= 1
        return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"

    def _spaced(self, before: list[str]) -> list[str]:
        """The next atom; a function's name stands apart from a letter or number on either side, as in ``o tanh c``."""
        named = self.peek()[:1] == "\\" and self.peek()[1:] in FUNCTIONS
        atom = self._scripted()
        if not named:
            return [atom]
        while self.peek() == " ":
            self.next()
        beside = before and not before[-1].startswith(("<mo", "<mspace"))
        then = self.more and (self.peek()[0].isalnum() or self.peek()[1:] in LETTERS.keys() | FUNCTIONS)
        return [*([_THIN] if beside else []), atom, *([_THIN] if then else [])]

    def _scripted(self) -> str:
        """An atom with what stands below and above it."""
        name = self.peek()[1:]
        atom = self._atom() if self.peek() not in ("^", "_") else "<mrow></mrow>"
        low, high = "", ""
        while self.peek() in ("^", "_", "'"):
            mark = self.next()
            if mark == "'":
                # A prime is raised by itself; as a superscript it would be too small to be seen.
                atom = f'<mrow>{atom}<mo lspace="0" rspace="0">′</mo></mrow>'
            elif mark == "^":
                high = self.argument()
            elif low:
                raise TexError("two indices")
            else:
                low = self.argument()
        below = self._block and name in SUMS and name != "int"
        kind = ("munder", "mover", "munderover") if below else ("msub", "msup", "msubsup")
        if low and high:
            return f"<{kind[2]}>{atom}{low}{high}</{kind[2]}>"
        if low or high:
            tag = kind[0] if low else kind[1]
            return f"<{tag}>{atom}{low or high}</{tag}>"
        return atom

    def argument(self) -> str:
        """What a command or a script takes: a group or one atom."""
        while self.peek() == " ":
            self.next()
        if self.peek() in ("}", ""):
            raise TexError("an argument is missing")
        token = self.peek()
        if token[0].isdigit() and len(token) > 1:  # \frac12 is a half, as TeX has it
            self._tokens[self._at] = token[1:]
            return f"<mn>{token[0]}</mn>"
        return self._atom()

    def _atom(self) -> str:
        token = self.next()
        if token == "{":
            inner = self.sequence({"}"})
            self._expect("}")
            return inner
        if token[0] == "\\":
            return self._command(token[1:])
        if token[0].isdigit():
            return f"<mn>{token}</mn>"
        if token.isalpha():
            return f"<mi>{token}</mi>"
        if token in "$&#^_~%":
            raise TexError(f"{token} is not understood")
        # A minus is no hyphen; a bar and a bracket keep the size of a letter unless \left says otherwise.
        if token in "()[]|":
            return f'<mo stretchy="false">{token}</mo>'
        return f"<mo>{escape({'-': '−', '*': '∗'}.get(token, token))}</mo>"

    def _expect(self, token: str) -> None:
        if self.next() != token:
            raise TexError(f"{token} is missing")

    def _command(self, name: str) -> str:
        if name in LETTERS:
            upright = ' mathvariant="normal"' if name in ("partial", "nabla", "infty") or name[0].isupper() else ""
            return f"<mi{upright}>{LETTERS[name]}</mi>"
        if name in OPERATORS:
            return f"<mo>{OPERATORS[name]}</mo>"
        if name in FENCES or name in ("{", "}", "|"):
            shown = FENCES.get(name, "‖" if name == "|" else name)
            return f'<mo stretchy="false">{shown}</mo>'
        if name in SUMS:
            return f"<mo>{SUMS[name]}</mo>"
        if name in FUNCTIONS:
            return f"<mi>{name}</mi>"
        if name in _SPACES:
            return f'<mspace width="{_SPACES[name]}"></mspace>'
        if name in SILENT or _SIZES.fullmatch(name):
            return ""
        if name in ("frac", "dfrac", "tfrac"):
            return f"<mfrac>{self.argument()}{self.argument()}</mfrac>"
        if name == "sqrt":
            return self._root()
        if name in ACCENTS:
            return f'<mover accent="true">{self.argument()}<mo>{ACCENTS[name]}</mo></mover>'
        if name in UPRIGHT or name in BOLD or name in PLAIN:
            return self._styled(name)
        if name == "left":
            return self._fenced()
        if name == "begin":
            return self._matrix()
        if len(name) == 1 and name in "%&#_$":
            return f"<mo>{escape(name)}</mo>"
        raise TexError(f"\\{name} is not known")

    def _root(self) -> str:
        if self.peek() != "[":
            return f"<msqrt>{self.argument()}</msqrt>"
        self.next()
        index = self.sequence({"]"})
        self._expect("]")
        return f"<mroot>{self.argument()}{index}</mroot>"

    def _styled(self, name: str) -> str:
        if name in PLAIN:
            return self.argument()
        while self.peek() == " ":
            self.next()
        words = []
        if self.peek() == "{":
            self.next()
            while self.peek() != "}":
                token = self.next()
                words.append(token[1:] if token[0] == "\\" and not token[1:].isalpha() else token)
            self.next()
        else:
            words.append(self.next())
        text = "".join(words)
        if name in BOLD:
            bold = "".join(LETTERS.get(w[1:], w[1:]) if w[0] == "\\" else w for w in words)
            return f'<mi style="font-weight:bold">{escape(bold)}</mi>'
        if "\\" in text:
            raise TexError("a command inside a name")
        if name.startswith("text"):
            return f"<mtext>{escape(text)}</mtext>"
        return f'<mi mathvariant="normal">{escape(text.replace(" ", ""))}</mi>'

    def _fence(self) -> str:
        token = self.next()
        name = token[1:] if token[0] == "\\" else token
        shown = "" if name == "." else FENCES.get(name, "‖" if token == r"\|" else name)
        if len(shown) > 1:
            raise TexError(f"{token} is no fence")
        return f'<mo fence="true" stretchy="true">{escape(shown)}</mo>' if shown else ""

    def _fenced(self) -> str:
        begin, inner = self._fence(), self.sequence(set())
        self._expect(r"\right")
        return f"<mrow>{begin}{inner}{self._fence()}</mrow>"

    def _matrix(self) -> str:
        name = self._name()
        if name not in MATRICES:
            raise TexError(f"{name} is not known")
        rows, row = [], ""
        while True:
            row += f"<mtd>{self.sequence({'&', chr(92) * 2})}</mtd>"
            token = self.next()
            if token == "&":
                continue
            rows.append(f"<mtr>{row}</mtr>")
            row = ""
            if token == r"\end":
                break
            if token != r"\\":
                raise TexError(f"{token} is not understood")
        if self._name() != name:
            raise TexError(f"{name} does not end")
        fences = [f'<mo fence="true" stretchy="true">{c}</mo>' for c in MATRICES[name]] + ["", ""]
        align = ' columnalign="left"' if name == "cases" else ""
        return f"<mrow>{fences[0]}<mtable{align}>{''.join(rows)}</mtable>{fences[1]}</mrow>"

    def _name(self) -> str:
        self._expect("{")
        name = ""
        while self.peek() != "}":
            name += self.next()
        self.next()
        return name
