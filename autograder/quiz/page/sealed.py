"""A question without its answer: all that a student's copy of a graded quiz may hold.

These types have no field for an answer, a remark, a solution or a distractor, and `seal` is
the only way from a replica to one of them; what is not named there cannot get out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from ...i18n import Text
from ..draw.replica import Body, Choices, Cloze, Image, Kind, Match, Number, Order, Replica, Shape, Words, WrongLine


@dataclass(frozen=True)
class AskChoices:
    """Choose one, or with `several` any number."""

    choices: tuple[tuple[str, Text], ...]
    several: bool


@dataclass(frozen=True)
class AskNumber:
    """A number, in `unit` where there is one."""

    unit: Text | None = None


@dataclass(frozen=True)
class AskShape:
    """The lengths of an array's axes."""


@dataclass(frozen=True)
class AskMatch:
    """A number of a right for the letter of each left."""

    lefts: tuple[tuple[str, Text], ...]
    rights: tuple[tuple[int, Text], ...]


@dataclass(frozen=True)
class AskOrder:
    """All letters in the right order."""

    steps: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class AskText:
    """Words; with `printed` what a program prints."""

    printed: bool


@dataclass(frozen=True)
class AskLine:
    """The number of a line of the listing."""

    lines: int


@dataclass(frozen=True)
class AskGap:
    """One gap: its name in the stem, and what it asks for."""

    name: str
    ask: AskChoices | AskNumber | AskText


@dataclass(frozen=True)
class AskGaps:
    """Each of the gaps ``[[name]]`` of the stem."""

    gaps: tuple[AskGap, ...]


Ask = AskChoices | AskNumber | AskShape | AskMatch | AskOrder | AskText | AskLine | AskGaps


@dataclass(frozen=True)
class Question:
    """What is shown of a replica."""

    item: str
    number: int
    kind: Kind
    points: Fraction
    stem: Text
    ask: Ask
    code: str | None = None
    image: Image | None = None


def seal(replica: Replica) -> Question:
    """The question of a replica."""
    return Question(
        replica.item,
        replica.number,
        replica.kind,
        replica.points,
        replica.stem,
        _ask(replica.body, replica.code or ""),
        replica.code,
        replica.image,
    )


def _ask(body: Body, code: str) -> Ask:
    match body:
        case Choices() | Number() | Words():
            return _simple(body)
        case Shape():
            return AskShape()
        case Match():
            return AskMatch(body.lefts, body.rights)
        case Order():
            return AskOrder(body.steps)
        case Cloze():
            return AskGaps(tuple(AskGap(gap.name, _simple(gap.body)) for gap in body.gaps))
        case WrongLine():
            return AskLine(len(code.split("\n")))
        case _:
            assert_never(body)


def _simple(body: Choices | Number | Words) -> AskChoices | AskNumber | AskText:
    match body:
        case Choices():
            return AskChoices(tuple((c.id, c.text) for c in body.choices), body.several)
        case Number():
            return AskNumber(body.unit)
        case Words():
            return AskText(body.printed)
        case _:
            assert_never(body)
