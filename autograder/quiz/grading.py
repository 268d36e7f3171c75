"""A quiz in the pipeline: from the answers of one submission to a test result for each item.

Everything that can be scored is scored; whatever cannot (an item that is not there, another
student's variant, a bracket that is missing) becomes a note, so that nothing is lost unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from ..codec import encode
from ..course.load import QUIZZES
from ..course.yaml_file import did_you_mean
from ..gradebook import ItemInfo
from ..i18n import LANGS, Text
from ..model import Note, Sentence, Source, TestResult, TestStatus
from .answer.answers import MAX_PROBLEMS, Answers, Given, read_answers
from .answer.numbers import quoted
from .answer.score import Outcome, is_blank, score
from .draw.draw import replicas
from .draw.pooling import describe, picks
from .draw.replica import Choices, Replica
from .draw.variant import normal_student, replica_number
from .page.public import PublicQuiz, publish
from .proof.lint import wrong_answers
from .shown import one_line, plain_text, shown_response
from .source.items import Quiz, load_quiz
from .source.titles import read_titles


@dataclass(frozen=True)
class QuizSuite:
    """A quiz with its replicas drawn: what grading, building and exporting start from.

    Attributes
    ----------
    variants
        The replicas of each item, by its id, in the quiz's order.
    titles
        What misconceptions are called, for the class page.
    """

    quiz: Quiz
    variants: Mapping[str, tuple[Replica, ...]]
    titles: Mapping[str, Text] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.quiz.id

    @property
    def sha(self) -> str:
        """SHA-256 of all that decides a score, and of what a student reads of it."""
        data = [[encode(r) for r in variants] for variants in self.variants.values()]
        text = json.dumps([self.quiz.graded, data], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def causes(self) -> dict[str, Text]:
        """The first feedback of each misconception, for the class page."""
        found: dict[str, Text] = {}
        for variants in self.variants.values():
            body = variants[0].body
            remarks = [remark for *_, remark in wrong_answers(body)]
            if isinstance(body, Choices) and body.several:
                remarks = [c.remark for c in body.choices]
            for remark in remarks:
                if remark.misconception and remark.feedback:
                    found.setdefault(remark.misconception, plain_text(remark.feedback))
        return found

    @property
    def items(self) -> dict[str, ItemInfo]:
        """What the class page needs to know of each item."""
        return {item: describe(variants, self.titles) for item, variants in self.variants.items()}

    def public(self) -> PublicQuiz:
        """What students get."""
        quiz = self.quiz
        return publish(quiz.id, quiz.title, quiz.graded, quiz.intro, list(self.variants.values()))


def load_suite(solutions: Path, quiz_id: str) -> QuizSuite:
    """Read and draw a quiz of the course.

    Raises
    ------
    ConfigError, DrawError
    """
    quiz = load_quiz(quiz_file(solutions, quiz_id))
    variants = {item.id: tuple(replicas(item, quiz.replicas)) for item in quiz.items}
    return QuizSuite(quiz, variants, read_titles(solutions))


def quiz_file(solutions: Path, quiz_id: str) -> Path:
    """Where the author keeps a quiz."""
    return solutions / QUIZZES / f"{quiz_id}.yaml"


def grade_quiz(
    suite: QuizSuite, source: Source, students: Collection[str], points: Fraction
) -> tuple[tuple[TestResult, ...], tuple[Note, ...]]:
    """One result an item, and what must be known besides.

    Parameters
    ----------
    source
        The answer file; of a notebook each ``%%quiz`` cell, of which a later one adds to and
        replaces what an earlier one says.
    students
        The ids by which the student may have been asked for: the grader's own first, then
        the LMS's. A variant of any of them is the student's.
    points
        What the whole quiz is worth.
    """
    notes: list[Text] = []
    answers = _merged(source, notes)
    if answers.quiz is not None and answers.quiz != suite.id:
        notes.append(
            Text(
                f"it says that it belongs to {quoted(answers.quiz)}; it was read as {suite.id}",
                f"{quoted(answers.quiz)} の解答と書かれていますが、{suite.id} の解答として読みました",
            )
        )
    known = {normal_student(s): s for s in students}
    who = known.get(normal_student(answers.student)) if answers.student else None
    if answers.student and who is None:
        own = next(iter(students))
        notes.append(
            Text(
                f"it was answered as {quoted(answers.student)}, but handed in by {own}",
                f"{quoted(answers.student)} として解答されていますが、提出したのは {own} です",
            )
        )
    ids = [who, *known.values()] if who else list(known.values())
    notes += _unknown_items(answers, suite)
    total = sum((variants[0].points for variants in suite.variants.values()), Fraction(0))
    results = []
    for item, variants in suite.variants.items():
        worth = points * variants[0].points / total
        given = answers.given.get(item, Given(None))
        replica, refused = _variant(variants, given, ids, suite.quiz.graded)
        if refused is not None:
            notes.append(Text(f"{item}: {refused.en}", f"{item}: {refused.ja}"))
        raw = None if refused is not None else given.raw
        result = _result(replica, score(replica, raw), worth, refused, suite.quiz.graded)
        results.append(replace(result, picks=picks(variants, replica, raw)))
    return tuple(results), tuple(_note(source, text) for text in notes[:MAX_PROBLEMS])


def _merged(source: Source, notes: list[Text]) -> Answers:
    given: dict[str, Given] = {}
    quiz = student = None
    for label, text in source.cells:
        found = read_answers(text)
        prefix = Text(f"{label}: ", f"{label}: ") if len(source.cells) > 1 else Text("", "")
        notes += [Text(prefix.en + p.en, prefix.ja + p.ja) for p in found.problems]
        for item, answer in found.given.items():
            if item in given and (is_blank(answer.raw) or given[item] == answer):
                continue
            if item in given and not is_blank(given[item].raw):
                notes.append(
                    Text(
                        f"{label}: {item} was answered in an earlier cell too; the later one counts",
                        f"{label}: {item} は前のセルでも解答されています。あとのほうを採点しました",
                    )
                )
            given[item] = answer
        quiz, student = found.quiz or quiz, found.student or student
    return Answers(given, quiz, student)


def _unknown_items(answers: Answers, suite: QuizSuite) -> list[Text]:
    notes: list[Text] = []
    for name in answers.given:
        if len(notes) < MAX_PROBLEMS and name not in suite.variants:
            hint = did_you_mean(name, suite.variants)
            notes.append(
                Text(
                    f"{quoted(name)} is no item of {suite.id}{hint.en}; not scored",
                    f"{quoted(name)} は {suite.id} の問題ではありません{hint.ja}。採点していません",
                )
            )
    return notes


def _variant(
    variants: tuple[Replica, ...], given: Given, students: list[str], graded: bool
) -> tuple[Replica, Text | None]:
    """The replica that an answer is scored by, and why it is not."""
    item, n = variants[0].item, len(variants)
    own = [replica_number(s, item, n) for s in students]
    if given.variant_problem:
        return variants[own[0]], Text(
            "its variant is no number; the answer was not scored", "variant が番号ではないため、採点していません"
        )
    if given.variant is None:
        return variants[own[0]], None
    if given.variant >= n or (graded and given.variant not in own):
        return variants[own[0]], Text(
            f"{quoted(given.raw)} was answered for variant {given.variant}, but the student's is {own[0]}; not scored",
            f"{quoted(given.raw)} は variant {given.variant} への解答ですが、この学生の問題は variant {own[0]} です。"
            "採点していません",
        )
    return variants[given.variant], None


def _result(replica: Replica, outcome: Outcome, worth: Fraction, refused: Text | None, graded: bool) -> TestResult:
    status: TestStatus = "passed" if outcome.credit == 1 else "failed"
    if not outcome.answered:
        status = "not_run"
    lines = [refused] if refused is not None else [Text("Not answered.", "解答がありません。")]
    if outcome.answered:
        en, ja = (shown_response(replica, outcome, lang) for lang in LANGS)
        lines = [Text(f"Answer: {en}", f"解答: {ja}")]
        lines += [plain_text(t) for t in (outcome.problem, outcome.feedback) if t is not None]
    if outcome.credit < 1 and replica.solution is not None:
        why = plain_text(replica.solution)
        lines.append(Text(f"Solution: {why.en}", f"解説: {why.ja}"))
    return TestResult(
        replica.item,
        "visible",
        status,
        worth * outcome.credit,
        worth,
        outcome.misconception,
        () if status == "passed" else tuple(map(Sentence, lines)),
        one_line(replica.stem),
        response=outcome.response,
        variant=replica.number,
    )


def _note(source: Source, text: Text) -> Note:
    return Note("quiz_answers", Text(f"{source.path}: {text.en}", f"{source.path}: {text.ja}"))
