"""The Markdown of questions as HTML, in one language or in both.

A small part of Markdown, which is what the bank uses: paragraphs, lists, fenced programs,
emphasis, code, links, and TeX between dollar signs. Everything else is text, escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from ...i18n import Lang, Text
from ...student.formula import plain

Math = Callable[[str, bool], str]  # TeX, whether displayed -> HTML

_WIDE = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_JOINED = re.compile(f"(?<=[{_WIDE}])\\n(?=[{_WIDE}])")  # no blank between Japanese characters
_SPECIAL = re.compile(r"(`[^`]*`|\$\$[^$]+\$\$|\$[^$]+\$)")
_ITEM = re.compile(r"\s*(?:[-*]|(\d+)\.)\s+(.*)")
# What XML cannot hold, however it is escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def delimited(tex: str, display: bool) -> str:
    r"""TeX for MathJax, which Moodle and Canvas have: ``\(x\)``."""
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{left}{escape(tex, quote=False)}{right}"


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
    math: Math = delimited

    def blocks(self, text: Text) -> str:
        """Paragraphs and lists."""
        return self._say(text, lambda t: _blocks(t, self.math))

    def inline(self, text: Text) -> str:
        """A text within a line; only where it has several paragraphs are they kept."""
        return self._say(text, lambda t: _inline(t, self.math) if "\n\n" not in t.strip() else _blocks(t, self.math))

    def line(self, text: Text) -> str:
        """Plain characters, not HTML: for fields that take nothing else."""
        return self._say(text, plain_line)

    def verbatim(self, text: Text) -> str:
        """What a program prints or says, as it is."""
        return self._say(text, lambda t: f"<pre>{escape(t, quote=False)}</pre>")

    def _say(self, text: Text, write: Callable[[str], str]) -> str:
        if not self.both or text.en == text.ja:
            return write(text.get(self.lang))
        return f"{{mlang en}}{write(text.en)}{{mlang}}{{mlang ja}}{write(text.ja)}{{mlang}}"


def listing(code: str, numbered: bool = False) -> str:
    """A program."""
    lines = code.split("\n")
    if numbered:
        width = len(str(len(lines)))
        lines = [f"{i:>{width}}  {line}" for i, line in enumerate(lines, 1)]
    return f"<pre><code>{escape(chr(10).join(lines), quote=False)}</code></pre>"


def plain_line(text: str) -> str:
    """Without marks; formulas in plain characters."""
    parts = _SPECIAL.split(text.strip())
    said = (
        p[1:-1] if p.startswith("`") else plain(p.strip("$")) if p.startswith("$") else re.sub(r"\*\*", "", p)
        for p in parts
    )
    return " ".join("".join(said).split())


def has_tex(text: Text) -> bool:
    """Whether a text has a formula in either language."""
    return any(part.startswith("$") for t in (text.en, text.ja) for part in _SPECIAL.split(t))


def _blocks(text: str, math: Math) -> str:
    out = []
    for fenced, block in _split(text.strip()):
        first = _ITEM.match(block)
        if fenced:
            out.append(listing(block))
        elif first:
            tag = "ol" if first[1] else "ul"
            out.append(f"<{tag}>{''.join(f'<li>{_inline(i, math)}</li>' for i in _list(block))}</{tag}>")
        else:
            out.append(f"<p>{_inline(block, math)}</p>")
    return "".join(out)


def _split(text: str) -> list[tuple[bool, str]]:
    """Blocks between blank lines, each with whether it was a fenced program."""
    found: list[tuple[bool, str]] = []
    for i, part in enumerate(re.split(r"^```.*$\n?", text, flags=re.MULTILINE)):
        if i % 2:
            found.append((True, part.rstrip("\n")))
        else:
            found += [(False, b) for b in re.split(r"\n\s*\n", part.strip()) if b.strip()]
    return found


def _list(block: str) -> list[str]:
    items: list[str] = []
    for line in block.split("\n"):
        match = _ITEM.match(line)
        if match or not items:
            items.append(match[2] if match else line)
        else:
            items[-1] += "\n" + line.strip()
    return items


def _inline(text: str, math: Math) -> str:
    out = []
    for part in _SPECIAL.split(_JOINED.sub("", text.strip())):
        if part.startswith("`"):
            out.append(f"<code>{escape(part[1:-1], quote=False)}</code>")
        elif part.startswith("$$"):
            out.append(math(part[2:-2].strip(), True))
        elif part.startswith("$") and len(part) > 2:
            out.append(math(part[1:-1].strip(), False))
        else:
            out.append(_prose(part))
    return "".join(out)


def _prose(text: str) -> str:
    text = escape(text, quote=False)
    text = re.sub(r"\[([^\]\[]+)\]\((https?://[^)\s\"]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])", r"<em>\1</em>", text)
