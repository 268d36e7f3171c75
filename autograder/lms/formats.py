"""The formats of ``autograder export``: one module and one line each.

A target is a `Format` of scores, or a Click command of its own where something else is
exported. It is imported when it is used.
"""

from __future__ import annotations

from typing import NamedTuple

from ..i18n import Text


class Entry(NamedTuple):
    """Where a format lives (``module:attribute`` below ``autograder``), and one line about it."""

    target: str
    help: Text


FORMATS: dict[str, Entry] = {
    "canvas-csv": Entry(
        "lms.canvas:FORMAT", Text("fill in the gradebook exported from Canvas", "Canvas の成績表に記入する")
    ),
    "moodle-worksheet": Entry(
        "lms.moodle_worksheet:FORMAT",
        Text("fill in a grading worksheet of Moodle", "Moodle の評定ワークシートに記入する"),
    ),
    "moodle-xml": Entry(
        "lms.moodle_xml:FORMAT", Text("an XML file for Moodle's grade import", "Moodle の評定インポート用の XML")
    ),
    "moodle-csv": Entry(
        "lms.moodle_csv:FORMAT", Text("a CSV file for Moodle's grade import", "Moodle の評定インポート用の CSV")
    ),
    "moodle-feedback": Entry(
        "lms.moodle_feedback:FORMAT",
        Text("a zip of feedback files for Moodle", "Moodle のフィードバックファイルの zip"),
    ),
    "blackboard": Entry(
        "lms.blackboard:FORMAT",
        Text("fill in the grades downloaded from Blackboard", "Blackboard の成績ファイルに記入する"),
    ),
    "webclass": Entry(
        "lms.webclass:FORMAT", Text("fill in the answer.csv of WebClass", "WebClass の answer.csv に記入する")
    ),
    "manaba-xlsx": Entry(
        "lms.manaba:FORMAT", Text("fill in a grading sheet of manaba", "manaba の採点シートに記入する")
    ),
    "gradescope": Entry(
        "cli.export_gradescope:gradescope",
        Text("the course as an autograder for Gradescope", "Gradescope 用の採点プログラム（zip）"),
    ),
    "moodle-quiz": Entry(
        "cli.export_quiz:moodle_quiz",
        Text("a quiz as questions for Moodle (XML)", "クイズを Moodle の問題（XML）にする"),
    ),
    "canvas-qti": Entry(
        "cli.export_quiz:canvas_qti", Text("a quiz for Canvas (QTI 1.2)", "クイズを Canvas 用（QTI 1.2）にする")
    ),
    "quiz-print": Entry(
        "cli.export_quiz:quiz_print",
        Text("a quiz as booklets and a key to print", "クイズを印刷用の冊子と解答にする"),
    ),
    "csv": Entry(
        "lms.plain_csv:FORMAT", Text("a table for people and spreadsheets", "人が読む表・表計算ソフト用の CSV")
    ),
}
