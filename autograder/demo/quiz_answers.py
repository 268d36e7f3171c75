"""What the demo class answers to a quiz: right, with the misconceptions that a class shares, in part, or nothing.

Answers come as students hand them in: a YAML file typed by hand (some of it in full-width
characters), the file that ``autograder quiz`` writes, or a ``%%quiz`` cell of a notebook.
"""

from __future__ import annotations

import json
import random
from typing import Any, assert_never

import yaml

from ..quiz.answer.numbers import show_number, show_shape
from ..quiz.answer.score import score
from ..quiz.draw.replica import Body, Choices, Cloze, Match, Number, Order, Remark, Replica, Shape, Words, WrongLine
from ..quiz.draw.variant import replica_number
from ..quiz.grading import QuizSuite
from ..quiz.proof.solve import right_answer

_FULL_WIDTH = str.maketrans("0123456789.,()", "０１２３４５６７８９．，（）")
File = tuple[str, str]  # its name, or "" for the body of a notebook cell, and its text


def quiz_answers(suite: QuizSuite, student: str, ability: float, chance: random.Random) -> File | None:
    """One student's answers, or None from who hands in none.

    Parameters
    ----------
    ability
        0 to 1; an item of middling difficulty is solved with that probability.
    """
    if chance.random() < 0.04:
        return None
    given: dict[str, Any] = {}
    variants: dict[str, int] = {}
    for item, replicas in suite.variants.items():
        replica = replicas[replica_number(student, item, len(replicas))]
        ease = random.Random(item).uniform(-0.3, 0.2)
        if chance.random() < 0.1 * (1 - ability):
            continue
        right = chance.random() < max(0.05, min(0.97, ability + ease))
        given[item] = _right(replica) if right else _wrong(replica, chance)
        variants[item] = replica.number
    return _written(suite.id, student, given, variants, chance)


def _written(quiz: str, student: str, given: dict[str, Any], variants: dict[str, int], chance: random.Random) -> File:
    way = chance.random()
    if way < 0.3:  # as the terminal writes it
        answers = {item: {"variant": variants[item], "answer": answer} for item, answer in given.items()}
        tree = {"quiz": quiz, "student": student, "answers": answers}
        return f"{quiz}.yaml", json.dumps(tree, ensure_ascii=False, indent=1) + "\n"
    if way < 0.5:
        given = {k: v.translate(_FULL_WIDTH) if isinstance(v, str) and v[:1].isdigit() else v for k, v in given.items()}
    text = yaml.safe_dump(given, allow_unicode=True, sort_keys=False)
    return ("", f"%%quiz {quiz}\n{text}") if way > 0.85 else (f"{quiz}.yaml", f"# {student}\n{text}")


def _right(replica: Replica) -> Any:
    """The right answer as one would type it: a number with few digits where they suffice."""
    answer = right_answer(replica)
    if isinstance(replica.body, Number):
        short = show_number(round(replica.body.value, 4))
        return short if score(replica, short).credit == 1 else answer
    return answer


def _wrong(replica: Replica, chance: random.Random) -> Any:
    answer = _wrong_body(replica.body, chance)
    return _right(replica) if answer is None else answer


def _wrong_body(body: Body, chance: random.Random) -> Any:
    """A wrong answer; None where there is none to think of."""
    slip: Any
    match body:
        case Choices() if body.several:
            odd = _popular([(c.id, c.remark) for c in body.choices], chance)
            return [c.id for c in body.choices if c.correct != (c.id == odd)] or "none"
        case Choices():
            return _popular([(c.id, c.remark) for c in body.choices if not c.correct], chance)
        case Match():
            pairs = dict(body.key)
            a, b = chance.sample(sorted(pairs), 2)
            return {**pairs, a: pairs[b], b: pairs[a]}
        case Order():
            steps, i = list(body.solution), chance.randrange(len(body.solution) - 1)
            steps[i], steps[i + 1] = steps[i + 1], steps[i]
            return steps
        case Cloze():
            right = {gap.name: _gap_answer(gap.body) for gap in body.gaps}
            slips = chance.sample(body.gaps, chance.randint(1, len(body.gaps)))
            return right | {g.name: _wrong_body(g.body, chance) or "?" for g in slips}
        case Number():
            slip = show_number(round(body.value * chance.choice([-1, 2, 0.5, 10]) + chance.choice([0, 1]), 4))
            return _foreseen([(show_number(round(v, 4)), r) for v, r in body.distractors], slip, chance)
        case Shape():
            slip = show_shape(tuple(n + chance.choice([0, 1]) for n in body.value))
            return _foreseen([(show_shape(v), r) for v, r in body.distractors], slip, chance)
        case Words():
            return _foreseen([(words[0], r) for words, r in body.distractors], "わかりません", chance)
        case WrongLine():
            slip = chance.choice([n for n in range(1, body.line + 2) if n != body.line])
            return _foreseen(list(body.distractors), slip, chance)
        case _:
            assert_never(body)


def _gap_answer(body: Choices | Number | Words) -> Any:
    if isinstance(body, Choices):
        return next(c.id for c in body.choices if c.correct)
    return show_number(round(body.value, 4)) if isinstance(body, Number) else body.shown.en


def _foreseen(distractors: list[tuple[Any, Remark]], slip: Any, chance: random.Random) -> Any:
    return slip if not distractors or chance.random() < 0.25 else _popular(distractors, chance)


def _popular(answers: list[tuple[Any, Remark]], chance: random.Random) -> Any:
    """Some misconceptions are more common than others, and that is the same for the whole class."""
    liked = [0.05 + random.Random(remark.misconception or "").random() ** 2 for _, remark in answers]
    return chance.choices([answer for answer, _ in answers], liked)[0]
