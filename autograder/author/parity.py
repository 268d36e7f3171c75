"""Do the Japanese and the English side of an exercise say the same things?

Whether two texts *mean* the same no program can tell. What can be compared is what does not
depend on the language: headings, code, formulas, and whether each side is in its language.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..course.exercise import Exercise
from ..i18n import Text
from .problems import Problem, error, warning

_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_CODE_BLOCK = re.compile(r"^ *```.*?^ *```", re.S | re.M)
_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.S)
_INLINE = re.compile(r"(?<![\\$])\$(?!\$)([^$\n]+?)\$")
# A Japanese term that an English sentence quotes is no slip.
_QUOTED = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"|“[^”]*”|「[^」]*」|\([^()]*\)|（[^（）]*）|\*[^*\n]+\*")
_UNUSUAL = re.compile(r"[，．]")


def check_parity(exercise: Exercise) -> list[Problem]:
    """Problems of the statements, the short texts and the docstrings."""
    return [*check_statements(exercise), *check_config_texts(exercise), *check_docstrings(exercise)]


def check_statements(exercise: Exercise) -> Iterator[Problem]:
    """Compare ``statement.en.md`` with ``statement.ja.md``."""
    en_path, ja_path = exercise.folder / "statement.en.md", exercise.folder / "statement.ja.md"
    en, ja = (p.read_text(encoding="utf-8-sig") for p in (en_path, ja_path))
    for path, text in ((en_path, en), (ja_path, ja)):
        if not text.strip():
            yield error(path, "the statement is empty", "問題文が空です")
    if not (en.strip() and ja.strip()):
        return
    for what_en, what_ja, of in (
        ("headings", "見出し", _headings),
        ("code blocks", "コードブロック", _code_blocks),
        ("formulas", "数式", _formulas),
    ):
        a, b = of(en), of(ja)
        if len(a) != len(b):
            yield error(
                ja_path,
                f"{len(b)} {what_en}, but the English statement has {len(a)}{_difference(a, b, 'en')}",
                f"{what_ja}が {len(b)} 個ですが、英語版は {len(a)} 個です{_difference(a, b, 'ja')}",
            )
    yield from in_its_language(en_path, Text(_prose(en), _prose(ja)), ja_path, "statement", "問題文")


def check_config_texts(exercise: Exercise) -> Iterator[Problem]:
    """Titles, causes and hints: each side in its language."""
    config, hints = exercise.folder / "exercise.yaml", exercise.folder / "hints.yaml"
    yield from in_its_language(config, exercise.title, config, "title", "題名")
    for name, group in exercise.config.groups.items():
        yield from in_its_language(config, group.title.text, config, f"groups.{name}", f"groups.{name}")
    for name, cause in exercise.hints.causes.items():
        yield from in_its_language(hints, cause.text, hints, f"causes.{name}", f"causes.{name}")
    for i, hint in enumerate(exercise.hints.hints):
        yield from in_its_language(hints, hint.text, hints, f"hints.{i}", f"hints.{i}")


def check_docstrings(exercise: Exercise) -> Iterator[Problem]:
    """Module and every listed function: an English part, ``---``, a Japanese part."""
    path = exercise.reference
    tree = ast.parse(path.read_text(encoding="utf-8-sig"))
    docstrings = {"module": ast.get_docstring(tree)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in exercise.config.functions:
            docstrings[node.name] = ast.get_docstring(node)
    for name, docstring in docstrings.items():
        parts = re.split(r"^\s*---\s*$", docstring or "", maxsplit=1, flags=re.M)
        if len(parts) != 2:
            yield error(
                path,
                f"{name}: the docstring needs an English and a Japanese part, with a line '---' between them",
                f"{name}: docstring には英語と日本語の部分を書き、間に '---' の行を置いてください",
            )
            continue
        yield from in_its_language(path, Text(*parts), path, f"{name}: docstring", f"{name}: docstring")


def in_its_language(en_path: Path, text: Text, ja_path: Path, what_en: str, what_ja: str) -> Iterator[Problem]:
    """Problems with the language of a text's two sides."""
    found = _JAPANESE.search(_QUOTED.sub("", text.en))
    if found:
        around = text.en[max(0, text.en.find(found[0]) - 10) :][:20].replace("\n", " ")
        yield error(
            en_path,
            f"{what_en}: Japanese in the English text: {around!r}",
            f"{what_ja}: 英語の文章に日本語があります: {around!r}",
        )
    # A name such as "Adam" is the same in both.
    if not _JAPANESE.search(text.ja) and not (text.ja == text.en and len(text.ja.split()) <= 2):
        yield error(ja_path, f"{what_en}: no Japanese in the Japanese text", f"{what_ja}: 日本語の文章がありません")
    elif _UNUSUAL.search(text.ja):
        yield warning(
            ja_path, f"{what_en}: write 、。 rather than ，．", f"{what_ja}: 句読点は「、。」に統一しましょう"
        )


def _headings(text: str) -> list[str]:
    return re.findall(r"^(#{1,6}) ", _CODE_BLOCK.sub("", text), re.M)


def _code_blocks(text: str) -> list[str]:
    return _CODE_BLOCK.findall(text)


def _formulas(text: str) -> list[str]:
    """Formulas that state something. A lone symbol may be set as $x$ in one language and not in the other."""
    text = _CODE_BLOCK.sub("", text)
    display = _DISPLAY.findall(text)
    inline = _INLINE.findall(re.sub(r"`[^`\n]*`", "", _DISPLAY.sub("", text)))
    squeezed = [re.sub(r"\s+", "", f) for f in (*display, *inline)]
    return sorted({f for f in squeezed if "=" in f})


def _difference(a: Iterable[str], b: Iterable[str], lang: str) -> str:
    only = [*(Counter(a) - Counter(b)), *(Counter(b) - Counter(a))]
    shown = [x for x in only if len(x) > 2][:1]
    if not shown:
        return ""
    short = shown[0][:50].replace("\n", " ")
    return f"; only on one side: {short}" if lang == "en" else f"。片方だけにあるもの: {short}"


def _prose(text: str) -> str:
    text = _DISPLAY.sub("", _CODE_BLOCK.sub("", text))
    return _INLINE.sub("", text)
