"""The Markdown of quiz texts as HTML: what authors may use, and nothing that could run.

Paragraphs, ``**bold**``, ``*italics*``, ```code```, fenced programs, lists, tables, links to
https and ``$TeX$`` as MathML. Every other character is escaped, so a text is safe wherever it
comes from. A line's end inside a Japanese sentence is no blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from .blocks import HEADING, ITEM, RULE, VERBATIM, blocks, cells, kind, one
from .formula import plain
from .mathml import TexError, mathml

Gap = Callable[[str], str]
Math = Callable[[str, bool], str]  # TeX, whether it stands alone -> HTML


def formula(tex: str, block: bool = False) -> str:
    """A formula, in plain characters where MathML cannot be made of it."""
    try:
        return mathml(tex.strip(), block)
    except TexError:
        return f"<i>{escaped(plain(tex))}</i>"


def escaped(text: str) -> str:
    """Quotes stay: texts stand between tags, and Moodle's gaps would have to escape the escapes."""
    return escape(text, quote=False)


@dataclass(frozen=True)
class Dialect:
    """What differs between the places where the HTML is read.

    Attributes
    ----------
    text
        Makes HTML of characters that mean nothing but themselves.
    code
        Stands around the HTML of code.
    paragraph
        The tag that begins a paragraph.
    """

    math: Math = formula
    text: Callable[[str], str] = escaped
    code: tuple[str, str] = ("<code>", "</code>")
    paragraph: str = "<p>"

    def verbatim(self, code: str) -> str:
        """Code in a line."""
        return f"{self.code[0]}{self.text(code)}{self.code[1]}"


BROWSER = Dialect()


def html(text: str, gap: Gap | None = None, dialect: Dialect = BROWSER) -> str:
    """HTML of a text; one paragraph alone comes without ``<p>``.

    Parameters
    ----------
    gap
        Makes the HTML of ``[[name]]``; without it brackets are brackets (``[[1]]`` is an array too).
    """
    found = _Page(gap or _literal, dialect).blocks(text)
    if len(found) == 1 and found[0].startswith(dialect.paragraph):
        return found[0].removeprefix(dialect.paragraph).removesuffix("</p>")
    return "".join(found)


def paragraphs(text: str, dialect: Dialect = BROWSER) -> str:
    """The same with each paragraph in ``<p>``."""
    return "".join(_Page(_literal, dialect).blocks(text))


def program(code: str, numbered: bool = False, dialect: Dialect = BROWSER) -> str:
    """A listing."""
    lines = code.split("\n")
    if numbered:
        width = len(str(len(lines)))
        lines = [f"{i:>{width}}  {line}" for i, line in enumerate(lines, 1)]
    return f'<pre class="code">{dialect.verbatim(chr(10).join(lines))}</pre>'


def has_tex(text: str) -> bool:
    """Whether there is a formula in it."""
    return any(m[3] or m[4] for m in VERBATIM.finditer(text))


def _literal(name: str) -> str:
    return f"[[{name}]]"


@dataclass(frozen=True)
class _Page:
    gap: Gap
    dialect: Dialect

    def blocks(self, text: str) -> list[str]:
        return [self._block(block) for block in blocks(text)]

    def _block(self, lines: list[str]) -> str:
        first = lines[0].strip()
        if first.startswith("```"):
            body = lines[1:-1] if lines[-1].strip().startswith("```") else lines[1:]
            return program("\n".join(body), dialect=self.dialect)
        if first.startswith("$$"):
            return self.dialect.math("\n".join(lines).replace("$$", " ").strip(), True)
        if HEADING.match(first):
            return f"{self.dialect.paragraph}<b>{self._inline(first.lstrip('#').strip())}</b></p>"
        what = kind(lines)
        if what == "table":
            return self._table(lines)
        if what == "prose":
            return f"{self.dialect.paragraph}{self._inline(one(lines))}</p>"
        items: list[list[str]] = []
        for line in lines:
            match = ITEM.match(line)
            if match:
                items.append([match[3]])
            else:
                items[-1].append(line)
        tag = "ol" if what == "numbers" else "ul"
        return f"<{tag}>{''.join(f'<li>{self._inline(one(item))}</li>' for item in items)}</{tag}>"

    def _table(self, lines: list[str]) -> str:
        rows = [cells(line) for line in lines if not RULE.match(line)]
        made = []
        for number, row in enumerate(rows):
            tag = 'th scope="col"' if number == 0 else "td"
            made.append("<tr>" + "".join(f"<{tag}>{self._inline(c)}</{tag[:2]}>" for c in row) + "</tr>")
        return f'<table class="data">{"".join(made)}</table>'

    def _inline(self, text: str) -> str:
        made: list[str] = []

        def keep(match: re.Match[str]) -> str:
            if match[1]:
                made.append(self.dialect.verbatim(match[2].strip() if match[1] != "`" else match[2]))
            elif match[5]:
                made.append(self.gap(match[5]))
            else:
                made.append(self.dialect.math((match[3] or match[4]).strip(), bool(match[3])))
            return f"\0{len(made) - 1}\0"

        prose = self.dialect.text(VERBATIM.sub(keep, text.replace("\0", "\ufffd")).replace(r"\$", "$"))
        prose = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"<strong>\1</strong>", prose)
        prose = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])", r"<em>\1</em>", prose)
        prose = re.sub(r"\[([^\]\0]+)\]\((https://[^\s)\"\0]+)\)", r'<a href="\2" rel="noreferrer">\1</a>', prose)
        return re.sub(r"\0(\d+)\0", lambda m: made[int(m[1])], prose)
