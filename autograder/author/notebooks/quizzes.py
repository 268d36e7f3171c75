"""The cells of a unit's quizzes: what it is, ``%quiz`` to see the questions, ``%%quiz`` for the answers.

The cell for the answers has a line for each item with the form of its answer, made so that it
is valid YAML however little of it is filled in.
"""

from __future__ import annotations

from ...course.load import LoadedCourse, Unit
from ...i18n import Lang, Text
from ...notebook.quiz_cell import how_in_cell
from ...notebook.quizzing import UNFILLED
from ...quiz.draw.draw import replicas
from ...quiz.grading import quiz_file
from ...quiz.page.public import PublicQuiz, publish
from ...quiz.page.sealed import AskGaps, AskText
from ...quiz.source.items import load_quiz
from .cell import Cell
from .localize import unwrap_japanese

_PRACTICE = Text(
    """\
## {title}

{intro}

Practice: run the next cell to see the questions, write your answers behind the colons of the cell below them, and
run that cell. Every answer is judged at once; change it and run again as often as you like. You may skip questions.
The same quiz as a web page: `exercises/quizzes/{id}.html`.
""",
    """\
## {title}

{intro}

練習用のクイズです。次のセルを実行すると問題が表示されます。その下のセルで、コロンのあとに解答を書いて実行してください。
解答はその場で判定されます。何度でも書き直して実行できますし、解かない問題があってもかまいません。
Web ページでも解答できます：`exercises/quizzes/{id}.html`
""",
)
_GRADED = Text(
    """\
## {title}

{intro}

This quiz is **graded**. The numbers in your questions follow from your student id. In the next cell, write your id in
place of `ID`, and run it to see the questions. In the cell below them, write your id in place of `ID` as well and your
answers behind the colons, and run it: it tells how many answers were recorded and which could not be read. Save the
notebook and hand it in; it is scored after that. Answer in one place only: here, in the terminal, or on the page
`exercises/quizzes/{id}.html`.
""",
    """\
## {title}

{intro}

このクイズは**成績に入ります**。問題の数値は学籍番号（学生 ID）によって変わります。次のセルの `ID` を自分の学籍番号に
書き換えて実行すると、問題が表示されます。続いて、その下のセルの `ID` も同じように書き換え、コロンのあとに解答を書いて
実行してください。記録された解答の数と、読み取れなかった解答が表示されます。ノートブックを保存して提出すると、そのあとで
採点されます。解答する場所は、このノートブック、ターミナル、Web ページ（`exercises/quizzes/{id}.html`）のどれか
1 つにしてください。
""",
)


def quiz_cells(course: LoadedCourse, unit: Unit, lang: Lang) -> list[Cell]:
    """Three cells for each quiz of a unit.

    Raises
    ------
    ConfigError, DrawError
        A quiz cannot be read or drawn.
    """
    cells = []
    for entry in unit.quizzes:
        read = load_quiz(quiz_file(course.solutions_dir, entry.id))
        # One variant of each item tells the form of its answer.
        quiz = publish(read.id, read.title, read.graded, read.intro, [replicas(item, 1) for item in read.items])
        text = (_GRADED if quiz.graded else _PRACTICE).get(lang)
        intro = quiz.intro.get(lang).strip() if quiz.intro else ""
        prose = text.format(title=quiz.title.get(lang), intro=intro, id=quiz.id).replace("\n\n\n\n", "\n\n").strip()
        cells += [
            Cell("markdown", unwrap_japanese(prose) if lang == "ja" else prose, "quiz", quiz.id),
            Cell("code", f"%quiz {quiz.id}" + (f" --student {UNFILLED}" if quiz.graded else ""), "quiz", quiz.id),
            Cell("code", skeleton(quiz, lang), "quiz", quiz.id),
        ]
    return cells


def skeleton(quiz: PublicQuiz, lang: Lang) -> str:
    """The cell in which the answers are written."""
    lines = [f"%%quiz {quiz.id}"]
    if quiz.graded:
        lines.append(f"student: {UNFILLED}")
    for number, item in enumerate(quiz.items, 1):
        ask = item.questions[0].ask
        blank = ' ""' if isinstance(ask, AskText) and ask.printed else ""
        lines.append(f"{item.id}:{blank}  # {number}. {how_in_cell(ask).get(lang)}")
        if isinstance(ask, AskGaps):
            lines += [f"  {gap.name}:" for gap in ask.gaps]
    return "\n".join(lines)
