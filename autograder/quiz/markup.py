"""The Markdown of quiz texts as HTML: what authors may use, and nothing that could run.

Paragraphs, ``**bold**``, ``*italics*``, ```code```, fenced programs, lists, tables, links to
https and ``$TeX$`` as MathML. Every other character is escaped, so a text is safe wherever it
comes from. A line's end inside a Japanese sentence is no blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from ..student.formula import plain
from .mathml import TexError, mathml

_WIDE = re.compile(r"(?<=[^\x00-\u02ff])\n(?=[^\x00-\u02ff])|(?<=[、。，．（「：])\n")
_ITEM = re.compile(r"^\s*(?:[-*]|(\d+)\.)\s+(.*)$")
_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
_VERBATIM = re.compile(
    r"(`+)(.+?)\1|\$\$(.+?)\$\$|(?<!\\)\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)|\[\[([\w-]+)\]\]", re.DOTALL
)

Gap = Callable[[str], str]


def html(text: str, gap: Gap | None = None) -> str:
    """HTML of a text; one paragraph alone comes without ``<p>``.

    Parameters
    ----------
    gap
        Makes the HTML of ``[[name]]``; without it brackets are brackets (``[[1]]`` is an array too).
    """
    found = [_block(block, gap or _literal) for block in _blocks(text)]
    if len(found) == 1 and found[0].startswith("<p>"):
        return found[0].removeprefix("<p>").removesuffix("</p>")
    return "".join(found)


def program(code: str) -> str:
    """A listing."""
    return f'<pre class="code"><code>{escape(code)}</code></pre>'


def formula(tex: str, block: bool = False) -> str:
    """A formula, in plain characters where MathML cannot be made of it."""
    try:
        return mathml(tex.strip(), block)
    except TexError:
        return f"<i>{escape(plain(tex))}</i>"


def _literal(name: str) -> str:
    return f"[[{escape(name)}]]"


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in text.strip("\n").replace("\r\n", "\n").split("\n"):
        mark = next((m for m in ("```", "$$") if line.strip().startswith(m)), "")
        if fence:
            blocks[-1].append(line)
            if fence in line:
                fence = ""
                blocks.append([])
        elif mark:
            blocks.append([line])
            if line.count(mark) == 1:
                fence = mark
            else:
                blocks.append([])
        elif not line.strip():
            blocks.append([])
        elif blocks[-1] and _kind(line) != _kind(blocks[-1][-1]) and not _continues(blocks[-1], line):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return [b for b in blocks if b]


def _kind(line: str) -> str:
    if line.lstrip().startswith("|"):
        return "table"
    if line.startswith("#"):
        return "heading"
    item = _ITEM.match(line)
    return "prose" if item is None else "numbers" if item[1] else "list"


def _continues(block: list[str], line: str) -> bool:
    """Whether an indented line goes on with a list's item."""
    return _kind(block[0]) in ("list", "numbers") and line.startswith("  ")


def _block(lines: list[str], gap: Gap) -> str:
    first = lines[0].strip()
    if first.startswith("```"):
        return program("\n".join(lines[1:-1] if lines[-1].strip().startswith("```") else lines[1:]))
    if first.startswith("$$"):
        return formula("\n".join(lines).replace("$$", " "), block=True)
    kind = _kind(lines[0])
    if kind == "table":
        return _table(lines, gap)
    if kind == "heading":
        return f"<p><b>{_inline(first.lstrip('#').strip(), gap)}</b></p>"
    if kind == "prose":
        return f"<p>{_joined(lines, gap)}</p>"
    items: list[list[str]] = []
    for line in lines:
        match = _ITEM.match(line)
        if match:
            items.append([match[2]])
        else:
            items[-1].append(line)
    tag = "ol" if kind == "numbers" else "ul"
    return f"<{tag}>{''.join(f'<li>{_joined(item, gap)}</li>' for item in items)}</{tag}>"


def _joined(lines: list[str], gap: Gap) -> str:
    return _inline(_WIDE.sub("", "\n".join(line.strip() for line in lines)).replace("\n", " "), gap)


def _table(lines: list[str], gap: Gap) -> str:
    rows = [_cells(line) for line in lines if not _RULE.match(line.strip())]
    headed = len(lines) > 1 and bool(_RULE.match(lines[1].strip()))
    made = []
    for number, row in enumerate(rows):
        tag = 'th scope="col"' if headed and number == 0 else "td"
        made.append("<tr>" + "".join(f"<{tag}>{_inline(c, gap)}</{tag[:2]}>" for c in row) + "</tr>")
    return f'<table class="data">{"".join(made)}</table>'


def _cells(line: str) -> list[str]:
    """The cells of a row; a bar inside code or a formula separates nothing."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    masked = _VERBATIM.sub(keep, line.strip()).removeprefix("|").removesuffix("|")
    return [re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], cell).strip() for cell in masked.split("|")]


def _inline(text: str, gap: Gap) -> str:
    made: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match[1]:
            made.append(f"<code>{escape(match[2].strip() if match[1] != '`' else match[2])}</code>")
        elif match[5]:
            made.append(gap(match[5]))
        else:
            made.append(formula(match[3] or match[4], block=bool(match[3])))
        return f"\0{len(made) - 1}\0"

    prose = escape(_VERBATIM.sub(keep, text.replace("\0", "")).replace(r"\$", "$"))
    prose = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"<strong>\1</strong>", prose)
    prose = re.sub(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])", r"<em>\1</em>", prose)
    prose = re.sub(r"\[([^\]\0]+)\]\((https://[^\s)\0]+)\)", r'<a href="\2" rel="noreferrer">\1</a>', prose)
    return re.sub(r"\0(\d+)\0", lambda m: made[int(m[1])], prose)
