"""Bilingual Python source, reduced to one language for a notebook.

References and stubs carry both languages: a docstring is English, a line ``---``, Japanese; the
two comment lines of a stub's body say the same twice; a plot's comments begin with ``en:`` or
``ja:``. A notebook has one language, so the other half is taken out. Code is never touched.
"""

from __future__ import annotations

import ast
import re

from ...i18n import LANGS, Lang
from ..stub import TODO

_Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_TAGGED = re.compile(rf"^(\s*# )({'|'.join(LANGS)}): ?")
_BEGINS = re.compile(r"[#|>]|[-*+] |\d+\. |```|\$\$")
_TODO: dict[str, Lang] = {TODO[0]: "en", TODO[1]: "ja"}


def localize(source: str, lang: Lang) -> str:
    """`source` with docstrings and comments in one language, and without its module docstring.

    Parameters
    ----------
    source
        A reference or a stub; it must be valid Python.

    Notes
    -----
    Markers of solution regions stay where they are.
    """
    tree = ast.parse(source)
    lines = source.splitlines()
    for node in sorted(ast.walk(tree), key=lambda n: getattr(n, "lineno", 0), reverse=True):
        if isinstance(node, _Documented) and (docstring := _docstring(node)) is not None:
            begin, end = docstring.lineno - 1, docstring.end_lineno or docstring.lineno
            lines[begin:end] = _one_language(lines[begin:end], lang)
    module = _docstring(tree)
    if module is not None:
        del lines[module.lineno - 1 : module.end_lineno]
    kept = [line for line in lines if _TODO.get(line.strip(), lang) == lang]
    return "\n".join(kept).strip("\n") + "\n"


def choose_comments(source: str, lang: Lang) -> str:
    """Keep comment lines that begin with ``# <lang>:`` (without that word), drop those of the other language."""
    kept = []
    for line in source.splitlines():
        match = _TAGGED.match(line)
        if match is None:
            kept.append(line)
        elif match[2] == lang:
            kept.append(match[1] + line[match.end() :])
    return "\n".join(kept).strip("\n") + "\n"


def unwrap_japanese(markdown: str) -> str:
    """Japanese Markdown without the line breaks inside its sentences, which a browser shows as blanks.

    Programs, displayed formulas, tables, headings and lists keep their lines.
    """
    lines: list[str] = []
    verbatim = ""
    for line in markdown.splitlines():
        mark = next((m for m in ("```", "$$") if line.lstrip().startswith(m)), "")
        if not verbatim and not mark and lines and _continues(lines[-1], line):
            lines[-1] += line.strip()
            continue
        lines.append(line)
        if verbatim:
            verbatim = "" if verbatim in line else verbatim
        elif mark and line.count(mark) == 1:
            verbatim = mark
    return "\n".join(lines)


def _continues(before: str, line: str) -> bool:
    """Whether `line` goes on with the sentence of the line before, with no blank between."""
    text = line.strip()
    if not before.strip() or not text or _BEGINS.match(text) or before.lstrip().startswith(("#", "|", "```", "$$")):
        return False
    return before[-1] in "、。，．（「" or (before[-1] > "\u02ff" and text[0] > "\u02ff")


def _docstring(node: ast.Module | _Documented) -> ast.Expr | None:
    if ast.get_docstring(node, clean=False) is None:
        return None
    first = node.body[0]
    return first if isinstance(first, ast.Expr) else None


def _one_language(lines: list[str], lang: Lang) -> list[str]:
    """The half of a docstring's lines; one that is not bilingual stays whole."""
    middle = next((i for i, line in enumerate(lines) if line.strip() == "---"), None)
    if middle is None:
        return lines
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    if lang == "en":
        first, half = lines[0], lines[1:middle]
    else:
        opening = re.match(r'\s*[a-zA-Z]*("""|\'\'\')', lines[0])
        if opening is None:  # a one-line string with escapes has no line `---`; this is for the reader's peace
            return lines
        half = lines[middle + 1 :]
        closing = half.pop() if half and half[-1].strip() == opening[1] else ""
        while half and not half[0].strip():
            half.pop(0)
        if not half:
            return lines
        first = opening[0] + half.pop(0).strip()
        return [first, *_stripped(half), closing or indent + opening[1]] if half else [first + opening[1]]
    half = _stripped(half)
    quotes = '"""' if '"""' in first else "'''"
    return [first, *half, indent + quotes] if half else [first + quotes]


def _stripped(lines: list[str]) -> list[str]:
    """Without blank lines at the end."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines
