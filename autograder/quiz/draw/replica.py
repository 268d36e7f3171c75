"""A question as one student sees it: every parameter drawn, every text written out, the choices shuffled.

Items (`items`) are what an author writes; replicas are what the terminal, the pages, the LMS
exports, the scoring and the statistics work with. A replica knows its answer. What a student
holds of a graded quiz is `sealed`, a copy without answers, feedback and solution: a type of its
own, so that nothing can leak by a forgotten flag.

Choice ids are ``a``, ``b``, ``c`` ... in the order shown, so that an id reveals nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ...i18n import Text

Kind = Literal["single", "multi", "numeric", "shape", "match", "order", "cloze", "output", "short", "find_the_error"]
MultiRule = Literal["off", "net", "coverage", "each"]


@dataclass(frozen=True)
class Remark:
    """What a certain answer tells about who gave it.

    Attributes
    ----------
    credit
        Share of the points that the answer is worth, 0 to 1.
    misconception
        Id of the likely cause, None where the author names none.
    """

    credit: Fraction = Fraction(0)
    misconception: str | None = None
    feedback: Text | None = None


@dataclass(frozen=True)
class Choice:
    """One option of `single` and `multi`; for the right ones `remark.credit` is 1."""

    id: str
    text: Text
    correct: bool
    remark: Remark = Remark()


@dataclass(frozen=True)
class Choices:
    """Body of `single`, `multi`, and of `output` with options."""

    choices: tuple[Choice, ...]
    several: bool = False
    rule: MultiRule = "off"


@dataclass(frozen=True)
class Number:
    """Body of `numeric`; a distractor is recognised within the same tolerance."""

    value: float
    atol: float
    rtol: float
    unit: Text | None = None
    distractors: tuple[tuple[float, Remark], ...] = ()

    def tolerance(self, value: float | None = None) -> float:
        """How far a number may be from a value, the answer by default."""
        return max(self.atol, self.rtol * abs(self.value if value is None else value))


@dataclass(frozen=True)
class Shape:
    """Body of `shape`: lengths of the axes."""

    value: tuple[int, ...]
    per_axis: bool = True
    distractors: tuple[tuple[tuple[int, ...], Remark], ...] = ()


@dataclass(frozen=True)
class Match:
    """Body of `match`: lefts are lettered, rights numbered from 1; `key` maps a left to a right.

    `same` lists, for each right number, the numbers whose text is equal: any of them is right.
    """

    lefts: tuple[tuple[str, Text], ...]
    rights: tuple[tuple[int, Text], ...]
    key: tuple[tuple[str, int], ...]
    same: tuple[frozenset[int], ...]
    each: bool = True


@dataclass(frozen=True)
class Order:
    """Body of `order`: steps as shown; `before` holds every pair ``(x, y)`` where x must precede y."""

    steps: tuple[tuple[str, Text], ...]
    before: frozenset[tuple[str, str]]
    solution: tuple[str, ...]
    pairs: bool = True


@dataclass(frozen=True)
class Words:
    """Body of `short` and of `output` without options.

    `accept` and the distractors' words are normalised already; a regex is matched against the
    whole normalised answer. With `printed`, numbers are compared as numbers and the rest as text.
    """

    accept: tuple[str, ...]
    shown: Text
    regexes: tuple[str, ...] = ()
    printed: bool = False
    distractors: tuple[tuple[tuple[str, ...], Remark], ...] = ()


@dataclass(frozen=True)
class Gap:
    """One gap of a `cloze`."""

    name: str
    body: Choices | Number | Words


@dataclass(frozen=True)
class Cloze:
    """Body of `cloze`: the stem holds ``[[name]]`` where the gaps are."""

    gaps: tuple[Gap, ...]
    each: bool = True


@dataclass(frozen=True)
class WrongLine:
    """Body of `find_the_error`: a line number of the listing, from 1."""

    line: int
    fix: str
    distractors: tuple[tuple[int, Remark], ...] = ()


Body = Choices | Number | Shape | Match | Order | Words | Cloze | WrongLine


@dataclass(frozen=True)
class Image:
    """A picture: its path below the quiz folder, and what it shows."""

    src: str
    alt: Text


@dataclass(frozen=True)
class Replica:
    """One concrete question with its answer.

    Attributes
    ----------
    number
        Which of the item's replicas this is, from 0.
    points
        Weight within the quiz.
    """

    item: str
    number: int
    kind: Kind
    points: Fraction
    stem: Text
    body: Body
    code: str | None = None
    image: Image | None = None
    solution: Text | None = None
    tags: tuple[str, ...] = ()
