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

from ..student.blocks import ITEM, blocks, kind, one
from ..student.formula import plain
from .mathml import TexError, mathml

_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
_VERBATIM = re.compile(
    r"(`+)(.+?)\1|\$\$(.+?)\$\$|(?<!\\)\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)|\[\[([\w-]+)\]\]", re.DOTALL
)

Gap = Callable[[str], str]
Math = Callable[[str, bool], str]  # TeX, whether it stands alone -> HTML


def html(text: str, gap: Gap | None = None, math: Math | None = None) -> str:
    """HTML of a text; one paragraph alone comes without ``<p>``.

    Parameters
    ----------
    gap
        Makes the HTML of ``[[name]]``; without it brackets are brackets (``[[1]]`` is an array too).
    math
        Makes the HTML of a formula; without it MathML.
    """
    found = _Page(gap or _literal, math or formula).blocks(text)
    if len(found) == 1 and found[0].startswith("<p>"):
        return found[0].removeprefix("<p>").removesuffix("</p>")
    return "".join(found)


def paragraphs(text: str, math: Math | None = None) -> str:
    """The same with each paragraph in ``<p>``."""
    return "".join(_Page(_literal, math or formula).blocks(text))


def program(code: str, numbered: bool = False) -> str:
    """A listing."""
    lines = code.split("\n")
    if numbered:
        width = len(str(len(lines)))
        lines = [f"{i:>{width}}  {line}" for i, line in enumerate(lines, 1)]
    return f'<pre class="code"><code>{_escape(chr(10).join(lines))}</code></pre>'


def has_tex(text: str) -> bool:
    """Whether there is a formula in it."""
    return any(m[3] or m[4] for m in _VERBATIM.finditer(text))


def formula(tex: str, block: bool = False) -> str:
    """A formula, in plain characters where MathML cannot be made of it."""
    try:
        return mathml(tex.strip(), block)
    except TexError:
        return f"<i>{_escape(plain(tex))}</i>"


def _literal(name: str) -> str:
    return f"[[{name}]]"


def _escape(text: str) -> str:
    """Quotes stay: texts stand between tags, and Moodle's gaps would have to escape the escapes."""
    return escape(text, quote=False)


@dataclass(frozen=True)
class _Page:
    gap: Gap
    math: Math

    def blocks(self, text: str) -> list[str]:
        return [self._block(block) for block in blocks(text)]

    def _block(self, lines: list[str]) -> str:
        first = lines[0].strip()
        if first.startswith("```"):
            return program("\n".join(lines[1:-1] if lines[-1].strip().startswith("```") else lines[1:]))
        if first.startswith("$$"):
            return self.math("\n".join(lines).replace("$$", " ").strip(), True)
        if first.startswith("#"):
            return f"<p><b>{self._inline(first.lstrip('#').strip())}</b></p>"
        what = kind(lines[0])
        if what == "table":
            return self._table(lines)
        if what == "prose":
            return f"<p>{self._inline(one(lines))}</p>"
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
        rows = [_cells(line) for line in lines if not _RULE.match(line.strip())]
        headed = len(lines) > 1 and bool(_RULE.match(lines[1].strip()))
        made = []
        for number, row in enumerate(rows):
            tag = 'th scope="col"' if headed and number == 0 else "td"
            made.append("<tr>" + "".join(f"<{tag}>{self._inline(c)}</{tag[:2]}>" for c in row) + "</tr>")
        return f'<table class="data">{"".join(made)}</table>'

    def _inline(self, text: str) -> str:
        made: list[str] = []

        def keep(match: re.Match[str]) -> str:
            if match[1]:
                made.append(f"<code>{_escape(match[2].strip() if match[1] != '`' else match[2])}</code>")
            elif match[5]:
                made.append(self.gap(match[5]))
            else:
                made.append(self.math((match[3] or match[4]).strip(), bool(match[3])))
            return f"\0{len(made) - 1}\0"

        prose = _escape(_VERBATIM.sub(keep, text.replace("\0", "\ufffd")).replace(r"\$", "$"))
        prose = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"<strong>\1</strong>", prose)
        prose = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])", r"<em>\1</em>", prose)
        prose = re.sub(r"\[([^\]\0]+)\]\((https://[^\s)\"\0]+)\)", r'<a href="\2" rel="noreferrer">\1</a>', prose)
        return re.sub(r"\0(\d+)\0", lambda m: made[int(m[1])], prose)


def _cells(line: str) -> list[str]:
    """The cells of a row; a bar inside code or a formula separates nothing."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    masked = _VERBATIM.sub(keep, line.strip()).removeprefix("|").removesuffix("|")
    return [re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], cell).strip() for cell in masked.split("|")]
