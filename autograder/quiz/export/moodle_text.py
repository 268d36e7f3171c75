r"""Texts that come through Moodle's text filters as they are.

Theory of operation
-------------------
What Moodle shows has been through filters that work on characters, not on a parsed page:

- Short texts (choices of a matching question, names) go through ``format_string``, which takes tags away:
  of ``h <- h + 1`` it leaves ``h``. They are text there but HTML for the browser, so a ``<`` is an entity.
- The emoticon filter, which is on by default, puts a picture for ``(n)``, ``:-)`` and others, in code too.
- MathJax's filter takes ``\(``, ``\[`` and ``$$`` for the beginning of a formula wherever they stand, and shows
  tags between braces as characters once there is a formula in the text.
- Embedded answers, the language filter and addresses of files are marked by braces and ``@@``.
- Names of activities and words of a glossary become links.

A character that belongs to such a mark is written as an entity: the browser shows the same, a filter finds
nothing. Inside TeX, where an entity would do harm, an empty group separates the characters. Code is in a
``nolink`` span, in which nothing is linked. The tests hold every exported text against a model of these filters.
"""

from __future__ import annotations

import re

from ...text.markup import Dialect, escaped
from .html import delimited

# The texts that a new Moodle replaces, from its table of emoticons.
EMOTICONS = (
    *(":-)", ":)", ":-D", ";-)", ":-/", "V-.", ":-P", ":-p", "B-)", "^-)", "8-)", ":o)", ":-(", ":(", "8-.", ":-I"),
    *(":-X", "8-o", "P-|", "8-[", "(grr)", "xx-P", "|-.", "}-]", "(h)", "(heart)", "(y)", "(n)", "(martin)", "( )"),
)
_EMOTICON = re.compile("|".join(map(re.escape, EMOTICONS)))
_MARK = re.compile(r"\\(?=[()\[\]])|\$(?=\$)|[{}]|\[(?=/?tex\])|@(?=@)")


def guarded(text: str) -> str:
    """HTML of a text that is neither code of a filter nor a formula."""
    html = _MARK.sub(lambda m: _entity(m[0]), escaped(text))
    return _EMOTICON.sub(lambda m: m[0][:-1] + _entity(m[0][-1]), html)


def tex(source: str, display: bool) -> str:
    """A formula for MathJax with no emoticon in it."""
    return delimited(_EMOTICON.sub(lambda m: m[0][:-1] + "{}" + m[0][-1], source), display)


def _entity(char: str) -> str:
    return f"&#{ord(char)};"


MOODLE = Dialect(tex, guarded, ('<span class="nolink"><code>', "</code></span>"))
