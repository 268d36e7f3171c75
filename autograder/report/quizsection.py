"""A quiz on the class page: how its items measured, and what the class answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..gradebook import AnswerInfo, ExerciseInfo, ItemInfo
from ..i18n import Text
from ..quiz.draw.pooling import NONE, OTHER, RIGHT, UNREAD
from ..quiz.reliability import MIN_RELIABILITY
from ..quiz.statistics import ItemStatistics, PickCount, QuizStatistics, VariantCount, quiz_statistics
from .classdata import Person, QuizItem
from .render import percent
from .statistics import WEAK

ATTRACTIVE = 0.2  # correlation from which a wrong answer is one that strong students give
UNFAIR = 0.01
COMMON = 5  # mistakes that are named above the table
MOST = 6  # answers that nobody foresaw, of an item

_NAMES = {
    RIGHT: Text("", ""),
    OTHER: Text("Another wrong answer", "その他の誤答"),
    UNREAD: Text("Could not be read", "読み取れなかった解答"),
    NONE: Text("Nothing ticked", "どれも選択していない"),
}
_BLANK = Text("No answer", "無解答")


@dataclass(frozen=True)
class AnswerLine:
    """An answer and who gave it; `attractive` is a wrong one that the stronger students gave."""

    key: str
    text: Text
    right: bool
    misconception: str | None
    title: Text | None
    feedback: Text | None
    count: int
    percent: int
    correlation: float | None

    @property
    def attractive(self) -> bool:
        return not self.right and self.correlation is not None and self.correlation >= ATTRACTIVE


@dataclass(frozen=True)
class QuizItemLine:
    """A row of the table, and what opens below it."""

    id: str
    title: Text
    facility: int
    item_rest: float | None
    discrimination: float | None
    answers: tuple[AnswerLine, ...]
    unforeseen: tuple[tuple[str, int], ...]
    more: int
    variants: tuple[tuple[VariantCount, int], ...]
    fairness: float | None

    @property
    def weak(self) -> bool:
        return self.item_rest is not None and self.item_rest < WEAK

    @property
    def unfair(self) -> bool:
        return self.fairness is not None and self.fairness < UNFAIR

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at the item."""
        return self.weak or self.unfair or any(answer.attractive for answer in self.answers)


@dataclass(frozen=True)
class CommonMistake:
    """A misconception, the question that showed it, and who has it."""

    item: str
    question: Text
    answer: AnswerLine
    people: tuple[Person, ...]


@dataclass(frozen=True)
class QuizSection:
    """One quiz."""

    id: str
    title: Text
    students: int
    mean: int
    alpha: float | None
    interval: tuple[float, float] | None
    mistakes: tuple[CommonMistake, ...]
    items: tuple[QuizItemLine, ...]
    needed: int = MIN_RELIABILITY


def quiz_section(
    info: ExerciseInfo, items: Mapping[str, QuizItem], who: Callable[[Iterable[int]], tuple[Person, ...]]
) -> QuizSection:
    """The section of a quiz, its items in the quiz's order; `who` knows the students by number."""
    order = [i for i in info.items if i in items] + [i for i in items if i not in info.items]
    found: QuizStatistics = quiz_statistics({i: items[i].answers for i in order})
    lines = tuple(_line(i, info.items.get(i) or ItemInfo(items[i].title), items[i], found.items[i]) for i in order)
    wrong = [(line, a) for line in lines for a in line.answers if a.misconception and a.count and not a.right]
    wrong.sort(key=lambda pair: -pair[1].count)
    mistakes = tuple(
        CommonMistake(line.id, line.title, a, who(items[line.id].answers.who_gave(a.key))) for line, a in wrong[:COMMON]
    )
    mean = _percent(found.mean)
    return QuizSection(info.id, info.title, found.students, mean, found.alpha, found.interval, mistakes, lines)


def _line(name: str, info: ItemInfo, item: QuizItem, found: ItemStatistics) -> QuizItemLine:
    common = item.unforeseen.most_common(MOST)
    return QuizItemLine(
        name,
        info.title,
        _percent(found.facility),
        found.item_rest,
        found.discrimination,
        tuple(_answers(info, found)),
        tuple(common),
        len(item.unforeseen) - len(common),
        tuple((v, _percent(v.facility)) for v in found.variants) if info.variants > 1 else (),
        found.fairness,
    )


def _answers(info: ItemInfo, found: ItemStatistics) -> list[AnswerLine]:
    """Every foreseen answer, given or not, and the others that were given; right ones first, then by frequency."""
    counts = {pick.key: pick for pick in found.picks}
    known = {answer.key: answer for answer in info.answers}
    groups = list(dict.fromkeys(_group(key) for key in (*known, *counts)))
    keys = [k for k, a in known.items() if k in counts or a.right or not k.startswith("pair:")]
    strange = Counter({k: p.count for k, p in counts.items() if k not in known})
    keys += [k for k, _ in strange.most_common(2 * MOST)]
    lines = [
        (groups.index(_group(key)), _answer(key, known.get(key), counts.get(key) or PickCount(key, 0, 0.0, None)))
        for key in keys
    ]
    lines.sort(key=lambda line: (line[0], not line[1].right, -line[1].count))
    blank = _percent(found.blank / found.count) if found.count else 0
    left = [AnswerLine("", _BLANK, False, None, None, None, found.blank, blank, None)] if found.blank else []
    return [line for _, line in lines] + left


def _answer(key: str, info: AnswerInfo | None, pick: PickCount) -> AnswerLine:
    gap, slash, rest = key.rpartition("/")
    text = info.text if info and (info.text.en or rest not in _NAMES) else _name(rest)
    if slash:
        text = Text(f"[{gap}] {text.en}".rstrip(), f"[{gap}] {text.ja}".rstrip())
    right, misconception, title, feedback = rest == RIGHT, None, None, None
    if info:
        right, misconception, title, feedback = info.right, info.misconception, info.title, info.feedback
    return AnswerLine(
        key, text, right, misconception, title, feedback, pick.count, _percent(pick.share), pick.correlation
    )


def _name(key: str) -> Text:
    """What an answer is called that the author did not list, or did not put in words."""
    kind, _, value = key.partition(":")
    if kind == "line":
        return Text(f"line {value}", f"{value} 行目")
    return _NAMES.get(key) or Text.of(value.replace("-", " > ") if kind == "order" else value or key)


def _group(key: str) -> str:
    """Answers to one gap, or to one left of a match, stand together."""
    gap, slash, rest = key.rpartition("/")
    return gap + slash + (rest.partition("-")[0] if rest.startswith("pair:") else "")


def _percent(share: float) -> int:
    return percent(Fraction(share), Fraction(1))
