"""The texts of questions as a target takes them: in one language or in both, TeX as TeX or as MathML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from ...i18n import Lang, Text
from ...text import markup
from ..shown import plain_line

# What XML cannot hold, however it is escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def delimited(tex: str, display: bool) -> str:
    r"""TeX for MathJax, which Moodle and Canvas have: ``\(x\)``."""
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{left}{escape(tex, quote=False)}{right}"


MATHJAX = markup.Dialect(delimited)


def printable(text: str) -> str:
    """Without the characters that no XML file can hold."""
    return _NO_XML.sub("\ufffd", text)


@dataclass(frozen=True)
class Writer:
    """Writes texts for one target.

    Attributes
    ----------
    both
        Both languages, for Moodle's filter `multilang2`, instead of `lang` alone.
    """

    lang: Lang
    both: bool = False
    dialect: markup.Dialect = MATHJAX

    def blocks(self, text: Text) -> str:
        """Paragraphs and lists."""
        return self._say(text, lambda t: markup.paragraphs(t, self.dialect))

    def inline(self, text: Text) -> str:
        """A text within a line; only where it has several paragraphs are they kept."""
        return self._say(text, lambda t: markup.html(t, dialect=self.dialect))

    def line(self, text: Text) -> str:
        """Plain characters, not HTML: for fields that take nothing else."""
        return self._say(text, plain_line)

    def label(self, text: Text) -> str:
        """HTML without a tag: for menus, and between quotation marks for attributes."""
        return self._say(text, lambda t: self.dialect.text(plain_line(t)).replace('"', "&quot;"))

    def verbatim(self, text: Text) -> str:
        """What a program prints or says, as it is."""
        return self._say(text, lambda t: f"<pre>{self.dialect.text(t)}</pre>")

    def program(self, code: str, numbered: bool = False) -> str:
        """A listing."""
        return markup.program(code, numbered, self.dialect)

    def code(self, line: str) -> str:
        """One line of a listing."""
        return self.dialect.verbatim(line.strip())

    def _say(self, text: Text, write: Callable[[str], str]) -> str:
        if not self.both or text.en == text.ja:
            return write(text.get(self.lang))
        return f"{{mlang en}}{write(text.en)}{{mlang}}{{mlang ja}}{write(text.ja)}{{mlang}}"


def has_tex(text: Text) -> bool:
    """Whether a text has a formula in either language."""
    return any(markup.has_tex(t) for t in (text.en, text.ja))
