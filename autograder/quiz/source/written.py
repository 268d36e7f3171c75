r"""What YAML makes of a scalar, where that is not what its author wrote.

Two traps of YAML lie in quizzes. In double quotes ``\theta`` is a tab and ``heta``, and ``\nabla`` a new
line. And a plain ``3.10`` is the number 3.1, ``010`` is eight, ``1:30`` is ninety: as a text each would be
shown as another text than is written. A number that is meant as a number may be written in any way that
means the same number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ...i18n import Text
from ...text.symbols import ACCENTS, BOLD, FUNCTIONS, LETTERS, MATRICES, OPERATORS, PLAIN, SILENT, SUMS, UPRIGHT

_COMMANDS = {
    *(*LETTERS, *OPERATORS, *SUMS, *FUNCTIONS, *ACCENTS, *UPRIGHT, *BOLD, *PLAIN, *SILENT, *MATRICES),
    *("frac", "tfrac", "begin", "end", "right", "rangle", "rfloor", "rceil", "rvert", "rVert", "big", "bigl", "bigr"),
    *("binom", "arg", "array", "vee", "vert", "tau", "textbf", "textit", "top", "triangle", "ni", "not", "nolimits"),
    *("Vert", "Phi", "Psi", "Pi", "Lambda", "Longrightarrow", "Leftarrow", "nmid", "ntimes", "flat", "rightarrow"),
}
# The escapes of YAML that a TeX command may begin with.
_ESCAPED = re.compile(r"\\(?:\\|([abtnvfre0NLPxuU][A-Za-z]*)|.)", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
# Of which text and number differ: an octal number, base 60.
_OTHER_NUMBER = re.compile(r"[-+]?(?:0[0-9_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)")

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class WrittenInt(int):
    """An integer whose `source` is not how Python writes it."""

    source: str


class WrittenFloat(float):
    """The same for a number with a point."""

    source: str


class Loader(_Base):  # type: ignore[misc]
    """PyYAML's safe loader, which keeps how such a number was written."""


def _construct(loader: Any, node: Any) -> Any:
    value = getattr(loader, f"construct_yaml_{node.tag.rpartition(':')[2]}")(node)
    if str(value) == node.value:
        return value
    kept = WrittenInt(value) if isinstance(value, int) else WrittenFloat(value)
    kept.source = node.value
    return kept


for _tag in ("int", "float"):
    Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _construct)


def problems(root: Any, text: str) -> Iterator[tuple[Any, Text]]:
    """Each scalar that does not say what is written, with its node."""
    lines = text.split("\n")
    pending, seen = [root], set()
    while pending:
        node = pending.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            pending += [part for pair in reversed(node.value) for part in reversed(pair)]
        elif isinstance(node, yaml.SequenceNode):
            pending += reversed(node.value)
        else:
            found = _problem(node, lines)
            if found is not None:
                yield node, found


def _problem(node: Any, lines: list[str]) -> Text | None:
    if node.style == '"':
        names = list(dict.fromkeys(_tex(_source(node, lines))))
        if names:
            said = ", ".join(f"\\{name}" for name in names[:5])
            return Text(
                f"in double quotes YAML reads the backslash of {said} as an escape; use single quotes, or write "
                f"\\\\{names[0]}",
                f"二重引用符の中では、YAML は {said} の \\ をエスケープと解釈します。一重引用符を使うか、"
                f"\\\\{names[0]} のように \\ を 2 つ書いてください",
            )
    if control := _CONTROL.search(node.value):
        code = f"U+{ord(control[0]):04X}"
        return Text(
            f"there is a control character ({code}) in the text; if TeX is meant, use single quotes",
            f"文中に制御文字（{code}）があります。TeX の命令なら一重引用符を使ってください",
        )
    if not node.style and node.tag.endswith((":int", ":float")) and _OTHER_NUMBER.fullmatch(node.value):
        value = yaml.safe_load(node.value)
        return misread(node.value, str(value))
    if not node.style and node.tag.endswith(":timestamp"):
        return misread(node.value, "a date", "日付")
    return None


def misread(source: str, en: str, ja: str = "") -> Text:
    """What to do with a scalar that YAML reads as something else."""
    return Text(
        f"YAML reads {source} as {en}; put the text in quotes",
        f"YAML は {source} を {ja or en} と解釈します。引用符で囲んでください",
    )


def _source(node: Any, lines: list[str]) -> str:
    """A scalar as it stands in the file."""
    begin, end = node.start_mark, node.end_mark
    found = lines[begin.line : end.line + 1]
    found[-1] = found[-1][: end.column]
    found[0] = found[0][begin.column :]
    return "\n".join(found)


def _tex(source: str) -> Iterator[str]:
    """TeX commands whose backslash YAML takes for its own.

    ``\\n`` and ``\\t`` have their use between words, so a short name after them counts in a formula only.
    """
    for match in _ESCAPED.finditer(source):
        name = match[1]
        if not name:
            continue
        inside = source.count("$", 0, match.start()) % 2 == 1
        known = name in _COMMANDS and (inside or name[0] not in "nt" or len(name) > 3)
        if known or (inside and name[0] not in "ntxuU0"):
            yield name
