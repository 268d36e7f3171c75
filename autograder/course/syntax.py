"""Why Python cannot compile a file, by its own message and the line."""

from __future__ import annotations

import re

_SYNTAX = (
    (r"expected ':'", "colon_missing"),
    (r"was never closed|unmatched|does not match|unterminated|unexpected EOF", "unbalanced"),
    (r"forgot a comma|invalid decimal literal", "comma_or_operator"),
    (r"Maybe you meant '=='|cannot assign to|Maybe you meant ':='", "comparison_or_assignment"),
    (r"'return' outside function", "return_outside"),
)


def cause_of_syntax(type_name: str, message: str, line: str = "") -> str:
    """The cause why Python cannot compile a line, by Python's own message."""
    text = line.strip()
    if type_name == "TabError" or "inconsistent use of tabs" in message:
        return "tabs_and_spaces"
    if re.search(r"invalid (non-printable )?character", message):
        return "full_width"
    if re.match(r">>> |In ?\[\d*\]:|```|<<<<<<<|=======|>>>>>>>", text):
        return "pasted_prompt"
    if re.match(r"[%!]\w", text):
        return "notebook_magic"
    if type_name == "IndentationError":
        return "indentation"
    return next((cause for pattern, cause in _SYNTAX if re.search(pattern, message)), "syntax_error")
