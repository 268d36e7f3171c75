"""The copy of a quiz that students get: ``exercises/quizzes/<quiz id>.quiz.json``.

Every text is written out, so it needs no expressions and no YAML. A practice quiz holds its
replicas with everything; a graded one holds sealed questions and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...codec import decode, encode
from ...i18n import Text
from ..draw import replica as replicas_module
from ..draw.replica import Replica
from ..draw.variant import replica_number
from . import sealed as sealed_module
from .sealed import Question, seal

SCHEMA = 1
ENDING = ".quiz.json"  # of the file's name: an answer file may be called <quiz id>.json


@dataclass(frozen=True)
class PublicItem:
    """One item in all its variants.

    Attributes
    ----------
    replicas
        With the answers; empty in a graded quiz.
    """

    id: str
    points: Fraction
    questions: tuple[Question, ...]
    replicas: tuple[Replica, ...] = ()

    def variant(self, student: str) -> int:
        """Which variant is the student's."""
        return replica_number(student, self.id, len(self.questions))


@dataclass(frozen=True)
class PublicQuiz:
    """A quiz as students have it."""

    id: str
    title: Text
    graded: bool
    items: tuple[PublicItem, ...]
    intro: Text | None = None

    @property
    def images(self) -> list[str]:
        """Paths of the pictures, below the quiz folder."""
        found = (question.image for item in self.items for question in item.questions)
        return list(dict.fromkeys(image.src for image in found if image is not None))

    @property
    def by_id(self) -> dict[str, PublicItem]:
        return {item.id: item for item in self.items}


def publish(
    quiz_id: str, title: Text, graded: bool, intro: Text | None, drawn: Sequence[Sequence[Replica]]
) -> PublicQuiz:
    """What may be published of replicas, one list an item: of a graded quiz only the questions."""
    items = tuple(
        PublicItem(
            variants[0].item,
            variants[0].points,
            tuple(map(seal, variants)),
            () if graded else tuple(variants),
        )
        for variants in drawn
    )
    return PublicQuiz(quiz_id, title, graded, items, intro)


def to_json(quiz: PublicQuiz) -> str:
    """The file's text.

    ``items[].variants[]`` are `Replica` objects (practice) or `Question` objects (graded),
    in the form of `codec.encode`.
    """
    return json.dumps(as_dict(quiz), ensure_ascii=False, indent=1) + "\n"


def as_dict(quiz: PublicQuiz) -> dict[str, Any]:
    """The same as data, for a page to embed."""
    return {
        "schema": SCHEMA,
        "id": quiz.id,
        "title": quiz.title.as_dict(),
        "mode": "graded" if quiz.graded else "practice",
        **({"intro": quiz.intro.as_dict()} if quiz.intro else {}),
        "items": [
            {
                "id": item.id,
                "points": str(item.points),
                "variants": [encode(v) for v in (item.questions if quiz.graded else item.replicas)],
            }
            for item in quiz.items
        ],
    }


def from_json(text: str) -> PublicQuiz:
    """Read such a file.

    Raises
    ------
    ValueError
        It is not what `to_json` writes.
    """
    try:
        data = json.loads(text)
        graded = {"graded": True, "practice": False}[data["mode"]]
        items = tuple(_item(item, graded) for item in data["items"])
        intro = data.get("intro")
        return PublicQuiz(data["id"], Text.of(data["title"]), graded, items, Text.of(intro) if intro else None)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None


def _item(data: dict[str, Any], graded: bool) -> PublicItem:
    classes = _SEALED if graded else _FULL
    variants = tuple(decode(v, classes) for v in data["variants"])
    if not variants:
        raise ValueError(f"{data['id']}: no variant")
    questions = variants if graded else tuple(map(seal, variants))
    return PublicItem(data["id"], Fraction(data["points"]), questions, () if graded else variants)


def _classes(module: Any, *names: str) -> dict[str, type[Any]]:
    return {name: getattr(module, name) for name in names}


_IMAGE = _classes(replicas_module, "Image")
_SEALED = _IMAGE | _classes(
    sealed_module,
    *("Question", "AskChoices", "AskNumber", "AskShape", "AskMatch", "AskOrder", "AskText", "AskLine", "AskGap"),
    "AskGaps",
)
_FULL = _IMAGE | _classes(
    replicas_module,
    *("Replica", "Remark", "Choice", "Choices", "Number", "Shape", "Match", "Order", "Words", "Gap", "Cloze"),
    "WrongLine",
)
