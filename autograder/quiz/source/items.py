"""A quiz as its author writes it: ``solutions/quizzes/<quiz id>.yaml``, read and checked.

Every error says ``path:line:column`` and the item. What can only be seen in drawn replicas (an
answer that equals a distractor, a draw without a solution) is `lint`'s to find.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SkipValidation

from ...course.yaml_file import Bilingual, Config, Document, did_you_mean, parse_document, validate
from ...errors import ConfigError
from ...i18n import Text
from . import written
from .kinds import GAP_TYPES, TYPES, Cloze, Item

QUIZ_ID = r"^[a-z][a-z0-9_]*$"


class QuizFile(Config):
    """The head of the file; its items are checked one by one, each by its own type."""

    title: Bilingual
    mode: Literal["practice", "graded"]
    replicas: int = Field(default=8, ge=1, le=100)
    intro: Bilingual | None = None
    items: list[Annotated[Item, SkipValidation]] = Field(min_length=1)


@dataclass(frozen=True)
class Quiz:
    """A quiz that was read.

    Attributes
    ----------
    documents
        For each item its place in the file, to tell an error.
    """

    id: str
    path: Path
    title: Text
    graded: bool
    replicas: int
    items: tuple[Item, ...]
    intro: Text | None = None
    documents: tuple[Document[Any], ...] = ()


def load_quiz(path: Path) -> Quiz:
    """Read and check one quiz.

    Raises
    ------
    ConfigError
        One line a problem, of all items: ``path:line:column: item act-relu-01: stem: ...``.
    """
    if not re.match(QUIZ_ID, path.stem):
        raise ConfigError(
            Text(
                f"{path}: a quiz's file is named <id>.yaml with an id of small letters, digits and _",
                f"{path}: クイズのファイル名は <id>.yaml です（id は英小文字・数字・_）",
            )
        )
    document = parse_document(path, QuizFile, written.Loader)
    head = document.config
    problems: list[Text] = []
    documents: list[Document[Any]] = []
    seen: dict[str, int] = {}
    for i, data in enumerate(head.items):
        try:
            item = _item(document, i, data)
            if item.config.id in seen:
                name = item.config.id
                raise item.error(["id"], Text(f"{name!r} is there twice", f"{name!r} が 2 回あります"))
            seen[item.config.id] = i
            documents.append(item)
        except ConfigError as error:
            problems.append(error.text)
    problems = _with_misread(document, problems)
    if problems:
        raise ConfigError(Text("\n".join(p.en for p in problems), "\n".join(p.ja for p in problems)))
    return Quiz(
        path.stem,
        path,
        head.title.text,
        head.mode == "graded",
        head.replicas,
        tuple(d.config for d in documents),
        head.intro.text if head.intro else None,
        tuple(documents),
    )


def _with_misread(document: Document[QuizFile], problems: list[Text]) -> list[Text]:
    """What is wrong with the items, and what YAML misread; where both tell of one scalar, the cause alone."""
    lines = [Text(*pair) for p in problems for pair in zip(p.en.split("\n"), p.ja.split("\n"), strict=True)]
    source = document.path.read_text(encoding="utf-8-sig")
    found = []
    for node, text in written.problems(document.root, source):
        misread = document.at(node, text).text
        row = misread.en.removesuffix(text.en).rpartition(":")[0].rpartition(":")[0]
        place = misread.en.removesuffix(text.en)
        told = [line for line in lines if line.en.startswith(f"{row}:") and line.en.endswith(text.en)]
        lines = [line for line in lines if line in told or not line.en.startswith(place)]
        if not told:
            found.append(misread)
    return [*lines, *found]


def _item(document: Document[QuizFile], i: int, data: Any) -> Document[Any]:
    named = isinstance(data, dict) and isinstance(data.get("id"), str)
    label = f"item {data['id'] if named else i + 1}"
    read = _typed(document, ["items", i], data, TYPES, (label,))
    if not isinstance(read.config, Cloze):
        return read
    gaps = {
        name: _typed(read, ["gaps", name], gap, GAP_TYPES, (label, "gaps", name)).config
        for name, gap in read.config.gaps.items()
    }
    return Document(read.path, read.config.model_copy(update={"gaps": gaps}), read.root, read.within)


def _typed(
    document: Document[Any],
    where: list[str | int],
    data: Any,
    types: Mapping[str, type[Any]],
    within: tuple[str, ...],
) -> Document[Any]:
    """Validate by what ``type`` says."""
    node = document.node(where)
    kind = data.get("type") if isinstance(data, dict) else None
    if isinstance(kind, str) and kind in types:
        return validate(document.path, node, data, types[kind], within)
    known = ", ".join(types)
    hint = did_you_mean(str(kind), types) if kind is not None else Text("", "")
    raise Document(document.path, None, node, within).error(  # type: ignore[type-var]
        ["type"] if kind is not None else [],
        Text(
            f"unknown type {kind!r}{hint.en}; the types are {known}" if kind is not None else f"needs a type: {known}",
            f"type {kind!r} はありません{hint.ja}（使えるもの: {known}）"
            if kind is not None
            else f"type が必要です（{known}）",
        ),
    )
