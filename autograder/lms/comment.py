"""A student's feedback as a few lines of plain text, for the comment field of an LMS.

It is made from a `StudentView`, which cannot hold what a hidden test compared.
"""

from __future__ import annotations

from ..i18n import LANGS, Lang, Text
from ..report.formatting import duration, plain
from ..report.studentview import ExerciseView, StudentView
from ..text.told import text_of

_WORDS = {
    "missing": Text("not handed in", "未提出"),
    "not_understood": Text(
        "handed in, but not understood; not a score of 0", "内容を判別できませんでした（0 点ではありません）"
    ),
    "grader_error": Text("could not be graded; not a score of 0", "採点できませんでした（0 点ではありません）"),
    "colon": Text(": ", "："),
    "bullet": Text("  - ", "　・"),
    "passed": Text("{n} of {of} tests passed", "テスト {of} 件中 {n} 件合格"),
    "right": Text("{n} of {of} questions right", "{of} 問中 {n} 問正解"),
    "late": Text("{time} late, {points} points taken off", "{time}の遅れ、{points} 点減点"),
}


def comment(view: StudentView) -> Text:
    """Points and causes by exercise; lines are separated by ``\\n``, without one at the end."""
    return Text(*("\n".join(line for e in view.exercises for line in _lines(e, lang)) for lang in LANGS))


def _lines(exercise: ExerciseView, lang: Lang) -> list[str]:
    def word(key: str, **values: object) -> str:
        return _WORDS[key].get(lang).format(**values)

    head = exercise.title.get(lang) + word("colon")
    if exercise.status == "missing" or exercise.score is None:
        return [head + word("not_understood" if exercise.not_understood else exercise.status)]
    passed, of = exercise.counts
    said = _bracketed(word("right" if exercise.quiz else "passed", n=passed, of=of), lang) if of else ""
    lines = [head + f"{plain(exercise.score)} / {plain(exercise.max_score)}{said}"]
    if exercise.late_deduction > 0:
        late = duration(exercise.late_seconds).get(lang)
        lines.append(word("bullet") + word("late", time=late, points=plain(exercise.late_deduction)))
    shared = exercise.problem_cause or (text_of(exercise.problem) if exercise.problem else None)
    causes = [shared.get(lang)] if shared else []
    causes += [t.cause.get(lang) for g in exercise.groups for t in g.tests if t.cause is not None]
    return lines + [word("bullet") + " ".join(cause.split()) for cause in dict.fromkeys(causes)]


def _bracketed(text: str, lang: Lang) -> str:
    return f"（{text}）" if lang == "ja" else f" ({text})"
