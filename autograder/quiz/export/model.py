"""What an exporter is given, and how it tells what was lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import ConfigError, reason
from ...i18n import Text
from ..answer.normalise import normalise
from ..draw.draw import replicas
from ..draw.replica import Replica
from ..source import kinds
from ..source.items import Quiz, load_quiz


@dataclass(frozen=True)
class ExportQuiz:
    """A quiz with all its variants drawn.

    Attributes
    ----------
    items
        For each item its replicas, at least one.
    images
        Content by path, as `Replica.image` names it.
    spellings
        How the author wrote the words of short answers, by their normalised form: a replica
        knows only that, and an LMS compares what is typed letter by letter.
    """

    id: str
    title: Text
    graded: bool
    items: tuple[tuple[Replica, ...], ...]
    intro: Text | None = None
    images: Mapping[str, bytes] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_export(path: Path, count: int | None = None) -> ExportQuiz:
    """Read a quiz and draw its variants: the same ones that students have in their copies.

    Parameters
    ----------
    path
        ``solutions/quizzes/<quiz id>.yaml``; pictures are looked for beside it.
    count
        At most so many variants of each item; as many as the quiz says by default.

    Raises
    ------
    ConfigError
        The quiz cannot be read or drawn, or a picture is not there.
    """
    quiz = load_quiz(path)
    drawn = tuple(tuple(replicas(item, count or quiz.replicas)) for item in quiz.items)
    names = sorted({r.image.src for variants in drawn for r in variants if r.image})
    return ExportQuiz(
        quiz.id,
        quiz.title,
        quiz.graded,
        drawn,
        quiz.intro,
        {name: _picture(path.parent / name) for name in names},
        _spellings(quiz),
    )


def _picture(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = reason(error)
        raise ConfigError(Text(f"{path}: {why.en}", f"{path}: 読み込めません（{why.ja}）")) from None


def _spellings(quiz: Quiz) -> dict[str, tuple[str, ...]]:
    """Words with holes are left out; their normalised form has to do."""
    found: dict[str, dict[str, None]] = {}
    for item in quiz.items:
        parts = item.gaps.values() if isinstance(item, kinds.Cloze) else [item]
        for part in parts:
            if isinstance(part, kinds.ShortParts):
                for accepted in (part.answer.accept, *(d.accept for d in part.distractors)):
                    for word in (*accepted.en, *accepted.ja):
                        if "{{" not in word:
                            found.setdefault(normalise(word), {})[word] = None
    return {form: tuple(words) for form, words in found.items()}


class Notes:
    """What could not be carried, each thing once with all the items it befell."""

    def __init__(self) -> None:
        self._items: dict[Text, dict[str, None]] = {}

    def add(self, item: str, en: str, ja: str) -> None:
        self._items.setdefault(Text(en, ja), {})[item] = None

    def all(self) -> list[Text]:
        """One line each, the items behind it; notes on the whole quiz stand alone."""
        return [self._line(text, [i for i in items if i]) for text, items in self._items.items()]

    @staticmethod
    def _line(text: Text, items: list[str]) -> Text:
        names = ", ".join(items)
        return Text(f"{text.en}: {names}", f"{text.ja}: {names}") if items else text
