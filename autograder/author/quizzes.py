"""Quizzes in `validate`, and what of a graded quiz no student may get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..course.load import FILE, QUIZZES, LoadedCourse
from ..quiz.proof.lint import lint, load_bank, texts
from ..quiz.source.items import Quiz
from .leaks import MIN_LENGTH, Secret, squeeze
from .problems import Problem, warning

# What a student reads in a public copy; everything else of a graded quiz is secret.
_SHOWN = ("stem", "options", "pairs", "extra", "steps", "image", "unit")


def check_quizzes(course: LoadedCourse, only: Sequence[str] = ()) -> dict[str, list[Problem]]:
    """What `autograder quiz lint` finds, by quiz; of the whole bank, or of some quizzes."""
    quizzes, findings = load_bank(course.solutions_dir / QUIZZES)
    findings = [*findings, *lint(quizzes, course.solutions_dir, only)]
    ids = only or sorted({*course.quizzes, *(q.id for q in quizzes), *(f.quiz for f in findings)})
    return {
        i: [
            *(Problem(f.path, f.text, f.level) for f in findings if f.quiz == i),
            *_unlisted(course, i),
        ]
        for i in ids
    }


def _unlisted(course: LoadedCourse, quiz_id: str) -> Iterator[Problem]:
    if quiz_id not in course.quizzes:
        path = course.solutions_dir / QUIZZES / f"{quiz_id}.yaml"
        yield warning(path, f"not listed in {FILE}", f"{FILE} に挙げられていません")


def quiz_secrets(course: LoadedCourse) -> list[Secret]:
    """The sentences behind a graded quiz: solutions, feedback, fixes, checks.

    A sentence that a practice quiz has too is none.
    """
    quizzes, _ = load_bank(course.solutions_dir / QUIZZES)
    known = "\n".join(squeeze(t) for quiz in quizzes if not quiz.graded for _, t in _sentences(quiz, everything=True))
    found = []
    for quiz in quizzes:
        for where, text in _sentences(quiz) if quiz.graded else ():
            form = squeeze(text)
            if len(form) >= MIN_LENGTH and "{{" not in form and form not in known:
                found.append(Secret(f"{QUIZZES}/{quiz.path.name}: {where}", frozenset([form])))
    return found


def _sentences(quiz: Quiz, everything: bool = False) -> Iterable[tuple[str, str]]:
    for item in quiz.items:
        for where, words in texts(item):
            if everything or where[0] not in _SHOWN or where[-1] == "feedback":
                for text in (words.en, words.ja):
                    yield f"{item.id}.{'.'.join(map(str, where))}", text
        for name in ("fix", "check", "prove"):
            source = getattr(item, name, None)
            if source:
                yield f"{item.id}.{name}", source
